// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.TtsClient;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechRequest;
import java.time.Duration;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service itself; costs money, and runs only where there is a key. */
@EnabledIfEnvironmentVariable(named = "DEEPGRAM_API_KEY", matches = ".+")
class DeepgramLiveTest {
    @ParameterizedTest
    @ValueSource(strings = {"aura-2-thalia-en", "flux-haley-en"})
    void service_twoTurns_speaksBoth(String voice) {
        try (Deepgram deepgram = Deepgram.builder()
                        .apiKey(System.getenv("DEEPGRAM_API_KEY"))
                        .build();
                TtsClient tts = TtsClient.of(deepgram)) {
            for (String text : new String[] {"Your table is ready.", "Please come in."}) {
                Speech speech =
                        tts.synthesize(SpeechRequest.builder(text).voice(voice).build());
                assertThat(speech.duration()).isBetween(Duration.ofMillis(300), Duration.ofSeconds(10));
            }
        }
    }
}
