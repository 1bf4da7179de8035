// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.Attempt;
import io.ttsclient.backend.Cancellation;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Cancels its attempt when a {@link #read()} waits too long; while the attempt rests, nobody waits. It is the one that hears all that
 * the backend gives, and takes down how much that is.
 *
 * <p>A timer for every read would cost more than the read. So one timer looks, when it comes due, since when the current read
 * has been waiting, and is set again for the rest of its time; if nobody waits it is not set again, and the next read does it.
 */
final class StallSource extends DelegatingSource {
    /** One read waits. */
    private static final long WAITING = 1;
    /** No timer is set. */
    private static final long UNWATCHED = 2;
    /** Added by each read, so that the timer does not take one read for another. */
    private static final long READ = 4;
    /** A read waited too long. */
    private static final long LATE = Long.MIN_VALUE;

    private final Synthesis synthesis;
    private final Cancellation scope;
    private final Duration stall;
    private final AtomicLong state = new AtomicLong(UNWATCHED);
    private volatile long waitingSince; // written before WAITING is set
    private volatile Registration timer = () -> {};
    private volatile boolean ended;
    private @Nullable AudioChunk first; // reading thread
    private long bytes; // reading thread; another one that closes may see the last chunk or not

    /** {@code scope} is the attempt's own, below that of {@code synthesis}. */
    StallSource(AudioSource delegate, AudioChunk first, Synthesis synthesis, Cancellation scope, Duration stall) {
        super(delegate);
        this.first = first;
        bytes = first.size();
        this.synthesis = synthesis;
        this.scope = scope;
        this.stall = stall;
    }

    @Override
    public @Nullable AudioChunk read() {
        AudioChunk chunk = first;
        if (chunk == null) {
            return readWatched();
        }
        first = null;
        if (ended) {
            throw synthesis.cancelled();
        }
        return chunk;
    }

    private @Nullable AudioChunk readWatched() {
        waitingSince = synthesis.time().nanoTime();
        long before = state.getAndUpdate(value -> value == LATE ? LATE : (value | WAITING) + READ & ~UNWATCHED);
        long turn = (before | WAITING) + READ & ~UNWATCHED;
        if (before != LATE && (before & UNWATCHED) != 0) {
            watch(stall);
        }
        try {
            AudioChunk chunk = super.read();
            bytes += chunk == null ? 0 : chunk.size();
            return chunk;
        } finally {
            state.compareAndSet(turn, turn & ~WAITING);
        }
    }

    private void watch(Duration delay) {
        try {
            timer = synthesis.time().schedule(delay, this::look);
        } catch (RejectedExecutionException e) {
            return; // the client is closed, and so what is read ends anyway
        }
        if (ended) {
            timer.remove();
        }
    }

    private void look() {
        while (true) {
            long seen = state.get();
            if ((seen & WAITING) == 0) {
                if (state.compareAndSet(seen, seen | UNWATCHED)) {
                    return;
                }
                continue;
            }
            Attempt attempt = synthesis.attempt();
            Duration left =
                    attempt.isResting() ? stall : stall.minus(synthesis.time().since(attempt.owingSince(waitingSince)));
            if (!left.isNegative() && !left.isZero()) {
                watch(left);
                return;
            }
            if (state.compareAndSet(seen, LATE)) {
                scope.giveUp();
                return;
            }
        }
    }

    @Override
    protected void onEnd() {
        ended = true;
        timer.remove();
        scope.detach();
        if (!format().encoding().isCompressed()) {
            synthesis.attempt().gave(format().durationOf(bytes));
        }
    }

    @Override
    protected TtsException onFailure(TtsException failure) {
        return AttemptTimeoutLayer.explain(synthesis, failure, state.get() == LATE, TimeoutPhase.STALL, stall);
    }
}
