// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask which server. The one with the least to do is taken, of several such the next in turn; who finds all full waits until one
 * is not, rather than overload one that is well or bother one that failed lately. Thread-safe.
 */
final class Places {
    private final int each;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int turn; // guarded by lock

    /** {@code each} server has so many. */
    Places(int each) {
        this.each = each;
    }

    /** A place at one of {@code candidates}, at least one; to be given back by {@link #leave}. */
    Endpoint enter(Synthesis synthesis, List<Endpoint> candidates) {
        Endpoint atOnce = take(candidates);
        return atOnce != null ? atOnce : await(synthesis, candidates);
    }

    void leave(Endpoint endpoint) {
        lock.lock();
        try {
            endpoint.leave();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Null if all are full that would do. */
    private @Nullable Endpoint take(List<Endpoint> candidates) {
        lock.lock();
        try {
            Endpoint best = best(candidates);
            if (best.running() >= each) {
                return null;
            }
            turn++;
            best.enter();
            return best;
        } finally {
            lock.unlock();
        }
    }

    private Endpoint best(List<Endpoint> candidates) {
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        var order = new ArrayList<>(candidates);
        Collections.rotate(order, -Math.floorMod(turn, order.size()));
        return Collections.min(order, Comparator.comparing(Endpoint::isSuspect).thenComparingInt(Endpoint::running));
    }

    /** Its silence meanwhile is not the server's. */
    private Endpoint await(Synthesis synthesis, List<Endpoint> candidates) {
        long start = synthesis.time().nanoTime();
        Registration onCancel = synthesis.onCancel(this::wake);
        synthesis.attempt().resting();
        try {
            while (true) {
                synthesis.requireWanted();
                Endpoint taken = takeOrWait(synthesis, candidates);
                if (taken != null) {
                    synthesis.attempt().queued(synthesis.time().since(start));
                    return taken;
                }
            }
        } finally {
            synthesis.attempt().resumed();
            onCancel.remove();
        }
    }

    /** Null after anything has changed, or one that failed may be asked again. */
    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private @Nullable Endpoint takeOrWait(Synthesis synthesis, List<Endpoint> candidates) {
        Duration longest = synthesis
                .deadline()
                .remaining()
                .filter(left -> left.compareTo(Endpoint.ASIDE) < 0)
                .orElse(Endpoint.ASIDE);
        Registration timer = synthesis.time().schedule(longest, this::wake);
        lock.lock();
        try {
            Endpoint taken = take(candidates);
            if (taken == null
                    && !synthesis.cancellation().isCancelled()
                    && !synthesis.deadline().isExpired()) {
                changed.await();
            }
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw synthesis.cancelled();
        } finally {
            lock.unlock();
            timer.remove();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
