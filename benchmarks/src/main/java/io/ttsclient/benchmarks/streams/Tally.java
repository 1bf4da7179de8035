// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import io.ttsclient.benchmarks.Quantiles;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/** Times of one kind, from many threads. Thread-safe. */
final class Tally {
    private static final double NANOS_PER_MILLI = 1e6;

    private final ReentrantLock lock = new ReentrantLock();
    private double[] millis = new double[1_024];
    private int count;

    void add(long nanos) {
        lock.lock();
        try {
            if (count == millis.length) {
                millis = Arrays.copyOf(millis, 2 * count);
            }
            millis[count++] = nanos / NANOS_PER_MILLI;
        } finally {
            lock.unlock();
        }
    }

    /** The median and what 95 and 99 % do not exceed, in milliseconds. */
    @Override
    public String toString() {
        double[] all;
        lock.lock();
        try {
            all = Arrays.copyOf(millis, count);
        } finally {
            lock.unlock();
        }
        return String.format(
                Locale.ROOT,
                "p50 %.1f, p95 %.1f, p99 %.1f ms",
                Quantiles.of(all, 0.5),
                Quantiles.of(all, 0.95),
                Quantiles.of(all, 0.99));
    }
}
