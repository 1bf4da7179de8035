// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.TimeSource;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the timeouts of a request do not cost: a thread that wakes up for each. */
class TimerWakeUpsTest {
    private static final int REQUESTS = 1_000;

    @Test
    @Timeout(60)
    void schedule_timeoutsOfManyRequests_leaveTheThreadAsleep() throws Exception {
        try (TimeSource time = TimeSource.system()) {
            var ranOn = new CompletableFuture<Thread>();
            time.schedule(Duration.ZERO, () -> ranOn.complete(Thread.currentThread()));
            Thread timer = ranOn.get(20, TimeUnit.SECONDS);
            awaitAsleep(timer);
            long before = timesAsleep(timer);

            for (int i = 0; i < REQUESTS; i++) {
                Registration deadline = time.schedule(Duration.ofMinutes(5), () -> {});
                Registration firstAudio = time.schedule(Duration.ofSeconds(10), () -> {});
                awaitAsleep(timer);
                firstAudio.remove();
                deadline.remove();
            }

            // It ticks once a second.
            assertThat(timesAsleep(timer) - before).isLessThan(REQUESTS / 10);
        }
    }

    private static void awaitAsleep(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    private static long timesAsleep(Thread thread) {
        return ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId()).getWaitedCount();
    }
}
