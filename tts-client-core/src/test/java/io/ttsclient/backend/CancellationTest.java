// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.testkit.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class CancellationTest {
    private final Cancellation scope = new Cancellation();
    private final List<String> ran = new ArrayList<>();

    @Test
    void cancel_severalActions_runsTheNewestFirst() {
        scope.onCancel(() -> ran.add("first"));
        scope.onCancel(() -> ran.add("second"));
        scope.onCancel(() -> ran.add("third"));

        scope.cancel();

        assertThat(ran).containsExactly("third", "second", "first");
        assertThat(scope.isCancelled()).isTrue();
    }

    @Test
    void cancel_twice_runsEachActionOnce() {
        scope.onCancel(() -> ran.add("action"));

        scope.cancel();
        scope.cancel();

        assertThat(ran).containsExactly("action");
    }

    @Test
    void cancel_neverCalled_runsNothing() {
        scope.onCancel(() -> ran.add("action"));

        assertThat(ran).isEmpty();
        assertThat(scope.isCancelled()).isFalse();
    }

    @Test
    void giveUp_ofOneThatRuns_cancelsAndSaysWhy() {
        Cancellation child = scope.child();
        scope.onCancel(() -> ran.add("action"));

        scope.giveUp();

        assertThat(ran).containsExactly("action");
        assertThat(scope.isCancelled()).isTrue();
        assertThat(scope.isGivenUp()).isTrue();
        assertThat(child.isCancelled()).isTrue();
        assertThat(child.isGivenUp()).isFalse();
    }

    @Test
    void giveUp_afterTheCallerLeft_isTheCallersLeaving() {
        scope.cancel();
        scope.giveUp();

        assertThat(scope.isGivenUp()).isFalse();
    }

    @Test
    void onCancel_afterTheCancel_runsAtOnce() {
        scope.cancel();

        Registration registration = scope.onCancel(() -> ran.add("late"));
        registration.remove();

        assertThat(ran).containsExactly("late");
    }

    @Test
    void onCancel_duringTheCancel_runsAtOnce() {
        scope.onCancel(() -> scope.onCancel(() -> ran.add("inner")));

        scope.cancel();

        assertThat(ran).containsExactly("inner");
    }

    @Test
    void onCancel_sameActionTwice_isTwoRegistrations() {
        Runnable action = () -> ran.add("action");
        Registration first = scope.onCancel(action);
        scope.onCancel(action);

        first.remove();
        scope.cancel();

        assertThat(ran).containsExactly("action");
    }

    @Test
    void remove_beforeTheCancel_takesTheActionBack() {
        Registration registration = scope.onCancel(() -> ran.add("action"));

        registration.remove();
        registration.remove();
        scope.cancel();

        assertThat(ran).isEmpty();
    }

    @Test
    void cancel_actionThrows_runsTheOthersAndReturns() {
        scope.onCancel(() -> ran.add("first"));
        scope.onCancel(() -> {
            throw new IllegalStateException("a bug");
        });
        scope.onCancel(() -> {
            throw new NoClassDefFoundError("a worse one");
        });
        scope.onCancel(() -> ran.add("last"));

        scope.cancel();

        assertThat(ran).containsExactly("last", "first");
    }

    @Test
    void cancel_fromInsideAnAction_doesNothingMore() {
        scope.onCancel(() -> ran.add("first"));
        scope.onCancel(scope::cancel);

        scope.cancel();

        assertThat(ran).containsExactly("first");
    }

    @Test
    void cancel_actionWaitsForAnotherThreadOfTheScope_isNotHeldUpByALock() throws Exception {
        var registered = new CompletableFuture<Registration>();
        scope.onCancel(() -> {
            var unused = CompletableFuture.runAsync(
                    () -> registered.complete(scope.onCancel(() -> ran.add("other thread"))));
            registered.orTimeout(20, TimeUnit.SECONDS).join();
        });

        scope.cancel();

        assertThat(registered.get(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(ran).containsExactly("other thread");
    }

    @Test
    void child_parentCancelled_isCancelledToo() {
        Cancellation child = scope.child();
        Cancellation grandchild = child.child();
        grandchild.onCancel(() -> ran.add("grandchild"));

        scope.cancel();

        assertThat(ran).containsExactly("grandchild");
        assertThat(child.isCancelled()).isTrue();
    }

    @Test
    void child_cancelled_leavesTheParentAndItsOtherChildrenAlone() {
        Cancellation child = scope.child();
        Cancellation sibling = scope.child();

        child.cancel();

        assertThat(scope.isCancelled()).isFalse();
        assertThat(sibling.isCancelled()).isFalse();
    }

    @Test
    void child_ofACancelledScope_isBornCancelled() {
        scope.cancel();

        assertThat(scope.child().isCancelled()).isTrue();
    }

    @Test
    void detach_child_doesNotHearTheParentAnyMoreButKeepsItsActions() {
        Cancellation child = scope.child();
        child.onCancel(() -> ran.add("child"));

        child.detach();
        child.detach();
        scope.cancel();

        assertThat(ran).isEmpty();
        child.cancel();
        assertThat(ran).containsExactly("child");
    }

    @Test
    void detach_scopeWithoutParent_isHarmless() {
        scope.detach();
        scope.cancel();

        assertThat(scope.isCancelled()).isTrue();
    }

    @Test
    void detach_manyChildren_areAllForgotten() {
        Cancellation staying = scope.child();
        for (int i = 0; i < 100_000; i++) {
            scope.child().detach();
        }

        assertThat(scope).hasToString("Cancellation[1 actions]");
        scope.cancel();
        assertThat(staying.isCancelled()).isTrue();
    }

    @Test
    void cancel_manyChildren_areForgottenWithoutADetach() {
        for (int i = 0; i < 100_000; i++) {
            scope.child().cancel();
        }

        assertThat(scope).hasToString("Cancellation[0 actions]");
    }

    @Test
    void toString_cancelled_saysSo() {
        scope.cancel();

        assertThat(scope).hasToString("Cancellation[cancelled]");
    }

    /** Whatever the interleaving, an action that was not taken back before the cancel runs exactly once. */
    @Test
    void cancel_whileThreadsRegisterAndRemove_runsEveryActionThatStayedExactlyOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 200; round++) {
                var shared = new Cancellation();
                var start = new CountDownLatch(1);
                List<CompletableFuture<List<AtomicInteger>>> workers = new ArrayList<>();
                for (int worker = 0; worker < 3; worker++) {
                    var random = new Random(1_000L * round + worker);
                    workers.add(CompletableFuture.supplyAsync(() -> registerSome(shared, start, random), threads));
                }
                CompletableFuture<Void> canceller = CompletableFuture.runAsync(
                        () -> {
                            await(start);
                            shared.cancel();
                        },
                        threads);

                start.countDown();

                canceller.get(20, TimeUnit.SECONDS);
                for (CompletableFuture<List<AtomicInteger>> worker : workers) {
                    assertThat(worker.get(20, TimeUnit.SECONDS))
                            .as("round %d", round)
                            .allSatisfy(runs -> assertThat(runs).hasValue(1));
                }
                assertThat(shared).hasToString("Cancellation[cancelled]");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The counters of the actions that were left registered, some directly and some through a child. */
    private static List<AtomicInteger> registerSome(Cancellation shared, CountDownLatch start, Random random) {
        await(start);
        List<AtomicInteger> kept = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            var runs = new AtomicInteger();
            Cancellation target = random.nextBoolean() ? shared : shared.child();
            Registration registration = target.onCancel(runs::incrementAndGet);
            if (random.nextInt(4) == 0) {
                registration.remove();
            } else {
                kept.add(runs);
            }
        }
        // An action registered after the cancel has run by now; one before it has run when the canceller is done.
        return kept;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
