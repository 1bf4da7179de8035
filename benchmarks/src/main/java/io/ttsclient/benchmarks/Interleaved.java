// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * Times two pieces of work in turn, A B A B, so that a machine whose speed drifts treats both alike, and prints the medians
 * and the median of the ratios pair by pair.
 */
final class Interleaved {
    private static final double NANOS_PER_MILLI = 1e6;

    private final int warmup;
    private final int rounds;

    Interleaved(int warmup, int rounds) {
        this.warmup = warmup;
        this.rounds = rounds;
    }

    /** Work that says itself how many nanoseconds count. */
    interface Timed {
        long nanos() throws Exception;
    }

    /** Work whose whole duration counts; its result is used, so that it is not optimised away. */
    static Timed whole(Callable<?> work) {
        return () -> {
            long start = System.nanoTime();
            if (work.call() == null) {
                throw new IllegalStateException("the work gave nothing");
            }
            return System.nanoTime() - start;
        };
    }

    /** Prints one line: both medians in milliseconds and A / B. */
    double compare(String nameA, Timed a, String nameB, Timed b) throws Exception {
        for (int i = 0; i < warmup; i++) {
            a.nanos();
            b.nanos();
        }
        var nanosA = new double[rounds];
        var nanosB = new double[rounds];
        var ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            nanosA[i] = a.nanos();
            nanosB[i] = b.nanos();
            ratios[i] = nanosA[i] / nanosB[i];
        }
        double ratio = median(ratios);
        System.out.printf(
                Locale.ROOT,
                "%s %.3f ms, %s %.3f ms: ratio %.3f (quartiles %.3f to %.3f, %d rounds)%n",
                nameA,
                median(nanosA) / NANOS_PER_MILLI,
                nameB,
                median(nanosB) / NANOS_PER_MILLI,
                ratio,
                Quantiles.of(ratios, 0.25),
                Quantiles.of(ratios, 0.75),
                rounds);
        return ratio;
    }

    private static double median(double[] values) {
        return Quantiles.of(values, 0.5);
    }
}
