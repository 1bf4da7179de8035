// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Cancellation;
import io.ttsclient.backend.Deadline;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.doubles.ScriptedBackend;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.FakeCall;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeadlineLayerTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final VirtualTime time = new VirtualTime();
    private final Cancellation caller = new Cancellation();
    private final FakeBackend fake = FakeBackend.create();
    private final ScriptedSource source = new ScriptedSource(FORMAT);

    // Below it stands the attempt layer in every client; here only an attempt is needed.
    private Synthesis synthesis(Deadline deadline) {
        Synthesis synthesis = Synthesis.builder(TextSource.of("Hello there"), "r-1", time)
                .deadline(deadline)
                .cancellation(caller)
                .build();
        return synthesis.withAttempt(synthesis.journal().attempt("fake"));
    }

    private Synthesis synthesis() {
        return synthesis(Deadline.after(TIMEOUT, time));
    }

    private DeadlineLayer aroundFake() {
        return new DeadlineLayer(fake);
    }

    private DeadlineLayer aroundSource() {
        return new DeadlineLayer(new ScriptedBackend(FORMAT, synthesis -> source));
    }

    private static void assertTimeout(TtsException e) {
        assertThat(e.category()).isEqualTo(Category.TIMEOUT);
        assertThat(e.timeoutPhase()).contains(TimeoutPhase.TOTAL);
        assertThat(e.requestId()).contains("r-1");
        assertThat(e).hasMessageContaining("did not end within its timeout of PT5S");
    }

    private void assertNothingLeft() {
        assertThat(time.scheduled()).isZero();
        assertThat(caller).hasToString("Cancellation[0 actions]");
    }

    @Test
    void stream_noDeadline_passesThrough() {
        assertThat(aroundSource().stream(synthesis(Deadline.none()))).isSameAs(source);
        assertNothingLeft();
    }

    @Test
    void stream_deadlinePassesBeforeTheFirstAudio_isATotalTimeout() throws Exception {
        fake.always(Behaviour.hang());
        CompletableFuture<TtsException> thrown = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(TtsException.class, () -> aroundFake().stream(synthesis())));
        time.awaitScheduled(1);
        fake.awaitCalls(1);

        time.advance(TIMEOUT);

        TtsException e = thrown.get(20, TimeUnit.SECONDS);
        assertTimeout(e);
        assertThat(e.getCause())
                .isInstanceOfSatisfying(
                        TtsException.class,
                        cause -> assertThat(cause.category()).isEqualTo(Category.CANCELLED));
        assertThat(fake.calls().get(0).state()).isEqualTo(FakeCall.State.CANCELLED);
        assertNothingLeft();
    }

    @Test
    void stream_oneNanosecondBeforeTheDeadline_isStillWaiting() throws Exception {
        fake.always(Behaviour.speak().after(TIMEOUT.minusNanos(1)));
        CompletableFuture<AudioSource> stream = CompletableFuture.supplyAsync(() -> aroundFake().stream(synthesis()));
        time.awaitScheduled(2);

        time.advance(TIMEOUT.minusNanos(1));

        try (AudioSource spoken = stream.get(20, TimeUnit.SECONDS)) {
            assertThat(spoken.read()).isNotNull();
        }
        assertNothingLeft();
    }

    @Test
    void stream_deadlineAlreadyPassed_failsWithoutAskingTheBackend() {
        Synthesis synthesis = synthesis();
        time.advance(TIMEOUT);

        assertTimeout(catchThrowableOfType(TtsException.class, () -> aroundFake().stream(synthesis)));

        assertThat(fake.calls()).isEmpty();
        assertNothingLeft();
    }

    @Test
    void read_deadlinePassesWhileItWaits_wakesItAsATimeout() throws Exception {
        source.gives(1, 2).blocks();
        AudioSource stream = aroundSource().stream(synthesis());
        assertThat(stream.read()).isNotNull();
        CompletableFuture<TtsException> thrown =
                CompletableFuture.supplyAsync(() -> catchThrowableOfType(TtsException.class, stream::read));
        source.awaitBlocked();

        time.advance(TIMEOUT);

        assertTimeout(thrown.get(20, TimeUnit.SECONDS));
        assertNothingLeft();
    }

    @Test
    void read_deadlinePassedWhileTheReaderWasAway_isATimeout() {
        source.gives(1, 2).gives(3, 4);
        AudioSource stream = aroundSource().stream(synthesis());
        assertThat(stream.read()).isNotNull();

        time.advance(TIMEOUT.plusSeconds(60));

        assertThat(source.isClosed()).as("the provider is not kept waiting").isTrue();
        assertTimeout(catchThrowableOfType(TtsException.class, stream::read));
        assertNothingLeft();
    }

    @Test
    void stream_deadlinePassesAsTheAudioArrives_closesTheSource() {
        source.gives(1, 2);
        var layer = new DeadlineLayer(new ScriptedBackend(FORMAT, synthesis -> {
            time.advance(TIMEOUT);
            return source;
        }));

        AudioSource stream = layer.stream(synthesis());

        assertThat(source.isClosed()).isTrue();
        assertTimeout(catchThrowableOfType(TtsException.class, stream::read));
        assertNothingLeft();
    }

    @Test
    void read_toTheEnd_takesTheTimerBack() {
        source.gives(1, 2);
        AudioSource stream = aroundSource().stream(synthesis());
        stream.read();
        assertThat(time.scheduled()).isEqualTo(1);

        assertThat(stream.read()).isNull();

        assertNothingLeft();
        time.advance(TIMEOUT);
        assertThat(source.isClosed()).isFalse();
    }

    @Test
    void close_early_takesTheTimerBackAndClosesTheSource() {
        source.gives(1, 2);

        aroundSource().stream(synthesis()).close();

        assertNothingLeft();
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void read_anotherFailure_isPassedOnAndTakesTheTimerBack() {
        TtsException failure = TtsException.builder(Category.TRUNCATED, "cut").build();
        source.fails(failure);
        AudioSource stream = aroundSource().stream(synthesis());

        assertThatThrownBy(stream::read).isSameAs(failure);

        assertNothingLeft();
    }

    @Test
    void stream_backendFails_isPassedOnAndTakesTheTimerBack() {
        fake.always(Behaviour.fail(Category.CONNECTION));

        assertThatThrownBy(() -> aroundFake().stream(synthesis()))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.CONNECTION));

        assertNothingLeft();
    }

    @Test
    void stream_backendHasABug_takesTheTimerBack() {
        var bug = new IllegalStateException("a bug");
        fake.always(Behaviour.fail(bug));

        assertThatThrownBy(() -> aroundFake().stream(synthesis())).isSameAs(bug);

        assertNothingLeft();
    }

    @Test
    void stream_clockIsClosed_leavesNothing() {
        time.close();

        assertThatThrownBy(() -> aroundFake().stream(synthesis())).isInstanceOf(RejectedExecutionException.class);

        assertThat(caller).hasToString("Cancellation[0 actions]");
        assertThat(fake.calls()).isEmpty();
    }

    @Test
    void stream_callerCancels_isNoTimeout() throws Exception {
        fake.always(Behaviour.hang());
        CompletableFuture<TtsException> thrown = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(TtsException.class, () -> aroundFake().stream(synthesis())));
        fake.awaitCalls(1);

        caller.cancel();

        assertThat(thrown.get(20, TimeUnit.SECONDS).category()).isEqualTo(Category.CANCELLED);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void read_callerCancelledBeforeTheDeadlinePassed_isNoTimeout() {
        source.gives(1, 2).gives(3, 4);
        AudioSource stream = aroundSource().stream(synthesis());
        stream.read();

        caller.cancel();
        time.advance(TIMEOUT);

        assertThatThrownBy(stream::read)
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.CANCELLED));
    }
}
