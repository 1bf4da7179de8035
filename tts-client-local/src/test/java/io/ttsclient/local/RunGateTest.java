// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Deadline;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test per arrow of {@link Turn} and {@link RunGate}. */
@Timeout(30)
@ExtendWith(LeakCheck.class)
class RunGateTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final VirtualTime time = new VirtualTime();
    private final AtomicInteger freed = new AtomicInteger();
    private final RunGate gate = new RunGate(1, freed::incrementAndGet);

    private Synthesis synthesis() {
        return TestSynthesis.of("a", SpeechOptions.none(), time);
    }

    /** Enters on a thread of its own, and returns when that thread waits. */
    private FutureTask<Turn> enterElsewhere(Synthesis synthesis) {
        var entering = new FutureTask<>(() -> gate.enter(synthesis));
        var thread = new Thread(entering, "entering");
        thread.setDaemon(true);
        thread.start();
        awaitWaiting(thread);
        return entering;
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
    }

    private static TtsException failureOf(Category category, Future<?> future) {
        return Thrown.by(category, () -> {
            try {
                future.get(20, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw e.getCause();
            }
        });
    }

    @Test
    void enter_freePlace_runsAtOnce() {
        Turn turn = gate.enter(synthesis());
        assertThat(turn.state()).isEqualTo(Turn.State.RUNNING);
        assertThat(turn.waited()).isZero();
        turn.close();
        assertThat(turn.state()).isEqualTo(Turn.State.ENDED);
    }

    @Test
    void enter_taken_waitsUntilThePlaceIsFreeAndSaysHowLong() throws Exception {
        Turn first = gate.enter(synthesis());
        FutureTask<Turn> second = enterElsewhere(synthesis());
        time.advance(Duration.ofMillis(30));
        assertThat(second).isNotDone();
        first.close();
        Turn turn = second.get();
        assertThat(turn.state()).isEqualTo(Turn.State.RUNNING);
        assertThat(turn.waited()).isEqualTo(Duration.ofMillis(30));
        turn.close();
    }

    @Test
    void enter_severalWaiting_firstComeFirstServed() throws Exception {
        Turn running = gate.enter(synthesis());
        List<FutureTask<Turn>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(enterElsewhere(synthesis()));
        }
        for (FutureTask<Turn> next : waiting) {
            running.close();
            running = next.get();
            assertThat(waiting.subList(waiting.indexOf(next) + 1, waiting.size()))
                    .noneMatch(FutureTask::isDone);
        }
        running.close();
    }

    @Test
    void enter_severalPlaces_areAllGivenOut() {
        var two = new RunGate(2, () -> {});
        try (Turn one = two.enter(synthesis());
                Turn other = two.enter(synthesis())) {
            assertThat(List.of(one.state(), other.state())).containsOnly(Turn.State.RUNNING);
        }
    }

    @Test
    void enter_cancelledBefore_isCancelledAndTakesNoPlace() {
        Synthesis synthesis = synthesis();
        synthesis.cancellation().cancel();
        Thrown.by(Category.CANCELLED, () -> gate.enter(synthesis));
        gate.enter(synthesis()).close();
    }

    @Test
    void cancel_whileWaiting_endsTheWaitAndLeavesTheQueue() throws Exception {
        Turn running = gate.enter(synthesis());
        Synthesis leaving = synthesis();
        FutureTask<Turn> waiting = enterElsewhere(leaving);
        FutureTask<Turn> behind = enterElsewhere(synthesis());
        leaving.cancellation().cancel();
        failureOf(Category.CANCELLED, waiting);
        running.close();
        behind.get().close();
    }

    @Test
    void deadline_whileWaiting_endsTheWait() {
        Synthesis bounded = synthesis().withDeadline(Deadline.after(Duration.ofSeconds(3), time));
        Turn running = gate.enter(synthesis());
        FutureTask<Turn> waiting = enterElsewhere(bounded);
        time.advance(Duration.ofSeconds(3));
        assertThat(failureOf(Category.TIMEOUT, waiting).timeoutPhase()).contains(TimeoutPhase.TOTAL);
        running.close();
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void interrupt_whileWaiting_isCancelledAndTheFlagStays() throws Exception {
        Turn running = gate.enter(synthesis());
        var flag = new FutureTask<>(() -> {
            Thrown.by(Category.CANCELLED, () -> gate.enter(synthesis()));
            return Thread.currentThread().isInterrupted();
        });
        var thread = new Thread(flag);
        thread.start();
        awaitWaiting(thread);
        thread.interrupt();
        assertThat(flag.get()).isTrue();
        running.close();
        gate.enter(synthesis()).close();
    }

    @Test
    void cancel_whileRunning_abortsTheRunAndKeepsThePlaceUntilItLeaves() {
        Synthesis synthesis = synthesis();
        var aborted = new AtomicInteger();
        Turn turn = gate.enter(synthesis);
        turn.begin(aborted::incrementAndGet);
        synthesis.cancellation().cancel();
        assertThat(aborted).hasValue(1);
        assertThat(turn.state()).isEqualTo(Turn.State.STOPPING);
        FutureTask<Turn> next = enterElsewhere(synthesis());
        assertThat(next).isNotDone();
        turn.finish();
        Thrown.by(Category.CANCELLED, turn::requireGoing);
        turn.close();
        assertThat(turn.state()).isEqualTo(Turn.State.ENDED);
        assertThat(next).succeedsWithin(PATIENCE).satisfies(Turn::close);
    }

    @Test
    void deadline_whileRunning_abortsTheRun() {
        Synthesis synthesis = synthesis().withDeadline(Deadline.after(Duration.ofSeconds(3), time));
        var aborted = new AtomicInteger();
        try (Turn turn = gate.enter(synthesis)) {
            turn.begin(aborted::incrementAndGet);
            time.advance(Duration.ofSeconds(3));
            assertThat(aborted).hasValue(1);
            Thrown.by(Category.TIMEOUT, turn::requireGoing);
        }
    }

    @Test
    void cancel_betweenEntryAndRun_runDoesNotBegin() {
        Synthesis synthesis = synthesis();
        var aborted = new AtomicInteger();
        try (Turn turn = gate.enter(synthesis)) {
            synthesis.cancellation().cancel();
            Thrown.by(Category.CANCELLED, () -> turn.begin(aborted::incrementAndGet));
        }
        assertThat(aborted).hasValue(0);
    }

    @Test
    void cancel_afterTheRun_doesNotAbortWhatIsGone() {
        Synthesis synthesis = synthesis();
        var aborted = new AtomicInteger();
        try (Turn turn = gate.enter(synthesis)) {
            turn.begin(aborted::incrementAndGet);
            turn.finish();
            synthesis.cancellation().cancel();
        }
        assertThat(aborted).hasValue(0);
    }

    @Test
    void cancel_afterTheEnd_doesNothing() {
        Synthesis synthesis = synthesis();
        Turn turn = gate.enter(synthesis);
        turn.close();
        synthesis.cancellation().cancel();
        turn.requireGoing();
        assertThat(turn.state()).isEqualTo(Turn.State.ENDED);
    }

    @Test
    void stop_twice_theFirstReasonCounts() {
        Synthesis synthesis = synthesis();
        try (Turn turn = gate.enter(synthesis)) {
            synthesis.cancellation().cancel();
            gate.stop(turn, Failures::closed);
            Thrown.by(Category.CANCELLED, turn::requireGoing);
        }
    }

    @Test
    void close_nobodyInside_freesAtOnce() {
        gate.close(PATIENCE);
        assertThat(freed).hasValue(1);
        assertThat(gate.isClosed()).isTrue();
        Thrown.by(Category.CLOSED, () -> gate.enter(synthesis()));
    }

    @Test
    void close_twice_freesOnce() {
        gate.close(PATIENCE);
        gate.close(PATIENCE);
        assertThat(freed).hasValue(1);
    }

    @Test
    void close_someWaiting_areClosed() {
        Turn running = gate.enter(synthesis());
        FutureTask<Turn> one = enterElsewhere(synthesis());
        FutureTask<Turn> other = enterElsewhere(synthesis());
        running.begin(() -> {});
        gate.close(Duration.ZERO);
        failureOf(Category.CLOSED, one);
        failureOf(Category.CLOSED, other);
        Thrown.by(Category.CLOSED, running::requireGoing);
        running.close();
    }

    @Test
    void close_runThatEndsWhenAborted_isWaitedForAndThenFreed() throws Exception {
        Turn running = gate.enter(synthesis());
        var aborted = new CountDownLatch(1);
        running.begin(aborted::countDown);
        var closing = new FutureTask<>(() -> gate.close(PATIENCE), true);
        new Thread(closing).start();
        aborted.await();
        assertThat(freed).as("freed under a run").hasValue(0);
        running.finish();
        running.close();
        closing.get();
        assertThat(freed).hasValue(1);
    }

    @Test
    void close_runThatTakesLongerThanItsPatience_isFreedByThatRun() {
        Turn running = gate.enter(synthesis());
        running.begin(() -> {});
        gate.close(Duration.ofMillis(1));
        assertThat(freed).as("freed under a run").hasValue(0);
        running.finish();
        running.close();
        assertThat(freed).hasValue(1);
    }

    @Test
    void close_interrupted_keepsTheFlagAndLeavesTheFreeingToTheRun() {
        Turn running = gate.enter(synthesis());
        Thread.currentThread().interrupt();
        gate.close(PATIENCE);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(freed).hasValue(0);
        running.close();
        assertThat(freed).hasValue(1);
    }

    @Test
    void close_whileManyComeAndGo_freesOnceAndAfterTheLast() throws Exception {
        var inside = new AtomicInteger();
        var insideWhenFreed = new AtomicInteger(-1);
        var busy = new RunGate(3, () -> insideWhenFreed.set(inside.get()));
        var start = new CountDownLatch(1);
        List<FutureTask<Integer>> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            var task = new FutureTask<>(() -> {
                start.await();
                for (int runs = 0; ; runs++) {
                    try (Turn turn = busy.enter(synthesis())) {
                        inside.incrementAndGet();
                        try {
                            turn.begin(() -> {});
                            turn.finish();
                        } finally {
                            inside.decrementAndGet();
                        }
                        turn.requireGoing();
                    } catch (TtsException e) {
                        assertThat(e.category()).isEqualTo(Category.CLOSED);
                        return runs;
                    }
                }
            });
            threads.add(task);
            new Thread(task).start();
        }
        start.countDown();
        busy.close(PATIENCE);
        for (FutureTask<Integer> thread : threads) {
            thread.get(20, TimeUnit.SECONDS);
        }
        assertThat(insideWhenFreed).hasValue(0);
    }
}
