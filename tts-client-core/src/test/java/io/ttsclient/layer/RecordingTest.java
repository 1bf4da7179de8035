// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.doubles.Requests;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.CacheResult;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.VirtualTime;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each arrow of {@link Recording}'s table, and what listeners hear meanwhile. */
@ExtendWith(LeakCheck.class)
class RecordingTest {
    private static final AudioChunk ONE = ScriptedSource.chunk(1, 1);
    private static final AudioChunk TWO = ScriptedSource.chunk(2, 2);
    private static final AudioChunk THREE = ScriptedSource.chunk(3, 3);

    private final Recording recording = new Recording(4);
    private final RecordingSource first = join("r-1");

    private RecordingSource join(String requestId) {
        return Objects.requireNonNull(recording.join(synthesis(requestId)));
    }

    private static Synthesis synthesis(String requestId) {
        return Synthesis.builder(TextSource.of("Hello"), requestId, new VirtualTime())
                .build();
    }

    private void begin() {
        assertThat(recording.begin()).isTrue();
        recording.opened(new ScriptedSource(AudioFormat.linear16(8_000)), "anna", CacheResult.MISS);
    }

    private void add(AudioChunk... chunks) throws InterruptedException {
        for (AudioChunk chunk : chunks) {
            assertThat(recording.add(chunk)).isTrue();
        }
    }

