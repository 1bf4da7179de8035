// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a cache knows audio of Deepgram's by, besides the request. */
class CacheIdentityTest {
    private static final String KEY = "test-key-1234567890";

    private static List<String> identity(UnaryOperator<DeepgramBuilder> settings) {
        try (Deepgram backend = settings.apply(Deepgram.builder().apiKey(KEY)).build()) {
            return backend.capabilities().identity();
        }
    }

    private static DeepgramOptions options(UnaryOperator<DeepgramOptions.Builder> settings) {
        return settings.apply(DeepgramOptions.builder()).build();
    }

    @Test
    void identity_settingsThatShapeTheAudio_eachMakesAnother() {
        List<UnaryOperator<DeepgramBuilder>> settings = List.of(
                builder -> builder,
                builder -> builder.baseUrl("https://api.eu.example"),
                builder -> builder.model("aura-2-apollo-en"),
                builder -> builder.options(options(own -> own.expressivity(1))),
                builder -> builder.options(options(own -> own.parameter("tone", "warm"))));

        List<List<String>> identities =
                settings.stream().map(CacheIdentityTest::identity).toList();

        assertThat(identities).doesNotContain(List.of());
        assertThat(new HashSet<>(identities)).hasSameSizeAs(identities);
        assertThat(settings.stream().map(CacheIdentityTest::identity)).isEqualTo(identities);
    }

    @Test
    void identity_whatDoesNotShapeTheAudio_isNotInIt() {
        List<String> plain = identity(builder -> builder);

        assertThat(identity(builder -> builder.apiKey("other-key-0987654321"))).isEqualTo(plain);
        assertThat(identity(builder ->
                        builder.options(options(own -> own.tag("bill").mipOptOut(true)))))
                .isEqualTo(plain);
        assertThat(plain).noneMatch(part -> part.contains(KEY));
    }

    @Test
    void audioKey_optionsThatShapeTheAudio_eachMakesAnother() {
        List<DeepgramOptions> options = List.of(
                DeepgramOptions.none(),
                options(own -> own.expressivity(1)),
                options(own -> own.expressivity(2)),
                options(own -> own.bitRate(32_000)),
                options(own -> own.bitRate(48_000)),
                options(own -> own.parameter("a", "b")),
                options(own -> own.parameter("a", "b").parameter("c", "d")),
                options(own -> own.parameter("a", "b, c=d")));

        List<String> keys =
                options.stream().map(each -> each.audioKey().orElseThrow()).toList();

        assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
        assertThat(options(own -> own.expressivity(1).rest().tag("x")).audioKey())
                .contains(keys.get(1));
    }
}
