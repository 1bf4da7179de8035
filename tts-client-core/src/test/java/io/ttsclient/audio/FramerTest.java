// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramerTest {
    private static final AudioFormat MULAW = AudioFormat.mulaw(8_000);

    @ParameterizedTest
    @CsvSource({"MULAW, 8000, 160", "ALAW, 8000, 160", "LINEAR16, 8000, 320", "LINEAR16, 22050, 882"})
    void frameBytes_telephony_isTwentyMilliseconds(Encoding encoding, int rate, int bytes) {
        AudioFormat format = new AudioFormat(encoding, Container.RAW, rate, 1);
        assertThat(new Framer(format, Framer.TELEPHONY).frameBytes()).isEqualTo(bytes);
    }

    @Test
    void frames_oneChunk_areSlicesOfIt() {
        byte[] bytes = new byte[400];
        Framer framer = new Framer(MULAW, Framer.TELEPHONY);
        ByteBuffer chunk = ByteBuffer.wrap(bytes);
        List<ByteBuffer> frames = framer.frames(chunk);
        assertThat(chunk.hasRemaining()).isFalse();
        assertThat(frames).hasSize(2).allMatch(frame -> frame.isReadOnly() && frame.remaining() == 160);
        bytes[160] = 7;
        assertThat(frames.get(1).get(0)).isEqualTo((byte) 7);
    }

    @ParameterizedTest
    @CsvSource({"MULAW, 0xFF", "ALAW, 0xD5", "LINEAR16, 0"})
    void finish_rest_isPaddedWithTheSilenceOfTheEncoding(Encoding encoding, int silence) {
        AudioFormat format = new AudioFormat(encoding, Container.RAW, 8_000, 1);
        Framer framer = new Framer(format, Duration.ofMillis(1));
        assertThat(framer.frames(Pcm.bytes(1, 2))).isEmpty();
        ByteBuffer last = framer.finish().orElseThrow();
        assertThat(last.isReadOnly()).isTrue();
        assertThat(last.remaining()).isEqualTo(framer.frameBytes());
        byte[] bytes = Pcm.array(last);
        assertThat(bytes).startsWith(1, 2);
        for (int i = 2; i < bytes.length; i++) {
            assertThat(bytes[i]).isEqualTo((byte) silence);
        }
    }

    @Test
    void finish_nothingLeft_isEmpty() {
        assertThat(new Framer(MULAW, Framer.TELEPHONY).finish()).isEmpty();
        Framer framer = new Framer(MULAW, Framer.TELEPHONY);
        assertThat(framer.frames(ByteBuffer.allocate(160))).hasSize(1);
        assertThat(framer.finish()).isEmpty();
    }

    @Test
    void frames_anyPieces_areTheSame() {
        ByteBuffer noise = Pcm.noise(9, 1_003);
        AudioFormat format = AudioFormat.linear16(8_000);
        List<ByteBuffer> expected = framed(format, List.of(noise.duplicate()));
        assertThat(expected).hasSize(7);
        assertThat(Pcm.join(expected).slice(0, 2_006)).isEqualTo(noise);
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            assertThat(framed(format, Pcm.cut(noise, 2, 1 + random.nextInt(500), random)))
                    .isEqualTo(expected);
        }
    }

    private static List<ByteBuffer> framed(AudioFormat format, List<ByteBuffer> pieces) {
        Framer framer = new Framer(format, Framer.TELEPHONY);
        List<ByteBuffer> frames = new ArrayList<>();
        pieces.forEach(piece -> frames.addAll(framer.frames(piece)));
        framer.finish().ifPresent(frames::add);
        return frames;
    }

    @Test
    void frames_ofOneSample_work() {
        Framer framer = new Framer(MULAW, Duration.ofNanos(125_000));
        assertThat(framer.frames(Pcm.bytes(1, 2, 3))).hasSize(3);
        assertThat(framer.finish()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.00001S", "PT10.001S"})
    void create_durationOutOfRange_isRefused(Duration duration) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Framer(MULAW, duration))
                .withMessage("duration: " + duration + ", allowed one sample of mulaw 8000 Hz to PT10S");
    }

    @Test
    void create_withoutSamples_isRefused() {
        AudioFormat opus = new AudioFormat(Encoding.OPUS, Container.OGG, 48_000, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Framer(opus, Framer.TELEPHONY))
                .withMessageStartingWith("format: opus/ogg 48000 Hz, allowed ");
    }

    @Test
    void frames_cutSample_isRefused() {
        Framer framer = new Framer(AudioFormat.linear16(8_000), Framer.TELEPHONY);
        assertThatIllegalArgumentException().isThrownBy(() -> framer.frames(Pcm.bytes(1)));
    }

    @Test
    void anything_afterFinish_isRefused() {
        Framer framer = new Framer(MULAW, Framer.TELEPHONY);
        framer.finish();
        assertThatIllegalStateException().isThrownBy(framer::finish);
        assertThatIllegalStateException().isThrownBy(() -> framer.frames(Pcm.bytes(1)));
    }
}
