// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.TtsException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Bounds how many runs there are at once, first come, first served. What the runs share is freed once, when the gate is closed
 * and the last run has left it, never under a run. Thread-safe.
 *
 * <pre>
 * OPEN    → CLOSING  close(): nobody is let in, who is there is stopped
 * CLOSING → FREEING  the last one has left
 * FREEING → FREED    what the runs share is freed
 * </pre>
 */
final class RunGate {
    private enum Phase {
        OPEN,
        CLOSING,
        FREEING,
        FREED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final Deque<Turn> queue = new ArrayDeque<>(); // guarded by lock, as all below
    private final Set<Turn> running = new HashSet<>();
    private Phase phase = Phase.OPEN;
    private final int places;
    private final Runnable free;

    /**
     * Opens it.
     *
     * @param places how many runs there may be at once
     * @param free frees what the runs share, without the lock
     */
    RunGate(int places, Runnable free) {
        this.places = places;
        this.free = free;
    }

    /**
     * Waits for a free place, which closing the turn gives back.
     *
     * @throws TtsException if the caller leaves, the deadline passes or the gate is closed first
     */
    Turn enter(Synthesis synthesis) {
        var turn = new Turn(this, synthesis, lock.newCondition());
        try {
            turn.listen();
            locked(() -> admit(turn));
            return turn;
        } catch (RuntimeException | Error e) {
            turn.close();
            throw e;
        }
    }

    private void admit(Turn turn) {
        turn.failIfStopped();
        if (phase != Phase.OPEN) {
            throw Failures.closed();
        }
        queue.add(turn);
        grant();
        turn.await();
    }

    private void grant() {
        while (running.size() < places && !queue.isEmpty()) {
            Turn next = queue.remove();
            running.add(next);
            next.grant();
        }
    }

    /** Ends {@code turn}, whether it waits or runs, for the reason given. */
    void stop(Turn turn, Supplier<TtsException> reason) {
        locked(() -> {
            turn.stop(reason);
            queue.remove(turn);
        });
    }

    void leave(Turn turn) {
        locked(() -> {
            turn.end();
            running.remove(turn);
            grant();
        });
        freeIfLast();
    }

    boolean isClosed() {
        lock.lock();
        try {
            return phase != Phase.OPEN;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stops everybody, lets nobody in any more, and waits until what the runs share is freed, at most {@code patience}. If a run
     * takes longer to stop, it is freed when that run leaves. May be called more than once.
     */
    void close(Duration patience) {
        locked(() -> {
            if (phase == Phase.OPEN) {
                phase = Phase.CLOSING;
            }
            queue.forEach(turn -> turn.stop(Failures::closed));
            queue.clear();
            running.forEach(turn -> turn.stop(Failures::closed));
        });
        freeIfLast();
        awaitFreed(patience);
    }

    private void freeIfLast() {
        lock.lock();
        try {
            if (phase != Phase.CLOSING || !running.isEmpty()) {
                return;
            }
            phase = Phase.FREEING;
        } finally {
            lock.unlock();
        }
        try {
            free.run();
        } finally {
            locked(() -> {
                phase = Phase.FREED;
                freed.signalAll();
            });
        }
    }

    private void awaitFreed(Duration patience) {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (phase != Phase.FREED && nanos > 0) {
                nanos = freed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the last run frees it
        } finally {
            lock.unlock();
        }
    }

    void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
