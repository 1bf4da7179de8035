// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.audio.AudioSniffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

class BodyTypeFuzz {
    /** The first line is the header, the rest the body. */
    @FuzzTest
    void of_anyBody_isTheSameHoweverMuchHasCome(byte[] bytes) {
        int line = 0;
        while (line < bytes.length && bytes[line] != '\n') {
            line++;
        }
        Optional<ContentType> said = ContentType.parse(new String(bytes, 0, line, StandardCharsets.UTF_8));
        byte[] body = Arrays.copyOfRange(bytes, Math.min(line + 1, bytes.length), bytes.length);

        ByteBuffer buffer = ByteBuffer.wrap(body).asReadOnlyBuffer();
        BodyType type = BodyType.of(buffer, said);

        assertThat(buffer.remaining()).isEqualTo(body.length);
        assertThat(type == BodyType.EMPTY).isEqualTo(body.length == 0);
        ByteBuffer first = buffer.slice(0, Math.min(body.length, AudioSniffer.BYTES_NEEDED));
        assertThat(BodyType.of(first, said)).isEqualTo(type);
    }
}
