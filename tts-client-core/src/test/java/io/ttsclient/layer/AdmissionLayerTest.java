// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.doubles.Requests;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.Priority;
import io.ttsclient.speech.SpeechListener;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class AdmissionLayerTest {
    private static final Duration MAX_WAIT = Duration.ofSeconds(8);

    private final VirtualTime time = new VirtualTime();
    private final Requests requests = new Requests(time);
    private final FakeBackend fake = FakeBackend.create();

    private AdmissionLayer layer(AdmissionPolicy policy) {
        return new AdmissionLayer(fake, policy, time, SpeechListener.none());
    }

    private AdmissionLayer oneAtATime() {
        return layer(AdmissionPolicy.unlimited().withMaxConcurrent(1).withQueue(2, MAX_WAIT));
    }

    private AudioSource stream(AdmissionLayer layer) {
        return layer.stream(requests.synthesis());
    }

    private TtsException refused(AdmissionLayer layer) {
        return catchThrowableOfType(TtsException.class, () -> stream(layer));
    }

    /** Begins and waits in the queue; {@code waiting} wait then. */
    private CompletableFuture<AudioSource> queued(AdmissionLayer layer, Synthesis synthesis, int waiting) {
        CompletableFuture<AudioSource> future = Requests.async(() -> layer.stream(synthesis));
        time.awaitScheduled(waiting);
        return future;
    }

    private static void assertOwnLimit(TtsException e) {
        assertThat(e.category()).isEqualTo(Category.RATE_LIMIT);
        assertThat(e.origin()).isEqualTo(Origin.CLIENT);
        assertThat(e.retryable()).isFalse();
        assertThat(e.requestId()).contains("r-1");
    }

    private void assertNothingLeft() {
        assertThat(time.scheduled()).isZero();
        assertThat(requests.caller()).hasToString("Cancellation[0 actions]");
    }

    @Test
    void stream_noLimits_neverWaits() {
        AdmissionLayer layer = layer(AdmissionPolicy.unlimited());
        for (int i = 0; i < 100; i++) {
            stream(layer);
        }

        assertThat(fake.calls()).hasSize(100);
        assertThat(requests.synthesis().journal().report().queueWait()).isEmpty();
        assertNothingLeft();
    }

    @Test
    void stream_placeIsTaken_waitsUntilItsAudioEnds() {
        AdmissionLayer layer = oneAtATime();
        AudioSource first = stream(layer);
        Synthesis second = requests.synthesis();
        CompletableFuture<AudioSource> waiting = queued(layer, second, 1);
        time.advance(Duration.ofSeconds(3));
        assertThat(fake.calls()).hasSize(1);

        Requests.drain(first);

        try (AudioSource spoken = Requests.get(waiting)) {
            assertThat(spoken.read()).isNotNull();
        }
        second.attempt().spoke();
        assertThat(second.journal().report().queueWait()).contains(Duration.ofSeconds(3));
        stream(layer).close();
        assertNothingLeft();
    }

    @Test
    void stream_placeIsGivenBack_onceForEachWayToEnd() {
        AdmissionLayer layer =
                layer(AdmissionPolicy.unlimited().withMaxConcurrent(1).withQueue(0, Duration.ZERO));
        for (int i = 0; i < 3; i++) {
            AudioSource drained = stream(layer);
            assertOwnLimit(refused(layer));
            Requests.drain(drained); // ends, and is closed
            AudioSource closed = stream(layer);
            closed.close();
            closed.close();
            fake.enqueue(Behaviour.fail(Category.UNAVAILABLE));
            assertThat(refused(layer).category()).isEqualTo(Category.UNAVAILABLE);
            fake.enqueue(Behaviour.speak().chunks(320).failAt(320, Category.TRUNCATED));
            AudioSource failing = stream(layer);
            failing.read();
            assertThatThrownBy(failing::read).isInstanceOf(TtsException.class);
            failing.close();
            fake.enqueue(Behaviour.fail(new IllegalStateException("a bug")));
            assertThatThrownBy(() -> stream(layer)).isInstanceOf(IllegalStateException.class);
        }

        AudioSource last = stream(layer);
        assertOwnLimit(refused(layer)); // still one, not more
        last.close();
        assertNothingLeft();
    }

    @Test
    void stream_queueIsFull_isRefusedAtOnce() {
        AdmissionLayer layer = oneAtATime();
        AudioSource running = stream(layer);
        CompletableFuture<AudioSource> second = queued(layer, requests.synthesis(), 1);
        CompletableFuture<AudioSource> third = queued(layer, requests.synthesis(), 2);

        TtsException e = refused(layer);

        assertOwnLimit(e);
        assertThat(e.retryAfter()).isEmpty();
        assertThat(e).hasMessageContaining("maxConcurrent=1");
        running.close();
        Requests.get(second).close();
        Requests.get(third).close();
        assertNothingLeft();
    }

    @Test
    void stream_waitsTooLong_isRefused() {
        AdmissionLayer layer = oneAtATime();
        AudioSource running = stream(layer);
        CompletableFuture<AudioSource> second = queued(layer, requests.synthesis(), 1);

        time.advance(MAX_WAIT);

        TtsException e = Requests.failure(second);
        assertOwnLimit(e);
        assertThat(e).hasMessageContaining("no place became free within PT8S");
        running.close();
        stream(layer).close();
        assertNothingLeft();
    }

    @Test
    void stream_deadlinePassesInTheQueue_isATotalTimeout() {
        AdmissionLayer layer = oneAtATime();
        AudioSource running = stream(layer);
        CompletableFuture<AudioSource> second = queued(layer, requests.within(Duration.ofSeconds(2)), 1);

        time.advance(Duration.ofSeconds(2));

        TtsException e = Requests.failure(second);
        assertThat(e.category()).isEqualTo(Category.TIMEOUT);
        assertThat(e.timeoutPhase()).contains(TimeoutPhase.TOTAL);
        running.close();
        assertNothingLeft();
    }

    @Test
    void stream_callerLeavesTheQueue_isCancelledAndTheNextMovesUp() {
        AdmissionLayer layer = oneAtATime();
        AudioSource running = stream(layer);
        var other = new Requests(time);
        CompletableFuture<AudioSource> second = queued(layer, other.synthesis(), 1);
        CompletableFuture<AudioSource> third = queued(layer, requests.synthesis(), 2);

        other.caller().cancel();

        assertThat(Requests.failure(second).category()).isEqualTo(Category.CANCELLED);
        running.close();
        Requests.get(third).close();
        assertThat(fake.calls()).hasSize(2);
        assertNothingLeft();
    }

    @Test
    void stream_interruptedInTheQueue_isCancelledAndTheFlagStays() {
        AdmissionLayer layer = oneAtATime();
        AudioSource running = stream(layer);
        Thread.currentThread().interrupt();

        TtsException e = refused(layer);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(e.category()).isEqualTo(Category.CANCELLED);
        running.close();
        stream(layer).close();
        assertNothingLeft();
    }

    @Test
    void stream_interruptedAndGrantedAtOnce_givesThePlaceBack() {
        var policy = AdmissionPolicy.unlimited().withMaxConcurrent(1).withQueue(2, MAX_WAIT);
        AdmissionLayer layer = layer(policy);
        AudioSource running = stream(layer);
        var leaving = new Requests(time);
        leaving.caller().onCancel(running::close); // frees the place for whoever waits
        leaving.caller().cancel();
        Thread.currentThread().interrupt();

        TtsException e = catchThrowableOfType(
                TtsException.class, () -> layer.stream(leaving.synthesis()).close());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(e == null || e.category() == Category.CANCELLED).isTrue();
        stream(layer).close();
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void stream_closed_endsTheQueueAndLetsNobodyIn() {
        AdmissionLayer layer = oneAtATime();
        AudioSource running = stream(layer);
        CompletableFuture<AudioSource> second = queued(layer, requests.synthesis(), 1);

        layer.close();

        assertThat(Requests.failure(second).category()).isEqualTo(Category.CLOSED);
        assertThat(refused(layer).category()).isEqualTo(Category.CLOSED);
        assertThat(fake.isClosed()).isTrue();
        running.close();
        assertNothingLeft();
    }

    @Test
    void stream_requestsPerMinute_waitUntilTheMinuteIsOver() {
        AdmissionLayer layer =
                layer(AdmissionPolicy.unlimited().withRequestsPerMinute(2).withQueue(5, Duration.ofMinutes(2)));
        stream(layer).close();
        time.advance(Duration.ofSeconds(10));
        stream(layer).close();
        CompletableFuture<AudioSource> third = queued(layer, requests.synthesis(), 2);
        CompletableFuture<AudioSource> fourth = queued(layer, requests.synthesis(), 3);

        time.advance(Duration.ofSeconds(50));
        Requests.get(third).close();
        assertThat(fourth).isNotDone();
        time.advance(Duration.ofSeconds(10));
        Requests.get(fourth).close();

        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(70));
        assertNothingLeft();
    }

    @Test
    void stream_requestsPerDayUsedUp_isRefusedAtOnceWithTheTime() {
        AdmissionLayer layer =
                layer(AdmissionPolicy.unlimited().withRequestsPerDay(2).withQueue(5, MAX_WAIT));
        stream(layer).close();
        time.advance(Duration.ofHours(1));
        stream(layer).close();

        TtsException e = refused(layer);

        assertOwnLimit(e);
        assertThat(e.retryAfter()).contains(Duration.ofHours(23));
        time.advance(Duration.ofHours(23));
        stream(layer).close();
        assertNothingLeft();
    }

    @Test
    void stream_rateWouldTakeTooLong_isRefusedAtOnceWithTheTime() {
        AdmissionLayer layer =
                layer(AdmissionPolicy.unlimited().withRequestsPerMinute(1).withQueue(5, MAX_WAIT));
        stream(layer).close();
        time.advance(Duration.ofSeconds(20));

        TtsException e = refused(layer);

        assertOwnLimit(e);
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(40));
        assertNothingLeft();
    }

    @Test
    void stream_charactersPerMinute_countTheText() {
        AdmissionLayer layer =
                layer(AdmissionPolicy.unlimited().withCharactersPerMinute(20).withQueue(5, Duration.ZERO));
        stream(layer).close(); // 11 characters

        assertThat(refused(layer).retryAfter()).contains(Duration.ofMinutes(1));
        layer.stream(requests.attempted(requests.builder("Nine char"))).close();
        time.advance(Duration.ofMinutes(1));
        layer.stream(requests.attempted(requests.builder("a text above the limit of twenty")))
                .close();
        assertThat(fake.calls()).hasSize(3);
    }

    @Test
    void stream_fullQueueOfLesserPriority_makesRoomForALiveOne() {
        AdmissionLayer layer = oneAtATime();
        AudioSource running = stream(layer);
        var batch = SpeechOptions.builder().priority(Priority.BATCH).build();
        CompletableFuture<AudioSource> older = queued(layer, requests.synthesis(batch), 1);
        CompletableFuture<AudioSource> newer = queued(layer, requests.synthesis(batch), 2);

        CompletableFuture<AudioSource> live = Requests.async(() -> stream(layer));

        TtsException e = Requests.failure(newer);
        assertOwnLimit(e);
        assertThat(e).hasMessageContaining("a request of a higher priority came");
        time.awaitScheduled(2);
        assertOwnLimit(catchThrowableOfType(TtsException.class, () -> layer.stream(requests.synthesis(batch))));
        running.close();
        Requests.get(live).close();
        Requests.get(older).close();
        assertNothingLeft();
    }

    @Test
    void policy_outOfRange_saysFieldValueAndRange() {
        AdmissionPolicy policy = AdmissionPolicy.unlimited();
        assertThatThrownBy(() -> policy.withMaxConcurrent(0)).hasMessage("maxConcurrent: 0, allowed at least 1");
        assertThatThrownBy(() -> policy.withRequestsPerMinute(0))
                .hasMessage("requestsPerMinute: 0, allowed at least 1");
        assertThatThrownBy(() -> policy.withRequestsPerDay(0)).hasMessage("requestsPerDay: 0, allowed at least 1");
        assertThatThrownBy(() -> policy.withCharactersPerMinute(-1))
                .hasMessage("charactersPerMinute: -1, allowed at least 1");
        assertThatThrownBy(() -> policy.withQueue(-1, MAX_WAIT)).hasMessage("maxQueued: -1, allowed at least 0");
        assertThatThrownBy(() -> policy.withQueue(1_000_001, MAX_WAIT)).hasMessageStartingWith("maxQueued: 1000001");
        assertThatThrownBy(() -> policy.withQueue(1, MAX_WAIT.negated())).hasMessageStartingWith("maxWait: PT-8S");
        assertThatThrownBy(() -> policy.withQueue(1, Duration.ofHours(2))).hasMessageStartingWith("maxWait: PT2H");
    }
}
