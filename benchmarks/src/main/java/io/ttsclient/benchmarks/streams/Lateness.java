// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How late the frames of one stream are, by the moment that stands at the beginning of each: {@code stamp=true} of the server. One
 * thread at a time adds to it.
 */
final class Lateness {
    private final int frameBytes;
    private final long[] nanos;
    private int count;
    private long offset;

    Lateness(int frameBytes, int frames) {
        this.frameBytes = frameBytes;
        nanos = new long[frames];
    }

    /** Looks at bytes that have just come; a stamp that is cut in two is left out. */
    void received(ByteBuffer bytes) {
        long now = System.nanoTime();
        int untilFrame = (int) ((frameBytes - offset % frameBytes) % frameBytes);
        for (int at = bytes.position() + untilFrame; at + Long.BYTES <= bytes.limit(); at += frameBytes) {
            if (count < nanos.length) {
                nanos[count++] =
                        now - bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong(at);
            }
        }
        offset += bytes.remaining();
    }

    long bytes() {
        return offset;
    }

    /** Tells {@code tally} all of it. */
    void addTo(Tally tally) {
        for (int i = 0; i < count; i++) {
            tally.add(nanos[i]);
        }
    }
}
