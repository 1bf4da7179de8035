// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.audio.Gain;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Health.Status;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.doubles.RecordingListener;
import io.ttsclient.doubles.Requests;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.AdmissionPolicy;
import io.ttsclient.layer.AttemptTimeouts;
import io.ttsclient.layer.BreakerPolicy;
import io.ttsclient.layer.FallbackPolicy;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.BreakerState;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechListener;
import io.ttsclient.speech.SpeechListener.Ended;
import io.ttsclient.speech.SpeechListener.Outcome;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.FakeCall;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.text.SegmentLimits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layers together, as a client has them. */
@ExtendWith(LeakCheck.class)
class TtsClientResilienceTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);
    private static final RetryPolicy AT_ONCE =
            new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);

    private final VirtualTime time = new VirtualTime();
    private final FakeBackend red = FakeBackend.builder("red").build();
    private final FakeBackend green = FakeBackend.builder("green").build();
    private final RecordingListener listener = new RecordingListener();
    private final List<TtsClient> clients = new ArrayList<>();

    private TtsClientBuilder builder() {
        return TtsClient.builder()
                .backend(red)
                .timeSource(time)
                .random(() -> 0) // no retry waits
                .retry(RetryPolicy.none())
                .listener(listener);
    }

    private TtsClient client(TtsClientBuilder builder) {
        TtsClient client = builder.build();
        clients.add(client);
        return client;
    }

    @AfterEach
    void everythingIsGivenBack() {
        clients.forEach(TtsClient::close);
        red.awaitReleased();
        green.awaitReleased();
        assertThat(time.scheduled()).isZero();
        assertThat(listener.isPaired()).isTrue();
    }

    private static byte[] audioOf(String text) {
        return FakeBackend.audioOf(text, FORMAT);
    }

    private static SpeechListener throwing(AtomicInteger calls) {
        return new SpeechListener() {
            @Override
            public void started(Started event) {
                calls.incrementAndGet();
                throw new IllegalStateException("a listener with a bug");
            }

            @Override
            public void ended(Ended event) {
                calls.incrementAndGet();
                throw new AssertionError("another");
            }
        };
    }

    @Test
    void stream_firstIsDown_fallbackSpeaksAndTheReportSaysWho() {
        red.always(Behaviour.fail(Category.AUTHENTICATION));
        TtsClient client = client(builder().fallback(green, SpeechOptions.voice("kore")));

        try (AudioStream audio =
                client.stream(SpeechRequest.builder("Hello").voice("thalia").build())) {
            assertThat(audio.toBytes()).isEqualTo(audioOf("Hello"));
            assertThat(audio.report().backend()).contains("green");
            assertThat(audio.report().voice()).contains("kore");
            assertThat(audio.report().warnings()).containsExactly("fell back from red: AUTHENTICATION");
        }

        assertThat(listener.names()).containsExactly("Started", "AttemptFailed", "FellBack", "FirstAudio", "Ended");
        assertThat(listener.events(Ended.class).get(0).outcome()).isEqualTo(Outcome.COMPLETE);
    }

    @Test
    void stream_retriesThenFallback_eachAttemptIsInTheReport() {
        red.always(Behaviour.fail(Category.UNAVAILABLE));
        TtsClient client = client(builder().fallback(green).retry(AT_ONCE));

        Speech speech = client.synthesize("Hello");

        assertThat(speech.toBytes()).isEqualTo(audioOf("Hello"));
        assertThat(speech.report().attempts()).hasSize(4);
        assertThat(red.calls()).hasSize(3);
    }

    @Test
    void synthesize_breaksOffInTheMiddle_isTriedAgainAsNothingWasHandedOver() {
        red.enqueue(Behaviour.speak().failAt(640, Category.TRUNCATED));
        red.enqueue(Behaviour.speak().failAt(640, Category.TRUNCATED));
        TtsClient client = client(builder().retry(AT_ONCE));

        assertThat(client.synthesize("Hello").toBytes()).isEqualTo(audioOf("Hello"));
        assertThat(red.calls()).hasSize(3);
    }

    @Test
    void synthesize_breaksOffForGood_reachesTheFallback() {
        red.always(Behaviour.speak().failAt(640, Category.TRUNCATED));
        TtsClient client = client(builder().fallback(green));

        assertThat(client.synthesize("Hello").report().backend()).contains("green");
    }

    @Test
    void synthesize_onePieceFailsForGood_theFallbackSpeaksAllOfIt() {
        FakeBackend pieces = FakeBackend.builder("pieces")
                .segmentLimits(SegmentLimits.sentences())
                .build();
        pieces.enqueue(Behaviour.speak());
        pieces.enqueue(Behaviour.fail(Category.PROTOCOL));
        TtsClient client = client(builder().backend(pieces).fallback(green));

        Speech speech = client.synthesize("One two three. Four five six.");

        assertThat(speech.toBytes()).isEqualTo(audioOf("One two three. Four five six."));
        assertThat(speech.report().backend()).contains("green");
        pieces.awaitReleased();
    }

    @Test
    void stream_breaksOffAfterAudio_endsWithWhatWasDelivered() {
        red.always(Behaviour.speak().chunks(640).failAt(1_280, Category.CONNECTION));
        TtsClient client = client(builder().fallback(green));

        try (AudioStream audio = client.stream("Hello")) {
            audio.read();
            audio.read();
            TtsException e = catchThrowableOfType(TtsException.class, audio::read);
            assertThat(e.category()).isEqualTo(Category.CONNECTION);
            assertThat(e.audioDelivered()).isEqualTo(Duration.ofMillis(40));
        }

        assertThat(green.calls()).isEmpty();
        Ended ended = listener.events(Ended.class).get(0);
        assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ended.failure()).contains(Category.CONNECTION);
    }

    @Test
    void stream_allBackendsFail_oneFailureWithEverything() {
        red.always(Behaviour.fail(Category.QUOTA));
        green.always(Behaviour.fail(Category.CONNECTION));
        TtsClient client = client(builder().fallback(green));

        TtsException e = catchThrowableOfType(TtsException.class, () -> client.stream("Hello"));

        assertThat(e.category()).isEqualTo(Category.QUOTA);
        assertThat(e.attempts()).isEqualTo(2);
        assertThat(e.getSuppressed()).hasSize(2);
        assertThat(listener.events(Ended.class).get(0).failure()).contains(Category.QUOTA);
    }

    @Test
    void stream_deadPrimary_isNotAskedAnyMore() {
        red.always(Behaviour.fail(Category.CONNECTION));
        TtsClient client = client(
                builder().fallback(green).circuitBreaker(new BreakerPolicy(50, 4, 2, Duration.ofSeconds(10), 1)));
        for (int i = 0; i < 10; i++) {
            client.synthesize("Hello");
        }
        assertThat(red.calls()).hasSize(2);
        assertThat(client.healthOfEach()).extracting(Health::status).containsExactly(Status.DOWN, Status.UP);
        assertThat(client.health().status()).isEqualTo(Status.DEGRADED);
        assertThat(client.health().detail()).isEqualTo("green speaks instead: its circuit breaker is open");
        assertThat(client.health().breaker()).contains(BreakerState.OPEN);
        assertThat(client.health().lastFailure()).contains(Category.CONNECTION);

        red.always(Behaviour.speak());
        time.advance(Duration.ofSeconds(11));
        assertThat(client.synthesize("Hello").report().backend()).contains("red");
        assertThat(client.health().status()).isEqualTo(Status.UP);
        assertThat(listener.events(SpeechListener.BreakerChanged.class)).hasSize(3);
    }

    @Test
    void stream_silentPrimary_fallsBackWhenItsTimeIsOver() {
        red.always(Behaviour.hang());
        TtsClient client = client(builder()
                .fallback(green)
                .attemptTimeouts(new AttemptTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(2))));
        CompletableFuture<Speech> speech = Requests.async(() -> client.synthesize("Hello"));
        red.awaitCalls(1);

        time.advance(Duration.ofSeconds(3));

        assertThat(Requests.get(speech).report().warnings()).containsExactly("fell back from red: TIMEOUT");
        assertThat(red.calls().get(0).state()).isEqualTo(FakeCall.State.CANCELLED);
    }

    @Test
    void attemptTimeouts_ofOneBackend_areItsOwn() {
        red.always(Behaviour.hang());
        green.always(Behaviour.hang());
        TtsClient client = client(builder()
                .fallback(green)
                .attemptTimeouts(new AttemptTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(2)))
                .attemptTimeouts("green", new AttemptTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(2))));
        CompletableFuture<Speech> speech = Requests.async(() -> client.synthesize("Hello"));
        red.awaitCalls(1);
        time.advance(Duration.ofSeconds(3));
        green.awaitCalls(1);

        time.advance(Duration.ofSeconds(59));
        assertThat(speech).isNotDone();
        time.advance(Duration.ofSeconds(1));

        assertThat(Requests.failure(speech).timeoutPhase()).contains(TimeoutPhase.FIRST_AUDIO);
    }

    /** A backend that says how it is best asked. */
    private static TtsBackend saying(FakeBackend backend, int streams, Duration firstAudio, Duration stall) {
        TtsCapabilities capabilities = TtsCapabilities.builder("red", FORMAT)
                .concurrentStreams(streams)
                .patience(firstAudio, stall)
                .build();
        return new DelegatingBackend(backend) {
            @Override
            public TtsCapabilities capabilities() {
                return capabilities;
            }
        };
    }

    @Test
    void attemptTimeouts_unset_areWhatTheBackendMayNeed() {
        red.always(Behaviour.hang());
        TtsBackend slow = saying(red, 2, Duration.ofSeconds(60), Duration.ofSeconds(30));
        TtsClient client = client(builder().backend(slow));
        CompletableFuture<Speech> speech = Requests.async(() -> client.synthesize("Hello"));
        red.awaitCalls(1);

        time.advance(Duration.ofSeconds(59));
        assertThat(red.calls().get(0).state()).isNotEqualTo(FakeCall.State.CANCELLED);
        time.advance(Duration.ofSeconds(1));

        assertThat(Requests.failure(speech).timeoutPhase()).contains(TimeoutPhase.FIRST_AUDIO);
    }

    @Test
    void admission_unset_isWhatTheBackendDoesWell() {
        TtsBackend one = saying(red, 1, Duration.ofSeconds(60), Duration.ofSeconds(30));
        TtsClient client = client(builder().backend(one));
        try (AudioStream first = client.stream("Hello")) {
            CompletableFuture<Speech> second = Requests.async(() -> client.synthesize("Hello"));
            time.awaitScheduled(1);
            assertThat(first).isNotNull();
            assertThat(red.calls()).hasSize(1);

            time.advance(Duration.ofSeconds(60));

            TtsException refused = Requests.failure(second);
            assertThat(refused.category()).isEqualTo(Category.RATE_LIMIT);
            assertThat(refused.origin()).isEqualTo(Origin.CLIENT);
        }
    }

    @Test
    void admission_set_countsMoreThanWhatTheBackendSays() {
        TtsBackend one = saying(red, 1, Duration.ofSeconds(60), Duration.ofSeconds(30));
        TtsClient client = client(builder().backend(one).admission(AdmissionPolicy.unlimited()));
        try (AudioStream first = client.stream("Hello");
                AudioStream second = client.stream("Hello")) {
            assertThat(first.format()).isEqualTo(second.format());
        }
    }

    @Test
    void build_attemptTimeoutsOfNobody_fails() {
        assertThatThrownBy(() -> builder()
                        .attemptTimeouts("blue", AttemptTimeouts.defaults())
                        .build())
                .isInstanceOf(TtsException.class)
                .hasMessageStartingWith("attemptTimeouts: for 'blue', and the backends are [red]");
    }

    @Test
    void read_serverGoesSilent_isAStallWithWhatWasDelivered() {
        red.always(Behaviour.speak().chunks(640).stallAt(640));
        TtsClient client =
                client(builder().attemptTimeouts(new AttemptTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(2))));
        try (AudioStream audio = client.stream("Hello")) {
            audio.read();
            CompletableFuture<AudioChunk> second = Requests.async(audio::read);
            time.awaitScheduled(1);

            time.advance(Duration.ofSeconds(2));

            TtsException e = Requests.failure(second);
            assertThat(e.timeoutPhase()).contains(TimeoutPhase.STALL);
            assertThat(e.audioDelivered()).isEqualTo(Duration.ofMillis(20));
        }
    }

    @Test
    void stream_deadlineShorterThanTheAttempts_isTotalAndAsksNobodyElse() {
        red.always(Behaviour.hang());
        TtsClient client = client(builder().fallback(green).retry(AT_ONCE));
        CompletableFuture<Speech> speech = Requests.async(() -> client.synthesize(
                SpeechRequest.builder("Hello").timeout(Duration.ofSeconds(1)).build()));
        red.awaitCalls(1);
        time.awaitScheduled(2);

        time.advance(Duration.ofSeconds(1));

        assertThat(Requests.failure(speech).timeoutPhase()).contains(TimeoutPhase.TOTAL);
        assertThat(red.calls()).hasSize(1);
        assertThat(green.calls()).isEmpty();
    }

    @Test
    void stream_firstIsFull_goesToTheFallbackAtOnce() {
        AdmissionPolicy one = AdmissionPolicy.unlimited().withMaxConcurrent(1).withQueue(0, Duration.ZERO);
        TtsClient client = client(builder().fallback(green).retry(AT_ONCE).admission("red", one));

        try (AudioStream first = client.stream("Hello");
                AudioStream second = client.stream("Hello");
                AudioStream third = client.stream("Hello")) {
            assertThat(first.report().backend()).contains("red");
            assertThat(second.report().backend()).contains("green");
            assertThat(third.report().backend()).contains("green");
            assertThat(second.report().warnings()).containsExactly("fell back from red: RATE_LIMIT");
        }
        assertThat(client.healthOfEach().get(0).status()).isEqualTo(Status.BUSY);
        assertThat(client.healthOfEach().get(0).breaker()).contains(BreakerState.CLOSED);
    }

    @Test
    void admission_ofAll_isEachByItself() {
        AdmissionPolicy one = AdmissionPolicy.unlimited().withMaxConcurrent(1).withQueue(0, Duration.ZERO);
        TtsClient client = client(builder().fallback(green).admission(one));

        try (AudioStream first = client.stream("Hello");
                AudioStream second = client.stream("Hello")) {
            assertThat(first.report().backend()).contains("red");
            assertThat(second.report().backend()).contains("green");
            TtsException e = catchThrowableOfType(TtsException.class, () -> client.stream("Hello"));
            assertThat(e.category()).isEqualTo(Category.RATE_LIMIT);
            assertThat(e.origin()).isEqualTo(Origin.CLIENT);
        }
    }

    /** The piece made ahead waits for the place that the piece before it has, perhaps longer than it may. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stream_piecesWithOnePlaceForAll_areAllSpoken(boolean slowReader) {
        FakeBackend pieces = FakeBackend.builder("pieces")
                .segmentLimits(SegmentLimits.sentences())
                .build();
        TtsClient client = client(builder()
                .backend(pieces)
                .admission(AdmissionPolicy.unlimited().withMaxConcurrent(1).withQueue(5, Duration.ofSeconds(5))));
        String text = "One two three. Four five six. Seven eight nine. Ten.";

        byte[] audio;
        try (AudioStream stream = client.stream(text)) {
            if (slowReader) {
                time.awaitScheduled(1); // the second piece waits
                time.advance(Duration.ofSeconds(5));
            }
            audio = stream.toBytes();
        }

        assertThat(audio).isEqualTo(audioOf(text));
        pieces.awaitReleased();
    }

    @Test
    void stream_louderFallback_isLouder() {
        red.always(Behaviour.fail(Category.QUOTA));
        TtsClient client = client(builder().fallback(green, SpeechOptions.none(), -6));

        assertThat(client.synthesize("Hello").toBytes()).isEqualTo(softer("Hello"));
    }

    private static byte[] softer(String text) {
        ByteBuffer expected = Gain.ofDecibels(-6).apply(ByteBuffer.wrap(audioOf(text)), FORMAT);
        byte[] bytes = new byte[expected.remaining()];
        expected.get(bytes);
        return bytes;
    }

    @Test
    void stream_softerBackend_isSofterThanItsFallback() {
        TtsClient client = client(builder().backend(red, -6).fallback(green));
        assertThat(client.synthesize("Hello").toBytes()).isEqualTo(softer("Hello"));

        red.always(Behaviour.fail(Category.QUOTA));
        assertThat(client.synthesize("Hello").toBytes()).isEqualTo(audioOf("Hello"));
    }

    @Test
    void build_backendTooLoud_isNamedWithAllElse() {
        assertThatThrownBy(() -> TtsClient.builder()
                        .backend(red, 41)
                        .maxWholeAudioBytes(0)
                        .build())
                .hasMessageContainingAll("decibels: 41", "maxWholeAudioBytes: 0");
    }

    @Test
    void stream_contentRejected_goesOnByOption() {
        red.always(Behaviour.fail(Category.CONTENT_REJECTED));
        TtsClient strict = client(builder().fallback(green));
        assertThatThrownBy(() -> strict.synthesize("Hello")).isInstanceOf(TtsException.class);

        TtsClient willing = client(builder().fallback(green).fallbackPolicy(new FallbackPolicy(true)));
        assertThat(willing.synthesize("Hello").report().backend()).contains("green");
    }

    @Test
    void listener_throws_stopsNothing() {
        var calls = new AtomicInteger();
        TtsClient client = client(builder().listener(throwing(calls)).listener(throwing(calls)));

        assertThat(client.synthesize("Hello").toBytes()).isEqualTo(audioOf("Hello"));
        assertThat(client.synthesize("Hello").toBytes()).isEqualTo(audioOf("Hello"));

        assertThat(calls).hasValue(8);
        assertThat(listener.events(Ended.class)).hasSize(2);
    }

    @Test
    void listener_closedEarly_hearsOneEndAndNoFailure() {
        red.always(Behaviour.speak().endless());
        TtsClient client = client(builder());
        AudioStream audio = client.stream("Hello");
        audio.read();
        audio.close();
        audio.close();

        assertThat(listener.events(Ended.class)).singleElement().satisfies(ended -> {
            assertThat(ended.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(ended.failure()).isEmpty();
        });
    }

    @Test
    void listener_bugInABackend_hearsAnEndWithoutACategory() {
        red.enqueue(Behaviour.fail(new IllegalStateException("a bug")));
        red.enqueue(Behaviour.speak().chunks(640).failAt(640, new IllegalStateException("another")));
        TtsClient client = client(builder());

        assertThatThrownBy(() -> client.stream("Hello")).hasMessage("a bug");
        try (AudioStream audio = client.stream("Hello")) {
            audio.read();
            assertThatThrownBy(audio::read).hasMessage("another");
        }

        assertThat(listener.events(Ended.class)).hasSize(2).allSatisfy(ended -> {
            assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(ended.failure()).isEmpty();
        });
    }

    @Test
    void listener_events_holdNoText() {
        red.enqueue(Behaviour.fail(Category.QUOTA));
        TtsClient client = client(builder().fallback(green));

        client.synthesize("My PIN is 1234");

        assertThat(listener.events())
                .isNotEmpty()
                .allMatch(event -> !event.toString().contains("PIN"));
    }

    @Test
    void probe_asksEachWithoutSpeaking() {
        FakeBackend sick =
                FakeBackend.builder("sick").health(Health.down("no disk")).build();
        var broken = new DelegatingBackend(green) {
            @Override
            public Health health() {
                throw new IllegalStateException("a bug");
            }
        };
        TtsClient client = client(builder().fallback(sick).fallback(broken));

        assertThat(client.probe())
                .extracting(health -> health.backend().orElseThrow() + " " + health.status() + " " + health.detail())
                .containsExactly(
                        "red UP a fake is always up",
                        "sick DOWN no disk",
                        "green UNKNOWN asking failed with IllegalStateException");
        assertThat(red.calls()).isEmpty();
        assertThat(client.health().status()).as("nobody was used").isEqualTo(Status.UNKNOWN);
    }

    @Test
    void build_fallbackThatCannotGiveTheDefaultFormat_fails() {
        FakeBackend mp3 = FakeBackend.builder("mp3", new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1))
                .build();

        assertThatThrownBy(() -> builder()
                        .fallback(mp3)
                        .defaults(SpeechOptions.builder().format(FORMAT).build())
                        .build())
                .hasMessageStartingWith("format: linear16 16000 Hz, and mp3 makes [mp3 24000 Hz]");
    }

    @Test
    void build_admissionOfNobody_fails() {
        assertThatThrownBy(() ->
                        builder().admission("blue", AdmissionPolicy.unlimited()).build())
                .isInstanceOf(TtsException.class)
                .hasMessageStartingWith("admission: for 'blue', and the backends are [red]");
    }

    @Test
    void close_withGrace_letsRunningStreamsEnd() {
        TtsClient client = client(builder().fallback(green));
        AudioStream audio = client.stream("Hello");
        CompletableFuture<Boolean> closed = Requests.async(() -> {
            client.close(Duration.ofSeconds(30));
            return true;
        });
        time.awaitScheduled(1);

        TtsException refused = catchThrowableOfType(TtsException.class, () -> client.stream("Hello"));
        assertThat(refused.category()).isEqualTo(Category.CLOSED);
        assertThat(client.health().detail()).isEqualTo("the client is being closed");
        assertThatThrownBy(client::prewarm).isInstanceOf(TtsException.class);
        assertThat(red.isClosed()).isFalse();
        assertThat(audio.toBytes()).isEqualTo(audioOf("Hello"));

        assertThat(Requests.get(closed)).isTrue();
        assertThat(red.isClosed()).isTrue();
        assertThat(green.isClosed()).isTrue();
        assertThat(client.health().detail()).isEqualTo("the client is closed");
    }

    @Test
    void close_graceIsOver_abortsTheRest() {
        red.always(Behaviour.speak().endless());
        TtsClient client = client(builder());
        AudioStream audio = client.stream("Hello");
        CompletableFuture<Boolean> closed = Requests.async(() -> {
            client.close(Duration.ofSeconds(30));
            return true;
        });
        time.awaitScheduled(1);
        audio.read();

        time.advance(Duration.ofSeconds(30));

        assertThat(Requests.get(closed)).isTrue();
        assertThat(catchThrowableOfType(TtsException.class, () -> {
                            while (true) {
                                audio.read();
                            }
                        })
                        .category())
                .isEqualTo(Category.CLOSED);
    }

    @Test
    void close_duringTheGraceOfAnother_endsIt() {
        red.always(Behaviour.speak().endless());
        TtsClient client = client(builder());
        AudioStream neverRead = client.stream("Hello");
        CompletableFuture<Boolean> closed = Requests.async(() -> {
            client.close(Duration.ofSeconds(30));
            return true;
        });
        time.awaitScheduled(1);

        client.close();

        assertThat(Requests.get(closed)).isTrue();
        assertThat(red.closes()).isOne();
        neverRead.close();
    }

    @Test
    void close_nothingRuns_doesNotWait() {
        TtsClient client = client(builder());
        client.synthesize("Hello");

        client.close(Duration.ofDays(1));
        client.close(Duration.ofDays(1));

        assertThat(red.closes()).isOne();
    }

    @Test
    void close_asyncRequestsThatWereTaken_areRunning() {
        red.always(Behaviour.speak().after(Duration.ofSeconds(1)));
        TtsClient client = client(builder());
        CompletableFuture<Speech> speech = client.synthesizeAsync(SpeechRequest.of("Hello"));
        CompletableFuture<Boolean> closed = Requests.async(() -> {
            client.close(Duration.ofSeconds(30));
            return true;
        });
        time.awaitScheduled(3); // the fake's delay, the bound of the first audio, the grace

        time.advance(Duration.ofSeconds(1));

        assertThat(Requests.get(speech).toBytes()).isEqualTo(audioOf("Hello"));
        assertThat(Requests.get(closed)).isTrue();
        assertThat(Requests.failure(client.synthesizeAsync(SpeechRequest.of("Hello")))
                        .category())
                .isEqualTo(Category.CLOSED);
    }

    @Test
    void close_interruptedInTheGrace_closesAtOnceAndTheFlagStays() {
        TtsClient client = client(builder());
        AudioStream audio = client.stream("Hello");
        Thread.currentThread().interrupt();

        client.close(Duration.ofSeconds(30));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(red.isClosed()).isTrue();
        audio.close();
    }

    @Test
    void close_negativeGrace_isRefused() {
        TtsClient client = client(builder());

        assertThatThrownBy(() -> client.close(Duration.ofNanos(-1)))
                .hasMessage("grace: PT-0.000000001S, allowed zero or more");
        assertThat(red.isClosed()).isFalse();
    }
}
