// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the backend again after a failure that may pass, as long as no audio has come and the request's deadline leaves time for
 * the wait. The only layer that repeats anything.
 *
 * <p>When it gives up, the last thing that the backend said is the failure, and what happened besides is suppressed in it.
 */
public final class RetryLayer extends DelegatingBackend {
    private static final Logger LOG = LoggerFactory.getLogger(RetryLayer.class);

    /** What a provider may ask for where neither the policy nor a deadline says it. */
    private static final Duration PATIENCE_WITHOUT_DEADLINE = Duration.ofSeconds(10);

    private final String name;
    private final RetryPolicy policy;
    private final RandomGenerator random;
    // It says whether and when; the waiting is ours, because its own cannot be cancelled and has no clock.
    private final Retry retry;

    /** {@code random} spreads the waits; many threads use it at once. */
    public RetryLayer(TtsBackend delegate, RetryPolicy policy, RandomGenerator random) {
        super(delegate);
        this.name = delegate.capabilities().backend();
        this.policy = policy;
        this.random = random;
        retry = Retry.of(
                name,
                RetryConfig.<AudioSource>custom()
                        .maxAttempts(policy.maxAttempts())
                        .retryOnException(failure -> failure instanceof TtsException e && e.retryable())
                        .intervalBiFunction(this::delayMillis)
                        .build());
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        Retry.AsyncContext<AudioSource> steps = retry.asyncContext();
        var failures = new ArrayList<TtsException>(0);
        while (true) {
            try {
                AudioSource source = super.stream(synthesis);
                steps.onComplete();
                return source;
            } catch (TtsException e) {
                failures.add(e);
                long millis = steps.onError(e);
                if (millis < 0 || !fits(Duration.ofMillis(millis), synthesis) || asksTooMuch(e, synthesis)) {
                    throw worst(failures);
                }
                waitBeforeNext(synthesis, Duration.ofMillis(millis), failures);
            }
        }
    }

    private void waitBeforeNext(Synthesis synthesis, Duration delay, List<TtsException> failures) {
        TtsException last = failures.get(failures.size() - 1);
        LOG.atDebug()
                .addKeyValue("requestId", synthesis.requestId())
                .log("{} failed with {}, asked again in {}", name, last.category(), delay);
        synthesis.journal().retrying(name, failures.size(), delay, last.category());
        try {
            Pause.of(synthesis, delay);
        } catch (TtsException e) {
            throw FailureRules.withSuppressed(e, failures);
        }
    }

    /** Whether there is any time left after a wait of {@code delay}. */
    private static boolean fits(Duration delay, Synthesis synthesis) {
        Optional<Duration> remaining = synthesis.deadline().remaining();
        return remaining.isEmpty() || delay.compareTo(remaining.get()) < 0;
    }

    /** Whether the provider asks for a longer wait than it may. */
    private boolean asksTooMuch(TtsException failure, Synthesis synthesis) {
        Duration most = policy.maxRetryAfter();
        if (most == null && synthesis.deadline().remaining().isPresent()) {
            return false; // the deadline bounds it
        }
        Duration allowed = most != null ? most : PATIENCE_WITHOUT_DEADLINE;
        return failure.retryAfter()
                .filter(asked -> asked.compareTo(allowed) > 0)
                .isPresent();
    }

    private long delayMillis(int attempt, Either<Throwable, AudioSource> result) {
        Optional<Duration> retryAfter = result.getLeft() instanceof TtsException e ? e.retryAfter() : Optional.empty();
        if (retryAfter.isPresent()) {
            return millisRoundedUp(retryAfter.get());
        }
        long max = policy.maxDelay().toMillis();
        long base = policy.baseDelay().toMillis();
        int doublings = attempt - 1;
        long bound = base > max >> doublings ? max : base << doublings;
        return random.nextLong(bound + 1);
    }

    private static long millisRoundedUp(Duration duration) {
        return duration.isNegative() ? 0 : duration.plusNanos(999_999).toMillis();
    }

    /** That a breaker opened or a limit was met while repeating says less than why it came to that. */
    private static TtsException worst(List<TtsException> failures) {
        TtsException worst = failures.get(failures.size() - 1);
        for (int i = failures.size() - 1; i >= 0 && FailureRules.isOwnRefusal(worst); i--) {
            worst = failures.get(i);
        }
        return FailureRules.withSuppressed(worst, failures);
    }
}
