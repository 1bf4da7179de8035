// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.doubles.Requests;
import io.ttsclient.doubles.ScriptedBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechListener.RetryScheduled;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakCheck.class)
class RetryLayerTest {
    /** Draws the longest wait there is. */
    private static final class Longest implements RandomGenerator {
        @Override
        public long nextLong() {
            throw new AssertionError("only bounded numbers are wanted");
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    }

    private final VirtualTime time = new VirtualTime();
    private final Requests requests = new Requests(time);
    private final FakeBackend fake = FakeBackend.create();

    private RetryLayer layer(RetryPolicy policy) {
        return new RetryLayer(fake, policy, new Longest());
    }

    private RetryLayer layer() {
        return layer(RetryPolicy.defaults());
    }

    private CompletableFuture<AudioSource> call(RetryLayer layer) {
        return Requests.async(() -> layer.stream(requests.synthesis()));
    }

    private void passWait(Duration expected) {
        time.awaitScheduled(1);
        assertThat(time.untilNext()).contains(expected);
        time.advance(expected);
    }

    private static Behaviour rateLimit(Duration retryAfter) {
        return Behaviour.fail(TtsException.builder(Category.RATE_LIMIT, "slow down")
                .retryAfter(retryAfter)
                .build());
    }

    private void assertNothingLeft() {
        assertThat(time.scheduled()).isZero();
        assertThat(requests.caller()).hasToString("Cancellation[0 actions]");
    }

    @Test
    void stream_success_asksOnce() {
        try (AudioSource source = layer().stream(requests.synthesis())) {
            assertThat(source.read()).isNotNull();
        }

        assertThat(fake.calls()).hasSize(1);
        assertThat(requests.listener().events()).isEmpty();
        assertNothingLeft();
    }

    @Test
    void stream_failsTwiceThenSpeaks_waitsLongerEachTime() {
        fake.enqueue(Behaviour.fail(Category.CONNECTION));
        fake.enqueue(Behaviour.fail(Category.UNAVAILABLE));

        CompletableFuture<AudioSource> spoken = call(layer());
        passWait(Duration.ofMillis(100));
        passWait(Duration.ofMillis(200));

        assertThat(Requests.drain(Requests.get(spoken))).isPositive();
        assertThat(fake.calls()).hasSize(3);
        assertThat(requests.listener().events(RetryScheduled.class))
                .containsExactly(
                        new RetryScheduled("r-1", "fake", 1, Duration.ofMillis(100), Category.CONNECTION),
                        new RetryScheduled("r-1", "fake", 2, Duration.ofMillis(200), Category.UNAVAILABLE));
        assertNothingLeft();
    }

    @Test
    void stream_allAttemptsFail_lastFailureCarriesTheEarlierOnes() {
        fake.enqueue(Behaviour.fail(Category.CONNECTION));
        fake.enqueue(Behaviour.fail(Category.NO_AUDIO));
        fake.enqueue(Behaviour.fail(Category.OVERLOADED));

        CompletableFuture<AudioSource> spoken = call(layer());
        passWait(Duration.ofMillis(100));
        passWait(Duration.ofMillis(200));

        TtsException e = Requests.failure(spoken);
        assertThat(e.category()).isEqualTo(Category.OVERLOADED);
        assertThat(e.getSuppressed())
                .extracting(earlier -> ((TtsException) earlier).category())
                .containsExactly(Category.CONNECTION, Category.NO_AUDIO);
        assertThat(fake.calls()).hasSize(3);
        assertNothingLeft();
    }

    @Test
    void stream_manyAttempts_waitIsNeverAboveTheLongest() {
        fake.always(Behaviour.fail(Category.UNAVAILABLE));

        CompletableFuture<AudioSource> spoken =
                call(layer(RetryPolicy.defaults().withMaxAttempts(8)));
        for (int millis : new int[] {100, 200, 400, 800, 1600, 2000, 2000}) {
            passWait(Duration.ofMillis(millis));
        }

        assertThat(Requests.failure(spoken).getSuppressed()).hasSize(7);
    }

