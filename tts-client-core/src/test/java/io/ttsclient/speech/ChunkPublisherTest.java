// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.doubles.ManualExecutor;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.testkit.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class ChunkPublisherTest {
    /** Notes every signal, and fails the test if the protocol is broken. */
    private static class Recorder implements Flow.Subscriber<AudioChunk> {
        final List<String> signals = new ArrayList<>();
        private final AtomicInteger inside = new AtomicInteger();
        private final CompletableFuture<String> end = new CompletableFuture<>();
        Flow.@Nullable Subscription subscription;
        volatile @Nullable Throwable failure;

        private void signal(String what) {
            if (inside.getAndIncrement() != 0) {
                end.completeExceptionally(new AssertionError("signals overlap"));
            }
            if (end.isDone()) {
                throw new AssertionError(what + " after the end");
            }
            synchronized (signals) {
                signals.add(what);
            }
            inside.decrementAndGet();
        }

        @Override
        public void onSubscribe(Flow.Subscription value) {
            subscription = value;
            signal("subscribed");
        }

        @Override
        public void onNext(AudioChunk chunk) {
            signal("chunk " + chunk.bytes().get());
        }

        @Override
        public void onError(Throwable throwable) {
            failure = throwable;
            signal("error");
            end.complete("error");
        }

        @Override
        public void onComplete() {
            signal("complete");
            end.complete("complete");
        }

        void request(long n) {
            if (subscription == null) {
                throw new AssertionError("not subscribed");
            }
            subscription.request(n);
        }

        void cancel() {
            if (subscription == null) {
                throw new AssertionError("not subscribed");
            }
            subscription.cancel();
        }
    }

    private final ScriptedSource source = new ScriptedSource(AudioFormat.linear16(8_000));
    private final ManualExecutor executor = new ManualExecutor();
    private final Recorder subscriber = new Recorder();

    private AudioStream stream(Executor runner) {
        return AudioStream.of(source, runner, SpeechReport.builder("r")::build);
    }

    private Flow.Publisher<AudioChunk> subscribed() {
        Flow.Publisher<AudioChunk> publisher = stream(executor).asPublisher();
        publisher.subscribe(subscriber);
        return publisher;
    }

    @Test
    void subscribe_withoutDemand_readsNothingAndStartsNoTask() {
        source.gives(1, 0);

        subscribed();

        assertThat(executor.executed()).isZero();
        assertThat(source.reads()).isZero();
        assertThat(subscriber.signals).containsExactly("subscribed");
    }

    @Test
    void request_some_deliversSoManyAndReadsNoFurther() {
        source.gives(1, 0).gives(2, 0).gives(3, 0);
        subscribed();

        subscriber.request(2);
        executor.runAll();

        assertThat(subscriber.signals).containsExactly("subscribed", "chunk 1", "chunk 2");
        assertThat(source.reads()).isEqualTo(2);
        assertThat(source.isClosed()).isFalse();
    }

    @Test
    void request_severalTimesBeforeTheTaskRuns_addsUpInOneTask() {
        source.gives(1, 0).gives(2, 0).gives(3, 0);
        subscribed();

        subscriber.request(1);
        subscriber.request(1);

        assertThat(executor.executed()).isEqualTo(1);
        executor.runAll();
        assertThat(subscriber.signals).containsExactly("subscribed", "chunk 1", "chunk 2");
    }

    @Test
    void request_againAfterAPause_continues() {
        source.gives(1, 0).gives(2, 0);
        subscribed();

        subscriber.request(1);
        executor.runAll();
        subscriber.request(2);
        executor.runAll();

        assertThat(subscriber.signals).containsExactly("subscribed", "chunk 1", "chunk 2", "complete");
    }

    @Test
    void request_moreThanThereIs_completesOnceAndCloses() {
        source.gives(1, 0);
        subscribed();

        subscriber.request(10);
        executor.runAll();
        subscriber.request(10);
        executor.runAll();

        assertThat(subscriber.signals).containsExactly("subscribed", "chunk 1", "complete");
        assertThat(source.isClosed()).isTrue();
        assertThat(source.reads()).isEqualTo(2);
    }

    @Test
    void request_unboundedTwice_doesNotOverflow() {
        source.gives(1, 0).gives(2, 0);
        subscribed();

        subscriber.request(Long.MAX_VALUE);
        subscriber.request(Long.MAX_VALUE);
        executor.runAll();

        assertThat(subscriber.signals).containsExactly("subscribed", "chunk 1", "chunk 2", "complete");
    }

    @Test
    void request_fromInsideOnNext_deliversOneAfterTheOtherWithoutRecursion() {
        int many = 5_000;
        for (int i = 0; i < many; i++) {
            source.gives(1, 0);
        }
        var oneByOne = new Recorder() {
            int deepest;

            @Override
            public void onNext(AudioChunk chunk) {
                deepest = Math.max(deepest, new Throwable().getStackTrace().length);
                super.onNext(chunk);
                request(1);
            }
        };
        stream(Runnable::run).asPublisher().subscribe(oneByOne);

        oneByOne.request(1);

        assertThat(oneByOne.signals).hasSize(many + 2).endsWith("complete");
        assertThat(oneByOne.deepest).isLessThan(500);
    }

    @Test
    void request_notPositive_failsTheSubscriberAndCloses() {
        source.gives(1, 0);
        subscribed();

        subscriber.request(0);
        executor.runAll();

        assertThat(subscriber.signals).containsExactly("subscribed", "error");
        assertThat(subscriber.failure)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("request: 0, allowed at least 1");
        assertThat(source.reads()).isZero();
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void request_negativeWhileDemandIsLeft_failsBeforeTheNextChunk() {
        source.gives(1, 0).gives(2, 0);
        subscribed();

        subscriber.request(5);
        subscriber.request(-1);
        executor.runAll();
        subscriber.request(1);
        executor.runAll();

        assertThat(subscriber.signals).containsExactly("subscribed", "error");
    }

    @Test
    void cancel_midWay_closesTheSourceAndSignalsNothingMore() {
        source.gives(1, 0).gives(2, 0);
        subscribed();
        subscriber.request(1);
        executor.runAll();

        subscriber.cancel();
        subscriber.cancel();
        subscriber.request(1);
        subscriber.request(0);
        executor.runAll();

        assertThat(subscriber.signals).containsExactly("subscribed", "chunk 1");
        assertThat(source.closes()).isEqualTo(1);
        assertThat(source.reads()).isEqualTo(1);
    }

    @Test
    void cancel_whileTheTaskIsBlockedInARead_wakesItSilently() throws Exception {
        source.gives(1, 0).blocks();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            stream(threads).asPublisher().subscribe(subscriber);
            subscriber.request(2);
            source.awaitBlocked();

            subscriber.cancel();

            threads.shutdown();
            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            assertThat(subscriber.signals).containsExactly("subscribed", "chunk 1");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void cancel_fromInsideOnNext_isTheLastThingThatHappens() {
        source.gives(1, 0).gives(2, 0);
        var leaving = new Recorder() {
            @Override
            public void onNext(AudioChunk chunk) {
                super.onNext(chunk);
                cancel();
            }
        };
        stream(Runnable::run).asPublisher().subscribe(leaving);

        leaving.request(10);

        assertThat(leaving.signals).containsExactly("subscribed", "chunk 1");
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void cancel_whileAChunkIsBeingRead_dropsTheChunk() {
        source.then(subscriber::cancel).gives(1, 0);
        subscribed();

        subscriber.request(1);
        executor.runAll();

        assertThat(subscriber.signals).containsExactly("subscribed");
    }

    @Test
    void read_fails_isTheErrorOfTheSubscriber() {
        TtsException failure = TtsException.builder(Category.TRUNCATED, "cut").build();
        source.gives(1, 0).fails(failure);
        subscribed();

        subscriber.request(5);
        executor.runAll();

        assertThat(subscriber.signals).containsExactly("subscribed", "chunk 1", "error");
        assertThat(subscriber.failure).isSameAs(failure);
    }

    @Test
    void streamClosed_byTheApplication_isTheErrorOfTheSubscriber() {
        source.gives(1, 0);
        AudioStream stream = stream(executor);
        stream.asPublisher().subscribe(subscriber);

        stream.close();
        subscriber.request(1);
        executor.runAll();

        assertThat(subscriber.failure)
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.CANCELLED));
    }

    @Test
    void onNext_throws_closesTheSource() {
        source.gives(1, 0).gives(2, 0);
        var broken = new Recorder() {
            @Override
            public void onNext(AudioChunk chunk) {
                throw new IllegalStateException("a bug of the subscriber");
            }
        };
        stream(Runnable::run).asPublisher().subscribe(broken);

        broken.request(5);

        assertThat(broken.signals).containsExactly("subscribed", "error");
        assertThat(source.isClosed()).isTrue();
        assertThat(source.reads()).isEqualTo(1);
    }

    @Test
    void subscribe_second_isToldThatThereIsOnlyOne() {
        source.gives(1, 0);
        Flow.Publisher<AudioChunk> publisher = subscribed();
        var second = new Recorder();

        publisher.subscribe(second);
        second.request(1);
        second.cancel();

        assertThat(second.signals).containsExactly("subscribed", "error");
        assertThat(second.failure).isInstanceOf(IllegalStateException.class);
        subscriber.request(1);
        executor.runAll();
        assertThat(subscriber.signals).containsExactly("subscribed", "chunk 1");
    }

    @Test
    @SuppressWarnings("NullAway") // what the reactive rules demand of a caller without null checks
    void subscribe_null_isRefusedAndDoesNotUseUpTheSubscription() {
        source.gives(1, 0);
        Flow.Publisher<AudioChunk> publisher = stream(executor).asPublisher();

        assertThatNullPointerException().isThrownBy(() -> publisher.subscribe(null));
        publisher.subscribe(subscriber);

        assertThat(subscriber.signals).containsExactly("subscribed");
    }

    @Test
    void request_executorRejects_failsAsClosedAndCloses() {
        source.gives(1, 0);
        var rejection = new RejectedExecutionException("shut down");
        stream(task -> {
                    throw rejection;
                })
                .asPublisher()
                .subscribe(subscriber);

        subscriber.request(1);
        subscriber.request(1);

        assertThat(subscriber.signals).containsExactly("subscribed", "error");
        assertThat(subscriber.failure)
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.CLOSED))
                .hasCause(rejection);
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void request_fromManyThreads_deliversInOrderWithoutOverlap() throws Exception {
        int chunks = 500;
        for (int i = 0; i < chunks; i++) {
            source.gives(i % 100, 0);
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            stream(threads).asPublisher().subscribe(subscriber);
            for (int i = 0; i < 4; i++) {
                threads.execute(() -> {
                    for (int n = 0; n < chunks; n++) {
                        subscriber.request(1);
                    }
                });
            }

            assertThat(subscriber.end.get(20, TimeUnit.SECONDS)).isEqualTo("complete");
        } finally {
            threads.shutdownNow();
        }
        assertThat(subscriber.signals).hasSize(chunks + 2);
        for (int i = 0; i < chunks; i++) {
            assertThat(subscriber.signals.get(i + 1)).isEqualTo("chunk " + i % 100);
        }
    }
}
