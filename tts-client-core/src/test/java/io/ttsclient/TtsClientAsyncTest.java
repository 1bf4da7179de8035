// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.doubles.ScriptedBackend;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.FakeCall;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class TtsClientAsyncTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);
    private static final SpeechRequest HELLO = SpeechRequest.of("Hello");

    private final VirtualTime time = new VirtualTime();
    private final FakeBackend fake = FakeBackend.create();
    private final ExecutorService one = Executors.newSingleThreadExecutor();
    private final TtsClient client =
            TtsClient.builder().backend(fake).timeSource(time).build();

    @AfterEach
    void close() {
        client.close();
        one.shutdownNow();
    }

    private static TtsException failureOf(CompletableFuture<?> future) {
        try {
            future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TtsException failure) {
                return failure;
            }
            throw new AssertionError("failed otherwise", e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("did not end", e);
        }
        throw new AssertionError("did not fail");
    }

    @Test
    void streamAsync_backendSpeaks_givesTheStream() throws Exception {
        try (AudioStream audio = client.streamAsync(HELLO).get(20, TimeUnit.SECONDS)) {
            assertThat(audio.toBytes()).isEqualTo(FakeBackend.audioOf("Hello", FORMAT));
        }
        assertThat(fake.calls().get(0).thread()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void synthesizeAsync_backendSpeaks_givesTheSpeech() throws Exception {
        Speech speech = client.synthesizeAsync(HELLO).get(20, TimeUnit.SECONDS);

        assertThat(speech.toBytes()).isEqualTo(FakeBackend.audioOf("Hello", FORMAT));
        fake.awaitReleased();
    }

    @Test
    void async_backendFails_failsTheFutureWithTheException() {
        fake.always(Behaviour.fail(Category.QUOTA));

        assertThat(failureOf(client.streamAsync(HELLO)).category()).isEqualTo(Category.QUOTA);
        assertThat(failureOf(client.synthesizeAsync(HELLO)).category()).isEqualTo(Category.QUOTA);
    }

    @Test
    void async_textThatCannotBeSpoken_failsTheFuture() {
        assertThat(failureOf(client.synthesizeAsync(SpeechRequest.of("?!"))).category())
                .isEqualTo(Category.INVALID_REQUEST);
    }

    @Test
    void asPublisher_delivers_onTheClientsExecutor() throws Exception {
        try (TtsClient ofOne =
                TtsClient.builder().backend(FakeBackend.create()).executor(one).build()) {
            Thread expected = one.submit(Thread::currentThread).get();
            var heardOn = new LinkedBlockingQueue<Thread>();

            CompletableFuture<Void> done =
                    consume(ofOne.stream(HELLO).asPublisher(), chunk -> heardOn.add(Thread.currentThread()));

            done.get(20, TimeUnit.SECONDS);
            assertThat(heardOn).isNotEmpty().containsOnly(expected);
        }
    }

    private static CompletableFuture<Void> consume(
            Flow.Publisher<AudioChunk> publisher, Consumer<AudioChunk> consumer) {
        var done = new CompletableFuture<Void>();
        publisher.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(AudioChunk chunk) {
                consumer.accept(chunk);
            }

            @Override
            public void onError(Throwable failure) {
                done.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                done.complete(null);
            }
        });
        return done;
    }

    @Test
    @Timeout(60)
    void asPublisher_cancelled_reachesTheBackend() throws Exception {
        fake.always(Behaviour.speak().chunks(2).stallAt(4));
        var subscribed = new CompletableFuture<Flow.Subscription>();
        client.stream(HELLO).asPublisher().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
                subscribed.complete(subscription);
            }

            @Override
            public void onNext(AudioChunk chunk) {}

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        });

        subscribed.get(20, TimeUnit.SECONDS).cancel();

        fake.awaitReleased();
        assertThat(fake.calls()).extracting(FakeCall::state).containsExactly(FakeCall.State.CANCELLED);
    }

    @Test
    void cancel_beforeTheFirstAudio_reachesTheBackend() {
        fake.always(Behaviour.hang());
        List<CompletableFuture<?>> futures = List.of(client.streamAsync(HELLO), client.synthesizeAsync(HELLO));
        fake.awaitCalls(2);

        futures.forEach(future -> future.cancel(false));

        fake.awaitReleased();
        assertThat(fake.calls()).extracting(FakeCall::state).containsOnly(FakeCall.State.CANCELLED);
        assertThat(futures).allMatch(CompletableFuture::isCancelled);
    }

    @Test
    void cancel_afterTheFirstAudioOfWholeSpeech_reachesTheBackend() {
        var source = new ScriptedSource(FORMAT).gives(1, 2).blocks();
        try (TtsClient scripted = TtsClient.of(new ScriptedBackend(FORMAT, synthesis -> source))) {
            CompletableFuture<Speech> future = scripted.synthesizeAsync(HELLO);
            source.awaitBlocked();

            future.cancel(true);

            assertThat(source.isClosed()).isTrue();
        }
    }

    @Test
    void fail_byTheCaller_reachesTheBackendLikeATimeoutOfTheFutureWould() {
        fake.always(Behaviour.hang());
        CompletableFuture<Speech> future = client.synthesizeAsync(HELLO);
        fake.awaitCalls(1);

        future.completeExceptionally(new TimeoutException("as orTimeout does it"));

        fake.awaitReleased();
        assertThat(fake.calls().get(0).state()).isEqualTo(FakeCall.State.CANCELLED);
    }

    @Test
    void cancel_beforeAThreadIsFree_neverAsksTheBackend() throws Exception {
        var busy = new CountDownLatch(1);
        one.execute(() -> await(busy));
        try (TtsClient queued = TtsClient.builder().backend(fake).executor(one).build()) {
            CompletableFuture<AudioStream> future = queued.streamAsync(HELLO);

            future.cancel(false);
            busy.countDown();
            one.submit(() -> {}).get(20, TimeUnit.SECONDS);
        }

        assertThat(fake.calls()).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Test
    void cancel_afterTheStreamWasReceived_doesNothing() throws Exception {
        CompletableFuture<AudioStream> future = client.streamAsync(HELLO);
        AudioStream audio = future.get(20, TimeUnit.SECONDS);

        assertThat(future.cancel(true)).isFalse();

        assertThat(audio.toBytes()).isEqualTo(FakeBackend.audioOf("Hello", FORMAT));
    }

    @Test
    void stream_thatNobodyCanReceiveAnyMore_isClosed() throws Exception {
        var source = new ScriptedSource(FORMAT).gives(1, 2).gives(3, 4);
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var backend = new ScriptedBackend(FORMAT, synthesis -> {
            entered.countDown();
            await(leave);
            return source;
        });
        try (TtsClient scripted =
                TtsClient.builder().backend(backend).executor(one).build()) {
            CompletableFuture<AudioStream> future = scripted.streamAsync(HELLO);
            await(entered);

            future.complete(AudioStream.of(new ScriptedSource(FORMAT), Runnable::run, () -> {
                throw new UnsupportedOperationException();
            }));
            leave.countDown();
            one.submit(() -> {}).get(20, TimeUnit.SECONDS);

            assertThat(source.isClosed()).isTrue();
        }
    }

    @Test
    void async_executorThatTakesNothing_failsAsClosed() {
        one.shutdown();
        try (TtsClient refused = TtsClient.builder().backend(fake).executor(one).build()) {
            TtsException e = failureOf(refused.streamAsync(
                    SpeechRequest.builder("Hello").requestId("r-1").build()));

            assertThat(e.category()).isEqualTo(Category.CLOSED);
            assertThat(e.requestId()).contains("r-1");
        }
    }

    @Test
    void async_timeInTheQueue_countsTowardsTheDeadline() throws Exception {
        var busy = new CountDownLatch(1);
        one.execute(() -> await(busy));
        try (TtsClient queued =
                TtsClient.builder().backend(fake).executor(one).timeSource(time).build()) {
            CompletableFuture<Speech> future = queued.synthesizeAsync(SpeechRequest.builder("Hello")
                    .timeout(Duration.ofSeconds(1))
                    .build());

            time.advance(Duration.ofSeconds(2));
            busy.countDown();

            assertThat(failureOf(future).category()).isEqualTo(Category.TIMEOUT);
        }
        assertThat(fake.calls()).isEmpty();
    }

    @Test
    void streams_thousandAtOnce_doNotHoldEachOtherUp() {
        int many = 1_000;
        fake.always(Behaviour.speak().after(Duration.ofSeconds(1)));
        List<CompletableFuture<byte[]>> all = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            all.add(client.streamAsync(SpeechRequest.of("Hello number " + i)).thenApply(AudioStream::toBytes));
        }
        fake.awaitCalls(many);
        time.awaitScheduled(2 * many); // the first audio of each, and the bound on the wait for it
        assertThat(fake.calls()).as("all wait at once").allMatch(call -> call.state() == FakeCall.State.WAITING);

        time.advance(Duration.ofSeconds(1));

        for (int i = 0; i < many; i++) {
            assertThat(all.get(i).orTimeout(30, TimeUnit.SECONDS).join())
                    .isEqualTo(FakeBackend.audioOf("Hello number " + i, FORMAT));
        }
        fake.awaitReleased();
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void streams_thousandOpenOnOneThread_areReadInTurns() {
        List<AudioStream> open = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            open.add(client.stream("Hi " + i % 10));
        }

        for (int i = 999; i >= 0; i--) {
            assertThat(open.get(i).toBytes()).isEqualTo(FakeBackend.audioOf("Hi " + i % 10, FORMAT));
        }
        fake.awaitReleased();
    }
}
