// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.backend.Cancellation;
import io.ttsclient.backend.Deadline;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Journal;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.Tracing;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechListener;
import io.ttsclient.speech.SpeechOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The requests of a client: takes them, keeps hold of those that run, and ends them when it is closed. Thread-safe. */
final class Requests {
    /**
     * Only ever goes down.
     *
     * <pre>
     * OPEN -> RETIRING   retire: no more requests are taken but those of the sessions that there are
     * OPEN, RETIRING -> DRAINING   drain: no more requests are taken
     * OPEN, RETIRING, DRAINING -> CLOSED   close: what still runs is cancelled
     * </pre>
     */
    enum State {
        OPEN,
        RETIRING,
        DRAINING,
        CLOSED
    }

    private final TtsBackend layers;
    private final TimeSource time;
    private final SpeechListener listener;
    private final Tracing tracing;
    /** Every request has a scope below this one. It is cancelled when, and only when, the client is closed. */
    private final Cancellation running = new Cancellation();

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger sessions = new AtomicInteger();
    /** Completed when no more requests are taken and none runs, and is not waited for any more. */
    private final CompletableFuture<Void> idle = new CompletableFuture<>();

    Requests(TtsBackend layers, TimeSource time, SpeechListener listener, Tracing tracing) {
        this.layers = layers;
        this.time = time;
        this.listener = listener;
        this.tracing = tracing;
    }

