// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.backend.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VirtualTimeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @RegisterExtension
    final SeededRandom random = new SeededRandom();

    private final VirtualTime time = new VirtualTime();

    private static <T> Running<T> start(Callable<T> action) {
        return Running.start("a thread of the test", Monitor.PATIENCE, action);
    }

    private Running<Duration> sleeper(Duration duration) {
        return start(() -> {
            time.sleep(duration);
            return time.elapsed();
        });
    }

    @Test
    void readings_untouched_standStill() {
        long nanos = time.nanoTime();

        assertThat(time.now()).isEqualTo(VirtualTime.START);
        assertThat(time.nanoTime()).isEqualTo(nanos);
        assertThat(time.elapsed()).isZero();
    }

    @Test
    void advance_movesEveryReadingByTheSame() {
        long nanos = time.nanoTime();

        time.advance(Duration.ofHours(3));

        assertThat(time.nanoTime() - nanos).isEqualTo(Duration.ofHours(3).toNanos());
        assertThat(time.since(nanos)).isEqualTo(Duration.ofHours(3));
        assertThat(time.now()).isEqualTo(VirtualTime.START.plus(Duration.ofHours(3)));
        assertThat(time.elapsed()).isEqualTo(Duration.ofHours(3));
    }

    @Test
    void nanoTime_soonAfterTheStart_overflows() {
        long before = time.nanoTime();

        time.advance(Duration.ofSeconds(2));

        assertThat(time.nanoTime()).isLessThan(before);
        assertThat(time.nanoTime() - before).isPositive();
    }

    @Test
    void advance_negative_isRefused() {
        assertThatThrownBy(() -> time.advance(SECOND.negated()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("duration: PT-1S, allowed zero or more");
    }

    @Test
    void schedule_severalTasks_runInOrderOfTimeEachAtItsTime() {
        List<String> ran = new ArrayList<>();
        time.schedule(SECOND.multipliedBy(3), () -> ran.add("c at " + time.elapsed()));
        time.schedule(SECOND, () -> ran.add("a at " + time.elapsed()));
        time.schedule(SECOND, () -> ran.add("b at " + time.elapsed()));

        time.advance(SECOND.multipliedBy(2));

        assertThat(ran).containsExactly("a at PT1S", "b at PT1S");
        assertThat(time.elapsed()).isEqualTo(SECOND.multipliedBy(2));
        assertThat(time.scheduled()).isEqualTo(1);
    }

    @Test
    void schedule_randomDelays_runInOrderAndAllOfThem() {
        List<Duration> ran = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            time.schedule(Duration.ofMillis(random.nextInt(1, 1_000)), () -> ran.add(time.elapsed()));
        }

        while (time.scheduled() > 0) {
            time.advance(Duration.ofMillis(random.nextInt(50)));
        }

        assertThat(ran).hasSize(500).isSorted();
    }

    @Test
    void schedule_fromATask_runsOnTheSameWay() {
        List<Duration> ran = new ArrayList<>();
        time.schedule(SECOND, () -> time.schedule(SECOND, () -> ran.add(time.elapsed())));

        time.advance(SECOND.multipliedBy(5));

        assertThat(ran).containsExactly(SECOND.multipliedBy(2));
    }

    @Test
    void advance_fromATask_movesOnAndNeverBack() {
        time.schedule(SECOND, () -> time.advance(SECOND.multipliedBy(9)));

        time.advance(SECOND.multipliedBy(2));

        assertThat(time.elapsed()).isEqualTo(SECOND.multipliedBy(10));
    }

    @Test
    void schedule_zeroDelay_runsAtOnce() {
        var ran = new AtomicInteger();

        Registration task = time.schedule(Duration.ZERO, ran::incrementAndGet);
        task.remove();

        assertThat(ran).hasValue(1);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void schedule_beyondWhatCanBeCounted_isNeverDue() {
        var ran = new AtomicInteger();
        time.advance(SECOND);

        time.schedule(Duration.ofSeconds(Long.MAX_VALUE), ran::incrementAndGet);
        time.advance(Duration.ofDays(100_000));

        assertThat(ran).hasValue(0);
        assertThat(time.scheduled()).isEqualTo(1);
    }

    @Test
    void schedule_takenBack_neverRuns() {
        var ran = new AtomicInteger();
        Registration task = time.schedule(SECOND, ran::incrementAndGet);

        task.remove();
        task.remove();
        time.advance(SECOND);

        assertThat(ran).hasValue(0);
    }

    @Test
    void advance_taskThrows_throwsAndStandsAtItsTime() {
        var ran = new AtomicInteger();
        time.schedule(SECOND, () -> {
            throw new IllegalStateException("broken task");
        });
        time.schedule(SECOND.multipliedBy(2), ran::incrementAndGet);

        assertThatThrownBy(() -> time.advance(SECOND.multipliedBy(3))).hasMessage("broken task");

        assertThat(time.elapsed()).isEqualTo(SECOND);
        time.advance(SECOND);
        assertThat(ran).hasValue(1);
    }

    @Test
    void sleep_advancedFarEnough_wakes() {
        Running<Duration> one = sleeper(SECOND);
        Running<Duration> two = sleeper(SECOND.multipliedBy(2));
        time.awaitSleeping(2);

        time.advance(Duration.ofMillis(999));
        assertThat(time.sleeping()).isEqualTo(2);
        time.advance(Duration.ofMillis(1));

        assertThat(one.await()).isEqualTo(SECOND);
        assertThat(time.sleeping()).isEqualTo(1);
        time.advance(SECOND);
        assertThat(two.await()).isEqualTo(SECOND.multipliedBy(2));
    }

    @Test
    void sleep_zeroOrLess_returnsAtOnce() throws InterruptedException {
        time.sleep(Duration.ZERO);
        time.sleep(SECOND.negated());

        assertThat(time.elapsed()).isZero();
    }

    @Test
    void sleep_interrupted_throwsAndSleepsNoMore() {
        Running<Duration> sleeper = sleeper(SECOND);
        time.awaitSleeping(1);

        sleeper.thread().interrupt();

        assertThatThrownBy(sleeper::await).hasCauseInstanceOf(InterruptedException.class);
        assertThat(time.sleeping()).isZero();
    }

    @Test
    void sleep_interruptedBefore_throwsEvenForZero() {
        Running<Boolean> sleeper = start(() -> {
            Thread.currentThread().interrupt();
            time.sleep(Duration.ZERO);
            return true;
        });

        assertThatThrownBy(sleeper::await).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void sleep_manyThreads_allWake() {
        List<Running<Duration>> sleepers = IntStream.range(0, 50)
                .mapToObj(i -> sleeper(SECOND.plusMillis(i)))
                .toList();
        time.awaitSleeping(50);

        time.advance(SECOND.multipliedBy(2));

        sleepers.forEach(sleeper -> assertThat(sleeper.await()).isEqualTo(SECOND.multipliedBy(2)));
    }

    @Test
    void awaitScheduled_scheduledByAnotherThread_returns() {
        Running<Registration> scheduler = start(() -> time.schedule(SECOND, () -> {}));

        time.awaitScheduled(1);

        assertThat(time.scheduled()).isEqualTo(1);
        scheduler.await();
    }

    @Test
    void await_interrupted_failsAndRestoresTheFlag() {
        Running<Boolean> waiting = start(() -> {
            Thread.currentThread().interrupt();
            try {
                time.awaitSleeping(1);
            } catch (AssertionError e) {
                assertThat(e).hasMessage("interrupted while waiting: expected 1 sleeping threads, there are 0");
            }
            return Thread.currentThread().isInterrupted();
        });

        assertThat(waiting.await()).isTrue();
    }

    @Test
    void untilNext_tellsTheNearestSleeperOrTask() {
        assertThat(time.untilNext()).isEmpty();

        time.schedule(SECOND.multipliedBy(3), () -> {});
        assertThat(time.untilNext()).contains(SECOND.multipliedBy(3));

        Running<Duration> sleeper = sleeper(SECOND.multipliedBy(2));
        time.awaitSleeping(1);
        time.advance(Duration.ofMillis(500));
        assertThat(time.untilNext()).contains(Duration.ofMillis(1_500));

        time.untilNext().ifPresent(time::advance);
        assertThat(sleeper.await()).isEqualTo(SECOND.multipliedBy(2));
    }

    @Test
    void autoAdvancing_sleep_movesTheClockAndRunsWhatComesDue() throws InterruptedException {
        VirtualTime auto = VirtualTime.autoAdvancing();
        List<Duration> ran = new ArrayList<>();
        auto.schedule(SECOND, () -> ran.add(auto.elapsed()));

        auto.sleep(SECOND.multipliedBy(5));
        auto.sleep(SECOND);

        assertThat(auto.elapsed()).isEqualTo(SECOND.multipliedBy(6));
        assertThat(ran).containsExactly(SECOND);
    }

    @Test
    void close_dropsTasksAndTakesNoMore() {
        var ran = new AtomicInteger();
        time.schedule(SECOND, ran::incrementAndGet);
        assertThat(time.isClosed()).isFalse();

        time.close();
        time.advance(SECOND);

        assertThat(time.isClosed()).isTrue();
        assertThat(ran).hasValue(0);
        assertThat(time.elapsed()).isEqualTo(SECOND);
        assertThatThrownBy(() -> time.schedule(SECOND, () -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void toString_saysWhereItStands() {
        time.advance(SECOND);
        time.schedule(SECOND, () -> {});

        assertThat(time).hasToString("VirtualTime[elapsed=PT1S, sleeping=0, scheduled=1]");
    }
}
