// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineEndTest {
    @Test
    void find_anyByteAnywhere_isFoundIfItEndsALine() {
        for (int value = 0; value < 256; value++) {
            boolean ends = value == '\n' || value == '\r';
            for (int length = 1; length < 20; length++) {
                for (int at = 0; at < length; at++) {
                    byte[] bytes = "A".repeat(length).getBytes(StandardCharsets.US_ASCII);
                    bytes[at] = (byte) value;

                    assertThat(LineEnd.find(bytes, 0, length))
                            .as("%d at %d", value, at)
                            .isEqualTo(ends ? at : length);
                }
            }
        }
    }

    @Test
    void find_partOfAnArray_looksNowhereElse() {
        byte[] bytes = {'\n', 'a', 'b', '\r', '\n', 'c'};

        assertThat(LineEnd.find(bytes, 1, 3)).isEqualTo(3);
        assertThat(LineEnd.find(bytes, 1, 6)).isEqualTo(3);
        assertThat(LineEnd.find(bytes, 5, 6)).isEqualTo(6);
        assertThat(LineEnd.find(bytes, 2, 2)).isEqualTo(2);
    }
}
