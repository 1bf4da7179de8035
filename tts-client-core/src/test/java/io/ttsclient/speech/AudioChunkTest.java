// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.doubles.ScriptedSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

class AudioChunkTest {
    @Test
    void bytes_calledTwice_givesViewsWithPositionsOfTheirOwn() {
        AudioChunk chunk = ScriptedSource.chunk(1, 2, 3, 4);

        ByteBuffer first = chunk.bytes();
        first.getShort();

        assertThat(first.remaining()).isEqualTo(2);
        assertThat(chunk.bytes().remaining()).isEqualTo(4);
        assertThat(chunk.size()).isEqualTo(4);
    }

    @Test
    void bytes_writtenTo_isRefused() {
        ByteBuffer bytes = ScriptedSource.chunk(1, 2).bytes();

        assertThat(bytes.isReadOnly()).isTrue();
        assertThatThrownBy(() -> bytes.put((byte) 9)).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void bytes_readAsShorts_areLittleEndian() {
        ByteBuffer bytes = ScriptedSource.chunk(0x34, 0x12).bytes();

        assertThat(bytes.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getShort()).isEqualTo((short) 0x1234);
    }

    @Test
    void create_partOfABuffer_takesOverWhatRemainsAndLeavesTheBufferAlone() {
        ByteBuffer whole = ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6});
        whole.position(2).limit(5);

        var chunk = new AudioChunk(whole);

        assertThat(chunk.size()).isEqualTo(3);
        assertThat(chunk.bytes()).isEqualTo(ByteBuffer.wrap(new byte[] {3, 4, 5}));
        assertThat(whole.position()).isEqualTo(2);
    }

    @Test
    void create_directBuffer_isNotCopied() {
        ByteBuffer direct = ByteBuffer.allocateDirect(4);

        var chunk = new AudioChunk(direct);
        direct.put(0, (byte) 7);

        assertThat(chunk.bytes().isDirect()).isTrue();
        assertThat(chunk.bytes().get(0)).isEqualTo((byte) 7);
    }

    @Test
    void create_empty_isRefused() {
        assertThatThrownBy(() -> new AudioChunk(ByteBuffer.allocate(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bytes: 0, allowed at least 1");
    }

    @Test
    void toString_audio_saysOnlyHowMuch() {
        assertThat(ScriptedSource.chunk(1, 2, 3)).hasToString("AudioChunk[3 bytes]");
    }
}
