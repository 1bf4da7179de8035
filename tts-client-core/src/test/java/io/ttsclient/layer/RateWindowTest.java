// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.testkit.SeededRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RateWindowTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MINUTE = 60 * SECOND;
    /** Close below the overflow. */
    private static final long START = Long.MAX_VALUE - 10 * SECOND;

    @RegisterExtension
    final SeededRandom random = new SeededRandom();

    @Test
    void nanosUntil_unlimited_neverWaits() {
        var window = new RateWindow(Duration.ofMinutes(1), AdmissionPolicy.UNLIMITED);
        window.take(Integer.MAX_VALUE, START);
        window.take(Integer.MAX_VALUE, START);

        assertThat(window.nanosUntil(Integer.MAX_VALUE, START)).isZero();
    }

    @Test
    void nanosUntil_full_waitsUntilTheOldestIsAMinuteOld() {
        var window = new RateWindow(Duration.ofMinutes(1), 2);
        window.take(1, START);
        window.take(1, START + 5 * SECOND);

        assertThat(window.nanosUntil(1, START + 20 * SECOND)).isEqualTo(40 * SECOND);
        assertThat(window.nanosUntil(2, START + 20 * SECOND)).isEqualTo(45 * SECOND);
        assertThat(window.nanosUntil(1, START + MINUTE - 1)).isOne();
        assertThat(window.nanosUntil(1, START + MINUTE)).isZero();
    }

    @Test
    void nanosUntil_aDay_isAsLong() {
        var window = new RateWindow(Duration.ofDays(1), 1);
        window.take(1, START);

        assertThat(window.nanosUntil(1, START + MINUTE))
                .isEqualTo(Duration.ofDays(1).toNanos() - MINUTE);
    }

    @Test
    void nanosUntil_amountAboveTheLimit_waitsUntilNothingElseIsThere() {
        var window = new RateWindow(Duration.ofMinutes(1), 100);
        assertThat(window.nanosUntil(5_000, START)).isZero();

        window.take(5_000, START);

        assertThat(window.nanosUntil(1, START + SECOND)).isEqualTo(59 * SECOND);
        assertThat(window.nanosUntil(5_000, START + MINUTE)).isZero();
    }

    @RepeatedTest(5)
    void take_randomLoad_isNeverAboveTheLimitInAnyMinuteAndNeverIdleForNothing() {
        int limit = 1 + random.nextInt(50);
        var window = new RateWindow(Duration.ofMinutes(1), limit);
        List<long[]> taken = new ArrayList<>();
        long now = START;
        for (int i = 0; i < 500; i++) {
            now += random.nextInt((int) (4 * SECOND / 1_000)) * 1_000L;
            int amount = 1 + random.nextInt(limit);
            now += window.nanosUntil(amount, now);
            assertThat(window.nanosUntil(amount, now)).isZero();
            window.take(amount, now);
            taken.add(new long[] {now, amount});
            long end = now;
            long inTheLastMinute = taken.stream()
                    .filter(each -> end - each[0] < MINUTE)
                    .mapToLong(each -> each[1])
                    .sum();
            assertThat(inTheLastMinute).isLessThanOrEqualTo(limit);
        }
    }
}
