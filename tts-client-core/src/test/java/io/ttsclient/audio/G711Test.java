// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class G711Test {
    /** Table 2a of the recommendation: where the µ-law segments end, in 14 bits; a segment has 16 steps of 2, 4, 8 ... */
    private static final int[] MULAW_SEGMENT_ENDS = {31, 95, 223, 479, 991, 2015, 4063, 8159};
    /** Table 1a of the recommendation: where the A-law segments end, in 13 bits; steps of 2, 2, 4, 8 ... */
    private static final int[] ALAW_SEGMENT_ENDS = {32, 64, 128, 256, 512, 1024, 2048, 4096};

    private static final int[] EVERY_SAMPLE =
            IntStream.rangeClosed(Short.MIN_VALUE, Short.MAX_VALUE).toArray();

    @Test
    void mulaw_everySample_encodesAsTheRecommendationSays() {
        byte[] codes = Pcm.array(G711.MULAW.encode(Pcm.of(EVERY_SAMPLE)));
        for (int i = 0; i < codes.length; i++) {
            assertThat(codes[i] & 0xFF).as("sample %d", EVERY_SAMPLE[i]).isEqualTo(referenceMulaw(EVERY_SAMPLE[i]));
        }
    }

    @Test
    void alaw_everySample_encodesAsTheRecommendationSays() {
        byte[] codes = Pcm.array(G711.ALAW.encode(Pcm.of(EVERY_SAMPLE)));
        for (int i = 0; i < codes.length; i++) {
            assertThat(codes[i] & 0xFF).as("sample %d", EVERY_SAMPLE[i]).isEqualTo(referenceAlaw(EVERY_SAMPLE[i]));
        }
    }

    /** Counts through the segments and steps of Table 2a. */
    private static int referenceMulaw(int sample) {
        int magnitude = Math.min((sample < 0 ? -1 - sample : sample) / 4, 8158);
        int segment = 0;
        while (magnitude >= MULAW_SEGMENT_ENDS[segment]) {
            segment++;
        }
        int step = 2 << segment;
        int begin = MULAW_SEGMENT_ENDS[segment] - 16 * step;
        int code = 16 * segment + (magnitude - begin) / step;
        return 127 - code + (sample < 0 ? 0 : 128);
    }

    /** Counts through the segments and steps of Table 1a, then inverts the even bits. */
    private static int referenceAlaw(int sample) {
        int magnitude = (sample < 0 ? -1 - sample : sample) / 8;
        int segment = 0;
        while (magnitude >= ALAW_SEGMENT_ENDS[segment]) {
            segment++;
        }
        int step = segment == 0 ? 2 : 1 << segment;
        int begin = ALAW_SEGMENT_ENDS[segment] - 16 * step;
        int code = 16 * segment + (magnitude - begin) / step;
        return (code + (sample < 0 ? 0 : 128)) ^ 0x55;
    }

    @Test
    void mulaw_decodesToTheMiddlesOfTheSteps() {
        assertThat(G711.MULAW.decode((byte) 0xFF)).isZero();
        assertThat(G711.MULAW.decode((byte) 0x7F)).isZero();
        // The largest decoder output of Table 2a is 8031 in 14 bits.
        assertThat(G711.MULAW.decode((byte) 0x80)).isEqualTo((short) (8031 * 4));
        assertThat(G711.MULAW.decode((byte) 0x00)).isEqualTo((short) (-8031 * 4));
        assertThat(G711.MULAW.decode((byte) 0xFE)).isEqualTo((short) 8);
    }

    @Test
    void alaw_decodesToTheMiddlesOfTheSteps() {
        assertThat(G711.ALAW.decode((byte) 0xD5)).isEqualTo((short) 8);
        assertThat(G711.ALAW.decode((byte) 0x55)).isEqualTo((short) -8);
        // The largest decoder output of Table 1a is 4032 in 13 bits.
        assertThat(G711.ALAW.decode((byte) 0xAA)).isEqualTo((short) (4032 * 8));
        assertThat(G711.ALAW.decode((byte) 0x2A)).isEqualTo((short) (-4032 * 8));
    }

    @ParameterizedTest
    @EnumSource(G711.class)
    void decodeThenEncode_everyCode_returnsTheCode(G711 law) {
        int[] codes = IntStream.range(0, 256).toArray();
        byte[] again = Pcm.array(law.encode(law.decode(Pcm.bytes(codes))));
        for (int code : codes) {
            // µ-law has two zeros.
            int expected = law == G711.MULAW && code == 0x7F ? 0xFF : code;
            assertThat(again[code] & 0xFF).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(G711.class)
    void encodeThenDecode_everySample_staysWithinHalfAStep(G711 law) {
        for (int sample : EVERY_SAMPLE) {
            int again = law.decode(law.encode((short) sample));
            // A step is at most 1/16 of its magnitude, and at least as wide as the smallest one; beyond the top it is
            // clipped.
            assertThat(Math.abs(again - sample)).isLessThanOrEqualTo(Math.abs(sample) / 32 + 16 + clipped(law, sample));
        }
    }

    private static int clipped(G711 law, int sample) {
        return law == G711.MULAW ? Math.max(0, Math.abs(sample) - 32_635) : 0;
    }

    @Test
    void silence_isWhatTheFormatsSay() {
        assertThat(G711.MULAW.encode((short) 0)).isEqualTo(Encoding.MULAW.silence());
        assertThat(G711.ALAW.encode((short) 0)).isEqualTo(Encoding.ALAW.silence());
    }

    @ParameterizedTest
    @EnumSource(G711.class)
    void bulk_consumesItsInputWhateverKindOfBuffer(G711 law) {
        ByteBuffer direct = ByteBuffer.allocateDirect(6);
        direct.putShort((short) 0x1234).put(Pcm.of(1000, -1000)).position(2);
        ByteBuffer codes = law.encode(direct);
        assertThat(direct.hasRemaining()).isFalse();
        assertThat(codes.isReadOnly()).isTrue();
        assertThat(Pcm.array(codes)).containsExactly(law.encode((short) 1000), law.encode((short) -1000));

        ByteBuffer linear = law.decode(codes);
        assertThat(codes.hasRemaining()).isFalse();
        assertThat(linear.isReadOnly()).isTrue();
        assertThat(Pcm.samples(linear))
                .containsExactly(law.decode(law.encode((short) 1000)), law.decode(law.encode((short) -1000)));
    }

    @Test
    void encode_cutSample_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> G711.MULAW.encode(ByteBuffer.allocate(3)))
                .withMessage("linear16: 3 bytes, allowed multiples of 2");
    }
}
