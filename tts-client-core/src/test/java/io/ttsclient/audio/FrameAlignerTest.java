// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameAlignerTest {
    private static final AudioFormat STEREO = new AudioFormat(Encoding.LINEAR16, Container.RAW, 8_000, 2);

    @Test
    void align_wholeFrames_isASliceOfTheChunk() {
        byte[] bytes = {1, 2, 3, 4, 5, 6};
        FrameAligner aligner = new FrameAligner(AudioFormat.linear16(8_000));
        ByteBuffer chunk = ByteBuffer.wrap(bytes);
        ByteBuffer frames = aligner.align(chunk);
        assertThat(chunk.hasRemaining()).isFalse();
        assertThat(frames.isReadOnly()).isTrue();
        bytes[0] = 9;
        assertThat(Pcm.array(frames)).containsExactly(9, 2, 3, 4, 5, 6);
        assertThat(aligner.carried()).isZero();
    }

    @Test
    void align_splitFrames_areJoined() {
        FrameAligner aligner = new FrameAligner(STEREO);
        assertThat(Pcm.array(aligner.align(Pcm.bytes(1)))).isEmpty();
        assertThat(Pcm.array(aligner.align(Pcm.bytes(2, 3)))).isEmpty();
        assertThat(aligner.carried()).isEqualTo(3);
        assertThat(Pcm.array(aligner.align(Pcm.bytes(4, 5)))).containsExactly(1, 2, 3, 4);
        assertThat(aligner.carried()).isEqualTo(1);
        assertThat(Pcm.array(aligner.align(Pcm.bytes()))).isEmpty();
        assertThat(Pcm.array(aligner.align(Pcm.bytes(6, 7, 8)))).containsExactly(5, 6, 7, 8);
        assertThat(aligner.carried()).isZero();
    }

    @Test
    void align_anyPieces_yieldsTheSameBytesInWholeFrames() {
        ByteBuffer noise = Pcm.noise(5, 1_000);
        for (AudioFormat format : List.of(AudioFormat.mulaw(8_000), AudioFormat.linear16(8_000), STEREO)) {
            for (int seed = 0; seed < 50; seed++) {
                FrameAligner aligner = new FrameAligner(format);
                List<ByteBuffer> aligned = new ArrayList<>();
                for (ByteBuffer piece : Pcm.cut(noise, 1, 17, new Random(seed))) {
                    aligned.add(aligner.align(piece));
                }
                assertThat(aligned).allMatch(frames -> frames.remaining() % format.bytesPerFrame() == 0);
                assertThat(Pcm.join(aligned)).isEqualTo(noise);
                assertThat(aligner.carried()).isZero();
            }
        }
    }

    @Test
    void create_withoutFrames_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrameAligner(new AudioFormat(Encoding.MP3, Container.RAW, 8_000, 1)))
                .withMessage("format: mp3 8000 Hz, allowed raw LINEAR16, MULAW and ALAW");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrameAligner(new AudioFormat(Encoding.LINEAR16, Container.WAV, 8_000, 1)));
    }
}
