// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.error.Faults;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeepgramBackendFactoryTest {
    private final TtsBackendFactory factory = TtsBackendFactory.named("deepgram");

    @Test
    void create_everySetting_isTaken() {
        var settings = new HashMap<String, String>();
        settings.put("apiKey", "dg-1");
        settings.put("baseUrl", "ws://localhost:1");
        settings.put("model", "flux-haley-en");
        settings.put("rest", "false");
        settings.put("mipOptOut", "true");
        settings.put("allowPlainHttp", "true");
        settings.put("tag", "bot");
        settings.put("expressivity", "-2");
        settings.put("bitRate", "48000");
        settings.put("maxAuraSockets", "7");
        settings.put("maxFluxSockets", "3");
        settings.put("maxIdleMillis", "1000");
        settings.put("maxWaitMillis", "1");
        try (TtsBackend backend = factory.create(settings)) {
            assertThat(backend)
                    .hasToString("Deepgram[ws://localhost:1, SocketPool[AURA, 0 of 7], SocketPool[FLUX, 0 of 3]]");
            assertThat(backend.capabilities().identity()).contains("flux-haley-en", "-2@48000");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "modell, x, 'modell: unknown, did you mean model?'",
        "voice, x, 'voice: unknown, known are apiKey, baseUrl, model, rest, '",
        "rest, yes, 'rest: ''yes'', allowed true or false'",
        "expressivity, 3, 'expressivity: ''3'', allowed whole numbers from -2 to 2'",
        "bitRate, 3999, 'bitRate: ''3999'', allowed whole numbers from 4000 to 650000'",
        "maxAuraSockets, 0, 'maxAuraSockets: ''0'', allowed whole numbers from 1 to 10000'",
        "maxIdleMillis, 1h, 'maxIdleMillis: ''1h'', allowed whole numbers from 1 to 3600000'",
        "baseUrl, http://u:p@localhost, 'baseUrl: has a user or password in it'",
        "apiKey, 'two words', 'apiKey: 9 chars, allowed visible ASCII characters without blanks'",
        "tag, ' ', 'tag: blank'",
    })
    void create_wrongSetting_isRefusedAndNamed(String name, String value, String message) {
        assertThatThrownBy(() -> factory.create(Map.of(name, value)))
                .hasMessageContaining(message)
                .hasMessageNotContaining("two words");
    }

    @Test
    void check_manyFaults_areAllNamed() {
        var faults = new Faults();

        factory.check(Map.of("rest", "yes", "maxWaitMillis", "0"), faults);

        assertThatThrownBy(faults::throwIfAny)
                .hasMessageStartingWith("3 faults: rest: 'yes', allowed true or false;"
                        + " maxWaitMillis: '0', allowed whole numbers from 1 to 3600000; apiKey: not set");
    }
}
