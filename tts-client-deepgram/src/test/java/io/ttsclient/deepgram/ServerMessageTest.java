// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerMessageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"Metadata\",\"request_id\":\"r\"}                                         | METADATA           | ''  | ''",
                "{\"type\":\"Connected\",\"request_id\":\"r\"}                                        | CONNECTED          | ''  | ''",
                "{\"type\":\"Flushed\",\"sequence_id\":0}                                             | FLUSHED            | ''  | ''",
                "{\"sequence_id\":0,\"type\":\"Cleared\"}                                             | CLEARED            | ''  | ''",
                "{\"type\":\"Warning\",\"code\":\"C\",\"description\":\"D\"}                          | WARNING            | C   | D",
                "{\"type\":\"Warning\",\"warn_code\":\"C\",\"warn_msg\":\"D\"}                        | WARNING            | C   | D",
                "{\"type\":\"Error\",\"err_code\":\"C\",\"err_msg\":\"D\"}                            | ERROR              | C   | D",
                "{\"type\":\"error\",\"code\":\"C\",\"description\":\"D\"}                            | ERROR              | C   | D",
                "{\"type\":\"Error\",\"description\":\"D\",\"message\":\"M\"}                         | ERROR              | ''  | D",
                "{\"type\":\"SpeechStarted\",\"speech_id\":\"s\"}                                     | SPEECH_STARTED     | ''  | ''",
                "{\"type\":\"SpeechMetadata\",\"audio_duration_ms\":5,\"controls_applied\":{\"a\":1}} | SPEECH_METADATA    | ''  | ''",
                "{\"type\":\"ConfigureSuccess\",\"applied\":{\"speed\":1.15}}                         | CONFIGURE_SUCCESS  | ''  | ''",
                "{\"type\":\"ConfigureFailure\",\"code\":\"SPEED_OUT_OF_RANGE\"}                      | CONFIGURE_FAILURE  | SPEED_OUT_OF_RANGE | ''",
                "{\"type\":\"Open\"}                                                                  | OTHER              | ''  | ''",
                "{\"type\":null}                                                                      | OTHER              | ''  | ''",
                "{\"type\":{\"type\":\"Flushed\"}}                                                    | OTHER              | ''  | ''",
                "[]                                                                                   | OTHER              | ''  | ''",
                "not json                                                                             | OTHER              | ''  | ''",
                "''                                                                                   | OTHER              | ''  | ''",
            })
    void parse_messageOfAnySpelling_isUnderstood(
            String json, ServerMessage.Type type, String code, String description) {
        ServerMessage message = ServerMessage.parse(json);

        assertThat(message.type()).isEqualTo(type);
        assertThat(message.code()).isEqualTo(code);
        assertThat(message.description()).isEqualTo(description);
    }

    @Test
    void parse_numbersAndIds_areReadWhereTheyAreSome() {
        assertThat(ServerMessage.parse("{\"type\":\"Flushed\",\"sequence_id\":7}")
                        .sequence())
                .isEqualTo(7);
        assertThat(ServerMessage.parse("{\"type\":\"Flushed\",\"sequence_id\":\"x\"}")
                        .sequence())
                .isEqualTo(-1);
        assertThat(ServerMessage.parse("{\"type\":\"Flushed\"}").sequence()).isEqualTo(-1);
        assertThat(ServerMessage.parse("{\"type\":\"Metadata\",\"request_id\":\"r\"}")
                        .requestId())
                .isEqualTo("r");
        assertThat(ServerMessage.parse("{\"type\":\"SpeechMetadata\",\"audio_duration_ms\":3200.4}")
                        .audioMillis())
                .isEqualTo(3_200);
        assertThat(ServerMessage.parse("{\"type\":\"SpeechInterrupted\",\"audio_played_ms\":9,\"text_spoken\":\"x\"}")
                        .audioMillis())
                .isEqualTo(9);
    }

    @Test
    void parse_cutAnywhere_isNoFailure() {
        String json = "{\"type\":\"Warning\",\"code\":\"NET-0001\",\"description\":\"D\",\"more\":{\"a\":[1,{}]}}";
        for (int end = 0; end < json.length(); end++) {
            assertThat(ServerMessage.parse(json.substring(0, end)).type())
                    .isIn(ServerMessage.Type.WARNING, ServerMessage.Type.OTHER);
        }
        var random = new Random(3);
        for (int i = 0; i < 1_000; i++) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            assertThat(ServerMessage.parse(new String(noise, StandardCharsets.ISO_8859_1)))
                    .isNotNull();
        }
    }

    @Test
    void toString_whatTheServerSays_isNotShown() {
        assertThat(ServerMessage.parse("{\"type\":\"Error\",\"code\":\"my secret text\",\"description\":\"secret\"}"))
                .hasToString("ERROR (no code)");
        assertThat(ServerMessage.parse("{\"type\":\"Error\",\"code\":\"NET-0000\"}"))
                .hasToString("ERROR NET-0000");
    }
}
