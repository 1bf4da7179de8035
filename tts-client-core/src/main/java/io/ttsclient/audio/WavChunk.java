// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What can be said of the next bytes of a WAV: four bytes of name, four of size, content, padding to an even size. */
final class WavChunk {
    static final int HEADER_BYTES = 8;
    /** {@code RIFF}, four bytes of size, {@code WAVE}. */
    static final int RIFF_HEADER_BYTES = 12;

    static final int FMT = id("fmt ");
    static final int DS64 = id("ds64");
    static final int DATA = id("data");

    private static final int RIFF = id("RIFF");
    private static final int RF64 = id("RF64");
    private static final int BW64 = id("BW64");
    private static final int WAVE = id("WAVE");
    private static final int LIST = id("LIST");
    private static final int ID3 = id("id3 ");

    private WavChunk() {}

    private static int id(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
    }

    /** The announced size of the chunk whose header is buffered. */
    static long size(WavInput in) {
        return in.intAt(4) & 0xFFFF_FFFFL;
    }

    /** Passes over the chunk whose header is buffered. */
    static void skip(WavInput in) throws IOException {
        long size = size(in);
        in.skip(HEADER_BYTES + size + size % 2);
    }

    /** Whether a whole WAV begins at the next byte. */
    static boolean isRiffNext(WavInput in) throws IOException {
        if (!in.require(RIFF_HEADER_BYTES)) {
            return false;
        }
        int id = in.intAt(0);
        return (id == RIFF || id == RF64 || id == BW64) && in.intAt(8) == WAVE;
    }

    /** Whether the next bytes look like the header of any chunk: the name is of printable ASCII. */
    static boolean isNext(WavInput in) throws IOException {
        if (!in.require(HEADER_BYTES)) {
            return false;
        }
        for (int i = 0; i < 4; i++) {
            if (in.byteAt(i) < ' ' || in.byteAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** Whether the next chunk is of a kind that is known to stand behind the audio. */
    static boolean isTrailerNext(WavInput in) throws IOException {
        return in.require(HEADER_BYTES) && (in.intAt(0) == LIST || in.intAt(0) == ID3);
    }

    /**
     * The offset in the buffered bytes at which a whole WAV begins, or would begin if the bytes to come fit; their number where
     * there is no such place.
     */
    static int findRiff(WavInput in) {
        int offset = 0;
        while (offset < in.buffered() && (in.byteAt(offset) != 'R' || !mayBeRiff(in, offset))) {
            offset++;
        }
        return offset;
    }

    private static boolean mayBeRiff(WavInput in, int offset) {
        int known = Math.min(RIFF_HEADER_BYTES, in.buffered() - offset);
        for (int i = 0; i < known; i++) {
            char expected = "RIFF....WAVE".charAt(i);
            if (expected != '.' && in.byteAt(offset + i) != expected) {
                return false;
            }
        }
        return true;
    }
}
