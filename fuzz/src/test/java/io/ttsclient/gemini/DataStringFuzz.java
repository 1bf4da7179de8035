// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.fuzz.Pieces;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

class DataStringFuzz {
    /** The last byte says how the string is written. */
    @FuzzTest
    void decode_anyAudio_isHeardHoweverItIsWritten(byte[] audio) {
        int how = audio.length == 0 ? 0 : audio[audio.length - 1];
        String base64 = Base64.getEncoder().encodeToString(audio);
        var data = new StringBuilder();
        for (int i = 0; i < base64.length(); i++) {
            char c = base64.charAt(i);
            data.append((how >> (data.length() & 7) & 1) == 0 ? String.valueOf(c) : "\\u%04x\\n ".formatted((int) c));
        }
        String json = "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\"" + data
                + "\"}}]},\"finishReason\":\"STOP\"}]}";

        Heard heard = Heard.of(Pieces.stream(json.getBytes(StandardCharsets.US_ASCII), 1 + (how & 0x3F)));

        assertThat(heard).isEqualTo(new Heard(base64, null, true, Optional.of("STOP")));
    }
}
