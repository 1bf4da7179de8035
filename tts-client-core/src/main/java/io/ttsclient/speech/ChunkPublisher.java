// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A stream for one subscriber. While there is demand, one task on the executor reads and hands over; without demand there
 * is no task.
 */
final class ChunkPublisher implements Flow.Publisher<AudioChunk> {
    private final AudioStream stream;
    private final Executor executor;
    private final AtomicBoolean subscribed = new AtomicBoolean();

    ChunkPublisher(AudioStream stream, Executor executor) {
        this.stream = stream;
        this.executor = executor;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super AudioChunk> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        if (subscribed.compareAndSet(false, true)) {
            subscriber.onSubscribe(new Reading(subscriber));
        } else {
            subscriber.onSubscribe(new NoSubscription());
            subscriber.onError(new IllegalStateException("a stream of speech has one subscriber"));
        }
    }

    private static final class NoSubscription implements Flow.Subscription {
        @Override
        public void request(long n) {
            // Already told that there is nothing to come.
        }

        @Override
        public void cancel() {
            // Nothing runs for this subscriber.
        }
    }

    private final class Reading implements Flow.Subscription, Runnable {
        private final Flow.Subscriber<? super AudioChunk> subscriber;
        /** Chunks asked for and not handed over. The request that lifts it from 0 starts the task; the task ends at 0. */
        private final AtomicLong demand = new AtomicLong();

        private final AtomicBoolean done = new AtomicBoolean();
        private volatile @Nullable Throwable illegalRequest;

        Reading(Flow.Subscriber<? super AudioChunk> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                illegalRequest = new IllegalArgumentException("request: " + n + ", allowed at least 1");
            }
            if (demand.getAndUpdate(before -> saturatedAdd(before, Math.max(n, 1))) == 0) {
                start();
            }
        }

        private static long saturatedAdd(long a, long b) {
            return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
        }

        private void start() {
            try {
                executor.execute(this);
            } catch (RejectedExecutionException e) {
                stream.close();
                fail(TtsException.builder(Category.CLOSED, "the executor takes no more work; is the client closed?")
                        .origin(Origin.CLIENT)
                        .cause(e)
                        .build());
            }
        }

        @Override
        public void run() {
            try {
                do {
                    Throwable illegal = illegalRequest;
                    if (illegal != null) {
                        stream.close();
                        fail(illegal);
                        return;
                    }
                    if (done.get() || !handOver()) {
                        return;
                    }
                } while (demand.updateAndGet(before -> before == Long.MAX_VALUE ? before : before - 1) > 0);
            } catch (TtsException e) {
                fail(e);
            } catch (RuntimeException | Error e) {
                stream.close();
                fail(e);
            }
        }

        private boolean handOver() {
            AudioChunk chunk = stream.read();
            if (chunk != null) {
                if (!done.get()) {
                    subscriber.onNext(chunk);
                }
                return true;
            }
            if (done.compareAndSet(false, true)) {
                subscriber.onComplete();
            }
            return false;
        }

        private void fail(Throwable cause) {
            if (done.compareAndSet(false, true)) {
                subscriber.onError(cause);
            }
        }

        @Override
        public void cancel() {
            done.set(true);
            stream.close();
        }
    }
}
