// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.error.Category;
import io.ttsclient.error.Faults;
import io.ttsclient.error.TtsException;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.gemini.GeminiEmulator;
import io.ttsclient.testkit.gemini.GeminiRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakCheck.class)
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
                        "profile", "gemini-2-5",
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
        "modell, x, 'modell: unknown, did you mean model?'",
        "profile, gemini-9, 'profile: ''gemini-9'', allowed gemini-3-8, gemini-3-1, gemini-2-5'",
        "streaming, yes, 'streaming: ''yes'', allowed true or false'",
        "allowPlainHttp, 1, 'allowPlainHttp: ''1'', allowed true or false'",
        "voice, '', voice: blank",
        "baseUrl, nowhere, 'baseUrl: not an address (7 chars)'",
        "apiKey, ' ', apiKey: blank",
    })
    void create_wrongSetting_isRefusedAndNamed(String name, String value, String message) {
        assertThatThrownBy(() -> factory.create(Map.of(name, value))).hasMessageContaining(message);
    }

    @Test
    void create_manyWrongSettings_areAllNamed() {
        assertThatThrownBy(() -> factory.create(Map.of("modell", "x", "streaming", "yes", "voice", " ")))
                .hasMessageStartingWith("4 faults: voice: blank, allowed any other value;"
                        + " streaming: 'yes', allowed true or false; modell: unknown, did you mean model?;"
                        + " apiKey: not set");
    }

    @Test
    void check_faults_areNamedAndNothingIsMade() {
        var faults = new Faults();

        factory.check(Map.of("voice", "Puck"), faults);

        assertThatThrownBy(faults::throwIfAny).hasMessageStartingWith("apiKey: not set");
    }

    @Test
    void create_allowPlainHttp_sendsTheKeyWithoutTls() {
        Map<String, String> refused = Map.of("apiKey", "k", "baseUrl", "http://tts.invalid");
        Map<String, String> allowed = Map.of("apiKey", "k", "baseUrl", "http://tts.invalid", "allowPlainHttp", "true");
        try (TtsBackend safe = factory.create(refused);
                TtsBackend plain = factory.create(allowed)) {
            assertThat(Speaking.of(safe, "Hello.").failure()).hasMessageContaining("allowPlainHttp");
            assertThat(Speaking.of(plain, "Hello.").failure())
                    .as("it is tried, and there is no such host")
                    .isInstanceOfSatisfying(
                            TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.CONNECTION));
        }
    }

    @Test
    void create_withoutKey_isRefused() {
        assertThatThrownBy(() -> factory.create(Map.of())).hasMessageStartingWith("apiKey: not set");
    }
}
