// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

import java.util.Locale;

/**
 * How much later than a bare socket a client has its first audio, asking the same server in turn with it. Aims: at most 0.5 ms more
 * at the median and 5 ms more at the 99th percentile.
 */
final class BesideBareSocket {
    private static final double NANOS_PER_MILLI = 1e6;

    private final int warmup;
    private final int rounds;

    BesideBareSocket(int warmup, int rounds) {
        this.warmup = warmup;
        this.rounds = rounds;
    }

    /** Prints a line for each of the two; {@code name} begins them. */
    void compare(String name, Interleaved.Timed bareSocket, Interleaved.Timed client) throws Exception {
        double[] bare = new double[rounds];
        double[] ours = new double[rounds];
        for (int i = -warmup; i < rounds; i++) {
            double nanosBare = bareSocket.nanos();
            double nanosOurs = client.nanos();
            if (i >= 0) {
                bare[i] = nanosBare;
                ours[i] = nanosOurs;
            }
        }
        report(name + ", p50", Quantiles.of(bare, 0.5), Quantiles.of(ours, 0.5), 0.5);
        report(name + ", p99", Quantiles.of(bare, 0.99), Quantiles.of(ours, 0.99), 5);
    }

    private static void report(String name, double bare, double ours, double aim) {
        System.out.printf(
                Locale.ROOT,
                "%s: bare socket %.3f ms, client %.3f ms, %.3f ms more (aim: at most %.1f)%n",
                name,
                bare / NANOS_PER_MILLI,
                ours / NANOS_PER_MILLI,
                (ours - bare) / NANOS_PER_MILLI,
                aim);
    }
}
