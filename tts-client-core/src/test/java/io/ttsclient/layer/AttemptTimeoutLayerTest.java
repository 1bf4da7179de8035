// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.doubles.Requests;
import io.ttsclient.doubles.ScriptedBackend;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.FakeCall;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class AttemptTimeoutLayerTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);
    private static final Duration FIRST_AUDIO = Duration.ofSeconds(3);
    private static final Duration STALL = Duration.ofSeconds(2);
    private static final Duration NANO = Duration.ofNanos(1);

    private final VirtualTime time = new VirtualTime();
    private final Requests requests = new Requests(time);
    private final FakeBackend fake = FakeBackend.create();
    private final AttemptTimeoutLayer layer = new AttemptTimeoutLayer(fake, new AttemptTimeouts(FIRST_AUDIO, STALL));
    private final ScriptedSource source = new ScriptedSource(FORMAT);
    private final AttemptTimeoutLayer aroundSource = new AttemptTimeoutLayer(
            new ScriptedBackend(FORMAT, synthesis -> source), new AttemptTimeouts(FIRST_AUDIO, STALL));

    private CompletableFuture<AudioSource> call() {
        return Requests.async(() -> layer.stream(requests.synthesis()));
    }

    private void assertNothingLeft() {
        assertThat(time.scheduled()).isZero();
        assertThat(requests.caller()).hasToString("Cancellation[0 actions]");
    }

    private static void assertTimeout(TtsException e, TimeoutPhase phase) {
        assertThat(e.category()).isEqualTo(Category.TIMEOUT);
        assertThat(e.timeoutPhase()).contains(phase);
        assertThat(e.retryable()).isTrue();
        assertThat(e.requestId()).contains("r-1");
        assertThat(e.backend()).contains("fake");
        assertThat(e).hasCauseInstanceOf(TtsException.class);
    }

    @Test
    void stream_speaks_passesAllAudioAndLeavesNothing() {
        fake.always(Behaviour.speak().chunks(640));

        int bytes = Requests.drain(layer.stream(requests.synthesis()));

        assertThat(bytes).isEqualTo(FakeBackend.audioOf("Hello there", FORMAT).length);
        assertThat(fake.calls()).extracting(FakeCall::state).containsExactly(FakeCall.State.ENDED);
        assertThat(fake.calls()).allMatch(FakeCall::isReleased);
        assertNothingLeft();
    }

    @Test
    void stream_silentUntilItsTime_isATimeoutOfTheFirstAudio() {
        fake.always(Behaviour.hang());
        CompletableFuture<AudioSource> spoken = call();
        fake.awaitCalls(1);
        time.awaitScheduled(1);

        time.advance(FIRST_AUDIO.minus(NANO));
        assertThat(time.scheduled()).isOne();
        time.advance(NANO);

        TtsException e = Requests.failure(spoken);
        assertTimeout(e, TimeoutPhase.FIRST_AUDIO);
        assertThat(e).hasMessageContaining("no audio came within PT3S");
        assertThat(fake.calls()).extracting(FakeCall::state).containsExactly(FakeCall.State.CANCELLED);
        assertNothingLeft();
    }

    @Test
    void stream_firstAudioJustInTime_speaks() {
        fake.always(Behaviour.speak().after(FIRST_AUDIO.minus(NANO)));
        CompletableFuture<AudioSource> spoken = call();
        time.awaitScheduled(2);

        time.advance(FIRST_AUDIO.minus(NANO));

        assertThat(Requests.drain(Requests.get(spoken))).isPositive();
        assertNothingLeft();
    }

    @Test
    void stream_backendReturnsBeforeItsAudio_isStillBounded() {
        fake.always(Behaviour.speak().stallAt(0));
        CompletableFuture<AudioSource> spoken = call();
        fake.awaitCalls(1);
        time.awaitScheduled(1);

        time.advance(FIRST_AUDIO);

        assertTimeout(Requests.failure(spoken), TimeoutPhase.FIRST_AUDIO);
        assertThat(fake.calls()).allMatch(FakeCall::isReleased);
        assertNothingLeft();
    }

    @Test
    void stream_answerWithoutAudio_isNoAudio() {
        fake.always(Behaviour.noAudio());

        TtsException e = catchThrowableOfType(TtsException.class, () -> layer.stream(requests.synthesis()));

        assertThat(e.category()).isEqualTo(Category.NO_AUDIO);
        assertThat(fake.calls()).allMatch(FakeCall::isReleased);
        assertNothingLeft();
    }

    @Test
    void stream_failsBefore_passesTheFailure() {
        fake.always(Behaviour.fail(Category.AUTHENTICATION));

        TtsException e = catchThrowableOfType(TtsException.class, () -> layer.stream(requests.synthesis()));

        assertThat(e.category()).isEqualTo(Category.AUTHENTICATION);
        assertNothingLeft();
    }

    @Test
    void stream_bugInTheBackend_leavesNothing() {
        var bug = new IllegalStateException("a bug");
        fake.always(Behaviour.fail(bug));
        assertThatThrownBy(() -> layer.stream(requests.synthesis())).isSameAs(bug);

        fake.always(Behaviour.speak().failAt(0, bug));
        assertThatThrownBy(() -> layer.stream(requests.synthesis())).isSameAs(bug);

        assertThat(fake.calls()).allMatch(FakeCall::isReleased);
        assertNothingLeft();
    }

    @Test
    void stream_callerLeaves_isCancelledAndNoTimeout() {
        fake.always(Behaviour.hang());
        CompletableFuture<AudioSource> spoken = call();
        fake.awaitCalls(1);
        time.awaitScheduled(1);

        requests.caller().cancel();

        assertThat(Requests.failure(spoken).category()).isEqualTo(Category.CANCELLED);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void stream_callerLeavesAtTheSameMoment_isCancelled() {
        fake.always(Behaviour.hang());
        time.schedule(FIRST_AUDIO, requests.caller()::cancel);
        CompletableFuture<AudioSource> spoken = call();
        fake.awaitCalls(1);
        time.awaitScheduled(2);

        time.advance(FIRST_AUDIO);

        assertThat(Requests.failure(spoken).category()).isEqualTo(Category.CANCELLED);
    }

    @Test
    void stream_timeIsOverWhileTheFirstChunkArrives_isATimeout() {
        source.then(() -> time.advance(FIRST_AUDIO)).gives(1, 2);

        TtsException e = catchThrowableOfType(TtsException.class, () -> aroundSource.stream(requests.synthesis()));

        assertThat(e.timeoutPhase()).contains(TimeoutPhase.FIRST_AUDIO);
        assertThat(source.isClosed()).isTrue();
        assertNothingLeft();
    }

    @Test
    void stream_clockIsClosed_leavesNothing() {
        time.close();

        assertThatThrownBy(() -> layer.stream(requests.synthesis())).isInstanceOf(RejectedExecutionException.class);
        assertThat(fake.calls()).isEmpty();
        assertNothingLeft();
    }

    @Test
    void read_silentInTheMiddle_isAStall() {
        fake.always(Behaviour.speak().chunks(320).stallAt(640));
        AudioSource audio = layer.stream(requests.synthesis());
        assertThat(audio.read()).isNotNull();
        assertThat(audio.read()).isNotNull();
        time.advance(Duration.ofHours(1)); // the reader took its time
        CompletableFuture<AudioChunk> third = Requests.async(audio::read);
        time.awaitScheduled(1);

        time.advance(STALL.minus(NANO));
        assertThat(time.scheduled()).isOne();
        assertThat(third).isNotDone();
        time.advance(NANO);

        TtsException e = Requests.failure(third);
        assertTimeout(e, TimeoutPhase.STALL);
        assertThat(e).hasMessageContaining("no more audio came within PT2S");
        assertThat(fake.calls()).allMatch(FakeCall::isReleased);
        assertNothingLeft();
    }

    @Test
    void read_timerSetByAnEarlierRead_givesTheCurrentOneItsWholeTime() {
        source.gives(1, 2).gives(3, 4).blocks();
        AudioSource audio = aroundSource.stream(requests.synthesis());
        audio.read();
        audio.read(); // sets the timer
        time.advance(Duration.ofMillis(1_500));
        CompletableFuture<AudioChunk> third = Requests.async(audio::read);
        source.awaitBlocked();

        time.advance(Duration.ofMillis(500)); // the old timer comes due
        assertThat(third).isNotDone();
        assertThat(time.untilNext()).contains(Duration.ofMillis(1_500));
        time.advance(Duration.ofMillis(1_500).minus(NANO));
        assertThat(third).isNotDone();
        time.advance(NANO);

        assertThat(Requests.failure(third).timeoutPhase()).contains(TimeoutPhase.STALL);
        assertNothingLeft();
    }

    @Test
    void read_readerIsSlow_isNoStallAndKeepsNoTimer() {
        source.gives(1, 2).gives(3, 4).gives(5, 6).gives(7, 8);
        AudioSource audio = aroundSource.stream(requests.synthesis());
        audio.read();
        audio.read();

        time.advance(Duration.ofDays(1));
        assertThat(time.scheduled()).isZero();
        assertThat(audio.read()).isNotNull();
        time.advance(Duration.ofDays(1));
        assertThat(audio.read()).isNotNull();
        assertThat(audio.read()).isNull();

        assertNothingLeft();
    }

    @Test
    void read_manyQuickReads_setOneTimer() {
        for (int i = 0; i < 50; i++) {
            source.gives(1, 2);
        }
        AudioSource audio = aroundSource.stream(requests.synthesis());
        for (int i = 0; i < 50; i++) {
            audio.read();
            assertThat(time.scheduled()).isLessThanOrEqualTo(1);
        }

        audio.close();

        assertNothingLeft();
    }

    @Test
    void read_chunkArrivesAsTheTimeIsOver_isStillDeliveredAndTheNextReadFails() {
        source.gives(1, 2)
                .gives(3, 4)
                .then(() -> time.advance(STALL))
                .gives(5, 6)
                .gives(7, 8);
        AudioSource audio = aroundSource.stream(requests.synthesis());
        audio.read();
        audio.read();

        TtsException e = catchThrowableOfType(TtsException.class, () -> {
            audio.read();
            audio.read();
        });

        assertThat(e.timeoutPhase()).contains(TimeoutPhase.STALL);
        assertNothingLeft();
    }

    @Test
    void read_clockIsClosed_readsUnwatched() {
        source.gives(1, 2).gives(3, 4);
        AudioSource audio = aroundSource.stream(requests.synthesis());
        audio.read();
        time.close();

        assertThat(audio.read()).isNotNull();
        assertThat(audio.read()).isNull();
    }

    @Test
    void read_failureOfTheBackend_passes() {
        fake.always(Behaviour.speak().chunks(320).failAt(320, Category.TRUNCATED));
        AudioSource audio = layer.stream(requests.synthesis());
        audio.read();

        TtsException e = catchThrowableOfType(TtsException.class, audio::read);

        assertThat(e.category()).isEqualTo(Category.TRUNCATED);
        audio.close();
        assertNothingLeft();
    }

    @Test
    void read_callerLeavesInAStall_isCancelled() {
        fake.always(Behaviour.speak().chunks(320).stallAt(320));
        AudioSource audio = layer.stream(requests.synthesis());
        audio.read();
        CompletableFuture<AudioChunk> second = Requests.async(audio::read);
        time.awaitScheduled(1);

        requests.caller().cancel();

        assertThat(Requests.failure(second).category()).isEqualTo(Category.CANCELLED);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void close_whileAReadWaits_endsItAsCancelled() {
        fake.always(Behaviour.speak().chunks(320).stallAt(320));
        AudioSource audio = layer.stream(requests.synthesis());
        audio.read();
        CompletableFuture<AudioChunk> second = Requests.async(audio::read);
        time.awaitScheduled(1);

        audio.close();

        assertThat(Requests.failure(second).category()).isEqualTo(Category.CANCELLED);
        assertNothingLeft();
    }

    @Test
    void close_beforeTheFirstRead_givesNoAudioAfterwards() {
        AudioSource audio = layer.stream(requests.synthesis());
        audio.close();
        audio.close();

        assertThat(catchThrowableOfType(TtsException.class, audio::read).category())
                .isEqualTo(Category.CANCELLED);
        assertNothingLeft();
    }

    @Test
    void timeouts_notPositive_sayFieldValueAndRange() {
        assertThatThrownBy(() -> new AttemptTimeouts(Duration.ZERO, STALL))
                .hasMessage("firstAudio: PT0S, allowed above zero");
        assertThatThrownBy(() -> new AttemptTimeouts(STALL, STALL.negated()))
                .hasMessage("stall: PT-2S, allowed above zero");
        assertThat(AttemptTimeouts.defaults().firstAudio()).isPositive();
    }
}
