// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.audio.WavReader;
import io.ttsclient.backend.GrowingText;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.speech.Voice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the fake is asked, what it says and what it takes down; how it misbehaves is in {@link BehaviourTest}. */
@ExtendWith(LeakCheck.class)
class FakeBackendTest {
    private static final AudioFormat LINEAR16 = AudioFormat.linear16(16_000);
    private static final AudioFormat MULAW = AudioFormat.mulaw(8_000);
    private static final Voice ALTO = new Voice("alto", "Alto", List.of("en-US"), "");

    private final FakeBackend backend = FakeBackend.create();

    static byte[] read(AudioSource source) {
        var bytes = new ByteArrayOutputStream();
        for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
            bytes.writeBytes(ConformanceHooks.copy(chunk));
        }
        return bytes.toByteArray();
    }

    static void assertFails(ThrowingCallable action, Category category) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(category));
    }

    private static SpeechOptions format(AudioFormat format) {
        return SpeechOptions.builder().format(format).build();
    }

    @Test
    void audioOf_sameText_isTheSame() {
        assertThat(FakeBackend.audioOf("Hello", LINEAR16)).isEqualTo(FakeBackend.audioOf("Hello", LINEAR16));
    }

    @Test
    void audioOf_otherText_isOther() {
        assertThat(FakeBackend.audioOf("Hello", LINEAR16)).isNotEqualTo(FakeBackend.audioOf("Hallo", LINEAR16));
    }

    @Test
    void audioOf_pieces_isThatOfTheWhole() {
        var pieces = new ByteArrayOutputStream();
        pieces.writeBytes(FakeBackend.audioOf("Hello,", MULAW));
        pieces.writeBytes(FakeBackend.audioOf("brave new", MULAW));
        pieces.writeBytes(FakeBackend.audioOf("world", MULAW));

        assertThat(FakeBackend.audioOf("Hello, brave\u00a0new\n\nworld ", MULAW))
                .isEqualTo(pieces.toByteArray());
    }

    @Test
    void audioOf_eachCharacter_playsTenMilliseconds() {
        assertThat(FakeBackend.audioOf("Hello", LINEAR16)).hasSize(5 * 320);
        assertThat(FakeBackend.audioOf("Hello", MULAW)).hasSize(5 * 80);
        assertThat(FakeBackend.audioOf("Hello", new AudioFormat(Encoding.LINEAR16, Container.RAW, 16_000, 2)))
                .hasSize(5 * 640);
    }

    @Test
    void wavOf_samples_isAFileThatHoldsThemAndNothingElse() throws IOException {
        for (AudioFormat format : List.of(AudioFormat.linear16(24_000), AudioFormat.mulaw(8_000))) {
            byte[] samples = Arrays.copyOf(FakeBackend.audioOf("Hello", format), 99 * format.bytesPerFrame());
            byte[] wav = FakeBackend.wavOf(samples, format);
            WavReader reader = WavReader.open(new ByteArrayInputStream(wav));
            ByteBuffer read = reader.read();

            assertThat(wav.length).as("chunks of a WAV have even sizes").isEven();
            assertThat(reader.format()).isEqualTo(format);
            assertThat(read).isEqualTo(ByteBuffer.wrap(samples));
            assertThat(reader.read()).isNull();
            assertThat(reader.truncated()).isFalse();
        }
    }

    @Test
    void audioOf_linear16_isLoudAndNotClipped() {
        assertThat(Loudness.rms(FakeBackend.audioOf("Hello", LINEAR16), LINEAR16)
                        .orElseThrow())
                .isBetween(0.1, 0.25);
    }

    @Test
    void stream_nothingTold_speaksTheText() {
        AudioSource source = backend.stream(TestSynthesis.of("Hello, world"));

        assertThat(source.format()).isEqualTo(LINEAR16);
        assertThat(read(source)).isEqualTo(FakeBackend.audioOf("Hello, world", LINEAR16));
        assertThat(source.timings()).isEmpty();
    }

    @Test
    void stream_formatAskedFor_speaksIt() {
        FakeBackend two = FakeBackend.builder("two", LINEAR16).format(MULAW).build();

        AudioSource source = two.stream(TestSynthesis.of("Hello", format(MULAW)));

        assertThat(source.format()).isEqualTo(MULAW);
        assertThat(read(source)).isEqualTo(FakeBackend.audioOf("Hello", MULAW));
    }

    @Test
    void stream_formatItDoesNotMake_isUnsupported() {
        assertFails(() -> backend.stream(TestSynthesis.of("Hello", format(MULAW))), Category.UNSUPPORTED);
    }

    @Test
    void stream_twiceAsFast_isHalfAsLong() {
        var options = SpeechOptions.builder().speed(2).build();

        assertThat(read(backend.stream(TestSynthesis.of("Hello", options)))).hasSize(5 * 160);
    }

    @Test
    void stream_voicesListed_speaksOnlyWithThose() {
        FakeBackend choir = FakeBackend.builder("choir").voices(ALTO).build();
        Synthesis byDefault = TestSynthesis.of("Hello");

        choir.stream(TestSynthesis.of("Hello", SpeechOptions.voice("alto")));
        choir.stream(byDefault);

        assertThat(choir.voices()).containsExactly(ALTO);
        assertThat(byDefault.journal().report().attempts().get(0).voice()).contains("alto");
        assertThatThrownBy(() -> choir.stream(TestSynthesis.of("Hello", SpeechOptions.voice("bass"))))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.NOT_FOUND))
                .hasMessageContaining("voice: 'bass', allowed [alto]");
    }

    @Test
    void stream_noVoicesListed_takesAnyVoice() {
        Synthesis synthesis = TestSynthesis.of("Hello", SpeechOptions.voice("anybody"));

        backend.stream(synthesis);

        assertThat(synthesis.journal().report().attempts().get(0).voice()).contains("anybody");
    }

    @Test
    void stream_nothingToPronounce_isRefusedUnscripted() {
        backend.enqueue(Behaviour.fail(Category.QUOTA));

        assertThatThrownBy(() -> backend.stream(TestSynthesis.of("?!"))).isInstanceOf(NothingToSpeakException.class);

        assertThat(backend.calls()).singleElement().matches(call -> call.state() == FakeCall.State.FAILED);
        assertFails(() -> backend.stream(TestSynthesis.of("Hello")), Category.QUOTA);
    }

    @Test
    void stream_growingText_needsTheCapability() {
        var growing = new GrowingText();
        growing.append("Hello");
        Synthesis synthesis = TestSynthesis.of("").withText(growing);

        assertThatThrownBy(() -> backend.stream(synthesis)).isInstanceOf(IllegalStateException.class);
        growing.finish();
        assertThat(read(FakeBackend.builder("live").growingText().build().stream(synthesis)))
                .isEqualTo(FakeBackend.audioOf("Hello", LINEAR16));
    }

    @Test
    void capabilities_asBuilt() {
        var built = FakeBackend.builder("fake-2", MULAW)
                .format(LINEAR16)
                .pauses(Duration.ofMillis(200), Duration.ofMillis(500))
                .growingText()
                .build()
                .capabilities();

        assertThat(built.backend()).isEqualTo("fake-2");
        assertThat(built.formats()).containsExactly(MULAW, LINEAR16);
        assertThat(built.growingText()).isTrue();
        assertThat(built.segmentLimits()).isEmpty();
        assertThat(built.sentencePause()).isEqualTo(Duration.ofMillis(200));
        assertThat(built.paragraphPause()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void builder_wavContainer_isRefused() {
        var wav = new AudioFormat(Encoding.LINEAR16, Container.WAV, 16_000, 1);

        assertThatThrownBy(() -> FakeBackend.builder("fake", wav))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("format: linear16/wav 16000 Hz, allowed any but a WAV container");
    }

    @Test
    void enqueue_severalBehaviours_oneForEachCallThenTheUsualOne() {
        backend.always(Behaviour.fail(Category.OVERLOADED));
        backend.enqueue(Behaviour.fail(Category.UNAVAILABLE));
        backend.enqueue(Behaviour.speak());

        assertFails(() -> backend.stream(TestSynthesis.of("one")), Category.UNAVAILABLE);
        assertThat(read(backend.stream(TestSynthesis.of("two")))).isNotEmpty();
        assertFails(() -> backend.stream(TestSynthesis.of("three")), Category.OVERLOADED);
    }

    @Test
    void calls_takeDownWhatWasAsked() {
        backend.stream(TestSynthesis.of("Hello", SpeechOptions.voice("alto")));

        FakeCall call = backend.awaitCalls(1).get(0);
        assertThat(call.text()).isEqualTo("Hello");
        assertThat(call.options().voice()).contains("alto");
        assertThat(call.requestId()).isEqualTo("test-request");
        assertThat(call.thread()).isEqualTo(Thread.currentThread());
        assertThat(call.toString())
                .contains("test-request", "5 chars", "SPEAKING")
                .doesNotContain("Hello");
    }

    @Test
    void calls_readToTheEnd_endedAndReleasedOnceClosed() {
        AudioSource source = backend.stream(TestSynthesis.of("Hello"));
        FakeCall call = backend.calls().get(0);
        assertThat(call.state()).isEqualTo(FakeCall.State.SPEAKING);

        read(source);

        assertThat(call.state()).isEqualTo(FakeCall.State.ENDED);
        assertThat(call.bytesRead()).isEqualTo(5 * 320);
        assertThat(call.isReleased()).isFalse();

        source.close();
        source.close();
        assertThat(call.state()).isEqualTo(FakeCall.State.ENDED);
        assertThat(call.closes()).isEqualTo(2);
        backend.awaitReleased();
    }

    @Test
    void calls_closedEarly_cancelled() {
        AudioSource source = backend.stream(TestSynthesis.of("Hello, world"));
        source.read();

        source.close();

        FakeCall call = backend.calls().get(0);
        assertThat(call.state()).isEqualTo(FakeCall.State.CANCELLED);
        assertThat(call.bytesRead()).isEqualTo(1_280);
        assertFails(source::read, Category.CANCELLED);
        assertThat(call.state()).isEqualTo(FakeCall.State.CANCELLED);
    }

    @Test
    void calls_calledByAnotherThread_canBeAwaited() {
        Running<AudioSource> caller =
                Running.start("stream()", Monitor.PATIENCE, () -> backend.stream(TestSynthesis.of("Hello")));

        FakeCall call = backend.awaitCalls(1).get(0);

        assertThat(call.thread()).isEqualTo(caller.thread());
        caller.await().close();
        backend.awaitReleased();
    }

    @Test
    void enqueue_afterACallWasSeen_isForTheNextOne() {
        for (int i = 1; i <= 100; i++) {
            Running<AudioSource> caller =
                    Running.start("stream()", Monitor.PATIENCE, () -> backend.stream(TestSynthesis.of("Hello")));
            backend.awaitCalls(2 * i - 1);
            backend.enqueue(Behaviour.fail(Category.OVERLOADED));

            caller.await().close();
            assertFails(() -> backend.stream(TestSynthesis.of("Hello")), Category.OVERLOADED);
        }
    }

    @Test
    void read_afterTheEnd_isABugOfTheCaller() {
        AudioSource source = backend.stream(TestSynthesis.of("Hello"));
        read(source);

        assertThatThrownBy(source::read)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a source that has ended or failed is read again");
    }

    @Test
    void read_afterAFailure_isABugOfTheCaller() {
        backend.enqueue(Behaviour.speak().failAt(0, Category.TRUNCATED));
        AudioSource source = backend.stream(TestSynthesis.of("Hello"));
        assertFails(source::read, Category.TRUNCATED);

        assertThatThrownBy(source::read).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void read_twoThreadsAtOnce_isABugOfTheSecond() {
        backend.enqueue(Behaviour.speak().stallAt(320));
        AudioSource source = backend.stream(TestSynthesis.of("Hello"));
        source.read();
        Running<AudioChunk> one = Running.start("one read()", Monitor.PATIENCE, source::read);
        Running<AudioChunk> two = Running.start("another read()", Monitor.PATIENCE, source::read);

        Running<AudioChunk> second = endedFirst(one, two);
        source.close();

        assertThatThrownBy(second::await)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("two threads read one source at once");
        assertFails((second == one ? two : one)::await, Category.CANCELLED);
    }

    private static Running<AudioChunk> endedFirst(Running<AudioChunk> one, Running<AudioChunk> two) {
        for (int i = 0; i < 1_000; i++) {
            if (one.endsWithin(Duration.ofMillis(5))) {
                return one;
            }
            if (two.endsWithin(Duration.ofMillis(5))) {
                return two;
            }
        }
        throw new AssertionError("neither read() was refused");
    }

    @Test
    void timings_readSoFar_areOfTheWordsHeard() {
        backend.enqueue(Behaviour.speak().withTimings().chunks(640));
        AudioSource source = backend.stream(TestSynthesis.of(" Hi you"));

        assertThat(source.timings()).isEmpty();
        source.read();
        TimingMark first = new TimingMark(TimingMark.Kind.WORD, 1, 3, Duration.ZERO, Duration.ofMillis(20));
        assertThat(source.timings()).containsExactly(first);
        source.read();
        assertThat(source.timings())
                .containsExactly(
                        first,
                        new TimingMark(TimingMark.Kind.WORD, 4, 7, Duration.ofMillis(20), Duration.ofMillis(50)));
    }

    @Test
    void timings_compressedFormat_areNone() {
        FakeBackend opus = FakeBackend.builder("opus", new AudioFormat(Encoding.OPUS, Container.OGG, 48_000, 1))
                .behaviour(Behaviour.speak().withTimings())
                .build();
        AudioSource source = opus.stream(TestSynthesis.of("Hello"));
        read(source);

        assertThat(source.timings()).isEmpty();
    }

    @Test
    void health_untilClosed_isAsBuilt() {
        FakeBackend ill =
                FakeBackend.builder("ill").health(Health.unknown("a cold")).build();

        assertThat(ill.health()).isEqualTo(Health.unknown("a cold"));
        ill.close();
        assertThat(ill.health().status()).isEqualTo(Health.Status.DOWN);
        assertThat(backend.health().status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void prewarmAndClose_areCounted() {
        backend.prewarm();
        assertThat(backend.prewarms()).isEqualTo(1);
        assertThat(backend.isClosed()).isFalse();

        backend.close();
        backend.close();

        assertThat(backend.isClosed()).isTrue();
        assertThat(backend.closes()).isEqualTo(2);
        assertFails(() -> backend.stream(TestSynthesis.of("Hello")), Category.CLOSED);
        assertThat(backend.calls()).hasSize(1);
    }

    @Test
    void close_whileSpeaking_readFailsWithClosed() {
        AudioSource source = backend.stream(TestSynthesis.of("Hello"));

        backend.close();

        assertFails(source::read, Category.CLOSED);
    }

    @Test
    void stream_cancelledBefore_isCancelledAndNeverSent() {
        Synthesis synthesis = TestSynthesis.of("Hello");
        synthesis.cancellation().cancel();

        assertFails(() -> backend.stream(synthesis), Category.CANCELLED);

        assertThat(backend.calls().get(0).state()).isEqualTo(FakeCall.State.CANCELLED);
        assertThat(synthesis.journal().report().attempts().get(0).charactersSent())
                .isZero();
    }

    @Test
    void stream_spoken_notesCharactersSent() {
        Synthesis synthesis = TestSynthesis.of("Hello");

        backend.stream(synthesis);

        assertThat(synthesis.journal().report().attempts().get(0).charactersSent())
                .isEqualTo(5);
    }

    @Test
    void toString_isItsName() {
        assertThat(backend).hasToString("FakeBackend[fake]");
    }
}
