// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.fuzz.Pieces;
import java.nio.charset.StandardCharsets;

class ServerMessageFuzz {
    @FuzzTest
    void parse_anyText_isAMessageThatShowsNothing(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);

        ServerMessage message = ServerMessage.parse(text);

        assertThat(message.toString()).matches("[A-Z_]+( [A-Za-z0-9_.-]{1,48}| \\(no code\\))?");
        assertThat(message.description().length()).isLessThanOrEqualTo(text.length());
        // What is cut says no other thing than the whole.
        int cut = 0;
        for (int length : Pieces.lengths(bytes, text.length(), 40)) {
            cut += length;
            assertThat(ServerMessage.parse(text.substring(0, cut)).type())
                    .isIn(message.type(), ServerMessage.Type.OTHER);
        }
    }
}
