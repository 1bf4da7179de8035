// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Many requests on their way, whose results are taken one after the other, in the order in which they end. At most as many as
 * run at once are kept: who takes slowly slows the rest down. Close it; closing it early cancels what runs, and begins nothing
 * more.
 *
 * <p>One thread at a time takes; {@link #close()} and the counts may come from any thread.
 */
public final class SpeechBatch implements Iterable<SpeechBatch.Result>, AutoCloseable {
    private final List<SpeechRequest> requests;
    private final int concurrency;
    private final Function<SpeechRequest, CompletableFuture<Speech>> synthesize;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Result> ready = new ArrayDeque<>(); // guarded by lock, as all below
    private final Map<Integer, CompletableFuture<Speech>> running = new HashMap<>(); // by index
    private int begun;
    private int ended;
    private int failed;
    private int taken;
    private boolean closed;

    private SpeechBatch(
            List<SpeechRequest> requests,
            int concurrency,
            Function<SpeechRequest, CompletableFuture<Speech>> synthesize) {
        this.requests = List.copyOf(requests);
        this.concurrency = concurrency;
        this.synthesize = synthesize;
    }

    static SpeechBatch start(
            List<SpeechRequest> requests,
            int concurrency,
            Function<SpeechRequest, CompletableFuture<Speech>> synthesize) {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency: " + concurrency + ", allowed at least 1");
        }
        var batch = new SpeechBatch(requests, concurrency, synthesize);
        batch.beginMore();
        return batch;
    }

    /** What became of one request: an audio or why there is none. Immutable. */
    public static final class Result {
        private final int index;
        private final SpeechRequest request;
        private final @Nullable Speech speech;
        private final @Nullable TtsException failure;

        private Result(int index, SpeechRequest request, @Nullable Speech speech, @Nullable TtsException failure) {
            this.index = index;
            this.request = request;
            this.speech = speech;
            this.failure = failure;
        }

        /** The place of the request in the list, from 0. */
        public int index() {
            return index;
        }

        /** The request. */
        public SpeechRequest request() {
            return request;
        }

        /** The audio; empty if it failed. */
        public Optional<Speech> speech() {
            return Optional.ofNullable(speech);
        }

        /** Why there is no audio. */
        public Optional<TtsException> failure() {
            return Optional.ofNullable(failure);
        }

        /**
         * The audio.
         *
         * @throws TtsException if it failed
         */
        public Speech orThrow() {
            if (speech != null) {
                return speech;
            }
            throw failure == null ? new IllegalStateException("neither audio nor failure") : failure;
        }

        /** Everything but the text. */
        @Override
        public String toString() {
            return "Result[" + index + ", " + (failure == null ? speech : failure.category()) + "]";
        }
    }

    /** How many requests there are. */
    public int total() {
        return requests.size();
    }

    /** How many have ended so far, in whatever way, taken or not. */
    public int ended() {
        return locked(() -> ended);
    }

    /** How many of them have failed. */
    public int failed() {
        return locked(() -> failed);
    }

    private int locked(IntSupplier count) {
        lock.lock();
        try {
            return count.getAsInt();
        } finally {
            lock.unlock();
        }
    }

    /** Begins as many as there is room for; outside the lock, because an executor may run them on this thread. */
    private void beginMore() {
        while (true) {
            int index;
            lock.lock();
            try {
                int kept = begun - taken;
                if (closed || begun == requests.size() || kept >= concurrency) {
                    return;
                }
                index = begun++;
            } finally {
                lock.unlock();
            }
            begin(index);
        }
    }

    private void begin(int index) {
        SpeechRequest request = requests.get(index);
        CompletableFuture<Speech> future = synthesize.apply(request);
        boolean tooLate;
        lock.lock();
        try {
            tooLate = closed;
            running.put(index, future);
        } finally {
            lock.unlock();
        }
        var unused = future.whenComplete((speech, failure) ->
                end(new Result(index, request, speech, failure == null ? null : asTtsException(failure))));
        if (tooLate) {
            future.cancel(true);
        }
    }

    private static TtsException asTtsException(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TtsException tts) {
            return tts;
        }
        boolean left = cause instanceof CancellationException;
        return TtsException.builder(
                        left ? Category.CANCELLED : Category.PROTOCOL,
                        left ? "the request was cancelled" : "a backend failed with something else than a TtsException")
                .cause(cause)
                .build();
    }

    private void end(Result result) {
        lock.lock();
        try {
            running.remove(result.index);
            ended++;
            if (result.failure != null) {
                failed++;
            }
            ready.add(result);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The results not taken yet, as they come; {@code hasNext} says whether one is left, and {@code next} waits for it.
     *
     * <p>{@code next} throws a {@link TtsException} with category {@code CANCELLED} if this is closed before or meanwhile, or if
     * the thread is interrupted.
     */
    @Override
    public Iterator<Result> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return locked(() -> taken) < requests.size();
            }

            @Override
            public Result next() {
                return take();
            }
        };
    }

    private Result take() {
        Result result;
        try {
            lock.lockInterruptibly();
            try {
                if (taken == requests.size()) {
                    throw new NoSuchElementException("all " + taken + " results were taken");
                }
                while (ready.isEmpty() && !closed) {
                    changed.await();
                }
                if (closed) {
                    throw cancelled("the batch was closed", null);
                }
                result = ready.remove();
                taken++;
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled("the taking thread was interrupted", e);
        }
        beginMore();
        return result;
    }

    private static TtsException cancelled(String message, @Nullable Throwable cause) {
        return TtsException.builder(Category.CANCELLED, message).cause(cause).build();
    }

    /** Cancels what runs and begins nothing more. May be called more than once. */
    @Override
    public void close() {
        List<CompletableFuture<Speech>> toCancel;
        lock.lock();
        try {
            closed = true;
            toCancel = new ArrayList<>(running.values());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        toCancel.forEach(future -> future.cancel(true));
    }

    /** The counts. */
    @Override
    public String toString() {
        return "SpeechBatch[" + ended() + " of " + total() + " ended, " + failed() + " failed]";
    }
}
