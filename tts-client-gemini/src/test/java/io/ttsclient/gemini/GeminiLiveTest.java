// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.TtsClient;
import io.ttsclient.speech.Speech;
import java.time.Duration;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks the real Gemini, which costs something: only where a key is in the environment. */
@EnabledIfEnvironmentVariable(named = "GEMINI_API_KEY", matches = ".+")
class GeminiLiveTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void synthesize_sentence_isSpoken(boolean streaming) {
        Gemini gemini = Gemini.builder()
                .apiKey(System.getenv("GEMINI_API_KEY"))
                .streaming(streaming)
                .build();
        try (TtsClient tts = TtsClient.builder().backend(gemini).build()) {
            Speech speech = tts.synthesize("Hello, world. This is a test of the real service.");

            assertThat(speech.report().audioDuration()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(15));
        }
    }
}