    private static TtsException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(TtsException.class, call);
    }

    @Test
    void decline_nobodyMakesIt_listenersAreToldAndTheNextOneIsNew() {
        recording.decline();

        assertThat(first.awaitAudio()).isFalse();
        assertThat(recording.begin()).isFalse();
        assertThat(recording.isOver()).isTrue();
        assertThat(recording.join(synthesis("r-2"))).isNull();
    }

    @Test
    void decline_begun_isTooLate() throws InterruptedException {
        begin();

        recording.decline();
        add(ONE);

        assertThat(first.awaitAudio()).isTrue();
    }

    @Test
    void add_whileSomebodyWaits_wakesHim() throws InterruptedException {
        begin();
        CompletableFuture<Boolean> waiting = Requests.async(first::awaitAudio);

        add(ONE);

        assertThat(Requests.get(waiting)).isTrue();
        assertThat(first.read()).isEqualTo(ONE);
    }

    @Test
    void complete_eachListener_hearsAllFromTheBeginning() throws InterruptedException {
        begin();
        add(ONE);
        assertThat(first.read()).isEqualTo(ONE);
        RecordingSource second = join("r-2");
        add(TWO);
        recording.complete();
        RecordingSource third = join("r-3");

        assertThat(first.read()).isEqualTo(TWO);
        assertThat(first.read()).isNull();
        for (RecordingSource late : new RecordingSource[] {second, third}) {
            assertThat(late.read()).isEqualTo(ONE);
            assertThat(late.read()).isEqualTo(TWO);
            assertThat(late.read()).isNull();
        }
        assertThat(recording.scope().isCancelled()).isFalse();
    }

    /** Adds one more chunk, on a thread of its own, and waits until the recording is too long. */
    private CompletableFuture<Boolean> addBeyondTheLimit(AudioChunk chunk) {
        CompletableFuture<Boolean> adding = Requests.async(() -> recording.add(chunk));
        while (recording.whole() != null) {
            Thread.onSpinWait();
        }
        return adding;
    }

    @Test
    void add_beyondTheLimit_waitsForTheLeaderAndTakesNobodyMore() throws Exception {
        begin();
        RecordingSource second = join("r-2");
        add(ONE, TWO);
        assertThat(second.read()).isEqualTo(ONE);
        assertThat(second.read()).isEqualTo(TWO);
        CompletableFuture<Boolean> adding = addBeyondTheLimit(THREE);

        assertThat(recording.join(synthesis("r-3"))).isNull();
        assertThat(recording.isOver()).isFalse();
        assertThat(adding).isNotDone();
        assertThat(first.read()).isEqualTo(ONE); // which makes room
        assertThat(Requests.get(adding)).isTrue();
        recording.complete();

        assertThat(recording.join(synthesis("r-4"))).isNull();
        assertThat(second.read()).isEqualTo(THREE);
        assertThat(second.read()).isNull();
        assertThat(first.read()).isEqualTo(TWO);
        assertThat(first.read()).isEqualTo(THREE);
        assertThat(first.read()).isNull();
    }

    @Test
    void add_beyondTheLimitWithALaggard_goesAtThePaceOfTheLeader() throws Exception {
        begin();
        RecordingSource laggard = join("r-2");
        RecordingSource close = join("r-3");
        add(ONE, TWO);
        assertThat(close.read()).isEqualTo(ONE);
        first.read();
        first.read();

        add(THREE); // does not wait

        TtsException e = failure(laggard::read);
        assertThat(e.category()).isEqualTo(Category.TRUNCATED);
        assertThat(e.origin()).isEqualTo(Origin.CLIENT);
        assertThat(e.requestId()).contains("r-2");
        assertThat(e.retryable()).isFalse();
        assertThat(first.read()).isEqualTo(THREE);
        assertThat(close.read()).isEqualTo(TWO);
        assertThat(close.read()).isEqualTo(THREE);
    }

    @Test
    void awaitAudio_wentOnWithoutTheListener_sendsItAway() throws InterruptedException {
        begin();
        RecordingSource laggard = join("r-2");
        add(ONE, TWO);
        first.read();
        add(THREE);

        assertThat(laggard.awaitAudio()).isFalse();
    }

    @Test
    void close_ofALaggard_isCancelledAsAnyOther() throws InterruptedException {
        begin();
        RecordingSource laggard = join("r-2");
        add(ONE, TWO);
        first.read();
        add(THREE);

        laggard.close();

        assertThat(failure(laggard::read).category()).isEqualTo(Category.CANCELLED);
    }

    @Test
    void leave_theLeaderBeyondTheLimit_theNextOneSetsThePace() throws Exception {
        begin();
        RecordingSource second = join("r-2");
        add(ONE, TWO);
        second.read();
        CompletableFuture<Boolean> adding = addBeyondTheLimit(THREE);

        first.close();

        assertThat(Requests.get(adding)).isTrue();
        assertThat(second.read()).isEqualTo(TWO);
        assertThat(second.read()).isEqualTo(THREE);
        assertThat(recording.scope().isCancelled()).isFalse();
    }

    @Test
    void leave_allButALaggardThatWasLeftBehind_endsIt() throws InterruptedException {
        begin();
        RecordingSource laggard = join("r-2");
        add(ONE, TWO);
        first.read();
        add(THREE);

        first.close();

        assertThat(recording.scope().isCancelled()).isTrue();
        assertThat(failure(laggard::read).category()).isEqualTo(Category.TRUNCATED);
        laggard.close();
    }

    @Test
    void leave_theLastWhileTheMakerWaitsForRoom_endsTheMaker() throws Exception {
        begin();
        add(ONE, TWO);
        CompletableFuture<Boolean> adding = addBeyondTheLimit(THREE);

        first.close();

        assertThat(Requests.get(adding)).isFalse();
        assertThat(recording.scope().isCancelled()).isTrue();
    }

    @Test
    void fail_beforeAudio_isEachListenersOwnFailure() {
        begin();
        RecordingSource second = join("r-2");
        TtsException reason = TtsException.builder(Category.UNAVAILABLE, "down")
                .requestId("r-1")
                .build();

        recording.fail(reason);

        assertThat(failure(first::awaitAudio)).isSameAs(reason);
        assertThat(failure(second::awaitAudio).requestId()).contains("r-2");
        assertThat(recording.isOver()).isTrue();
        assertThat(recording.saysNothingAboutOthers()).isFalse();
    }

    @Test
    void fail_nothingToSpeak_staysOfItsType() {
        begin();
        RecordingSource second = join("r-2");

        recording.fail(new NothingToSpeakException("text: nothing to pronounce"));

        assertThat(failure(second::awaitAudio)).isInstanceOf(NothingToSpeakException.class);
    }

    @Test
    void fail_inTheMiddle_comesAfterWhatThereIs() throws InterruptedException {
        begin();
        add(ONE);
        assertThat(first.awaitAudio()).isTrue();

        recording.fail(TtsException.builder(Category.TRUNCATED, "cut").build());

        assertThat(first.read()).isEqualTo(ONE);
        assertThat(failure(first::read).category()).isEqualTo(Category.TRUNCATED);
        assertThat(recording.join(synthesis("r-2"))).isNull();
    }

    @Test
    void fail_withABug_isTheBugForEverybody() {
        begin();
        var bug = new IllegalStateException("a bug");

        recording.fail(bug);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(first::awaitAudio))
                .isSameAs(bug);
    }

    @Test
    void fail_becauseTheTimeOfTheFirstIsOver_saysNothingAboutOthers() {
        begin();

        recording.fail(TtsException.builder(Category.TIMEOUT, "late")
                .timeoutPhase(TimeoutPhase.TOTAL)
                .build());

        assertThat(recording.saysNothingAboutOthers()).isTrue();
    }

    @Test
    void leave_oneOfTwo_theOtherHearsOn() throws InterruptedException {
        begin();
        RecordingSource second = join("r-2");
        add(ONE);

        first.close();
        add(TWO);

        assertThat(recording.scope().isCancelled()).isFalse();
        assertThat(second.read()).isEqualTo(ONE);
        assertThat(second.read()).isEqualTo(TWO);
        assertThat(failure(first::read).category()).isEqualTo(Category.CANCELLED);
    }

    @Test
    void leave_theLast_cancelsWhatMakesIt() throws InterruptedException {
        begin();
        RecordingSource second = join("r-2");
        add(ONE);

        first.close();
        second.close();

        assertThat(recording.scope().isCancelled()).isTrue();
        assertThat(recording.add(TWO)).isFalse();
        assertThat(recording.isOver()).isTrue();
    }

    @Test
    void leave_theLastWhileAnotherJoins_neverCancelsTheOther() throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            var shared = new Recording(4);
            RecordingSource leaving = Objects.requireNonNull(shared.join(synthesis("r-1")));
            assertThat(shared.begin()).isTrue();
            shared.opened(new ScriptedSource(AudioFormat.linear16(8_000)), "anna", CacheResult.MISS);
            assertThat(shared.add(ONE)).isTrue();
            var there = new AtomicInteger();
            CompletableFuture<Boolean> left = Requests.async(() -> {
                meet(there);
                leaving.close();
                return true;
            });

            meet(there);
            RecordingSource joined = shared.join(synthesis("r-2"));

            assertThat(Requests.get(left)).isTrue();
            assertThat(shared.add(TWO)).isEqualTo(joined != null);
        }
    }

    /** Goes on when both are there. */
    private static void meet(AtomicInteger there) {
        there.incrementAndGet();
        while (there.get() < 2) {
            Thread.onSpinWait();
        }
    }

    @Test
    void leave_beforeItBegins_nobodyMakesIt() {
        first.close();

        assertThat(recording.begin()).isFalse();
        assertThat(recording.isOver()).isTrue();
    }

    @Test
    void close_anotherThreadWaits_isWoken() throws InterruptedException {
        begin();
        add(ONE);
        join("r-2");
        first.read();
        CompletableFuture<AudioChunk> reading = Requests.async(first::read);

        first.close();

        assertThat(Requests.failure(reading).category()).isEqualTo(Category.CANCELLED);
        assertThat(recording.scope().isCancelled()).isFalse();
    }

    @Test
    void abandon_listenersAreCancelled() {
        begin();

        recording.abandon();

        assertThat(failure(first::awaitAudio).category()).isEqualTo(Category.CANCELLED);
        assertThat(recording.scope().isCancelled()).isTrue();
    }

    @Test
    void read_interrupted_isCancelledAndTheFlagStays() throws Exception {
        begin();
        add(ONE);
        first.read();
        CompletableFuture<Boolean> flag = Requests.async(() -> {
            Thread.currentThread().interrupt();
            assertThat(failure(first::read).category()).isEqualTo(Category.CANCELLED);
            return Thread.currentThread().isInterrupted();
        });

        assertThat(Requests.get(flag)).isTrue();
    }
}
