// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.backend.Health;
import io.ttsclient.doubles.RecordingListener;
import io.ttsclient.doubles.Requests;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.BreakerState;
import io.ttsclient.speech.SpeechListener.BreakerChanged;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakCheck.class)
class CircuitBreakerLayerTest {
    private static final Duration OPEN_FOR = Duration.ofSeconds(10);
    /** The breaker opens strictly after its time. */
    private static final Duration JUST_AFTER = OPEN_FOR.plusMillis(1);
    /** After this long nothing that ended before counts as lately. */
    private static final Duration LATELY = Duration.ofSeconds(2);

    private static final Set<Category> COUNTED = EnumSet.of(
            Category.CONNECTION,
            Category.UNAVAILABLE,
            Category.OVERLOADED,
            Category.TIMEOUT,
            Category.NO_AUDIO,
            Category.TRUNCATED,
            Category.PROTOCOL);

    private final VirtualTime time = new VirtualTime();
    private final Requests requests = new Requests(time);
    private final FakeBackend fake = FakeBackend.create();
    private final RecordingListener listener = new RecordingListener();
    private final PassiveHealth health = new PassiveHealth("fake");

    private CircuitBreakerLayer layer(BreakerPolicy policy) {
        return new CircuitBreakerLayer(fake, policy, time, listener, health);
    }

    /** Opens at 2 failures of 4. */
    private CircuitBreakerLayer layer() {
        return layer(new BreakerPolicy(50, 4, 2, OPEN_FOR, 1));
    }

    private void speak(CircuitBreakerLayer layer) {
        layer.stream(requests.synthesis()).close();
    }

    private TtsException refused(CircuitBreakerLayer layer) {
        return catchThrowableOfType(TtsException.class, () -> layer.stream(requests.synthesis()));
    }

    private void fail(CircuitBreakerLayer layer, int times) {
        for (int i = 0; i < times; i++) {
            fake.enqueue(Behaviour.fail(Category.UNAVAILABLE));
            assertThat(refused(layer).category()).isEqualTo(Category.UNAVAILABLE);
        }
    }

    private CircuitBreakerLayer opened() {
        CircuitBreakerLayer layer = layer();
        fail(layer, 2);
        assertThat(state()).isEqualTo(BreakerState.OPEN);
        return layer;
    }

    private CircuitBreakerLayer readyToProbe() {
        CircuitBreakerLayer layer = opened();
        time.advance(JUST_AFTER);
        return layer;
    }

    private BreakerState state() {
        return health.health().breaker().orElseThrow();
    }

    private List<String> changes() {
        return listener.events(BreakerChanged.class).stream()
                .map(event -> event.backend() + " " + event.from() + " " + event.to())
                .toList();
    }

    @Test
    void stream_enoughFailures_opensAndAsksNoMore() {
        CircuitBreakerLayer layer = opened();

        TtsException e = refused(layer);

        assertThat(e.category()).isEqualTo(Category.CIRCUIT_OPEN);
        assertThat(e.origin()).isEqualTo(Origin.CLIENT);
        assertThat(e.retryable()).isFalse();
        assertThat(e.requestId()).contains("r-1");
        assertThat(e.retryAfter()).contains(JUST_AFTER);
        assertThat(fake.calls()).hasSize(2);
        assertThat(changes()).containsExactly("fake CLOSED OPEN");
        assertThat(time.scheduled()).isZero();
    }