    @Test
    void stream_hugeDelays_doNotOverflow() {
        fake.always(Behaviour.fail(Category.UNAVAILABLE));
        var hour = Duration.ofHours(1);

        CompletableFuture<AudioSource> spoken = call(layer(new RetryPolicy(10, hour, hour, Duration.ZERO)));
        for (int i = 0; i < 9; i++) {
            passWait(hour);
        }

        Requests.failure(spoken);
        assertThat(time.elapsed()).isEqualTo(hour.multipliedBy(9));
    }

    @Test
    void stream_seededRandom_waitsAreSpreadFromZeroToTheBound() {
        var policy = new RetryPolicy(2, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ZERO);
        var layer = new RetryLayer(fake, policy, new Random(7));
        List<Long> waits = new ArrayList<>();

        for (int i = 0; i < 200; i++) {
            fake.enqueue(Behaviour.fail(Category.UNAVAILABLE));
            CompletableFuture<AudioSource> spoken = call(layer);
            time.awaitScheduled(1);
            Duration wait = time.untilNext().orElseThrow();
            waits.add(wait.toMillis());
            time.advance(wait);
            Requests.get(spoken).close();
        }

        assertThat(waits).allMatch(wait -> wait >= 0 && wait <= 100);
        assertThat(waits).anyMatch(wait -> wait < 20).anyMatch(wait -> wait > 80);
        assertThat(waits.stream().distinct().count()).isGreaterThan(50);
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void stream_everyCategory_isTriedAgainAsItSays(Category category) {
        fake.enqueue(Behaviour.fail(category));

        CompletableFuture<AudioSource> spoken = call(layer());

        if (category.retryable()) {
            passWait(Duration.ofMillis(100));
            Requests.get(spoken).close();
            assertThat(fake.calls()).hasSize(2);
        } else {
            assertThat(Requests.failure(spoken).category()).isEqualTo(category);
            assertThat(fake.calls()).hasSize(1);
        }
        assertNothingLeft();
    }

    @Test
    void stream_totalTimeout_isNotTriedAgain() {
        fake.always(Behaviour.fail(TtsException.builder(Category.TIMEOUT, "late")
                .timeoutPhase(TimeoutPhase.TOTAL)
                .build()));

        assertThat(Requests.failure(call(layer())).timeoutPhase()).contains(TimeoutPhase.TOTAL);
        assertThat(fake.calls()).hasSize(1);
    }

    @Test
    void stream_backendSaysNotWorthIt_isNotTriedAgain() {
        fake.always(Behaviour.fail(TtsException.builder(Category.TRUNCATED, "as long as it gets")
                .notRetryable()
                .build()));

        assertThat(Requests.failure(call(layer())).category()).isEqualTo(Category.TRUNCATED);
        assertThat(fake.calls()).hasSize(1);
    }

    @Test
    void stream_retryAfter_isWaitedExactly() {
        fake.enqueue(rateLimit(Duration.ofMillis(3_700)));

        CompletableFuture<AudioSource> spoken = call(layer());
        passWait(Duration.ofMillis(3_700));

        Requests.get(spoken).close();
        assertThat(fake.calls()).hasSize(2);
    }

    @Test
    void stream_retryAfterBelowAMillisecond_isRoundedUp() {
        fake.enqueue(rateLimit(Duration.ofNanos(1)));

        CompletableFuture<AudioSource> spoken = call(layer());
        passWait(Duration.ofMillis(1));

        Requests.get(spoken).close();
    }

    @Test
    void stream_retryAfterOfZero_triesAtOnce() {
        fake.enqueue(rateLimit(Duration.ZERO));
        fake.enqueue(rateLimit(Duration.ofSeconds(-1)));

        layer().stream(requests.synthesis()).close();

        assertThat(fake.calls()).hasSize(3);
    }

    @Test
    void stream_retryAfterBeyond10SecondsWithoutADeadline_failsAtOnce() {
        fake.always(rateLimit(Duration.ofMillis(10_001)));

        TtsException e = Requests.failure(call(layer()));

        assertThat(e.category()).isEqualTo(Category.RATE_LIMIT);
        assertThat(e.retryAfter()).contains(Duration.ofMillis(10_001));
        assertThat(fake.calls()).hasSize(1);
        assertThat(requests.listener().events()).isEmpty();
    }

    @Test
    void stream_retryAfterAsLongAsTheDeadline_failsAtOnce() {
        fake.always(rateLimit(Duration.ofSeconds(3)));

        CompletableFuture<AudioSource> spoken =
                Requests.async(() -> layer().stream(requests.within(Duration.ofSeconds(3))));

        assertThat(Requests.failure(spoken).category()).isEqualTo(Category.RATE_LIMIT);
        assertThat(fake.calls()).hasSize(1);
        assertNothingLeft();
    }

    @Test
    void stream_retryAfterWithinTheDeadline_isWaited() {
        fake.enqueue(rateLimit(Duration.ofSeconds(3)));

        CompletableFuture<AudioSource> spoken =
                Requests.async(() -> layer().stream(requests.within(Duration.ofMillis(3_001))));
        passWait(Duration.ofSeconds(3));

        Requests.get(spoken).close();
    }

    @Test
    void stream_retryAfterOfAMinuteWithinTheDeadline_isWaited() {
        fake.enqueue(rateLimit(Duration.ofMinutes(1)));

        CompletableFuture<AudioSource> spoken =
                Requests.async(() -> layer().stream(requests.within(Duration.ofMinutes(2))));
        passWait(Duration.ofMinutes(1));

        Requests.get(spoken).close();
    }

    @Test
    void stream_retryAfterBeyondThatOfThePolicy_failsAtOnceThoughTheDeadlineLeavesTime() {
        var policy = new RetryPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(5));
        fake.enqueue(rateLimit(Duration.ofSeconds(5)));
        fake.enqueue(rateLimit(Duration.ofMillis(5_001)));

        CompletableFuture<AudioSource> spoken =
                Requests.async(() -> layer(policy).stream(requests.within(Duration.ofMinutes(2))));
        passWait(Duration.ofSeconds(5));

        assertThat(Requests.failure(spoken).retryAfter()).contains(Duration.ofMillis(5_001));
        assertThat(fake.calls()).hasSize(2);
        assertNothingLeft();
    }

