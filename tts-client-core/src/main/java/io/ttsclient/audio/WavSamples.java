// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The kinds of samples that a WAV may hold and we read, and how they become one of ours. */
enum WavSamples {
    UNSIGNED8(1, (wav, at) -> (wav.get(at) & 0xFF) - 128 << 8),
    SIGNED16(2, Encoding.LINEAR16),
    SIGNED24(3, (wav, at) -> (wav.getShort(at + 1) << 8 | wav.get(at) & 0xFF) + 0x80 >> 8),
    SIGNED32(4, (wav, at) -> (int) (wav.getInt(at) + 0x8000L >> 16)),
    /** Math.round saturates, and makes 0 of NaN. */
    FLOAT32(4, (wav, at) -> Math.round(wav.getFloat(at) * 32_768f)),
    MULAW(1, Encoding.MULAW),
    ALAW(1, Encoding.ALAW);

    private static final int TAG_PCM = 1;
    private static final int TAG_FLOAT = 3;
    private static final int TAG_ALAW = 6;
    private static final int TAG_MULAW = 7;

    private final int bytes;
    private final Encoding encoding;
    private final @Nullable Decoder decoder;

    WavSamples(int bytes, Encoding encoding) {
        this.bytes = bytes;
        this.encoding = encoding;
        this.decoder = null;
    }

    WavSamples(int bytes, Decoder decoder) {
        this.bytes = bytes;
        this.encoding = Encoding.LINEAR16;
        this.decoder = decoder;
    }

    /** The kind that a format tag and the bits of a sample mean, or {@code null} if it is one we do not read. */
    static @Nullable WavSamples of(int tag, int bits) {
        return switch (tag) {
            case TAG_PCM ->
                switch (bits) {
                    case 8 -> UNSIGNED8;
                    case 16 -> SIGNED16;
                    case 24 -> SIGNED24;
                    case 32 -> SIGNED32;
                    default -> null;
                };
            case TAG_FLOAT -> bits == 32 ? FLOAT32 : null;
            case TAG_ALAW -> bits == 8 ? ALAW : null;
            case TAG_MULAW -> bits == 8 ? MULAW : null;
            default -> null;
        };
    }

    /** Bytes of one sample in the file. */
    int bytes() {
        return bytes;
    }

    /** What {@link #convert} makes of them. */
    Encoding encoding() {
        return encoding;
    }

    /** The same samples in {@link #encoding()}: {@code source} itself where they are so already, else a read-only copy. */
    ByteBuffer convert(ByteBuffer source) {
        if (decoder == null) {
            return source;
        }
        ByteBuffer wav = source.slice().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer out = ByteBuffer.allocate(wav.limit() / bytes * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < wav.limit(); at += bytes) {
            int sample = decoder.decode(wav, at);
            out.putShort((short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample)));
        }
        return out.flip().asReadOnlyBuffer();
    }

    private interface Decoder {
        /** The sample at byte {@code at} in 16 bits, or beyond them where it must be clipped. */
        int decode(ByteBuffer wav, int at);
    }
}
