// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.testkit.gemini.GeminiEmulator;
import io.ttsclient.testkit.gemini.GeminiRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiFactoryTest {
    private final TtsBackendFactory factory = TtsBackendFactory.named("gemini");

    @Test
    void create_everySetting_isTaken() {
        try (GeminiEmulator emulator = GeminiEmulator.start();
                TtsBackend backend = factory.create(Map.of(
                        "apiKey", GeminiEmulator.KEY,
                        "baseUrl", emulator.url(),
                        "apiVersion", "v1beta",
                        "model", "gemini-2.5-flash-tts",
                        "profile", "GEMINI_2_5",
                        "voice", "Puck",
                        "streaming", "true"))) {
            assertThat(Speaking.of(backend, "Hello.").failure()).isNull();
            GeminiRequest request = emulator.requests().get(0);
            assertThat(request.model()).isEqualTo("gemini-2.5-flash-tts");
            assertThat(request.voices()).containsExactly("Puck");
            assertThat(request.streaming()).isTrue();
            assertThat(backend.capabilities().formats()).containsExactly(AudioFormat.linear16(24_000));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "modell, x, '''modell'' is no setting of the backend gemini; there are apiKey, model'",
        "profile, GEMINI_9, 'profile: ''GEMINI_9'', allowed [GEMINI_3_8, GEMINI_3_1, GEMINI_2_5]'",
        "streaming, yes, 'streaming: ''yes'', allowed true or false'",
        "voice, '', voice: blank",
        "baseUrl, nowhere, url",
        "apiKey, ' ', apiKey: blank",
    })
    void create_wrongSetting_isRefusedAndNamed(String name, String value, String message) {
        assertThatThrownBy(() -> factory.create(Map.of(name, value))).hasMessageContaining(message);
    }

    @Test
    void create_withoutKey_isRefused() {
        assertThatThrownBy(() -> factory.create(Map.of())).hasMessageStartingWith("apiKey: not set");
    }
}
