// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One synthesis at the {@link RunGate}: it waits for its turn, runs, and can be stopped from any thread at any moment.
 *
 * <pre>
 * QUEUED   → RUNNING   a place is free and nobody who came earlier waits
 * QUEUED   → ENDED     stopped while waiting
 * RUNNING  → STOPPING  stopped: the abort action runs, the place is still taken
 * RUNNING  → ENDED     closed
 * STOPPING → ENDED     closed
 * </pre>
 *
 * <p>The gate's lock guards everything.
 */
final class Turn implements AutoCloseable {
    enum State {
        QUEUED,
        RUNNING,
        STOPPING,
        ENDED
    }

    private final RunGate gate;
    private final Synthesis synthesis;
    private final Condition changed;
    private State state = State.QUEUED;
    private @Nullable Supplier<TtsException> reason; // set when it is stopped
    private @Nullable Runnable abort;
    private Duration waited = Duration.ZERO;
    private Registration onCancel = () -> {};
    private Registration onDeadline = () -> {};

    Turn(RunGate gate, Synthesis synthesis, Condition changed) {
        this.gate = gate;
        this.synthesis = synthesis;
        this.changed = changed;
    }

    /** Lets the caller's leaving and the deadline stop it. Not called under the lock: that may happen at once. */
    void listen() {
        onCancel = synthesis.onCancel(() -> gate.stop(this, synthesis::cancelled));
        onDeadline = synthesis
                .deadline()
                .remaining()
                .map(left -> synthesis.time().schedule(left, () -> gate.stop(this, this::expired)))
                .orElse(() -> {});
    }

    private TtsException expired() {
        return synthesis.describe(synthesis.deadline().failure()).build();
    }

    /** How long it waited for its turn. */
    Duration waited() {
        return waited;
    }

    /**
     * From now until {@link #finish()}, {@code action} ends the run when the turn is stopped. It must neither block nor throw.
     *
     * @throws TtsException if the turn was stopped before
     */
    void begin(Runnable action) {
        gate.locked(() -> {
            failIfStopped();
            abort = action;
        });
    }

    /** From now on the abort action does not run. */
    void finish() {
        gate.locked(() -> abort = null);
    }

    /**
     * Whatever the run made is of no use to a caller who has left.
     *
     * @throws TtsException if the turn was stopped
     */
    void requireGoing() {
        gate.locked(this::failIfStopped);
    }

    /** Gives the place back. */
    @Override
    public void close() {
        onCancel.remove();
        onDeadline.remove();
        gate.leave(this);
    }

    // The gate calls what follows, under its lock.

    /** Waits, without the lock meanwhile, until it may run. */
    void await() {
        long start = synthesis.time().nanoTime();
        try {
            while (state == State.QUEUED) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            gate.stop(this, () -> interrupted(e));
        }
        waited = synthesis.time().since(start);
        failIfStopped();
    }

    private TtsException interrupted(InterruptedException cause) {
        return synthesis
                .failure(Category.CANCELLED, "the thread was interrupted while it waited for its turn")
                .cause(cause)
                .build();
    }

    void failIfStopped() {
        if (reason != null) {
            throw reason.get();
        }
    }

    void grant() {
        state = State.RUNNING;
        changed.signal();
    }

    void stop(Supplier<TtsException> why) {
        switch (state) {
            case QUEUED -> {
                reason = why;
                state = State.ENDED;
                changed.signal();
            }
            case RUNNING -> {
                reason = why;
                state = State.STOPPING;
                if (abort != null) {
                    abort.run();
                }
            }
            case STOPPING, ENDED -> {
                // The first reason counts.
            }
        }
    }

    void end() {
        state = State.ENDED;
    }

    State state() {
        return state;
    }
}
