// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.ttsclient.testkit.SeededRandom;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
    private static final double FULL_SCALE = 32_767;

    @RegisterExtension
    final SeededRandom random = new SeededRandom();

    @ParameterizedTest
    @CsvSource({
        "24000, 8000",
        "22050, 16000",
        "22050, 8000",
        "24000, 16000",
        "16000, 8000",
        "44100, 16000",
        "44101, 15999"
    })
    void resample_toneFromFiftyFivePercentOfTheOutputRate_isSixtyDecibelsLower(int from, int to) {
        for (double share = 0.55; share * to < from / 2.0; share += 0.03) {
            double[] out = steady(from, to, share * to);
            assertThat(decibels(rms(out)))
                    .as("tone at %.2f of %d Hz", share, to)
                    .isLessThan(-60);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "24000, 8000",
        "22050, 16000",
        "22050, 8000",
        "24000, 16000",
        "16000, 8000",
        "44100, 16000",
        "44101, 15999",
        "8000, 24000",
        "16000, 22050",
        "8000, 192000",
        "22050, 44100",
        "192000, 4000",
        "4001, 191999"
    })
    void resample_toneUpToFortyTwoPercentOfTheLowerRate_passesWithinHalfADecibel(int from, int to) {
        int lower = Math.min(from, to);
        for (double share : new double[] {0.01, 0.1, 0.2, 0.3, 0.37, 0.40, 0.42}) {
            double[] out = steady(from, to, share * lower);
            double tone = amplitudeAt(out, to, share * lower);
            assertThat(decibels(tone / Math.sqrt(2)))
                    .as("tone at %.2f of %d Hz", share, lower)
                    .isCloseTo(0, within(0.5));
        }
    }

    @ParameterizedTest
    @CsvSource({"24000, 8000", "22050, 16000", "8000, 16000", "8000, 24000", "16000, 44100", "4001, 191999"})
    void resample_tone_bringsNothingElse(int from, int to) {
        int lower = Math.min(from, to);
        for (double share : new double[] {0.05, 0.23, 0.42}) {
            double frequency = share * lower;
            double[] out = steady(from, to, frequency);
            // Without the tone itself, what is left are images of it and noise.
            double amplitude = amplitudeAt(out, to, frequency);
            double phase = phaseAt(out, to, frequency);
            double[] rest = new double[out.length];
            for (int i = 0; i < out.length; i++) {
                rest[i] = out[i] - amplitude * Math.cos(2 * Math.PI * frequency * i / to + phase);
            }
            assertThat(decibels(rms(rest)))
                    .as("beside a tone at %.2f of %d Hz", share, lower)
                    .isLessThan(-60);
        }
    }

    /** The middle of what a full-scale tone becomes, where neither end is heard. */
    private static double[] steady(int from, int to, double frequency) {
        int[] out = Pcm.samples(whole(from, to, Pcm.tone(from, frequency, FULL_SCALE, from / 4)));
        return Arrays.stream(out, out.length / 4, 3 * out.length / 4)
                .asDoubleStream()
                .toArray();
    }

    private static double rms(double[] samples) {
        return Math.sqrt(Arrays.stream(samples).map(x -> x * x).average().orElseThrow());
    }

    /** Of an effective value, against that of a full-scale tone. */
    private static double decibels(double rms) {
        return 20 * Math.log10(rms / (FULL_SCALE / Math.sqrt(2)));
    }

    private static double amplitudeAt(double[] samples, int rate, double frequency) {
        double[] parts = fit(samples, rate, frequency);
        return Math.hypot(parts[0], parts[1]);
    }

    private static double phaseAt(double[] samples, int rate, double frequency) {
        double[] parts = fit(samples, rate, frequency);
        return Math.atan2(-parts[1], parts[0]);
    }

    /** The cosine and sine of {@code frequency} that are nearest to the samples, by least squares. */
    private static double[] fit(double[] samples, int rate, double frequency) {
        double cc = 0;
        double ss = 0;
        double cs = 0;
        double xc = 0;
        double xs = 0;
        for (int i = 0; i < samples.length; i++) {
            double c = Math.cos(2 * Math.PI * frequency * i / rate);
            double s = Math.sin(2 * Math.PI * frequency * i / rate);
            cc += c * c;
            ss += s * s;
            cs += c * s;
            xc += samples[i] * c;
            xs += samples[i] * s;
        }
        double determinant = cc * ss - cs * cs;
        return new double[] {(xc * ss - xs * cs) / determinant, (xs * cc - xc * cs) / determinant};
    }

    @ParameterizedTest
    @CsvSource({
        "24000, 8000",
        "22050, 16000",
        "22050, 8000",
        "24000, 16000",
        "16000, 8000",
        "44100, 16000",
        "8000, 24000",
        "8000, 11025",
        "192000, 4000",
        "4000, 192000",
        "44101, 15999",
        "4001, 191999",
        "8000, 8000"
    })
    void resample_anyNumberOfSamples_givesExactlyTheCeiling(int from, int to) {
        for (int samples : new int[] {0, 1, 2, 3, 5, 20, 100, 441, 1_000, 2_999}) {
            long expected = ((long) samples * to + from - 1) / from;
            assertThat(whole(from, to, Pcm.noise(samples, samples)).remaining())
                    .as("%d samples", samples)
                    .isEqualTo((int) (2 * expected));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "24000, 8000",
        "22050, 16000",
        "22050, 8000",
        "24000, 16000",
        "16000, 8000",
        "44100, 16000",
        "8000, 24000",
        "192000, 4000",
        "44101, 15999",
        "16000, 16000"
    })
    void resample_anyPieces_givesTheSameBytes(int from, int to) {
        ByteBuffer noise = Pcm.noise(from, 6_000);
        ByteBuffer expected = whole(from, to, noise.duplicate());
        for (int round = 0; round < 20; round++) {
            List<ByteBuffer> pieces = Pcm.cut(noise, 2, 1 + random.nextInt(round % 2 == 0 ? 10 : 2_000), random);
            assertThat(resampled(from, to, pieces)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "24000, 8000, 3000",
        "22050, 16000, 4410",
        "22050, 8000, 4410",
        "24000, 16000, 3000",
        "16000, 8000, 3000",
        "44100, 16000, 4410",
        "8000, 24000, 1000",
        "44101, 15999, 44101"
    })
    void resample_impulse_staysAtItsPlace(int from, int to, int place) {
        int[] in = new int[place + 3_000];
        in[place] = 30_000;
        int[] out = Pcm.samples(whole(from, to, Pcm.of(in)));
        int peak = IntStream.range(0, out.length).reduce(0, (a, b) -> out[b] > out[a] ? b : a);
        assertThat(peak).isEqualTo((int) ((long) place * to / from));
        for (int i = 1; i < 200; i++) {
            // Symmetric around its place: the delay is the same for all frequencies.
            assertThat(out[peak + i]).isCloseTo(out[peak - i], within(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"24000, 8000", "22050, 16000", "8000, 24000", "44101, 15999"})
    void resample_fullScaleSquare_isClippedAndNeverTurnsOver(int from, int to) {
        int[] square = IntStream.range(0, 4_000)
                .map(i -> i / 500 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE)
                .toArray();
        int[] out = Pcm.samples(whole(from, to, Pcm.of(square)));
        assertThat(Arrays.stream(out).max()).hasValue(Short.MAX_VALUE);
        assertThat(Arrays.stream(out).min()).hasValue(Short.MIN_VALUE);
        for (int i = 0; i < out.length; i++) {
            int time = (int) ((long) i * from / to);
            if (time % 500 > 50 && time % 500 < 450) {
                assertThat(out[i] > 0).as("sample %d", i).isEqualTo(square[time] > 0);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"24000, 8000", "22050, 16000", "8000, 44100", "44101, 15999"})
    void resample_constant_staysConstant(int from, int to) {
        int[] in = new int[5_000];
        Arrays.fill(in, 12_345);
        int[] out = Pcm.samples(whole(from, to, Pcm.of(in)));
        assertThat(Arrays.stream(out, out.length / 4, 3 * out.length / 4).distinct())
                .containsExactly(12_345);
    }

    @ParameterizedTest
    @CsvSource({"24000, 8000, 61", "16000, 8000, 41", "22050, 16000, 29", "8000, 16000, 21"})
    void resample_firstOutput_needsHalfTheFilter(int from, int to, int samples) {
        Resampler resampler = new Resampler(from, to);
        assertThat(resampler.resample(Pcm.noise(1, samples - 1)).remaining()).isZero();
        assertThat(resampler.resample(Pcm.noise(1, 1)).remaining()).isGreaterThan(0);
    }

    @Test
    void resample_results_areReadOnlyAndTheInputIsConsumed() {
        Resampler resampler = new Resampler(16_000, 8_000);
        ByteBuffer direct = ByteBuffer.allocateDirect(4_000);
        ByteBuffer out = resampler.resample(direct);
        assertThat(direct.hasRemaining()).isFalse();
        assertThat(out.isReadOnly()).isTrue();
        assertThat(out.remaining()).isPositive();
        assertThat(resampler.finish().isReadOnly()).isTrue();
    }

    @Test
    void resample_equalRates_passThrough() {
        ByteBuffer noise = Pcm.noise(1, 100);
        Resampler resampler = new Resampler(22_050, 22_050);
        assertThat(resampler.resample(noise.duplicate())).isEqualTo(noise);
        assertThat(resampler.finish().remaining()).isZero();
    }

    @Test
    void filterBank_everyRatio_isSmallAndOneForAllOfItsKind() {
        assertThat(FilterBank.of(160, 441)).isSameAs(FilterBank.of(160, 441));
        for (int[] rates :
                new int[][] {{1, 48}, {48, 1}, {191_999, 192_000}, {4_001, 191_999}, {320, 441}, {1_601, 41}}) {
            assertThat(FilterBank.of(rates[0], rates[1]).weights())
                    .as("%d to %d", rates[1], rates[0])
                    .isLessThan(70_000);
        }
    }

    @Test
    void filterBank_moreRatiosThanAreKept_stillWork() {
        for (int from = 10_001; from < 10_101; from += 2) {
            assertThat(whole(from, 10_000, Pcm.noise(1, 200)).remaining()).isEqualTo(2 * (2_000_000 / from + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3_999, 192_001})
    void create_rateOutOfRange_saysRange(int rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Resampler(rate, 8_000))
                .withMessage("from: " + rate + " Hz, allowed 4000 to 192000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Resampler(8_000, rate))
                .withMessage("to: " + rate + " Hz, allowed 4000 to 192000");
    }

    @Test
    void resample_cutSample_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Resampler(16_000, 8_000).resample(Pcm.bytes(1, 2, 3)))
                .withMessage("samples: 3 bytes, allowed multiples of 2");
    }

    @Test
    void resample_chunkThatBecomesTooLarge_isRefused() {
        ByteBuffer chunk = ByteBuffer.allocate(48_000_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Resampler(4_000, 192_000).resample(chunk))
                .withMessageMatching("samples: 24000000 would become \\d+, allowed up to 1073741823");
    }

    @Test
    void anything_afterFinish_isRefused() {
        Resampler resampler = new Resampler(16_000, 8_000);
        resampler.finish();
        assertThatIllegalStateException().isThrownBy(resampler::finish);
        assertThatIllegalStateException().isThrownBy(() -> resampler.resample(Pcm.of(1)));
    }

    private static ByteBuffer whole(int from, int to, ByteBuffer samples) {
        return resampled(from, to, List.of(samples));
    }

    private static ByteBuffer resampled(int from, int to, List<ByteBuffer> pieces) {
        Resampler resampler = new Resampler(from, to);
        List<ByteBuffer> out = new ArrayList<>();
        pieces.forEach(piece -> out.add(resampler.resample(piece)));
        out.add(resampler.finish());
        return Pcm.join(out);
    }
}
