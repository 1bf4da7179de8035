// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.backend.Deadline;
import io.ttsclient.backend.Registration;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The turns of a session, the oldest first: who writes goes on with the first that is not written, who reads with the first that is
 * not heard. One lock guards the queue and what its turns have become; it is never held while a backend, a listener or an executor
 * is called.
 */
final class TurnQueue {
    private final LiveSession session;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Turn> turns = new ArrayDeque<>(2); // guarded by lock, as all below
    private @Nullable Turn lastHeard;
    private long interruptions;
    private boolean closed;
    private final AtomicInteger waitingWriters = new AtomicInteger(); // changed under lock

    TurnQueue(LiveSession session) {
        this.session = session;
    }

    // --- for anybody, without the lock

    <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Has everybody who waits look again. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void textWasRead() {
        if (waitingWriters.get() > 0) {
            wake();
        }
    }

    /** Waits until there is a text to speak, or the turn is over. */
    void awaitText(Turn turn) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            turn.isWaitedFor(true);
            while (turn.state() == Turn.State.WAITING) {
                changed.await();
            }
        } finally {
            turn.isWaitedFor(false);
            lock.unlock();
        }
    }

    /**
     * Has the writer wait until {@code result}, asked with the lock held, gives something; it throws when the deadline has
     * passed.
     */
    <T> T awaitForWriter(Supplier<@Nullable T> result, Deadline deadline) {
        T at = locked(result);
        if (at != null) {
            return at;
        }
        Registration timer = deadline.remaining()
                .map(left -> session.time().schedule(left, this::wake))
                .orElse(() -> {});
        try {
            lock.lockInterruptibly();
            try {
                waitingWriters.incrementAndGet();
                T now = result.get();
                while (now == null) {
                    changed.await();
                    now = result.get();
                }
                return now;
            } finally {
                waitingWriters.decrementAndGet();
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TtsException.builder(Category.CANCELLED, "the writing thread was interrupted")
                    .cause(e)
                    .build();
        } finally {
            timer.remove();
        }
    }

    /** Counts audio that a reader is about to get; false if it must not get it any more. */
    boolean isDelivered(Turn turn, int bytes) {
        return locked(() -> {
            if (turn.state().isHeard()) {
                return false;
            }
            if (bytes > 0) {
                turn.delivered(bytes);
                lastHeard = turn;
            }
            return true;
        });
    }

    /** The audio of {@code turn} has ended, or has failed with {@code failure}; false if that is not new. */
    boolean audioOver(Turn turn, @Nullable TtsException failure) {
        return locked(() -> {
            if (turn.state().isHeard()) {
                return false;
            }
            turn.over(failure);
            turns.removeIf(each -> each.state() == Turn.State.OVER);
            changed.signalAll();
            return true;
        });
    }

    /** How often turns were interrupted, by which a writer notices that its text is not wanted any more. */
    long interruptions() {
        return locked(() -> {
            requireOpen();
            return interruptions;
        });
    }

    /** Drops what has begun, and gives it. */
    List<Turn> interrupt() {
        return locked(() -> {
            interruptions++;
            return drop(turn -> turn.state() != Turn.State.WAITING);
        });
    }

    /** Drops everything, and gives it. */
    List<Turn> close() {
        return locked(() -> {
            closed = true;
            return drop(turn -> true);
        });
    }

    @Nullable
    Turn lastHeard() {
        return locked(() -> lastHeard);
    }

    // --- with the lock held

    /** The turn to write to, if there is one. */
    @Nullable
    Turn unwritten() {
        return first(turn -> !turn.state().isWritten());
    }

    /** The turn to read, if there is one. */
    @Nullable
    Turn unheard() {
        return first(turn -> !turn.state().isHeard());
    }

    private @Nullable Turn first(Predicate<Turn> condition) {
        for (Turn turn : turns) {
            if (condition.test(turn)) {
                return turn;
            }
        }
        return null;
    }

    /** A new turn, the last one. */
    Turn add() {
        var turn = new Turn(session, this);
        turns.add(turn);
        return turn;
    }

    /** Forgets turns that nobody would miss. */
    void removeUnnoticed() {
        turns.removeIf(Turn::isUnnoticed);
    }

    void remove(Turn turn) {
        turns.remove(turn);
    }

    private List<Turn> drop(Predicate<Turn> condition) {
        var dropped = new ArrayList<Turn>(2);
        for (Turn turn : turns) {
            if (condition.test(turn)) {
                dropped.add(turn);
                turn.state(Turn.State.OVER);
            }
        }
        turns.removeAll(dropped);
        changed.signalAll();
        return dropped;
    }

    /** Has everybody who waits look, as soon as the lock is free. */
    void signal() {
        changed.signalAll();
    }

    /** How many chars are written that nobody has taken up. */
    int unread() {
        int unread = 0;
        for (Turn turn : turns) {
            unread += turn.text().unread();
        }
        return unread;
    }

    void requireOpen() {
        if (closed) {
            throw closed();
        }
    }

    /** There was no interruption since {@link #interruptions} gave {@code asOf}; null where that does not matter. */
    boolean requireWanted(@Nullable Long asOf) {
        requireOpen();
        if (asOf != null && asOf != interruptions) {
            throw interrupted();
        }
        return true;
    }

    /** There is still use for what is written to {@code turn}. */
    void requireUse(Turn turn) {
        if (closed || turn.state() == Turn.State.OVER) {
            throw closed ? closed() : interrupted();
        }
        TtsException failure = turn.failure();
        if (failure != null) {
            throw failure.toBuilder().build(); // the reader has the other one
        }
    }

    private TtsException closed() {
        return session.requests().state() == Requests.State.CLOSED
                ? Requests.closed().build()
                : TtsException.builder(Category.CLOSED, "the session is closed")
                        .origin(Origin.CLIENT)
                        .build();
    }

    private static TtsException interrupted() {
        return TtsException.builder(Category.CANCELLED, "the turn was interrupted")
                .build();
    }

    @Override
    public String toString() {
        return locked(() -> (closed ? "closed, " : "") + turns.size() + " turns");
    }
}
