// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a WAV before its samples.
 *
 * @param format of the samples
 * @param dataBytes bytes of the samples as announced, or {@link #UNKNOWN}; 0 may mean either none or unknown
 */
record WavHeader(WavFormat format, long dataBytes) {
    static final long UNKNOWN = -1;

    /** 1.9 GB, half a day of speech: nobody announces that in earnest. */
    private static final long PLACEHOLDER = 0x7000_0000L;

    private static final long SIZE_IS_IN_DS64 = 0xFFFF_FFFFL;
    private static final long MAX_BYTES = 1 << 20;

    /**
     * Reads up to the first sample of the WAV that is next; {@code null} if the stream ends before.
     *
     * @throws IOException if it is a WAV that we do not read
     */
    static @Nullable WavHeader read(WavInput in) throws IOException {
        in.skip(WavChunk.RIFF_HEADER_BYTES);
        WavFormat format = null;
        long size64 = UNKNOWN;
        long passed = 0;
        while (in.require(WavChunk.HEADER_BYTES)) {
            int id = in.intAt(0);
            long size = WavChunk.size(in);
            if (id == WavChunk.DATA) {
                if (format == null) {
                    throw new IOException("WAV with its data chunk before its format chunk");
                }
                in.skip(WavChunk.HEADER_BYTES);
                return new WavHeader(format, dataBytes(size, size64));
            }
            passed += WavChunk.HEADER_BYTES + size;
            if (passed > MAX_BYTES) {
                throw new IOException("WAV with more than " + MAX_BYTES + " bytes before its data chunk");
            }
            if (id == WavChunk.FMT) {
                int used = (int) Math.min(size, WavFormat.MAX_BYTES);
                if (!in.require(WavChunk.HEADER_BYTES + used)) {
                    return null;
                }
                format = WavFormat.parse(in.peek(WavChunk.HEADER_BYTES, used));
            } else if (id == WavChunk.DS64 && size >= 16 && in.require(WavChunk.HEADER_BYTES + 16)) {
                size64 = Math.max(UNKNOWN, in.longAt(WavChunk.HEADER_BYTES + 8));
            }
            WavChunk.skip(in);
        }
        return null;
    }

    private static long dataBytes(long size, long size64) {
        if (size < PLACEHOLDER) {
            return size;
        }
        return size == SIZE_IS_IN_DS64 ? size64 : UNKNOWN;
    }
}
