// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/** Times of one kind, from many threads. Thread-safe. */
final class Tally {
    private static final double NANOS_PER_MILLI = 1e6;

    private final ReentrantLock lock = new ReentrantLock();
    private float[] millis = new float[1_024];
    private int count;

    void add(long nanos) {
        lock.lock();
        try {
            if (count == millis.length) {
                millis = Arrays.copyOf(millis, 2 * count);
            }
            millis[count++] = (float) (nanos / NANOS_PER_MILLI);
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** The median and what 95 and 99 % do not exceed, in milliseconds. */
    @Override
    public String toString() {
        float[] sorted;
        lock.lock();
        try {
            sorted = Arrays.copyOf(millis, count);
        } finally {
            lock.unlock();
        }
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "p50 %.1f, p95 %.1f, p99 %.1f ms",
                quantile(sorted, 0.5),
                quantile(sorted, 0.95),
                quantile(sorted, 0.99));
    }

    private static double quantile(float[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
