// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.ApiKeySource;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a cache knows audio of Gemini's by, besides the request. */
class CacheIdentityTest {
    private static final String KEY = "test-key-1234567890";

    private static List<String> identity(UnaryOperator<GeminiBuilder> settings) {
        try (Gemini backend = settings.apply(Gemini.builder().apiKey(KEY)).build()) {
            return backend.capabilities().identity();
        }
    }

    @Test
    void identity_settingsThatShapeTheAudio_eachMakesAnother() {
        ApiKeySource token = ApiKeySource.of(ApiKey.of(KEY));
        List<UnaryOperator<GeminiBuilder>> settings = List.of(
                builder -> builder,
                builder -> builder.baseUrl("https://proxy.example"),
                builder -> builder.apiVersion("v2"),
                builder -> builder.model("gemini-3.8-pro-tts"),
                builder -> builder.profile(GeminiProfile.GEMINI_2_5),
                builder -> builder.voice("Puck"),
                builder -> builder.vertex("one", "global", token),
                builder -> builder.vertex("one", "europe-west4", token),
                builder -> builder.vertex("two", "global", token));

        List<List<String>> identities =
                settings.stream().map(CacheIdentityTest::identity).toList();

        assertThat(new HashSet<>(identities)).hasSameSizeAs(identities);
        assertThat(settings.stream().map(CacheIdentityTest::identity)).isEqualTo(identities);
    }

    @Test
    void identity_whatDoesNotShapeTheAudio_isNotInIt() {
        List<String> plain = identity(builder -> builder);

        assertThat(identity(builder -> builder.apiKey("other-key-0987654321"))).isEqualTo(plain);
        assertThat(identity(builder -> builder.streaming(true))).isEqualTo(plain);
        assertThat(plain).noneMatch(part -> part.contains(KEY));
    }

    private static GeminiOptions dialogue(String first, String voice, String second, String other, String line) {
        return GeminiOptions.builder()
                .speaker(first, voice)
                .speaker(second, other)
                .dialogue(List.of(new DialogueLine(first, line), new DialogueLine(second, "Yes.")))
                .build();
    }

    @Test
    void audioKey_optionsThatShapeTheAudio_eachMakesAnother() {
        List<GeminiOptions> options = List.of(
                GeminiOptions.none(),
                GeminiOptions.builder().trustedMarkup(true).build(),
                dialogue("Ann", "Kore", "Bob", "Puck", "Ready?"),
                dialogue("Ann", "Puck", "Bob", "Kore", "Ready?"),
                dialogue("Ann", "Kore", "Rob", "Puck", "Ready?"),
                dialogue("Ann", "Kore", "Bob", "Puck", "Steady?"),
                // Values that run together.
                dialogue("Ann", "x, Bob=y", "Bob", "z", "Ready?"),
                dialogue("Ann", "x", "Bob", "y, Bob=z", "Ready?"));

        List<String> keys =
                options.stream().map(each -> each.audioKey().orElseThrow()).toList();

        assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
        assertThat(dialogue("Ann", "Kore", "Bob", "Puck", "Ready?").audioKey()).contains(keys.get(2));
    }
}
