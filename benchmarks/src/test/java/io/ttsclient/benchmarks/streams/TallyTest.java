// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.ttsclient.benchmarks.Quantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TallyTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.95, 0.99, 1})
    void millis_anyTimes_agreesWithTheSortedTimes(double share) {
        var random = new Random(8);
        var tally = new Tally();
        double[] millis = new double[10_001];
        for (int i = 0; i < millis.length; i++) {
            long nanos = (long) Math.exp(random.nextDouble() * 40); // up to seven years
            tally.add(nanos);
            millis[i] = nanos / 1e6;
        }

        assertThat(tally.millis(share)).isCloseTo(Quantiles.of(millis, share), withPercentage(0.4));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 255})
    void millis_fewNanoseconds_isExact(long nanos) {
        var tally = new Tally();
        tally.add(nanos);

        assertThat(tally.millis(0.5)).isEqualTo(nanos / 1e6);
    }

    @ParameterizedTest
    @ValueSource(longs = {256, 257, 20_000_000, 1L << 40, Long.MAX_VALUE})
    void millis_manyNanoseconds_isWithinHalfABucket(long nanos) {
        var tally = new Tally();
        tally.add(nanos);

        assertThat(tally.millis(0.5)).isCloseTo(nanos / 1e6, withPercentage(0.4));
    }

    @Test
    void millis_lessThanNone_countsAsNone() {
        var tally = new Tally();
        tally.add(-5);

        assertThat(tally.millis(1)).isZero();
    }

    @Test
    void millis_nothing_isNotANumber() {
        assertThat(new Tally().millis(0.99)).isNaN();
    }

    @Test
    void add_fromManyThreads_losesNone() throws Exception {
        var tally = new Tally();
        ExecutorService threads = Readers.start();
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            long nanos = thread < 2 ? 10 : 20;
            all.add(threads.submit(() -> {
                for (int i = 0; i < 10_000; i++) {
                    tally.add(nanos);
                }
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        threads.shutdown();

        assertThat(tally.millis(19_999 / 39_999.0)).isEqualTo(10 / 1e6);
        assertThat(tally.millis(20_000 / 39_999.0)).isEqualTo(20 / 1e6);
    }
}
