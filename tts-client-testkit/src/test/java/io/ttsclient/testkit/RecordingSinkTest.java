// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.audio.AudioFormat;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RecordingSinkTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);

    private final RecordingSink sink = new RecordingSink();

    private static ByteBuffer audio(int... bytes) {
        var buffer = ByteBuffer.allocate(bytes.length);
        for (int b : bytes) {
            buffer.put((byte) b);
        }
        return buffer.flip();
    }

    @Test
    void write_keepsAllBytesInOrder() {
        sink.write(audio(1, 2), FORMAT);
        sink.write(audio(3, 4, 5, 6), FORMAT);

        assertThat(sink.toBytes()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(sink.format()).contains(FORMAT);
        assertThat(sink.isDrained()).isFalse();
    }

    @Test
    void write_consumesTheBuffer() {
        ByteBuffer audio = audio(1, 2);

        sink.write(audio, FORMAT);

        assertThat(audio.hasRemaining()).isFalse();
    }

    @Test
    void nothingWritten_hasNoFormat() {
        assertThat(sink.format()).isEmpty();
        assertThat(sink.toBytes()).isEmpty();
    }

    @Test
    void write_anotherFormat_fails() {
        sink.write(audio(1, 2), FORMAT);

        assertThatThrownBy(() -> sink.write(audio(1), AudioFormat.mulaw(8_000)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("the format changed from linear16 16000 Hz to mulaw 8000 Hz");
    }

    @Test
    void write_splitSample_fails() {
        assertThatThrownBy(() -> sink.write(audio(1, 2, 3), FORMAT))
                .isInstanceOf(AssertionError.class)
                .hasMessage("3 bytes split a sample of linear16 16000 Hz");
    }

    @Test
    void write_afterDrain_fails() {
        sink.drain();

        assertThat(sink.isDrained()).isTrue();
        assertThatThrownBy(() -> sink.write(audio(1, 2), FORMAT))
                .isInstanceOf(AssertionError.class)
                .hasMessage("audio after drain()");
    }
}
