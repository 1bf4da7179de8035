// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import io.ttsclient.benchmarks.Quantiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * How late the frames of one stream are, by the moment that stands at the beginning of each: {@code stamp=true} of the server. One
 * thread at a time adds to it.
 */
final class Lateness {
    private static final double NANOS_PER_MILLI = 1e6;

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

    /** That which {@code share} of all frames of all streams do not exceed, in milliseconds. */
    static double quantile(List<Lateness> streams, double share) {
        double[] all = streams.stream()
                .flatMapToLong(each -> Arrays.stream(each.nanos, 0, each.count))
                .asDoubleStream()
                .toArray();
        return Quantiles.of(all, share) / NANOS_PER_MILLI;
    }
}
