// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.metrics.Metrics;
import io.github.resilience4j.core.metrics.SlidingTimeWindowMetrics;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.BreakerState;
import io.ttsclient.speech.SpeechListener;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a backend alone that fails too often, so that nobody waits for it, and lets a few requests through after a while to
 * see. The probes are requests of users; nothing is spoken only to probe.
 *
 * <p>Each attempt takes a permit, which is settled before {@code stream} returns, exactly once: by its first audio, by a failure
 * that counts, or given back where the failure says nothing about the backend. So a stream that is read slowly or never holds no
 * probe up. Audio that breaks off later counts as a failure of its own, with a permit of its own: a backend that begins every
 * stream and breaks every stream fails half of the time.
 *
 * <p>The latest attempts alone would mislead where many callers speak at once, whose failures come in bursts. So a failure counts
 * only where as large a share has failed of all that began or broke off in the last two seconds; a probe's counts always.
 */
public final class CircuitBreakerLayer extends DelegatingBackend {
    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreakerLayer.class);
    private static final Duration NEVER_SLOW = Duration.ofDays(365);
    /** The breaker opens strictly after its time, and counts it in milliseconds. */
    private static final Duration MARGIN = Duration.ofMillis(1);

    private static final int LATELY_SECONDS = 2;

    private final String name;
    private final BreakerPolicy policy;
    private final TimeSource time;
    private final SpeechListener listener;
    private final PassiveHealth health;
    private final CircuitBreaker breaker;
    private final Metrics lately;
    private volatile long openedAt;

    /**
     * @param listener hears of changes; does not throw
     * @param health is told how attempts end
     */
    public CircuitBreakerLayer(
            TtsBackend delegate, BreakerPolicy policy, TimeSource time, SpeechListener listener, PassiveHealth health) {
        super(delegate);
        this.name = delegate.capabilities().backend();
        this.policy = policy;
        this.time = time;
        this.listener = listener;
        this.health = health;
        var clock = new SteadyClock(time);
        lately = new SlidingTimeWindowMetrics(LATELY_SECONDS, clock);
        breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindow(policy.window(), policy.minimumAttempts(), SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(policy.failureRate())
                        .slowCallDurationThreshold(NEVER_SLOW)
                        .waitDurationInOpenState(policy.openFor())
                        .permittedNumberOfCallsInHalfOpenState(policy.probes())
                        .clock(clock)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> changed(event.getStateTransition()));
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        if (!breaker.tryAcquirePermission()) {
            throw open(synthesis);
        }
        boolean probe = breaker.getState() == CircuitBreaker.State.HALF_OPEN;
        long start = time.nanoTime();
        AudioSource source;
        try {
            source = super.stream(synthesis);
        } catch (TtsException e) {
            health.failed(e);
            settleFailure(probe, e, FailureRules.countsAgainstBackend(e));
            throw e;
        } catch (RuntimeException | Error e) {
            settleFailure(probe, e, true); // a backend with a bug fails its users no less
            throw e;
        }
        // Whole audio has come to its end by now, which is no measure of its beginning.
        health.succeeded(synthesis.whole() ? null : time.since(start));
        lately.record(0, TimeUnit.NANOSECONDS, Metrics.Outcome.SUCCESS);
        if (isOfThisState(probe)) {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
        return new GuardedSource(source);
    }

    private void settleFailure(boolean probe, Throwable failure, boolean againstBackend) {
        boolean counts = againstBackend && (failsLately() || probe);
        if (!isOfThisState(probe)) {
            return;
        }
        if (counts) {
            breaker.onError(0, TimeUnit.NANOSECONDS, failure);
        } else {
            breaker.releasePermission();
        }
    }

    /** Notes a failure, and says whether it is one of many. */
    private boolean failsLately() {
        return lately.record(0, TimeUnit.NANOSECONDS, Metrics.Outcome.ERROR).getFailureRate() >= policy.failureRate();
    }

    /** An attempt from before the breaker opened holds no probe's permit and must not speak for one. */
    private boolean isOfThisState(boolean probe) {
        return probe || breaker.getState() != CircuitBreaker.State.HALF_OPEN;
    }

    private TtsException open(Synthesis synthesis) {
        boolean probing = breaker.getState() == CircuitBreaker.State.HALF_OPEN;
        Duration left = policy.openFor().plus(MARGIN).minus(time.since(openedAt));
        return synthesis
                .failure(
                        Category.CIRCUIT_OPEN,
                        probing
                                ? name + " has failed too often lately, and a probe is under way"
                                : name + " has failed too often lately")
                .origin(Origin.CLIENT)
                .retryAfter(probing || left.isNegative() ? null : left)
                .build();
    }

    private void changed(StateTransition transition) {
        BreakerState from = state(transition.getFromState());
        BreakerState to = state(transition.getToState());
        if (to == BreakerState.OPEN) {
            openedAt = time.nanoTime();
        }
        health.breaker(to);
        if (to == BreakerState.OPEN) {
            LOG.warn("The circuit breaker of {} opens for {}: it has failed too often", name, policy.openFor());
        } else {
            LOG.info("The circuit breaker of {} changes from {} to {}", name, from, to);
        }
        listener.breakerChanged(new SpeechListener.BreakerChanged(name, from, to));
    }

    private static BreakerState state(CircuitBreaker.State state) {
        return switch (state) {
            case CLOSED -> BreakerState.CLOSED;
            case OPEN -> BreakerState.OPEN;
            case HALF_OPEN -> BreakerState.HALF_OPEN;
            case DISABLED, FORCED_OPEN, METRICS_ONLY -> throw new IllegalStateException("nobody sets " + state);
        };
    }

    private void brokeOff(Throwable failure) {
        if (failsLately() && breaker.getState() != CircuitBreaker.State.OPEN && breaker.tryAcquirePermission()) {
            breaker.onError(0, TimeUnit.NANOSECONDS, failure);
        }
    }

    private final class GuardedSource extends DelegatingSource {
        GuardedSource(AudioSource delegate) {
            super(delegate);
        }

        @Override
        protected TtsException onFailure(TtsException failure) {
            health.failed(failure);
            if (FailureRules.countsAgainstBackend(failure)) {
                brokeOff(failure);
            }
            return failure;
        }

        @Override
        protected void onBug(Throwable bug) {
            brokeOff(bug);
        }
    }
}
