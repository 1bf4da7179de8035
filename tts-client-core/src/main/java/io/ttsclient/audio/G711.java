// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntUnaryOperator;

/**
 * The two laws of ITU-T G.711, by table. They take and give the 16-bit samples of this library; as in the recommendation's
 * reference software, of a sample to encode µ-law uses the upper 14 bits and A-law the upper 12. Thread-safe.
 */
public enum G711 {
    /** µ-law, of North America and Japan. */
    MULAW(2, G711::compressMulaw, G711::expandMulaw),
    /** A-law, of the rest of the world. */
    ALAW(4, G711::compressAlaw, G711::expandAlaw);

    private static final int MULAW_BIAS = 33;
    private static final int MULAW_MAX = 0x1FFF;
    private static final int ALAW_EVEN_BITS = 0x55;

    private final int unusedBits;
    private final byte[] codes;
    private final short[] samples = new short[256];

    G711(int unusedBits, IntUnaryOperator compress, IntUnaryOperator expand) {
        this.unusedBits = unusedBits;
        codes = new byte[1 << Short.SIZE - unusedBits];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) compress.applyAsInt((short) (i << unusedBits) >> unusedBits);
        }
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) expand.applyAsInt(i);
        }
    }

    /** The code nearest to {@code sample}. */
    public byte encode(short sample) {
        return codes[sample >> unusedBits & codes.length - 1];
    }

    /** The sample that {@code code} means. */
    public short decode(byte code) {
        return samples[code & 0xFF];
    }

    /**
     * Encodes samples.
     *
     * @param linear16 signed 16-bit little-endian samples, an even number of bytes; consumed
     * @return read-only, one byte a sample
     * @throws IllegalArgumentException if the number of bytes is odd
     */
    public ByteBuffer encode(ByteBuffer linear16) {
        int bytes = linear16.remaining();
        if (bytes % 2 != 0) {
            throw new IllegalArgumentException("linear16: " + bytes + " bytes, allowed multiples of 2");
        }
        ByteBuffer in = Slices.take(linear16).order(ByteOrder.LITTLE_ENDIAN);
        byte[] out = new byte[bytes / 2];
        for (int i = 0; i < out.length; i++) {
            out[i] = encode(in.getShort(2 * i));
        }
        return ByteBuffer.wrap(out).asReadOnlyBuffer();
    }

    /**
     * Decodes samples.
     *
     * @param codes one byte a sample; consumed
     * @return read-only, signed 16-bit little-endian samples
     * @throws IllegalArgumentException if there are more than 2<sup>30</sup>
     */
    public ByteBuffer decode(ByteBuffer codes) {
        int count = codes.remaining();
        if (count > 1 << 30) {
            throw new IllegalArgumentException("codes: " + count + " bytes, allowed up to " + (1 << 30));
        }
        ByteBuffer in = Slices.take(codes);
        ByteBuffer out = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            out.putShort(2 * i, decode(in.get(i)));
        }
        return out.asReadOnlyBuffer();
    }

    /** The code of a 14-bit sample. With the bias, every segment begins at a power of two and has 16 steps. */
    private static int compressMulaw(int sample) {
        int magnitude = Math.min((sample < 0 ? ~sample : sample) + MULAW_BIAS, MULAW_MAX);
        int segment = 26 - Integer.numberOfLeadingZeros(magnitude);
        int step = magnitude >> segment + 1 & 0xF;
        return ~(segment << 4 | step) & 0x7F | (sample < 0 ? 0 : 0x80);
    }

    private static int expandMulaw(int code) {
        int segment = ~code >> 4 & 7;
        int step = ~code & 0xF;
        int magnitude = (2 * step + MULAW_BIAS << segment) - MULAW_BIAS << 2;
        return (code & 0x80) == 0 ? -magnitude : magnitude;
    }

    /** The code of a 12-bit sample. The two lowest segments have the same step; from the second on each begins at a power of two. */
    private static int compressAlaw(int sample) {
        int magnitude = sample < 0 ? ~sample : sample;
        int segment = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude));
        int step = magnitude >> Math.max(0, segment - 1) & 0xF;
        return (segment << 4 | step | (sample < 0 ? 0 : 0x80)) ^ ALAW_EVEN_BITS;
    }

    private static int expandAlaw(int code) {
        int bits = code ^ ALAW_EVEN_BITS;
        int segment = bits >> 4 & 7;
        int step = (bits & 0xF) + (segment == 0 ? 0 : 16);
        int magnitude = 16 * step + 8 << Math.max(0, segment - 1);
        return (bits & 0x80) == 0 ? -magnitude : magnitude;
    }
}
