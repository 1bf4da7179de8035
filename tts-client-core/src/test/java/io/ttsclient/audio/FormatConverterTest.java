// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FormatConverterTest {
    private static final AudioFormat MP3 = new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1);
    private static final AudioFormat WAV = new AudioFormat(Encoding.LINEAR16, Container.WAV, 24_000, 1);

    @Test
    void canConvert_rawSamplesAndEqualFormats_only() {
        assertThat(FormatConverter.canConvert(AudioFormat.linear16(24_000), AudioFormat.mulaw(8_000)))
                .isTrue();
        assertThat(FormatConverter.canConvert(MP3, MP3)).isTrue();
        assertThat(FormatConverter.canConvert(WAV, WAV)).isTrue();
        assertThat(FormatConverter.canConvert(MP3, AudioFormat.linear16(24_000)))
                .isFalse();
        assertThat(FormatConverter.canConvert(AudioFormat.linear16(24_000), MP3))
                .isFalse();
        assertThat(FormatConverter.canConvert(WAV, AudioFormat.linear16(24_000)))
                .isFalse();
        assertThat(FormatConverter.canConvert(AudioFormat.linear16(24_000), WAV))
                .isFalse();
    }

    @Test
    void create_cannotConvert_namesBoth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FormatConverter(MP3, AudioFormat.mulaw(8_000)))
                .withMessage(
                        "from: mp3 24000 Hz cannot become mulaw 8000 Hz, allowed are raw samples of LINEAR16, MULAW and ALAW");
    }

    @Test
    void convert_equalFormats_isNoCopy() {
        byte[] bytes = {1, 2, 3, 4};
        ByteBuffer chunk = ByteBuffer.wrap(bytes);
        FormatConverter converter = new FormatConverter(AudioFormat.linear16(24_000), AudioFormat.linear16(24_000));
        ByteBuffer out = converter.convert(chunk);
        assertThat(chunk.hasRemaining()).isFalse();
        assertThat(out.isReadOnly()).isTrue();
        bytes[0] = 9;
        assertThat(Pcm.array(out)).containsExactly(9, 2, 3, 4);
        assertThat(converter.finish().remaining()).isZero();
    }

    @Test
    void convert_compressedToItself_passesAnyNumberOfBytes() {
        FormatConverter converter = new FormatConverter(MP3, MP3);
        assertThat(Pcm.array(converter.convert(Pcm.bytes(1, 2, 3)))).containsExactly(1, 2, 3);
    }

    @Test
    void convert_encodingOnly_usesG711() {
        ByteBuffer linear = Pcm.of(0, 1_000, -1_000);
        ByteBuffer mulaw = converted(AudioFormat.linear16(8_000), AudioFormat.mulaw(8_000), linear);
        assertThat(mulaw).isEqualTo(G711.MULAW.encode(linear.duplicate()));
        ByteBuffer alaw = converted(AudioFormat.mulaw(8_000), AudioFormat.alaw(8_000), mulaw);
        assertThat(alaw).isEqualTo(G711.ALAW.encode(G711.MULAW.decode(mulaw.duplicate())));
        assertThat(converted(AudioFormat.alaw(8_000), AudioFormat.linear16(8_000), alaw))
                .isEqualTo(G711.ALAW.decode(alaw.duplicate()));
    }

    @Test
    void convert_stereoToMono_isTheMean() {
        ByteBuffer stereo = Pcm.of(100, 300, -5, 5, 32_767, 32_767, -32_768, -32_768, 32_767, -32_768);
        assertThat(Pcm.samples(converted(stereo(8_000), AudioFormat.linear16(8_000), stereo)))
                .containsExactly(200, 0, 32_767, -32_768, -1);
    }

    @Test
    void convert_monoToStereo_isTwiceTheSame() {
        assertThat(Pcm.samples(converted(AudioFormat.linear16(8_000), stereo(8_000), Pcm.of(1, -2, 30_000))))
                .containsExactly(1, 1, -2, -2, 30_000, 30_000);
    }

    @Test
    void convert_stereoToAnotherRate_keepsTheChannelsApart() {
        ByteBuffer left = Pcm.noise(1, 1_000);
        ByteBuffer right = Pcm.noise(2, 1_000);
        int[] both = IntStream.range(0, 2_000)
                .map(i -> Pcm.samples(i % 2 == 0 ? left : right)[i / 2])
                .toArray();
        int[] out = Pcm.samples(converted(stereo(24_000), stereo(16_000), Pcm.of(both)));
        int[] expectedLeft = Pcm.samples(converted(AudioFormat.linear16(24_000), AudioFormat.linear16(16_000), left));
        int[] expectedRight = Pcm.samples(converted(AudioFormat.linear16(24_000), AudioFormat.linear16(16_000), right));
        assertThat(IntStream.range(0, out.length / 2).map(i -> out[2 * i])).containsExactly(box(expectedLeft));
        assertThat(IntStream.range(0, out.length / 2).map(i -> out[2 * i + 1])).containsExactly(box(expectedRight));
    }

    private static Integer[] box(int[] values) {
        return Arrays.stream(values).boxed().toArray(Integer[]::new);
    }

    static Stream<AudioFormat[]> pairs() {
        List<AudioFormat> formats = new ArrayList<>();
        for (Encoding encoding : List.of(Encoding.LINEAR16, Encoding.MULAW, Encoding.ALAW)) {
            for (int rate : new int[] {8_000, 22_050}) {
                formats.add(new AudioFormat(encoding, Container.RAW, rate, 1));
                formats.add(new AudioFormat(encoding, Container.RAW, rate, 2));
            }
        }
        return formats.stream().flatMap(from -> formats.stream().map(to -> new AudioFormat[] {from, to}));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void convert_everyPairOfFormats_keepsTheToneAndItsLength(AudioFormat from, AudioFormat to) {
        int samples = from.sampleRate() / 10;
        ByteBuffer tone = Pcm.tone(from.sampleRate(), 440, 16_000, samples);
        ByteBuffer in = converted(AudioFormat.linear16(from.sampleRate()), from, tone);
        ByteBuffer out = converted(from, to, in);
        assertThat(out.remaining())
                .isEqualTo(
                        (samples * to.sampleRate() + from.sampleRate() - 1) / from.sampleRate() * to.bytesPerFrame());

        int[] back = Pcm.samples(converted(to, AudioFormat.linear16(to.sampleRate()), out));
        int[] ideal = Pcm.samples(Pcm.tone(to.sampleRate(), 440, 16_000, back.length));
        double error = IntStream.range(back.length / 4, 3 * back.length / 4)
                .mapToDouble(i -> Math.pow(back[i] - ideal[i], 2))
                .average()
                .orElseThrow();
        // G.711 has a signal-to-noise ratio of 37 dB, and it comes in up to three times.
        assertThat(10 * Math.log10(16_000 * 16_000 / 2.0 / error)).isGreaterThan(32);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void convert_anyPieces_givesTheSameBytes(AudioFormat from, AudioFormat to) {
        ByteBuffer noise = Pcm.noise(4, 600 * from.bytesPerFrame());
        ByteBuffer expected = converted(from, to, noise);
        for (int seed = 0; seed < 5; seed++) {
            FormatConverter converter = new FormatConverter(from, to);
            List<ByteBuffer> out = new ArrayList<>();
            for (ByteBuffer piece : Pcm.cut(noise, from.bytesPerFrame(), 50, new Random(seed))) {
                ByteBuffer converted = converter.convert(piece);
                assertThat(piece.hasRemaining()).isFalse();
                out.add(converted);
            }
            out.add(converter.finish());
            assertThat(out).allMatch(part -> part.isReadOnly() && part.remaining() % to.bytesPerFrame() == 0);
            assertThat(Pcm.join(out)).isEqualTo(expected);
        }
    }

    @Test
    void convert_cutFrame_isRefused() {
        FormatConverter converter = new FormatConverter(stereo(8_000), AudioFormat.mulaw(8_000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> converter.convert(Pcm.bytes(1, 2)))
                .withMessage("audio: 2 bytes, allowed multiples of 4 (linear16 8000 Hz stereo)");
    }

    @Test
    void anything_afterFinish_isRefused() {
        FormatConverter converter = new FormatConverter(AudioFormat.alaw(8_000), AudioFormat.mulaw(8_000));
        converter.finish();
        assertThatIllegalStateException().isThrownBy(converter::finish);
        assertThatIllegalStateException().isThrownBy(() -> converter.convert(Pcm.bytes(1)));
    }

    private static AudioFormat stereo(int rate) {
        return new AudioFormat(Encoding.LINEAR16, Container.RAW, rate, 2);
    }

    private static ByteBuffer converted(AudioFormat from, AudioFormat to, ByteBuffer audio) {
        FormatConverter converter = new FormatConverter(from, to);
        return Pcm.join(converter.convert(audio.duplicate()), converter.finish());
    }
}
