// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.doubles.ScriptedBackend;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.BreakerPolicy;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.VirtualTime;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class TtsClientCloseTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);
    private static final SpeechRequest TIMED =
            SpeechRequest.builder("Hello").timeout(Duration.ofMinutes(5)).build();

    private final FakeBackend fake = FakeBackend.create();
    private final TtsClient client = TtsClient.of(fake);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        client.close();
        threads.shutdownNow();
    }

    private static void assertClosed(@Nullable Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.CLOSED));
    }

    @Test
    void close_requestWaitingForItsFirstAudio_endsAsClosed() throws Exception {
        fake.always(Behaviour.hang());
        CompletableFuture<Throwable> stream =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> client.stream("Hello")), threads);
        CompletableFuture<Throwable> whole =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> client.synthesize("Hello")), threads);
        fake.awaitCalls(2);

        client.close();

        assertClosed(stream.get(20, TimeUnit.SECONDS));
        assertClosed(whole.get(20, TimeUnit.SECONDS));
        fake.awaitReleased();
    }

    @Test
    void close_readerBlockedInAStream_isWokenAsClosedAndToldWhatItGot() throws Exception {
        var source = new ScriptedSource(FORMAT).gives(new int[3_200]).blocks();
        TtsClient scripted = TtsClient.of(new ScriptedBackend(FORMAT, synthesis -> source));
        AudioStream audio = scripted.stream("Hello");
        audio.read();
        CompletableFuture<TtsException> reader =
                CompletableFuture.supplyAsync(() -> catchThrowableOfType(TtsException.class, audio::read), threads);
        source.awaitBlocked();

        scripted.close();

        TtsException e = reader.get(20, TimeUnit.SECONDS);
        assertClosed(e);
        assertThat(e.audioDelivered()).isEqualTo(Duration.ofMillis(100));
        assertThat(e.attempts()).isEqualTo(1);
        assertThat(audio.report().total()).isPresent();
    }

    @Test
    void close_readerAwayFromItsStream_findsItClosed() {
        fake.always(Behaviour.speak().endless());
        AudioStream audio = client.stream("Hello");
        audio.read();

        client.close();

        fake.awaitReleased();
        assertClosed(catchThrowable(audio::read));
    }

    @Test
    void close_futures_failAsClosed() {
        fake.always(Behaviour.hang());
        CompletableFuture<AudioStream> stream = client.streamAsync(SpeechRequest.of("Hello"));
        CompletableFuture<Speech> speech = client.synthesizeAsync(SpeechRequest.of("Hello"));
        fake.awaitCalls(2);

        client.close();

        for (CompletableFuture<?> future : List.of(stream, speech)) {
            assertThatThrownBy(() -> future.orTimeout(20, TimeUnit.SECONDS).join())
                    .isInstanceOf(CompletionException.class)
                    .satisfies(e -> assertClosed(e.getCause()));
        }
    }

    @Test
    void close_streamThatHasEnded_staysAtItsEnd() {
        AudioStream audio = client.stream("Hello");
        audio.toBytes();

        client.close();

        assertThat(audio.read()).isNull();
    }

    @Test
    void calls_afterTheClose_failAsClosedWithoutAskingTheBackend() {
        client.close();

        assertClosed(catchThrowable(() -> client.stream("Hello")));
        assertClosed(catchThrowable(() -> client.synthesize("Hello")));
        assertClosed(catchThrowable(() -> client.stream(TIMED)));
        assertClosed(catchThrowable(client::voices));
        assertClosed(catchThrowable(client::prewarm));
        assertThatThrownBy(() -> client.streamAsync(TIMED).join()).satisfies(e -> assertClosed(e.getCause()));
        assertThatThrownBy(() -> client.synthesizeAsync(TIMED).join()).satisfies(e -> assertClosed(e.getCause()));
        assertThat(client.health().status()).isEqualTo(Health.Status.DOWN);
        assertThat(client.capabilities().backend()).isEqualTo("fake");
        assertThat(fake.calls()).isEmpty();
        assertThat(fake.prewarms()).isZero();
    }

    @Test
    void close_again_closesTheBackendOnce() {
        client.close();
        client.close();

        assertThat(fake.closes()).isEqualTo(1);
    }

    @Test
    void close_byManyThreads_closesTheBackendOnce() {
        List<CompletableFuture<Void>> closers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            closers.add(CompletableFuture.runAsync(client::close, threads));
        }
        closers.forEach(closer -> closer.orTimeout(20, TimeUnit.SECONDS).join());

        assertThat(fake.closes()).isEqualTo(1);
    }

    private static Set<Thread> timers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("tts-client-timer"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static void assertEnds(Thread thread) throws InterruptedException {
        thread.join(20_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }

    @Test
    void close_threadsOfTheClient_end() throws Exception {
        Set<Thread> before = timers();
        fake.always(Behaviour.hang());
        CompletableFuture<AudioStream> stream = client.streamAsync(TIMED);
        Thread worker = fake.awaitCalls(1).get(0).thread();
        Set<Thread> own = timers();
        own.removeAll(before);
        assertThat(own).as("the timer of the deadline").hasSize(1);

        client.close();

        assertThat(catchThrowable(() -> stream.get(20, TimeUnit.SECONDS))).hasCauseInstanceOf(TtsException.class);
        assertEnds(worker);
        assertEnds(own.iterator().next());
    }

    @Test
    void close_backendThatCannotBeClosed_endsTheThreadsNevertheless() throws Exception {
        Set<Thread> before = timers();
        var failing = new TtsBackend() {
            @Override
            public AudioSource stream(Synthesis synthesis) {
                return new ScriptedSource(FORMAT).gives(1, 2).gives(3, 4);
            }

            @Override
            public TtsCapabilities capabilities() {
                return TtsCapabilities.builder("failing", FORMAT).build();
            }

            @Override
            public void close() {
                throw new IllegalStateException("a bug");
            }
        };
        TtsClient broken = TtsClient.of(failing);
        broken.stream(TIMED);
        Set<Thread> own = timers();
        own.removeAll(before);
        assertThat(own).hasSize(1);

        assertThatThrownBy(broken::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug");

        assertEnds(own.iterator().next());
    }

    @Test
    void close_whatWasPassedIn_staysOpen() {
        var time = new VirtualTime();
        TtsClient guest = TtsClient.builder()
                .backend(fake)
                .executor(threads)
                .timeSource(time)
                .build();
        guest.synthesize(TIMED);

        guest.close();

        assertThat(threads.isShutdown()).isFalse();
        assertThat(time.isClosed()).isFalse();
    }

    @Test
    void close_whileRequestsComeIn_leavesEachSpokenOrClosed() throws Exception {
        var random = new Random(3);
        for (int round = 0; round < 60; round++) {
            FakeBackend backend = FakeBackend.create();
            TtsClient closing = TtsClient.of(backend);
            List<CompletableFuture<Throwable>> requests = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                requests.add(CompletableFuture.supplyAsync(
                        () -> catchThrowable(() -> {
                            for (int n = 0; n < 50; n++) {
                                closing.stream(TIMED).toBytes();
                            }
                        }),
                        threads));
            }
            backend.awaitCalls(random.nextInt(20));

            closing.close();

            for (CompletableFuture<Throwable> request : requests) {
                Throwable thrown = request.get(20, TimeUnit.SECONDS);
                if (thrown != null) {
                    assertThat(thrown)
                            .as("round %d", round)
                            .isInstanceOfSatisfying(
                                    TtsException.class,
                                    e -> assertThat(e.category()).isEqualTo(Category.CLOSED));
                }
            }
            backend.awaitReleased();
        }
    }

    /** A client lives for months: a request that has ended must be forgotten, in whichever way it ended. */
    @Test
    void requests_thatHaveEnded_areForgotten() {
        List<WeakReference<AudioSource>> ended = new ArrayList<>();
        var backend = new ScriptedBackend(FORMAT, synthesis -> {
            var source = new ScriptedSource(FORMAT).gives(1, 2);
            if (ended.size() % 2 == 1) {
                source.fails(Category.TRUNCATED);
            }
            source.gives(3, 4);
            ended.add(new WeakReference<>(source));
            return source;
        });
        try (TtsClient scripted = TtsClient.builder()
                .backend(backend)
                .retry(RetryPolicy.none())
                .circuitBreaker(new BreakerPolicy(100, 1_000, 1_000, Duration.ofSeconds(1), 1))
                .build()) {
            for (int i = 0; i < 20; i++) {
                AudioStream audio = scripted.stream(TIMED);
                if (i % 3 == 0) {
                    audio.close();
                } else {
                    toTheEnd(audio::toBytes);
                }
                toTheEnd(() -> scripted.synthesize(TIMED));
            }

            for (int i = 0; i < 50 && ended.stream().anyMatch(source -> source.get() != null); i++) {
                System.gc();
            }
            assertThat(ended).hasSize(40).allMatch(source -> source.get() == null);
        }
    }

    private static void toTheEnd(Runnable request) {
        try {
            request.run();
        } catch (TtsException e) {
            assertThat(e.category()).isEqualTo(Category.TRUNCATED);
        }
    }
}
