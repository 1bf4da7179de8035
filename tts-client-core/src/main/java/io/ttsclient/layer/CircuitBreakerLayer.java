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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a backend alone that fails too often, so that nobody waits for it, and lets a few requests through after a while to
 * see. The probes are requests of users; nothing is spoken only to probe.
 *
 * <p>Each attempt takes a permit, which is settled before {@code stream} returns, exactly once: by its first audio, by a failure
 * that counts, or given back where the failure says nothing about the backend. So a stream that is read slowly or never holds no
 * probe up, and a turn whose writer is silent only for a while: a probe that is under way for as long as the breaker was open makes
 * room for another one. Audio that breaks off later counts as a failure of its own, with a permit of its own: a backend that begins
 * every stream and breaks every stream fails half of the time.
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
    /** Those that hold a permit, the oldest first. */
    private final Queue<Probe> probes = new ConcurrentLinkedQueue<>();

    private volatile long openedAt;
    /** Whose request moves the breaker, which its events do not say. Of two at one moment it may be either. */
    private volatile String mover = "";

    /** A request that was let through to see how the backend is. */
    private static final class Probe {
        private final long since;

        Probe(long since) {
            this.since = since;
        }
    }

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
        mover = synthesis.requestId();
        if (!breaker.tryAcquirePermission() && !takesOver()) {
            throw open(synthesis);
        }
        long start = time.nanoTime();
        Probe probe = breaker.getState() == CircuitBreaker.State.HALF_OPEN ? begin(new Probe(start)) : null;
        AudioSource source;
        try {
            source = super.stream(synthesis);
        } catch (TtsException e) {
            health.failed(e);
            settleFailure(synthesis, probe, e, FailureRules.countsAgainstBackend(e));
            throw e;
        } catch (RuntimeException | Error e) {
            settleFailure(synthesis, probe, e, true); // a backend with a bug fails its users no less
            throw e;
        }
        // Whole audio has come to its end by now, which is no measure of its beginning.
        health.succeeded(synthesis.whole() ? null : time.since(start));
        lately.record(0, TimeUnit.NANOSECONDS, Metrics.Outcome.SUCCESS);
        mover = synthesis.requestId();
        if (hasSay(probe)) {
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
        return new GuardedSource(source, synthesis.requestId());
    }

    private Probe begin(Probe probe) {
        probes.add(probe);
        return probe;
    }

    /** Whether a probe has taken so long that its permit goes to this request. */
    private boolean takesOver() {
        Probe oldest = probes.peek();
        if (oldest == null || time.since(oldest.since).compareTo(policy.openFor()) < 0 || !probes.remove(oldest)) {
            return false;
        }
        breaker.releasePermission();
        return breaker.tryAcquirePermission();
    }

    private void settleFailure(Synthesis synthesis, @Nullable Probe probe, Throwable failure, boolean againstBackend) {
        mover = synthesis.requestId();
        boolean counts = againstBackend && (failsLately() || probe != null);
        if (!hasSay(probe)) {
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

    /** An attempt from before the breaker opened holds no probe's permit and must not speak for one; nor does a late probe. Once. */
    private boolean hasSay(@Nullable Probe probe) {
        return probe == null ? breaker.getState() != CircuitBreaker.State.HALF_OPEN : probes.remove(probe);
    }

    private TtsException open(Synthesis synthesis) {
        boolean probing = breaker.getState() == CircuitBreaker.State.HALF_OPEN;
        Duration left = timeLeft();
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

    /** Of an open one, until it lets a probe through. */
    private Duration timeLeft() {
        return policy.openFor().plus(MARGIN).minus(time.since(openedAt));
    }

    private void changed(StateTransition transition) {
        BreakerState from = state(transition.getFromState());
        BreakerState to = state(transition.getToState());
        if (to == BreakerState.OPEN) {
            openedAt = time.nanoTime();
            probes.clear();
        }
        health.breaker(to, () -> timeLeft().compareTo(Duration.ZERO) <= 0);
        if (to == BreakerState.OPEN) {
            LOG.atWarn()
                    .addKeyValue("requestId", mover)
                    .log("The circuit breaker of {} opens for {}: it has failed too often", name, policy.openFor());
        } else {
            LOG.atInfo()
                    .addKeyValue("requestId", mover)
                    .log("The circuit breaker of {} changes from {} to {}", name, from, to);
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

    private void brokeOff(Throwable failure, String requestId) {
        mover = requestId;
        if (failsLately() && breaker.getState() != CircuitBreaker.State.OPEN && breaker.tryAcquirePermission()) {
            breaker.onError(0, TimeUnit.NANOSECONDS, failure);
        }
    }

    private final class GuardedSource extends DelegatingSource {
        private final String requestId;

        GuardedSource(AudioSource delegate, String requestId) {
            super(delegate);
            this.requestId = requestId;
        }

        @Override
        protected TtsException onFailure(TtsException failure) {
            health.failed(failure);
            if (FailureRules.countsAgainstBackend(failure)) {
                brokeOff(failure, requestId);
            }
            return failure;
        }

        @Override
        protected void onBug(Throwable bug) {
            brokeOff(bug, requestId);
        }
    }
}
