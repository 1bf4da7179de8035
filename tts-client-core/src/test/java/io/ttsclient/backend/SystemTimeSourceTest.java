// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.testkit.LeakCheck;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class SystemTimeSourceTest {
    private final TimeSource time = TimeSource.system();

    @AfterEach
    void close() {
        time.close();
    }

    private static Set<Thread> timerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("tts-client-timer"))
                .collect(Collectors.toSet());
    }

    @Test
    void create_untilTheFirstSchedule_hasNoThread() {
        Set<Thread> ofOtherTests = timerThreads();

        TimeSource unused = TimeSource.system();
        unused.nanoTime();
        unused.now();

        assertThat(ofOtherTests).containsAll(timerThreads());
    }

    @Test
    void schedule_task_runsOnceOnADaemonThreadThatEndsWithTheClose() throws Exception {
        var ranOn = new CompletableFuture<Thread>();

        time.schedule(Duration.ofMillis(1), () -> ranOn.complete(Thread.currentThread()));

        Thread timer = ranOn.get(20, TimeUnit.SECONDS);
        assertThat(timer.getName()).isEqualTo("tts-client-timer");
        assertThat(timer.isDaemon()).isTrue();
        time.close();
        timer.join(20_000);
        assertThat(timer.isAlive()).isFalse();
    }

    @Test
    void schedule_severalTasks_shareOneThread() throws Exception {
        var first = new CompletableFuture<Thread>();
        var second = new CompletableFuture<Thread>();

        time.schedule(Duration.ZERO, () -> first.complete(Thread.currentThread()));
        time.schedule(Duration.ofNanos(-5), () -> second.complete(Thread.currentThread()));

        assertThat(first.get(20, TimeUnit.SECONDS)).isSameAs(second.get(20, TimeUnit.SECONDS));
    }

    @Test
    void schedule_takenBack_doesNotRun() throws Exception {
        var ran = new CountDownLatch(1);
        var later = new CompletableFuture<Boolean>();
        var begin = new CountDownLatch(1);
        time.schedule(Duration.ZERO, () -> await(begin)); // nothing is due while the one thread is busy

        Registration registration = time.schedule(Duration.ZERO, ran::countDown);
        registration.remove();
        registration.remove();
        time.schedule(Duration.ZERO, () -> later.complete(true));
        begin.countDown();

        assertThat(later.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ran.getCount()).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void schedule_forEver_isTakenAndDroppedByTheClose() {
        Registration registration = time.schedule(ChronoUnit.FOREVER.getDuration(), () -> {});

        registration.remove();
        time.schedule(ChronoUnit.FOREVER.getDuration(), () -> {});
        time.close();
    }

    @Test
    void schedule_afterTheClose_isRefused() {
        time.close();

        assertThatThrownBy(() -> time.schedule(Duration.ZERO, () -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void sleep_interrupted_throws() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> time.sleep(ChronoUnit.FOREVER.getDuration())).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void sleep_aMoment_isOverNotBefore() throws InterruptedException {
        long start = time.nanoTime();

        time.sleep(Duration.ofMillis(2));

        assertThat(time.since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(2));
    }

    @Test
    void now_wallClock_isOfOurTime() {
        assertThat(time.now()).isAfter(Instant.parse("2025-01-01T00:00:00Z"));
    }
}
