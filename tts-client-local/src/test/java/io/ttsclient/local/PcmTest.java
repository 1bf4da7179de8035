// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.speech.AudioChunk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcmTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 32767",
        "-1, -32767",
        "0.5, 16384",
        "-0.5, -16383",
        "1.5, 32767",
        "-1.5, -32768",
        "1e30, 32767",
        "-1e30, -32768",
        "Infinity, 32767",
        "-Infinity, -32768",
        "NaN, 0",
        "0.00001, 0",
        "0.00002, 1"
    })
    void linear16_sample_isRoundedAndSaturated(float sample, short expected) {
        assertThat(Pcm.linear16(FloatBuffer.wrap(new float[] {sample})).getShort(0))
                .isEqualTo(expected);
    }

    @Test
    void linear16_samples_areLittleEndianFromTheBuffersPosition() {
        FloatBuffer samples = FloatBuffer.wrap(new float[] {9, 1, 0}).position(1);
        ByteBuffer bytes = Pcm.linear16(samples);
        assertThat(bytes.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        assertThat(all).containsExactly(0xFF, 0x7F, 0, 0);
    }

    @Test
    void linear16_noSamples_isEmpty() {
        assertThat(Pcm.linear16(FloatBuffer.allocate(0)).hasRemaining()).isFalse();
    }

    @Test
    void chunks_longAudio_areTenthsOfASecondAndTheRest() {
        ByteBuffer bytes = ByteBuffer.allocate(7_000);
        bytes.put(3_200, (byte) 7).put(6_999, (byte) 8);
        List<AudioChunk> chunks = Pcm.chunks(bytes, AudioFormat.linear16(16_000));
        assertThat(chunks).extracting(AudioChunk::size).containsExactly(3_200, 3_200, 600);
        assertThat(chunks.get(1).bytes().get(0)).isEqualTo((byte) 7);
        assertThat(chunks.get(2).bytes().get(599)).isEqualTo((byte) 8);
    }

    @Test
    void chunks_atARateThatIsNoMultiple_neverSplitASample() {
        assertThat(Pcm.chunks(ByteBuffer.allocate(20_000), AudioFormat.linear16(11_025)))
                .allMatch(chunk -> chunk.size() % 2 == 0);
    }
}
