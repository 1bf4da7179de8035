// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a cache knows the audio of a server by, besides the request. */
class CacheIdentityTest {
    private static final String ONE = "http://localhost:1";
    private static final String TWO = "http://localhost:2";

    private static List<String> identity(UnaryOperator<VitsServerBuilder> settings) {
        VitsServerBuilder builder = VitsServer.builder().baseUrl(ONE).dialect(Dialect.OPENAI_SPEECH);
        try (VitsServer backend = settings.apply(builder).build()) {
            return backend.capabilities().identity();
        }
    }

    @Test
    void identity_settingsThatShapeTheAudio_eachMakesAnother() {
        List<UnaryOperator<VitsServerBuilder>> settings = List.of(
                builder -> builder,
                builder -> builder.baseUrl(TWO),
                builder -> builder.baseUrls(List.of(ONE, TWO)),
                builder -> builder.dialect(Dialect.PIPER),
                builder -> builder.sampleRate(16_000),
                builder -> builder.sampleRate(24_000),
                builder -> builder.sampleRate(24_000).delivery(Delivery.PCM));

        List<List<String>> identities =
                settings.stream().map(CacheIdentityTest::identity).toList();

        assertThat(identities).doesNotContain(List.of());
        assertThat(new HashSet<>(identities)).hasSameSizeAs(identities);
        assertThat(settings.stream().map(CacheIdentityTest::identity)).isEqualTo(identities);
    }

    @Test
    void identity_whatDoesNotShapeTheAudio_isNotInIt() {
        List<String> plain = identity(builder -> builder);

        assertThat(identity(builder -> builder.apiKey("test-key-1234567890"))).isEqualTo(plain);
        assertThat(identity(VitsServerBuilder::propagateTrace)).isEqualTo(plain);
        assertThat(identity(builder -> builder.baseUrls(List.of(TWO, ONE))))
                .isEqualTo(identity(builder -> builder.baseUrls(List.of(ONE, TWO))));
    }

    @Test
    void identity_dialectOfOnesOwn_isNotKnown() {
        Dialect own = Dialect.builder("piper")
                .route(Route.get("speak").with("text", Value.TEXT))
                .encoding(Encoding.LINEAR16, Container.RAW, "wav")
                .build();

        assertThat(identity(builder -> builder.dialect(own))).isEmpty();
    }
}