    static String newId() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    }

    State state() {
        return state.get();
    }

    /** The scope above all requests. */
    Cancellation scope() {
        return running;
    }

    /** Takes a request, which runs from here until it is {@link #end ended}. */
    Synthesis take(TextSource text, SpeechOptions options, String requestId, boolean whole) {
        return take(text, options, requestId, whole, false);
    }

    /** The same for a turn of a session that is open. */
    Synthesis takeTurn(TextSource text, SpeechOptions options, String requestId) {
        return take(text, options, requestId, false, true);
    }

    private Synthesis take(
            TextSource text, SpeechOptions options, String requestId, boolean whole, boolean isOfSession) {
        Deadline deadline =
                options.timeout().map(timeout -> Deadline.after(timeout, time)).orElse(Deadline.none());
        Synthesis synthesis = Synthesis.builder(text, requestId, time)
                .options(options)
                .deadline(deadline)
                .cancellation(running.child())
                .journal(new Journal(requestId, time, listener))
                .whole(whole)
                .trace(tracing.caller())
                .build();
        requests.incrementAndGet(); // before the look at the state, so that who closes does not miss it
        State now = state.get();
        if (now != State.OPEN && !(isOfSession && now == State.RETIRING)) {
            end(synthesis);
            throw closed().requestId(requestId).build();
        }
        return synthesis;
    }

    /** Runs what is no request but has to end before the client does. */
    <T> T during(Supplier<T> inquiry) {
        requests.incrementAndGet();
        try {
            requireOpen();
            return inquiry.get();
        } finally {
            requests.decrementAndGet();
            settle();
        }
    }

    /** A session is open until this is removed. */
    Registration session() {
        sessions.incrementAndGet();
        var isOpen = new AtomicBoolean(true);
        Registration session = () -> {
            if (isOpen.getAndSet(false)) {
                sessions.decrementAndGet();
                settle();
            }
        };
        if (state.get() != State.OPEN) {
            session.remove();
            throw closed().build();
        }
        return session;
    }

    /** Says so if nothing runs any more, and nothing can begin. */
    private void settle() {
        boolean isOver = switch (state.get()) {
            case OPEN -> false;
            case RETIRING -> sessions.get() == 0 && requests.get() == 0; // in this order: a session begins requests
            case DRAINING, CLOSED -> requests.get() == 0;
        };
        if (isOver) {
            idle.complete(null);
        }
    }

    /** A request that was taken does not run any more; {@link #open} says so itself. */
    void end(Synthesis synthesis) {
        synthesis.cancellation().detach();
        requests.decrementAndGet();
        settle();
    }

    /** Has a request spoken, and returns when the first audio is there. */
    AudioSource open(Synthesis synthesis) {
        try {
            if (running.isCancelled()) { // since it was taken
                throw closed().requestId(synthesis.requestId()).build();
            }
            return new RunningSource(layers.stream(synthesis), synthesis);
        } catch (TtsException e) {
            end(synthesis);
            throw explain(synthesis, e);
        } catch (RuntimeException | Error e) {
            end(synthesis);
            if (running.isCancelled()) { // by now: the timer, for one, takes nothing more
                throw closed().requestId(synthesis.requestId()).cause(e).build();
            }
            throw e;
        }
    }

    void requireOpen() {
        if (state.get() != State.OPEN) {
            throw closed().build();
        }
    }

    static TtsException.Builder closed() {
        return TtsException.builder(Category.CLOSED, "the client is closed").origin(Origin.CLIENT);
    }

    /** What ended because the client was closed says so. */
    TtsException explain(Synthesis synthesis, TtsException failure) {
        return running.isCancelled() && failure.category() == Category.CANCELLED
                ? closed().requestId(synthesis.requestId())
                        .attempts(failure.attempts())
                        .audioDelivered(failure.audioDelivered())
                        .deliveredText(failure.deliveredText().orElse(null))
                        .cause(failure)
                        .build()
                : failure;
    }

    /** Takes no more, and waits until none runs, for up to {@code grace}. */
    void drain(Duration grace) {
        state.updateAndGet(now -> now == State.CLOSED ? now : State.DRAINING);
        settle();
        if (!grace.isZero() && !idle.isDone()) {
            awaitIdle(grace);
        }
    }

    private void awaitIdle(Duration grace) {
        var over = new CompletableFuture<Void>();
        Registration timer;
        try {
            timer = time.schedule(grace, () -> over.complete(null));
        } catch (RejectedExecutionException e) {
            return; // closed meanwhile
        }
        try {
            CompletableFuture.anyOf(idle, over).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes these exceptionally", e);
        } finally {
            timer.remove();
        }
    }

    /**
     * Takes no more but the turns of the sessions that there are, and returns at once. {@code over} runs when nothing runs any more and
     * no session is open, or after {@code grace}; where that is noticed, so it must be short.
     */
    void retire(Duration grace, Runnable over) {
        if (!state.compareAndSet(State.OPEN, State.RETIRING)) {
            return;
        }
        settle();
        Registration timer = idle.isDone() ? () -> {} : timer(grace);
        var unused = idle.thenRun(() -> {
            timer.remove();
            over.run();
        });
    }

    private Registration timer(Duration grace) {
        try {
            return time.schedule(grace, () -> idle.complete(null));
        } catch (RejectedExecutionException e) {
            return () -> {}; // closed meanwhile, which completes it too
        }
    }

    /** Takes no more and cancels what runs; false if it was closed before. */
    boolean close() {
        if (state.getAndSet(State.CLOSED) == State.CLOSED) {
            return false;
        }
        running.cancel();
        idle.complete(null); // whoever waits for it waits for nothing now
        return true;
    }

    /** Leaves the running requests when it ends. */
    private final class RunningSource extends DelegatingSource {
        private final Synthesis synthesis;

        RunningSource(AudioSource delegate, Synthesis synthesis) {
            super(delegate);
            this.synthesis = synthesis;
            // Whatever cancels the request, its deadline apart, ends the audio that was handed out.
            synthesis.onCancel(delegate::close);
        }

        @Override
        protected void onEnd() {
            end(synthesis);
        }

        @Override
        protected TtsException onFailure(TtsException failure) {
            return explain(synthesis, failure);
        }

        @Override
        public void close() {
            synthesis.cancellation().cancel();
            super.close();
        }
    }
}
