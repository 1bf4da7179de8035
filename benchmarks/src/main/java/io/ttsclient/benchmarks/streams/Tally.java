// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Times of one kind, from many threads: a histogram of 58 KB, however many there are. It holds each to within 0.4 %; less than none
 * counts as none. Thread-safe.
 *
 * <p>Each power of two from 2<sup>7</sup> ns on has 128 buckets of the same width; below, each nanosecond has one.
 */
final class Tally {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int BITS = 7;
    private static final int BUCKETS_OF_POWER = 1 << BITS;

    private final AtomicLongArray counts = new AtomicLongArray(bucket(Long.MAX_VALUE) + 1);

    void add(long nanos) {
        counts.incrementAndGet(bucket(Math.max(0, nanos)));
    }

    private static int bucket(long nanos) {
        int shift = Math.max(0, Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(nanos));
        return shift * BUCKETS_OF_POWER + (int) (nanos >>> shift);
    }

    private static double middleMillis(int bucket) {
        int shift = Math.max(0, bucket / BUCKETS_OF_POWER - 1);
        double first = (double) (bucket - shift * BUCKETS_OF_POWER) * (1L << shift);
        return (first + ((1L << shift) - 1) / 2.0) / NANOS_PER_MILLI;
    }

    /** That which {@code share} of all, from 0 to 1, do not exceed, in milliseconds; NaN if there are none. */
    double millis(double share) {
        long count = 0;
        for (int i = 0; i < counts.length(); i++) {
            count += counts.get(i);
        }
        if (count == 0) {
            return Double.NaN;
        }
        long left = Math.round(share * (count - 1)) - counts.get(0);
        int i = 0;
        while (left >= 0) {
            left -= counts.get(++i);
        }
        return middleMillis(i);
    }

    /** The median and what 95 and 99 % do not exceed, in milliseconds. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "p50 %.1f, p95 %.1f, p99 %.1f ms", millis(0.5), millis(0.95), millis(0.99));
    }
}