    @Test
    void stream_cancelledWhileWaiting_endsAtOnceAndAsksNoMore() {
        fake.always(Behaviour.fail(Category.CONNECTION));
        CompletableFuture<AudioSource> spoken = call(layer());
        time.awaitScheduled(1);

        requests.caller().cancel();

        TtsException e = Requests.failure(spoken);
        assertThat(e.category()).isEqualTo(Category.CANCELLED);
        assertThat(e.getSuppressed())
                .extracting(earlier -> ((TtsException) earlier).category())
                .containsExactly(Category.CONNECTION);
        assertThat(fake.calls()).hasSize(1);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void stream_cancelledBeforeTheWait_asksNoMore() {
        var layer = new RetryLayer(
                new ScriptedBackend(AudioFormat.linear16(16_000), synthesis -> {
                    requests.caller().cancel();
                    throw synthesis.failure(Category.CONNECTION, "gone").build();
                }),
                RetryPolicy.defaults(),
                new Longest());

        assertThat(Requests.failure(call(layer)).category()).isEqualTo(Category.CANCELLED);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void stream_interruptedWhileWaiting_isCancelledAndTheFlagStays() {
        fake.always(Behaviour.fail(Category.CONNECTION));
        Thread.currentThread().interrupt();

        TtsException e = catchThrowableOfType(TtsException.class, () -> layer().stream(requests.synthesis()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(e.category()).isEqualTo(Category.CANCELLED);
        assertThat(e).hasCauseInstanceOf(InterruptedException.class);
        assertThat(fake.calls()).hasSize(1);
        assertNothingLeft();
    }

    @Test
    void stream_breakerOpensWhileRepeating_theBackendsOwnFailureIsReported() {
        fake.enqueue(Behaviour.fail(Category.CONNECTION));
        fake.enqueue(Behaviour.fail(Category.CIRCUIT_OPEN));

        CompletableFuture<AudioSource> spoken = call(layer());
        passWait(Duration.ofMillis(100));

        TtsException e = Requests.failure(spoken);
        assertThat(e.category()).isEqualTo(Category.CONNECTION);
        assertThat(e.getSuppressed())
                .extracting(other -> ((TtsException) other).category())
                .containsExactly(Category.CIRCUIT_OPEN);
        assertThat(fake.calls()).hasSize(2);
    }

    @Test
    void stream_ownLimitAtFirst_isReportedAsItIs() {
        fake.always(Behaviour.fail(TtsException.builder(Category.RATE_LIMIT, "full")
                .origin(Origin.CLIENT)
                .build()));

        TtsException e = Requests.failure(call(layer()));

        assertThat(e.origin()).isEqualTo(Origin.CLIENT);
        assertThat(fake.calls()).hasSize(1);
    }

    @Test
    void stream_sameExceptionEachTime_isNotSuppressedInItself() {
        TtsException same = TtsException.builder(Category.RATE_LIMIT, "again")
                .retryAfter(Duration.ZERO)
                .build();
        fake.always(Behaviour.fail(same));

        assertThatThrownBy(() -> layer().stream(requests.synthesis())).isSameAs(same);
        assertThat(same.getSuppressed()).isEmpty();
        assertThat(fake.calls()).hasSize(3);
    }

    @Test
    void stream_bugInTheBackend_isNotTriedAgain() {
        var bug = new IllegalStateException("a bug");
        fake.always(Behaviour.fail(bug));

        assertThatThrownBy(() -> layer().stream(requests.synthesis())).isSameAs(bug);
        assertThat(fake.calls()).hasSize(1);
    }

    @Test
    void read_failureAfterTheFirstAudio_isNotTriedAgain() {
        fake.always(Behaviour.speak().chunks(320).failAt(640, Category.CONNECTION));

        try (AudioSource source = layer().stream(requests.synthesis())) {
            source.read();
            source.read();
            assertThatExceptionOfType(TtsException.class).isThrownBy(source::read);
        }

        assertThat(fake.calls()).hasSize(1);
    }

    @Test
    void stream_onePolicyAttempt_neverRepeats() {
        fake.always(Behaviour.fail(Category.CONNECTION));

        assertThat(Requests.failure(call(layer(RetryPolicy.none()))).category()).isEqualTo(Category.CONNECTION);
        assertThat(fake.calls()).hasSize(1);
    }

    @Test
    void policy_outOfRange_saysFieldValueAndRange() {
        Duration ms = Duration.ofMillis(1);
        assertThatThrownBy(() -> new RetryPolicy(0, ms, ms, ms)).hasMessage("maxAttempts: 0, allowed 1 to 10");
        assertThatThrownBy(() -> new RetryPolicy(11, ms, ms, ms)).hasMessage("maxAttempts: 11, allowed 1 to 10");
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ZERO, ms, ms)).hasMessageStartingWith("baseDelay: PT0S");
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofHours(2), Duration.ofHours(3), ms))
                .hasMessageStartingWith("baseDelay: PT2H");
        assertThatThrownBy(() -> new RetryPolicy(1, ms.multipliedBy(2), ms, ms)).hasMessageStartingWith("maxDelay:");
        assertThatThrownBy(() -> new RetryPolicy(1, ms, Duration.ofHours(2), ms))
                .hasMessageStartingWith("maxDelay:");
        assertThatThrownBy(() -> new RetryPolicy(1, ms, ms, ms.negated())).hasMessageStartingWith("maxRetryAfter:");
        assertThatThrownBy(() -> new RetryPolicy(1, ms, ms, Duration.ofHours(2)))
                .hasMessageStartingWith("maxRetryAfter:");
    }
}
