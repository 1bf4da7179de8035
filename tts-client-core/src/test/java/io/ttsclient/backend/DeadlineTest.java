// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private final VirtualTime time = new VirtualTime();

    @Test
    void none_anyTime_neverPasses() {
        time.advance(Duration.ofDays(10_000));

        assertThat(Deadline.none().remaining()).isEmpty();
        assertThat(Deadline.none().isExpired()).isFalse();
        assertThat(Deadline.none()).hasToString("Deadline[none]");
    }

    @Test
    void after_timePasses_countsDownToZeroAndStaysThere() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(3), time);

        assertThat(deadline.remaining()).contains(Duration.ofSeconds(3));
        time.advance(Duration.ofSeconds(2));
        assertThat(deadline.remaining()).contains(Duration.ofSeconds(1));
        assertThat(deadline.isExpired()).isFalse();
        assertThat(deadline).hasToString("Deadline[in PT1S]");
        time.advance(Duration.ofSeconds(1));
        assertThat(deadline.remaining()).contains(Duration.ZERO);
        assertThat(deadline.isExpired()).isTrue();
        time.advance(Duration.ofHours(1));
        assertThat(deadline.remaining()).contains(Duration.ZERO);
        assertThat(deadline.isExpired()).isTrue();
    }

    @Test
    void after_longestTimeoutThereIs_isFarAwayAndNeverOverflows() {
        Deadline deadline = Deadline.after(ChronoUnit.FOREVER.getDuration(), time);

        time.advance(Duration.ofDays(365 * 100));

        assertThat(deadline.isExpired()).isFalse();
        assertThat(deadline.remaining())
                .hasValueSatisfying(left -> assertThat(left).isGreaterThan(Duration.ofDays(365 * 100)));
    }

    @Test
    void failure_passed_isATotalTimeoutThatNamesTheTimeout() {
        TtsException failure =
                Deadline.after(Duration.ofMillis(1500), time).failure().build();

        assertThat(failure.category()).isEqualTo(Category.TIMEOUT);
        assertThat(failure.timeoutPhase()).contains(TimeoutPhase.TOTAL);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessage("the request did not end within its timeout of PT1.5S [TIMEOUT total]");
    }
}