    /** Otherwise an instance that gets no requests while it is down would be so for ever. */
    @Test
    void health_open_isDownUntilARequestMaySee() {
        opened();
        time.advance(OPEN_FOR);
        assertThat(health.health().status()).isEqualTo(Health.Status.DOWN);

        time.advance(JUST_AFTER.minus(OPEN_FOR));

        assertThat(health.health().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(health.health().breaker()).contains(BreakerState.OPEN);
    }

    @Test
    void stream_open_retryAfterShrinks() {
        CircuitBreakerLayer layer = opened();
        time.advance(Duration.ofSeconds(4));

        assertThat(refused(layer).retryAfter()).contains(JUST_AFTER.minusSeconds(4));
    }

    @Test
    void stream_openUntilItsTime_isOpenToTheEnd() {
        CircuitBreakerLayer layer = opened();
        time.advance(OPEN_FOR);

        assertThat(refused(layer).category()).isEqualTo(Category.CIRCUIT_OPEN);
        assertThat(state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void stream_belowTheRate_staysClosed() {
        CircuitBreakerLayer layer = layer(new BreakerPolicy(60, 4, 4, OPEN_FOR, 1));
        speak(layer);
        speak(layer);
        fail(layer, 2);

        speak(layer);

        assertThat(state()).isEqualTo(BreakerState.CLOSED);
        assertThat(listener.events()).isEmpty();
    }

    @Test
    void stream_belowTheMinimum_staysClosed() {
        CircuitBreakerLayer layer = layer(new BreakerPolicy(50, 4, 4, OPEN_FOR, 1));

        fail(layer, 3);

        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void stream_probeSpeaks_closes() {
        CircuitBreakerLayer layer = readyToProbe();

        speak(layer);

        assertThat(changes()).containsExactly("fake CLOSED OPEN", "fake OPEN HALF_OPEN", "fake HALF_OPEN CLOSED");
        speak(layer);
        assertThat(fake.calls()).hasSize(4);
    }

    @Test
    void stream_probeFails_opensAgainForAsLong() {
        CircuitBreakerLayer layer = readyToProbe();

        fail(layer, 1);

        assertThat(state()).isEqualTo(BreakerState.OPEN);
        assertThat(refused(layer).retryAfter()).contains(JUST_AFTER);
    }

    @Test
    void stream_probeUnderWay_othersAreRefusedWithoutATime() {
        CircuitBreakerLayer layer = readyToProbe();
        fake.enqueue(Behaviour.speak().after(Duration.ofSeconds(1)));
        CompletableFuture<AudioSource> probe = Requests.async(() -> layer.stream(requests.synthesis()));
        time.awaitScheduled(1);

        TtsException e = refused(layer);

        assertThat(e.category()).isEqualTo(Category.CIRCUIT_OPEN);
        assertThat(e.retryAfter()).isEmpty();
        time.advance(Duration.ofSeconds(1));
        Requests.get(probe).close();
        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void stream_probeIsNeverRead_isSettledAllTheSame() {
        CircuitBreakerLayer layer = readyToProbe();

        AudioSource neverRead = layer.stream(requests.synthesis());

        assertThat(state()).isEqualTo(BreakerState.CLOSED);
        neverRead.close();
        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void stream_severalProbes_allHaveTheirSay() {
        CircuitBreakerLayer layer = layer(new BreakerPolicy(50, 4, 3, OPEN_FOR, 3));
        fail(layer, 3);
        time.advance(JUST_AFTER);

        speak(layer);
        fail(layer, 1);
        assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
        speak(layer);

        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void stream_moreProbesThanTheMinimum_theMinimumDecides() {
        CircuitBreakerLayer layer = layer(new BreakerPolicy(50, 4, 2, OPEN_FOR, 3));
        fail(layer, 2);
        time.advance(JUST_AFTER);

        speak(layer);
        assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
        speak(layer);

        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void stream_everyCategory_countsAsTheTableSays(Category category) {
        CircuitBreakerLayer layer = layer();
        for (int i = 0; i < 4; i++) {
            fake.enqueue(Behaviour.fail(category));
            refused(layer);
        }

        assertThat(state()).isEqualTo(COUNTED.contains(category) ? BreakerState.OPEN : BreakerState.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(TimeoutPhase.class)
    void stream_timeouts_countUnlessTheyAreTheCallersOwn(TimeoutPhase phase) {
        CircuitBreakerLayer layer = layer();
        fake.always(Behaviour.fail(TtsException.builder(Category.TIMEOUT, "late")
                .timeoutPhase(phase)
                .build()));
        refused(layer);
        refused(layer);

        boolean counts = phase != TimeoutPhase.TOTAL && phase != TimeoutPhase.CLOSE;
        assertThat(state()).isEqualTo(counts ? BreakerState.OPEN : BreakerState.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void stream_probeEndsInAnyCategory_leavesRoomForTheNextOne(Category category) {
        CircuitBreakerLayer layer = readyToProbe();
        fake.enqueue(Behaviour.fail(category));
        refused(layer);

        if (COUNTED.contains(category)) {
            time.advance(JUST_AFTER);
        }
        speak(layer);

        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void stream_callerLeavesTheProbe_givesItsPermitBack() {
        CircuitBreakerLayer layer = readyToProbe();
        fake.enqueue(Behaviour.hang());
        CompletableFuture<AudioSource> probe = Requests.async(() -> layer.stream(requests.synthesis()));
        fake.awaitCalls(3);
        assertThat(refused(layer).category()).isEqualTo(Category.CIRCUIT_OPEN);

        requests.caller().cancel();

        assertThat(Requests.failure(probe).category()).isEqualTo(Category.CANCELLED);
        assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
        layer.stream(new Requests(time).synthesis()).close();
        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void stream_probeWithoutAnswerForAsLongAsItWasOpen_makesRoomForAnother() {
        CircuitBreakerLayer layer = readyToProbe();
        fake.enqueue(Behaviour.hang()); // as does a turn whose writer is silent
        CompletableFuture<AudioSource> probe = Requests.async(() -> layer.stream(requests.synthesis()));
        fake.awaitCalls(3);
        time.advance(OPEN_FOR.minusMillis(1));
        assertThat(refused(layer).category()).isEqualTo(Category.CIRCUIT_OPEN);
        time.advance(Duration.ofMillis(1));

        speak(layer);

        assertThat(state()).isEqualTo(BreakerState.CLOSED);
        requests.caller().cancel();
        assertThat(Requests.failure(probe).category()).isEqualTo(Category.CANCELLED);
        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void stream_probeFailsAfterItMadeRoom_doesNotSpeakForTheOther() {
        CircuitBreakerLayer layer = readyToProbe();
        fake.enqueue(Behaviour.fail(Category.CONNECTION).after(OPEN_FOR.plusSeconds(2)));
        CompletableFuture<AudioSource> late = Requests.async(() -> layer.stream(requests.synthesis()));
        time.awaitScheduled(1);
        time.advance(OPEN_FOR);

        assertFailureLeavesTheProbeAlone(late, layer);
    }

    @Test
    void stream_bugInTheBackend_countsAndPasses() {
        CircuitBreakerLayer layer = layer();
        var bug = new IllegalStateException("a bug");
        fake.always(Behaviour.fail(bug));

        assertThatThrownBy(() -> layer.stream(requests.synthesis())).isSameAs(bug);
        assertThatThrownBy(() -> layer.stream(requests.synthesis())).isSameAs(bug);

        assertThat(refused(layer).category()).isEqualTo(Category.CIRCUIT_OPEN);
    }

    @Test
    void stream_failureOfAnAttemptFromBeforeItOpened_doesNotSpeakForTheProbe() {
        CircuitBreakerLayer layer = layer();
        fake.enqueue(Behaviour.fail(Category.CONNECTION).after(JUST_AFTER.plusSeconds(2)));
        CompletableFuture<AudioSource> old = Requests.async(() -> layer.stream(requests.synthesis()));
        time.awaitScheduled(1);
        fail(layer, 2);
        time.advance(JUST_AFTER);

        assertFailureLeavesTheProbeAlone(old, layer);
    }

    /** Another attempt fails with {@code CONNECTION} in 2 s, while a probe, begun now, is under way. */
    private void assertFailureLeavesTheProbeAlone(CompletableFuture<AudioSource> other, CircuitBreakerLayer layer) {
        fake.enqueue(Behaviour.speak().after(Duration.ofSeconds(6)));
        CompletableFuture<AudioSource> probe = Requests.async(() -> layer.stream(requests.synthesis()));
        time.awaitScheduled(2);

        time.advance(Duration.ofSeconds(2));

        assertThat(Requests.failure(other).category()).isEqualTo(Category.CONNECTION);
        assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
        assertThat(refused(layer).category()).isEqualTo(Category.CIRCUIT_OPEN);
        time.advance(Duration.ofSeconds(4));
        Requests.get(probe).close();
        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void stream_successOfAnAttemptFromBeforeItOpened_doesNotSpeakForTheProbe() {
        CircuitBreakerLayer layer = layer();
        fake.enqueue(Behaviour.speak().after(JUST_AFTER.plusSeconds(2)));
        CompletableFuture<AudioSource> old = Requests.async(() -> layer.stream(requests.synthesis()));
        time.awaitScheduled(1);
        fail(layer, 2);
        time.advance(JUST_AFTER);
        fake.enqueue(Behaviour.fail(Category.CONNECTION).after(Duration.ofSeconds(6)));
        CompletableFuture<AudioSource> probe = Requests.async(() -> layer.stream(requests.synthesis()));
        time.awaitScheduled(2);

        time.advance(Duration.ofSeconds(2));

        Requests.get(old).close();
        assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
        time.advance(Duration.ofSeconds(4));
        Requests.failure(probe);
        assertThat(state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void read_everyStreamBreaksOff_opensOnceHalfOfTheResultsAreFailures() {
        CircuitBreakerLayer layer = layer(new BreakerPolicy(50, 4, 4, OPEN_FOR, 1));
        fake.always(Behaviour.speak().chunks(320).failAt(320, Category.TRUNCATED));

        for (int i = 0; i < 2; i++) {
            assertThat(state()).isEqualTo(BreakerState.CLOSED);
            readToItsFailure(layer);
        }

        assertThat(state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void read_manyBreakOffAtOnceOfMoreThatGoOn_staysClosed() {
        CircuitBreakerLayer layer = layer(BreakerPolicy.defaults());
        List<AudioSource> cut = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            fake.enqueue(Behaviour.speak().chunks(320).failAt(320, Category.TRUNCATED));
            cut.add(layer.stream(requests.synthesis()));
        }
        for (int i = 0; i < 60; i++) {
            speak(layer);
        }

        cut.forEach(this::readToItsFailure);

        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void stream_allFailAmongManyThatSpokeJustNow_opensOnceThatWasLongAgo() {
        CircuitBreakerLayer layer = layer(new BreakerPolicy(50, 20, 5, OPEN_FOR, 1));
        for (int i = 0; i < 100; i++) {
            speak(layer);
        }
        fail(layer, 50);
        assertThat(state()).isEqualTo(BreakerState.CLOSED);

        time.advance(LATELY);
        fail(layer, 10);

        assertThat(state()).isEqualTo(BreakerState.OPEN);
    }

    private void readToItsFailure(CircuitBreakerLayer layer) {
        readToItsFailure(layer.stream(requests.synthesis()));
    }

    private void readToItsFailure(AudioSource opened) {
        try (AudioSource source = opened) {
            source.read();
            assertThatThrownBy(source::read).isInstanceOf(TtsException.class);
        }
    }

    @Test
    void read_bugInTheBackend_countsAndPasses() {
        CircuitBreakerLayer layer = layer(new BreakerPolicy(50, 4, 4, OPEN_FOR, 1));
        var bug = new IllegalStateException("a bug");
        fake.always(Behaviour.speak().chunks(320).failAt(320, bug));

        for (int i = 0; i < 2; i++) {
            try (AudioSource source = layer.stream(requests.synthesis())) {
                source.read();
                assertThatThrownBy(source::read).isSameAs(bug);
            }
        }

        assertThat(state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void read_breaksOffForTheCallersSake_doesNotCount() {
        CircuitBreakerLayer layer = layer();
        fake.always(Behaviour.speak().chunks(320).failAt(320, Category.CANCELLED));

        for (int i = 0; i < 6; i++) {
            readToItsFailure(layer);
        }

        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void read_breaksOffWhileOpen_changesNothing() {
        CircuitBreakerLayer layer = layer();
        fake.enqueue(Behaviour.speak().chunks(320).failAt(320, Category.TRUNCATED));
        fake.enqueue(Behaviour.speak().chunks(320).failAt(320, Category.TRUNCATED));
        List<AudioSource> running = new ArrayList<>();
        running.add(layer.stream(requests.synthesis()));
        running.add(layer.stream(requests.synthesis()));
        time.advance(LATELY);
        fail(layer, 2);
        assertThat(state()).isEqualTo(BreakerState.OPEN);
        time.advance(JUST_AFTER);

        running.forEach(this::readToItsFailure);

        assertThat(state()).isEqualTo(BreakerState.OPEN);
        speak(layer);
        assertThat(state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void close_early_isNoFailure() {
        CircuitBreakerLayer layer = layer();
        fake.always(Behaviour.speak().endless());

        for (int i = 0; i < 6; i++) {
            AudioSource source = layer.stream(requests.synthesis());
            source.read();
            source.close();
            source.close();
        }

        assertThat(state()).isEqualTo(BreakerState.CLOSED);
        assertThat(health.health().status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void stream_whole_measuresNoLatency() {
        layer().stream(requests.attempted(requests.builder("Hello").whole(true)))
                .close();

        assertThat(health.health().latency()).isEmpty();
        assertThat(health.health().status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void stream_firstAudio_measuresLatency() {
        fake.enqueue(Behaviour.speak().after(Duration.ofMillis(250)));
        CircuitBreakerLayer layer = layer();
        CompletableFuture<AudioSource> spoken = Requests.async(() -> layer.stream(requests.synthesis()));
        time.awaitScheduled(1);
        time.advance(Duration.ofMillis(250));
        Requests.get(spoken).close();

        assertThat(health.health().latency()).contains(Duration.ofMillis(250));
    }

    @Test
    void policy_outOfRange_saysFieldValueAndRange() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new BreakerPolicy(0, 4, 2, second, 1)).hasMessage("failureRate: 0, allowed 1 to 100");
        assertThatThrownBy(() -> new BreakerPolicy(50, 0, 2, second, 1)).hasMessage("window: 0, allowed 1 to 1000");
        assertThatThrownBy(() -> new BreakerPolicy(50, 4, 5, second, 1))
                .hasMessage("minimumAttempts: 5, allowed 1 to 4");
        assertThatThrownBy(() -> new BreakerPolicy(50, 4, 2, Duration.ZERO, 1)).hasMessageStartingWith("openFor: PT0S");
        assertThatThrownBy(() -> new BreakerPolicy(50, 4, 2, Duration.ofDays(2), 1))
                .hasMessageStartingWith("openFor: PT48H");
        assertThatThrownBy(() -> new BreakerPolicy(50, 4, 2, second, 0)).hasMessage("probes: 0, allowed 1 to 100");
        assertThat(BreakerPolicy.defaults().withOpenFor(second).openFor()).isEqualTo(second);
    }

    @Test
    void steadyClock_runsWithTheTimeSource() {
        var clock = new SteadyClock(time);
        time.advance(Duration.ofHours(3));

        assertThat(clock.instant()).isEqualTo(VirtualTime.START.plusSeconds(3 * 3600));
        assertThat(clock.getZone().getId()).isEqualTo("Z");
        assertThatThrownBy(() -> clock.withZone(clock.getZone())).isInstanceOf(UnsupportedOperationException.class);
    }
}
