// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SilenceTrimmerTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(4_000);
    private static final int MAX_HELD = 5 * 4_000;
    private static final int QUIET = 100;
    private static final int LOUD = 104;
    /** Between {@link #QUIET} and {@link #LOUD}. */
    private static final double THRESHOLD = 20 * Math.log10(102 / 32_768.0);

    @Test
    void trim_silenceAtBothEnds_isTakenOff() {
        assertThat(trimmed(0, 0, 1, -QUIET, LOUD, 5, -LOUD, QUIET, 0)).containsExactly(LOUD, 5, -LOUD);
    }

    @Test
    void trim_silenceInside_staysAsItIs() {
        assertThat(trimmed(LOUD, 3, -7, 0, LOUD, 0)).containsExactly(LOUD, 3, -7, 0, LOUD);
    }

    @Test
    void trim_margin_isKeptAtBothEndsAsFarAsItIsThere() {
        assertThat(trimmedWithMargin(2, 1, 2, 3, LOUD, 4, 5, 6, 7)).containsExactly(2, 3, LOUD, 4, 5);
        assertThat(trimmedWithMargin(2, 3, LOUD, 4)).containsExactly(3, LOUD, 4);
        assertThat(trimmedWithMargin(5, LOUD)).containsExactly(LOUD);
    }

    @Test
    void trim_nothingButSilence_becomesEmpty() {
        assertThat(trimmed(0, 1, 2, -QUIET)).isEmpty();
        assertThat(trimmedWithMargin(2, 0, 1, 2)).isEmpty();
        assertThat(trimmed()).isEmpty();
    }

    @Test
    void trim_thresholdOfZeros_keepsEverythingElse() {
        SilenceTrimmer trimmer = new SilenceTrimmer(FORMAT, -96, Duration.ZERO);
        assertThat(Pcm.samples(trimmer.trim(Pcm.of(0, -1, 0, 1, 0)))).containsExactly(-1, 0, 1);
    }

    @Test
    void trim_mostNegativeSample_isLoud() {
        SilenceTrimmer trimmer = new SilenceTrimmer(FORMAT, -0.001, Duration.ZERO);
        assertThat(Pcm.samples(trimmer.trim(Pcm.of(30_000, Short.MIN_VALUE, 30_000))))
                .containsExactly(Short.MIN_VALUE);
    }

    @Test
    void trim_stereo_isLoudWhereOneChannelIs() {
        AudioFormat stereo = new AudioFormat(Encoding.LINEAR16, Container.RAW, 4_000, 2);
        SilenceTrimmer trimmer = new SilenceTrimmer(stereo, THRESHOLD, Duration.ZERO);
        assertThat(Pcm.samples(trimmer.trim(Pcm.of(1, 2, 3, LOUD, 0, 0, LOUD, 4, 5, 6))))
                .containsExactly(3, LOUD, 0, 0, LOUD, 4);
    }

    @Test
    void trim_soundOnly_isASliceOfTheChunk() {
        ByteBuffer chunk = Pcm.of(0, LOUD, LOUD, 0);
        SilenceTrimmer trimmer = new SilenceTrimmer(FORMAT, THRESHOLD, Duration.ZERO);
        ByteBuffer out = trimmer.trim(chunk);
        assertThat(chunk.hasRemaining()).isFalse();
        assertThat(out.isReadOnly()).isTrue();
        chunk.putShort(2, (short) 0x0807);
        assertThat(Pcm.samples(out)).containsExactly(0x0708, LOUD);
    }

    @Test
    void trim_anyPieces_takesOffTheSame() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int[] in = random.ints(random.nextInt(400), -QUIET, QUIET).toArray();
            for (int i = random.nextInt(6); i > 0 && in.length > 0; i--) {
                in[random.nextInt(in.length)] = LOUD;
            }
            int margin = random.nextInt(20);
            SilenceTrimmer trimmer = new SilenceTrimmer(FORMAT, THRESHOLD, FORMAT.durationOf(2L * margin));
            List<ByteBuffer> out = new ArrayList<>();
            for (ByteBuffer piece : Pcm.cut(Pcm.of(in), 2, 1 + random.nextInt(100), random)) {
                out.add(trimmer.trim(piece));
            }
            assertThat(Pcm.samples(Pcm.join(out))).as("seed %d", seed).containsExactly(reference(in, margin));
        }
    }

    private static int[] reference(int[] in, int margin) {
        int[] loud = IntStream.range(0, in.length).filter(i -> in[i] == LOUD).toArray();
        if (loud.length == 0) {
            return new int[0];
        }
        int from = Math.max(0, loud[0] - margin);
        int to = Math.min(in.length, loud[loud.length - 1] + 1 + margin);
        return Arrays.copyOfRange(in, from, to);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_000, 100_000})
    void trim_veryLongSilenceInside_losesNothing(int piece) {
        int[] in = new Random(1).ints(3 * MAX_HELD, -QUIET, QUIET).toArray();
        in[10] = LOUD;
        in[in.length - 10] = LOUD;
        SilenceTrimmer trimmer = new SilenceTrimmer(FORMAT, THRESHOLD, Duration.ofMillis(1));
        List<ByteBuffer> out = pieces(trimmer, in, piece);
        assertThat(Pcm.samples(Pcm.join(out))).containsExactly(reference(in, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_000, 100_000})
    void trim_veryLongSilenceAtTheEnd_losesItsLastFiveSeconds(int piece) {
        int[] in = new int[3 * MAX_HELD];
        in[0] = LOUD;
        SilenceTrimmer trimmer = new SilenceTrimmer(FORMAT, THRESHOLD, Duration.ZERO);
        List<ByteBuffer> out = pieces(trimmer, in, piece);
        assertThat(Pcm.join(out).remaining()).isEqualTo(2 * 2 * MAX_HELD);
    }

    @Test
    void trim_silenceHandedOutBehindLongSilence_isFollowedBySound() {
        SilenceTrimmer trimmer = new SilenceTrimmer(FORMAT, THRESHOLD, Duration.ofMillis(1));
        assertThat(Pcm.samples(trimmer.trim(Pcm.of(LOUD)))).containsExactly(LOUD);
        assertThat(trimmer.trim(ByteBuffer.allocate(2 * MAX_HELD + 8)).remaining())
                .isEqualTo(8);
        assertThat(trimmer.trim(Pcm.of(1, 2)).remaining()).isEqualTo(4);
        int[] out = Pcm.samples(trimmer.trim(Pcm.of(LOUD)));
        assertThat(out).hasSize(MAX_HELD + 1).endsWith(0, 1, 2, LOUD);
    }

    @Test
    void trim_endlessSilenceBeforeSound_isForgotten() {
        SilenceTrimmer trimmer = new SilenceTrimmer(FORMAT, THRESHOLD, Duration.ofSeconds(5));
        for (int i = 0; i < 100; i++) {
            assertThat(trimmer.trim(ByteBuffer.allocate(8_000)).remaining()).isZero();
        }
        assertThat(trimmer.trim(Pcm.of(LOUD)).remaining()).isEqualTo(2 * MAX_HELD + 2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-96.1, 0, 1, Double.NaN, Double.NEGATIVE_INFINITY})
    void create_thresholdOutOfRange_isRefused(double threshold) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SilenceTrimmer(FORMAT, threshold, Duration.ZERO))
                .withMessage("thresholdDbfs: " + threshold + ", allowed -96.0 to less than 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.001S", "PT5.001S"})
    void create_marginOutOfRange_isRefused(Duration margin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SilenceTrimmer(FORMAT, -50, margin))
                .withMessage("margin: " + margin + ", allowed 0 to PT5S");
    }

    @Test
    void create_otherThanRawSamples_isRefused() {
        AudioFormat wav = new AudioFormat(Encoding.LINEAR16, Container.WAV, 8_000, 1);

        assertThat(SilenceTrimmer.canTrim(FORMAT)).isTrue();
        assertThat(SilenceTrimmer.canTrim(wav)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SilenceTrimmer(wav, -50, Duration.ZERO))
                .withMessage("format: " + wav + ", allowed raw LINEAR16, MULAW and ALAW");
    }

    @ParameterizedTest
    @EnumSource(G711.class)
    void trim_g711_goesByWhatTheCodesMean(G711 law) {
        AudioFormat format = law == G711.MULAW ? AudioFormat.mulaw(8_000) : AudioFormat.alaw(8_000);
        byte silent = format.encoding().silence();
        byte quiet = law.encode((short) 40);
        byte loud = law.encode((short) -3_000);
        SilenceTrimmer trimmer = new SilenceTrimmer(format, -50, format.durationOf(1));

        ByteBuffer out =
                trimmer.trim(ByteBuffer.wrap(new byte[] {silent, quiet, silent, loud, quiet, loud, quiet, silent}));

        assertThat(out).isEqualTo(ByteBuffer.wrap(new byte[] {silent, loud, quiet, loud, quiet}));
        assertThat(trimmer.leading()).isEqualTo(format.durationOf(2));
    }

    @Test
    void leading_silenceInSeveralChunks_isAllThatWasTakenOffInFront() {
        SilenceTrimmer trimmer = new SilenceTrimmer(FORMAT, THRESHOLD, FORMAT.durationOf(2));

        trimmer.trim(Pcm.of(1, 2, 3));
        trimmer.trim(Pcm.of(4, 5, LOUD, 6));
        trimmer.trim(Pcm.of(7, LOUD, 8));

        assertThat(trimmer.leading()).isEqualTo(FORMAT.durationOf(2 * 4));
    }

    @Test
    void trim_cutFrame_isRefused() {
        SilenceTrimmer trimmer = new SilenceTrimmer(FORMAT, -50, Duration.ZERO);
        assertThatIllegalArgumentException().isThrownBy(() -> trimmer.trim(Pcm.bytes(1)));
    }

    private static int[] trimmed(int... samples) {
        return trimmedWithMargin(0, samples);
    }

    /** Sample by sample, which is the same as at once, as another test shows. */
    private static int[] trimmedWithMargin(int margin, int... samples) {
        SilenceTrimmer trimmer = new SilenceTrimmer(FORMAT, THRESHOLD, FORMAT.durationOf(2L * margin));
        return Pcm.samples(Pcm.join(pieces(trimmer, samples, 1)));
    }

    private static List<ByteBuffer> pieces(SilenceTrimmer trimmer, int[] samples, int piece) {
        List<ByteBuffer> out = new ArrayList<>();
        for (int i = 0; i < samples.length; i += piece) {
            out.add(trimmer.trim(Pcm.of(Arrays.copyOfRange(samples, i, Math.min(samples.length, i + piece)))));
        }
        return out;
    }
}
