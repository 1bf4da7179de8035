// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static io.ttsclient.testkit.FakeBackendTest.assertFails;
import static io.ttsclient.testkit.FakeBackendTest.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class BehaviourTest {
    private static final String TEXT = "Hello, world";
    private static final byte[] AUDIO = FakeBackend.audioOf(TEXT, AudioFormat.linear16(16_000));
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final Synthesis synthesis = TestSynthesis.of(TEXT, SpeechOptions.none(), time);

    private static FakeBackend backend(Behaviour behaviour) {
        return FakeBackend.builder("fake").behaviour(behaviour).build();
    }

    private AudioSource stream(Behaviour behaviour) {
        return backend(behaviour).stream(synthesis);
    }

    private static <T> Running<T> start(Callable<T> action) {
        return Running.start("a call of the fake", Monitor.PATIENCE, action);
    }

    private static byte[] firstBytes(int count) {
        return Arrays.copyOf(AUDIO, count);
    }

    @Test
    void fail_category_failsBeforeAnyAudio() {
        FakeBackend backend = backend(Behaviour.fail(Category.OVERLOADED));

        assertThatThrownBy(() -> backend.stream(synthesis))
                .isInstanceOfSatisfying(TtsException.class, e -> {
                    assertThat(e.category()).isEqualTo(Category.OVERLOADED);
                    assertThat(e.requestId()).contains(synthesis.requestId());
                })
                .hasMessageContaining("told to fail");
        assertThat(backend.calls().get(0).state()).isEqualTo(FakeCall.State.FAILED);
        assertThat(backend.calls().get(0).isReleased()).isTrue();
    }

    @Test
    void fail_timeout_namesThePhase() {
        assertThatThrownBy(() -> stream(Behaviour.fail(Category.TIMEOUT)))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.timeoutPhase()).contains(TimeoutPhase.FIRST_AUDIO));
        AudioSource stalled = stream(Behaviour.speak().failAt(0, Category.TIMEOUT));
        assertThatThrownBy(stalled::read)
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.timeoutPhase()).contains(TimeoutPhase.STALL));
    }

    @Test
    void fail_exception_isThrownAsItIs() {
        var bug = new IllegalArgumentException("a bug in the backend");

        assertThatThrownBy(() -> stream(Behaviour.fail(bug))).isSameAs(bug);
        assertThatThrownBy(stream(Behaviour.speak().failAt(0, bug))::read).isSameAs(bug);
    }

    @Test
    void noAudio_endsAtOnce() {
        assertThat(stream(Behaviour.noAudio()).read()).isNull();
    }

    @Test
    void after_delay_streamWaitsForTheClock() {
        Running<AudioSource> streaming = start(() -> stream(Behaviour.speak().after(SECOND)));
        time.awaitScheduled(1);

        time.advance(SECOND);

        assertThat(read(streaming.await())).isEqualTo(AUDIO);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void after_delay_failureWaitsForTheClockToo() {
        Running<AudioSource> streaming =
                start(() -> stream(Behaviour.fail(Category.UNAVAILABLE).after(SECOND)));
        time.awaitScheduled(1);

        time.advance(SECOND);

        assertFails(streaming::await, Category.UNAVAILABLE);
    }

    @Test
    void after_cancelledMeanwhile_endsTheWait() {
        FakeBackend backend = backend(Behaviour.speak().after(SECOND));
        Running<AudioSource> streaming = start(() -> backend.stream(synthesis));
        time.awaitScheduled(1);

        synthesis.cancellation().cancel();

        assertFails(streaming::await, Category.CANCELLED);
        assertThat(time.scheduled()).isZero();
        assertThat(backend.calls().get(0).state()).isEqualTo(FakeCall.State.CANCELLED);
    }

    @Test
    void after_interruptedMeanwhile_isCancelledAndKeepsTheFlag() {
        Running<Boolean> streaming = start(() -> {
            assertFails(() -> stream(Behaviour.speak().after(SECOND)), Category.CANCELLED);
            return Thread.currentThread().isInterrupted();
        });
        time.awaitScheduled(1);

        streaming.thread().interrupt();

        assertThat(streaming.await()).isTrue();
    }

    @Test
    void hang_backendClosed_isClosed() {
        FakeBackend backend = backend(Behaviour.hang());
        Running<AudioSource> streaming = start(() -> backend.stream(synthesis));
        backend.awaitCalls(1);

        backend.close();

        assertFails(streaming::await, Category.CLOSED);
    }

    @Test
    void chunks_size_isTheMost() {
        AudioSource source = stream(Behaviour.speak().chunks(1_000));

        AudioChunk first = source.read();

        assertThat(first).isNotNull().extracting(AudioChunk::size).isEqualTo(1_000);
        assertThat(read(source)).isEqualTo(Arrays.copyOfRange(AUDIO, 1_000, AUDIO.length));
    }

    @Test
    void chunks_oddSize_neverSplitsASample() {
        assertThat(stream(Behaviour.speak().chunks(7)).read())
                .extracting(AudioChunk::size)
                .isEqualTo(6);
        assertThat(stream(Behaviour.speak().chunks(1)).read())
                .extracting(AudioChunk::size)
                .isEqualTo(2);
    }

    @Test
    void stallAt_position_waitsUntilClosed() {
        FakeBackend backend = backend(Behaviour.speak().stallAt(2_001));
        AudioSource source = backend.stream(synthesis);
        Running<byte[]> reading = start(() -> read(source));

        assertThat(reading.endsWithin(Duration.ofMillis(20))).isFalse();
        source.close();

        assertFails(reading::await, Category.CANCELLED);
        assertThat(backend.calls().get(0).bytesRead()).isEqualTo(2_000);
    }

    @Test
    void stallAt_beyondTheEnd_stallsAtTheEnd() {
        FakeBackend backend = backend(Behaviour.speak().stallAt(1_000_000));
        AudioSource source = backend.stream(synthesis);
        Running<byte[]> reading = start(() -> read(source));

        assertThat(reading.endsWithin(Duration.ofMillis(20))).isFalse();
        backend.close();

        assertFails(reading::await, Category.CLOSED);
        assertThat(backend.calls().get(0).bytesRead()).isEqualTo(AUDIO.length);
    }

    @Test
    void failAt_position_failsBehindTheAudioBeforeIt() {
        FakeBackend backend = backend(Behaviour.speak().failAt(1_500, Category.CONNECTION));
        AudioSource source = backend.stream(synthesis);

        assertFails(() -> read(source), Category.CONNECTION);

        FakeCall call = backend.calls().get(0);
        assertThat(call.bytesRead()).isEqualTo(1_500);
        assertThat(call.state()).isEqualTo(FakeCall.State.FAILED);
        assertThat(call.isReleased()).isFalse();
    }

    @Test
    void truncateAt_position_endsThere() {
        assertThat(read(stream(Behaviour.speak().truncateAt(1_500)))).isEqualTo(firstBytes(1_500));
    }

    @Test
    void endless_saysTheTextOverAndOver() {
        AudioSource source = stream(Behaviour.speak().endless().failAt(3L * AUDIO.length + 100, Category.TRUNCATED));
        var heard = new ByteArrayOutputStream();
        while (heard.size() < 3 * AUDIO.length + 100) {
            heard.writeBytes(ConformanceHooks.copy(Objects.requireNonNull(source.read())));
        }

        byte[] expected = new byte[heard.size()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = AUDIO[i % AUDIO.length];
        }
        assertThat(heard.toByteArray()).isEqualTo(expected);
        assertFails(source::read, Category.TRUNCATED);
    }

    @Test
    void endless_nothingElse_goesOn() {
        AudioSource source = stream(Behaviour.speak().endless());

        for (int i = 0; i < 100; i++) {
            assertThat(source.read()).isNotNull();
        }
    }

    @Test
    void ignoringCancellation_cancelledAndClosed_speaksOn() {
        synthesis.cancellation().cancel();

        AudioSource source = stream(Behaviour.speak().ignoringCancellation());
        source.close();

        assertThat(read(source)).isEqualTo(AUDIO);
    }

    @Test
    void ignoringCancellation_interruptedWhileItWaits_waitsOnAndKeepsTheFlag() {
        FakeBackend backend = backend(Behaviour.hang().ignoringCancellation());
        Running<Boolean> streaming = start(() -> {
            assertFails(() -> backend.stream(synthesis), Category.CLOSED);
            return Thread.currentThread().isInterrupted();
        });
        backend.awaitCalls(1);

        streaming.thread().interrupt();
        synthesis.cancellation().cancel();
        assertThat(streaming.endsWithin(Duration.ofMillis(20))).isFalse();
        backend.close();

        assertThat(streaming.await()).isTrue();
    }

    @Test
    void arguments_outOfRange_areRefused() {
        assertThatThrownBy(() -> Behaviour.speak().after(SECOND.negated()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("delay: PT-1S, allowed zero or more");
        assertThatThrownBy(() -> Behaviour.speak().chunks(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bytes: 0, allowed at least 1");
        assertThatThrownBy(() -> Behaviour.speak().stallAt(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("position: -1, allowed at least 0");
    }

    @Test
    void methods_giveCopies() {
        Behaviour plain = Behaviour.speak();

        plain.truncateAt(100);

        assertThat(read(stream(plain))).isEqualTo(AUDIO);
    }
}
