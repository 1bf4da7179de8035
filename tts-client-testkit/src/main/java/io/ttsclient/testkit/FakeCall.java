// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.speech.SpeechOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request as a {@link FakeBackend} saw it, and what has become of it since. Thread-safe. */
public final class FakeCall {
    /** What has become of a request. The first of the last three that happens stays. */
    public enum State {
        /** {@code stream} has not returned. */
        WAITING,
        /** {@code stream} has returned, and there is more to read. */
        SPEAKING,
        /** All was read. */
        ENDED,
        /** It was refused, or it failed. */
        FAILED,
        /** The caller left before the end, by cancelling or by closing. */
        CANCELLED
    }

    private final StringBuilder text = new StringBuilder(); // guarded by monitor
    private final boolean isGrowing;
    private final SpeechOptions options;
    private final String requestId;
    private final Thread thread = Thread.currentThread();
    private final Monitor monitor;
    private State state = State.WAITING; // guarded by monitor, as all below
    private boolean answered;
    private int closes;
    private long bytesRead;

    /** Why nothing more may be waited for: {@code CANCELLED} or {@code CLOSED}. */
    private final CompletableFuture<Category> leaving = new CompletableFuture<>();

    private volatile boolean ignoresCancellation;

    FakeCall(Synthesis synthesis, Monitor monitor) {
        isGrowing = synthesis.text().isGrowing();
        if (!isGrowing) {
            text.append(synthesis.text().text());
        }
        options = synthesis.options();
        requestId = synthesis.requestId();
        this.monitor = monitor;
    }

    /** What to speak; of a text that was being written, as much as the fake has taken of it. */
    public String text() {
        return locked(text::toString);
    }

    /** Whether the text was being written when it came. */
    boolean isGrowing() {
        return isGrowing;
    }

    <T> T locked(Supplier<T> action) {
        return monitor.locked(action);
    }

    void heard(String delta) {
        locked(() -> text.append(delta));
    }

    /** How to speak it. */
    public SpeechOptions options() {
        return options;
    }

    /** The id of the request. */
    public String requestId() {
        return requestId;
    }

    /** The thread that called {@code stream}. */
    public Thread thread() {
        return thread;
    }

    /** What has become of it. */
    public State state() {
        return monitor.locked(() -> state);
    }

    /** Bytes of audio that were read. */
    public long bytesRead() {
        return monitor.locked(() -> bytesRead);
    }

    /** How often the source was closed; 0 where there was none. */
    public int closes() {
        return monitor.locked(() -> closes);
    }

    /** Whether nothing is left of it: it was refused, or its source was closed at least once. */
    public boolean isReleased() {
        return monitor.locked(() -> answered ? closes > 0 : state != State.WAITING);
    }

    void ignoreCancellation() {
        ignoresCancellation = true;
    }

    void cancel() {
        monitor.locked(() -> end(State.CANCELLED));
        if (!ignoresCancellation) {
            leaving.complete(Category.CANCELLED);
        }
    }

    void backendClosed() {
        leaving.complete(Category.CLOSED);
    }

    void answered() {
        monitor.locked(() -> {
            answered = true;
            if (state == State.WAITING) {
                state = State.SPEAKING;
            }
            return state;
        });
    }

    void read(int bytes) {
        monitor.locked(() -> bytesRead += bytes);
    }

    /** The first end counts. */
    State end(State how) {
        return monitor.locked(() -> {
            if (state == State.WAITING || state == State.SPEAKING) {
                state = how;
            }
            return state;
        });
    }

    void closed() {
        monitor.locked(() -> closes++);
        cancel();
    }

    /** Throws if the caller has left or the backend is closed. */
    void requireWanted(Synthesis synthesis) {
        Category left = leaving.getNow(null);
        if (left != null) {
            throw synthesis
                    .failure(left, left == Category.CLOSED ? "the fake backend is closed" : "the caller has left")
                    .build();
        }
    }

    /** Waits until {@code delay} is over, null for ever, and throws if the caller leaves before. */
    void await(Synthesis synthesis, @Nullable Duration delay) {
        var over = new CompletableFuture<Category>();
        Registration timer =
                delay == null ? () -> {} : synthesis.time().schedule(delay, () -> over.complete(Category.TIMEOUT));
        try {
            awaitAny(CompletableFuture.anyOf(leaving, over));
        } finally {
            timer.remove();
        }
        requireWanted(synthesis);
    }

    /** Waits until {@code wake} is complete, and throws if the caller leaves before. */
    void awaitGrowth(Synthesis synthesis, CompletableFuture<?> wake) {
        awaitAny(CompletableFuture.anyOf(leaving, wake));
        requireWanted(synthesis);
    }

    private void awaitAny(CompletableFuture<?> wake) {
        if (ignoresCancellation) {
            wake.join(); // an interrupt does not end it, and stays set
            return;
        }
        try {
            wake.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes these exceptionally", e);
        }
    }

    /** Everything but the text. */
    @Override
    public String toString() {
        return "FakeCall[requestId=" + requestId + ", " + text().length() + " chars, " + options + ", " + state()
                + ", bytesRead=" + bytesRead() + ", closes=" + closes() + "]";
    }
}
