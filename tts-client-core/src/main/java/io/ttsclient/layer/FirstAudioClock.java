// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.Attempt;
import io.ttsclient.backend.Cancellation;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/** Cancels an attempt that owes its first audio for too long. */
final class FirstAudioClock {
    /** Left once, by whoever is first. */
    private enum State {
        WAITING,
        ARRIVED,
        LATE
    }

    private final Synthesis synthesis;
    private final Cancellation scope;
    private final Duration timeout;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private Registration onComplete = () -> {}; // calling thread
    private volatile long owedSince;
    private volatile Registration timer = () -> {};

    /** {@code scope} is the attempt's own, below that of {@code synthesis}. */
    FirstAudioClock(Synthesis synthesis, Cancellation scope, Duration timeout) {
        this.synthesis = synthesis;
        this.scope = scope;
        this.timeout = timeout;
    }

    /** Begins to count when there is something complete to speak. */
    void start() {
        if (!synthesis.text().isGrowing()) {
            owedSince = synthesis.time().nanoTime();
            timer = synthesis.time().schedule(timeout, this::look);
            return;
        }
        Locale language =
                synthesis.options().language().map(Locale::forLanguageTag).orElse(Locale.ROOT);
        onComplete = FirstSegment.whenComplete(synthesis.text(), language, this::owe);
    }

    private void owe() {
        owedSince = synthesis.time().nanoTime();
        watch(timeout);
    }

    private void watch(Duration delay) {
        try {
            timer = synthesis.time().schedule(delay, this::look);
        } catch (RejectedExecutionException e) {
            scope.cancel(); // the clock is closed, and so is the client
            return;
        }
        if (state.get() != State.WAITING) {
            timer.remove();
        }
    }

    private void look() {
        Attempt attempt = synthesis.attempt();
        Duration left =
                attempt.isResting() ? timeout : timeout.minus(synthesis.time().since(attempt.owingSince(owedSince)));
        if (!left.isNegative() && !left.isZero()) {
            watch(left);
        } else if (state.compareAndSet(State.WAITING, State.LATE)) {
            scope.giveUp();
        }
    }

    /** The first audio is there; false if it is too late. */
    boolean arrived() {
        return state.compareAndSet(State.WAITING, State.ARRIVED);
    }

    /** Whether this has cancelled the attempt. */
    boolean isLate() {
        return state.get() == State.LATE;
    }

    /** Counts no more. */
    void stop() {
        arrived();
        onComplete.remove();
        timer.remove();
    }
}
