// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.audio.FormatConverter;
import io.ttsclient.backend.Health;
import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.AdmissionPolicy;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.layer.SegmentingPolicy;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.BreakerState;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechReport;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.speech.Voice;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.FakeCall;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.text.SegmentLimits;
import io.ttsclient.text.TextPreparation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class TtsClientTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);
    private static final Voice ANNA = new Voice("anna", "Anna", List.of("en"), "");

    private final VirtualTime time = new VirtualTime();
    private final FakeBackend fake = FakeBackend.create();
    // Without retries, whose waits nobody would end on a clock that stands still.
    private final TtsClient client = TtsClient.builder()
            .backend(fake)
            .timeSource(time)
            .retry(RetryPolicy.none())
            .build();

    @AfterEach
    void close() {
        client.close();
    }

    private static byte[] audioOf(String text) {
        return FakeBackend.audioOf(text, FORMAT);
    }

    @Test
    void build_noBackend_saysWhatIsMissing() {
        assertThatThrownBy(() -> TtsClient.builder().build())
                .isInstanceOf(TtsException.class)
                .hasMessageStartingWith("backend: not set, a client needs one");
    }

    @Test
    void build_defaultFormatThatCannotBeHad_failsThereAndThen() {
        AudioFormat mp3 = new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1);
        TtsClientBuilder builder = TtsClient.builder()
                .backend(fake)
                .defaults(SpeechOptions.builder().format(mp3).build());

        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(TtsException.class, e -> {
                    assertThat(e.category()).isEqualTo(Category.UNSUPPORTED);
                    assertThat(e.origin()).isEqualTo(Origin.CLIENT);
                })
                .hasMessageStartingWith(
                        "format: mp3 24000 Hz, and fake makes [linear16 16000 Hz], from which it cannot be converted");
        assertThat(fake.isClosed()).as("it still belongs to the caller").isFalse();
    }

    @Test
    void build_layers_standInTheirOrder() {
        assertThat(client)
                .hasToString("TtsClient(ObservationLayer(TextPreparationLayer(DeadlineLayer(FallbackLayer["
                        + "BufferingLayer(ConvertingLayer(TrimmingLayer(SegmentingLayer(RetryLayer(AttemptLayer("
                        + "CircuitBreakerLayer(AdmissionLayer(BufferingLayer(AttemptTimeoutLayer(FakeBackend[fake]"
                        + "))))))))))]))))");
    }

    @Test
    void stream_text_givesTheAudioAndACompleteReport() {
        try (AudioStream audio = client.stream("Hello there")) {
            assertThat(audio.format()).isEqualTo(FORMAT);
            assertThat(audio.toBytes()).isEqualTo(audioOf("Hello there"));

            SpeechReport report = audio.report();
            assertThat(report.backend()).contains("fake");
            assertThat(report.attempts())
                    .singleElement()
                    .satisfies(attempt -> assertThat(attempt.charactersSent()).isEqualTo(11));
            assertThat(report.total()).isPresent();
            assertThat(report.audioDuration()).isEqualTo(Duration.ofMillis(100));
        }
        fake.awaitReleased();
    }

    @Test
    void synthesize_text_givesWholeSpeech() {
        Speech speech = client.synthesize("Hello there");

        assertThat(speech.toBytes()).isEqualTo(audioOf("Hello there"));
        assertThat(speech.duration()).isEqualTo(Duration.ofMillis(100));
        assertThat(speech.report().total()).isPresent();
        assertThat(speech.report().audioDuration()).isEqualTo(speech.duration());
        fake.awaitReleased();
    }

    @Test
    void synthesize_withTimings_hasThem() {
        fake.always(Behaviour.speak().withTimings());

        assertThat(client.synthesize("Hello there").timings()).hasSize(2);
    }

    @Test
    void synthesize_breaksOff_isNotRepeatedAndKeepsNothing() {
        fake.always(Behaviour.speak().failAt(640, Category.TRUNCATED));

        TtsException e = catchThrowableOfType(TtsException.class, () -> client.synthesize("Hello there"));

        assertThat(e.category()).isEqualTo(Category.TRUNCATED);
        assertThat(e.attempts()).isEqualTo(1);
        assertThat(e.audioDelivered()).as("nothing was handed over").isZero();
        assertThat(fake.calls()).hasSize(1);
        fake.awaitReleased();
    }

    @Test
    void stream_breaksOff_saysHowMuchWasDelivered() {
        fake.always(Behaviour.speak().chunks(640).failAt(1_280, Category.TRUNCATED));

        try (AudioStream audio = client.stream("Hello there")) {
            audio.read();
            audio.read();
            TtsException e = catchThrowableOfType(TtsException.class, audio::read);
            assertThat(e.audioDelivered()).isEqualTo(Duration.ofMillis(40));
            assertThat(e.backend()).contains("fake");
        }
        fake.awaitReleased();
    }

    @Test
    void stream_noAudio_isAFailure() {
        fake.always(Behaviour.noAudio());

        assertThatThrownBy(() -> client.stream("Hello"))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.NO_AUDIO));
        fake.awaitReleased();
    }

    @Test
    void stream_closedEarly_cancelsTheRequestAndIsNoFailure() {
        fake.always(Behaviour.speak().endless());

        AudioStream audio = client.stream("Hello");
        audio.read();
        audio.close();

        fake.awaitReleased();
        assertThat(fake.calls().get(0).state()).isEqualTo(FakeCall.State.CANCELLED);
        assertThat(audio.report().total()).isPresent();
        assertThat(audio.report().attempts().get(0).failure()).isEmpty();
    }

    @Test
    void stream_nothingToPronounce_failsWithoutAskingTheBackend() {
        assertThatThrownBy(() -> client.stream("?!"))
                .isInstanceOf(NothingToSpeakException.class)
                .hasMessageContaining("requestId=");
        assertThat(fake.calls()).isEmpty();
    }

    @Test
    void stream_formatOfTheRequest_isDelivered() {
        AudioFormat wanted = AudioFormat.mulaw(8_000);
        var converter = new FormatConverter(FORMAT, wanted);
        ByteBuffer begin = converter.convert(ByteBuffer.wrap(audioOf("Hello")));
        ByteBuffer end = converter.finish();
        byte[] expected = new byte[begin.remaining() + end.remaining()];
        int length = begin.remaining();
        begin.get(expected, 0, length);
        end.get(expected, length, end.remaining());

        Speech speech =
                client.synthesize(SpeechRequest.builder("Hello").format(wanted).build());

        assertThat(speech.format()).isEqualTo(wanted);
        assertThat(speech.toBytes()).isEqualTo(expected);
    }

    @Test
    void stream_defaults_applyWhereTheRequestSaysNothing() {
        FakeBackend voices = FakeBackend.builder("fake")
                .voices(ANNA, new Voice("otto", "Otto", List.of(), ""))
                .build();
        try (TtsClient withDefaults = TtsClient.builder()
                .backend(voices)
                .defaults(SpeechOptions.builder().voice("anna").speed(2).build())
                .build()) {
            withDefaults.synthesize("Hello");
            withDefaults.synthesize(SpeechRequest.builder("Hello").voice("otto").build());
        }

        assertThat(voices.calls().get(0).options().voice()).contains("anna");
        assertThat(voices.calls().get(1).options().voice()).contains("otto");
        assertThat(voices.calls().get(1).options().speed()).hasValue(2);
    }

    @Test
    void stream_textPreparation_isOfTheRequest() {
        client.synthesize(SpeechRequest.builder("This is **good**.")
                .with(options -> options.textPreparation(TextPreparation.speakable()))
                .build());

        assertThat(fake.calls().get(0).text()).isEqualTo("This is good.");
    }

    @Test
    void requestId_given_isEverywhere() {
        fake.enqueue(Behaviour.speak());
        fake.enqueue(Behaviour.fail(Category.UNAVAILABLE));
        SpeechRequest request =
                SpeechRequest.builder("Hello").requestId("call-17").build();

        assertThat(client.synthesize(request).report().requestId()).isEqualTo("call-17");
        assertThatThrownBy(() -> client.synthesize(request))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.requestId()).contains("call-17"));
        assertThat(fake.calls()).extracting(FakeCall::requestId).containsOnly("call-17");
    }

    @Test
    void requestId_notGiven_isMadeAndDifferentEachTime() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            ids.add(client.synthesize("Hi").report().requestId());
        }

        assertThat(ids).hasSize(200).allMatch(id -> id.matches("[0-9a-f]{16}"));
    }

    @Test
    void timeout_passesWhileWaiting_isATotalTimeout() throws Exception {
        fake.always(Behaviour.hang());
        SpeechRequest request =
                SpeechRequest.builder("Hello").timeout(Duration.ofSeconds(3)).build();
        CompletableFuture<TtsException> thrown = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(TtsException.class, () -> client.synthesize(request)));
        fake.awaitCalls(1);

        time.advance(Duration.ofSeconds(3));

        TtsException e = thrown.get(20, TimeUnit.SECONDS);
        assertThat(e.category()).isEqualTo(Category.TIMEOUT);
        assertThat(e.timeoutPhase()).contains(TimeoutPhase.TOTAL);
        assertThat(e.attempts()).isEqualTo(1);
        assertThat(time.scheduled()).isZero();
        fake.awaitReleased();
    }

    @Test
    void timeout_passesWhileWholeAudioIsCollected_isATotalTimeout() throws Exception {
        fake.always(Behaviour.speak().stallAt(640));
        SpeechRequest request =
                SpeechRequest.builder("Hello").timeout(Duration.ofSeconds(3)).build();
        CompletableFuture<TtsException> thrown = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(TtsException.class, () -> client.synthesize(request)));
        fake.awaitCalls(1);

        time.advance(Duration.ofSeconds(3));

        assertThat(thrown.get(20, TimeUnit.SECONDS).category()).isEqualTo(Category.TIMEOUT);
        fake.awaitReleased();
    }

    @Test
    void timeout_longestThereIs_isTaken() {
        SpeechRequest request = SpeechRequest.builder("Hello")
                .timeout(Duration.ofSeconds(Long.MAX_VALUE))
                .build();

        assertThat(client.synthesize(request).size()).isPositive();
    }

    @Test
    void maxWholeAudioBytes_exceeded_refusesWholeAudioButNotAStream() {
        try (TtsClient small =
                TtsClient.builder().backend(fake).maxWholeAudioBytes(1_000).build()) {
            assertThatThrownBy(() -> small.synthesize("Hello"))
                    .isInstanceOfSatisfying(
                            TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.INVALID_REQUEST))
                    .hasMessageContaining("more than 1000 bytes");
            assertThat(small.stream("Hello").toBytes()).hasSize(1_600);
        }
        fake.awaitReleased();
    }

    @Test
    void maxWholeAudioBytes_notPositive_isRefused() {
        TtsClientBuilder builder = TtsClient.builder().backend(fake).maxWholeAudioBytes(0);

        assertThatThrownBy(builder::build)
                .isInstanceOf(TtsException.class)
                .hasMessageStartingWith("maxWholeAudioBytes: 0, allowed at least 1");
    }

    @Test
    void build_severalThingsWrong_saysAllOfThem() {
        TtsClientBuilder builder = TtsClient.builder()
                .fallback(fake, SpeechOptions.none(), 50)
                .admission("nobody", AdmissionPolicy.unlimited())
                .maxWholeAudioBytes(-1);

        assertThatThrownBy(builder::build)
                .isInstanceOf(TtsException.class)
                .hasMessageContainingAll(
                        "4 faults: ",
                        "backend: not set, a client needs one",
                        "decibels: 50.0, allowed -40 to 40",
                        "admission: for 'nobody', and the backends are []",
                        "maxWholeAudioBytes: -1, allowed at least 1");
    }

    @Test
    void segmenting_longText_isSpokenPieceByPieceEitherWay() {
        String text = "One two three. Four five six! Seven eight nine? Ten.";
        FakeBackend pieces = FakeBackend.builder("fake", FORMAT)
                .segmentLimits(SegmentLimits.sentences())
                .build();
        try (TtsClient segmenting = TtsClient.builder()
                .backend(pieces)
                .segmenting(SegmentingPolicy.defaults().withWindow(3))
                .build()) {
            assertThat(segmenting.stream(text).toBytes()).isEqualTo(audioOf(text));
            Speech speech = segmenting.synthesize(text);
            assertThat(speech.toBytes()).isEqualTo(audioOf(text));
            assertThat(speech.report().attempts()).hasSize(4);
        }
        assertThat(pieces.calls()).hasSize(8);
        pieces.awaitReleased();
    }

    @Test
    void voicesHealthCapabilitiesPrewarm_areThoseOfTheBackend() {
        FakeBackend asleep = FakeBackend.builder("fake")
                .voices(ANNA)
                .health(Health.unknown("asleep"))
                .build();
        try (TtsClient other = TtsClient.of(asleep)) {
            other.prewarm();
            assertThat(asleep.prewarms()).isEqualTo(1);
            assertThat(other.voices()).containsExactly(ANNA);
            assertThat(other.probe())
                    .containsExactly(Health.unknown("asleep").toBuilder()
                            .backend("fake")
                            .breaker(BreakerState.CLOSED)
                            .build());
            assertThat(other.capabilities()).isSameAs(asleep.capabilities());
        }
    }

    @Test
    void toString_client_hasNothingOfARequest() {
        client.synthesize("My PIN is 1234");

        assertThat(client.toString()).doesNotContain("PIN");
    }
}
