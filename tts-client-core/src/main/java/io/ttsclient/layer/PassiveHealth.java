// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.Health;
import io.ttsclient.backend.Health.Status;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.BreakerState;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a backend without asking it: how its latest attempts went, and what its circuit breaker lets through. A
 * {@link CircuitBreakerLayer} feeds it. Thread-safe.
 */
public final class PassiveHealth {
    private final String backend;
    private volatile Status latest = Status.UNKNOWN;
    private volatile BreakerState breaker = BreakerState.CLOSED;
    private volatile BooleanSupplier isTimeOver = () -> false; // written before breaker is
    private volatile @Nullable Category lastFailure;
    private volatile @Nullable Duration latency;

    /** Nothing is known yet of {@code backend}, a name. */
    public PassiveHealth(String backend) {
        this.backend = backend;
    }

    /** What is known now. */
    public Health health() {
        BreakerState state = breaker;
        // Who sends nothing while this says DOWN would otherwise never hear that it is well again.
        boolean letsSee = state == BreakerState.OPEN && isTimeOver.getAsBoolean();
        Status status = status(letsSee ? BreakerState.HALF_OPEN : state, latest);
        return Health.builder(status, letsSee ? "its circuit breaker lets the next request see" : detail(status, state))
                .backend(backend)
                .breaker(state)
                .lastFailure(lastFailure)
                .latency(latency)
                .build();
    }

    private static Status status(BreakerState breaker, Status latest) {
        return switch (breaker) {
            case OPEN -> Status.DOWN;
            case HALF_OPEN -> latest == Status.DOWN ? Status.DOWN : Status.DEGRADED;
            case CLOSED -> latest;
        };
    }

    private static String detail(Status status, BreakerState breaker) {
        if (breaker != BreakerState.CLOSED) {
            return "its circuit breaker is " + (breaker == BreakerState.OPEN ? "open" : "half open");
        }
        return switch (status) {
            case UP -> "its latest attempt spoke";
            case DEGRADED -> "its latest attempt failed";
            case BUSY -> "its latest attempt met a limit";
            case DOWN -> "it cannot serve anybody until that is mended";
            case UNKNOWN -> "not used yet";
        };
    }

    /** {@code timeIsOver} tells whether one that is open would by now let a request through. */
    void breaker(BreakerState state, BooleanSupplier timeIsOver) {
        isTimeOver = timeIsOver;
        breaker = state;
    }

    /** An attempt speaks; {@code toFirstAudio} is null where that was not measured. */
    void succeeded(@Nullable Duration toFirstAudio) {
        if (toFirstAudio != null) {
            latency = toFirstAudio;
        }
        latest = Status.UP;
    }

    void failed(TtsException failure) {
        switch (failure.category()) {
            case RATE_LIMIT, OVERLOADED -> latest = Status.BUSY;
            case AUTHENTICATION, QUOTA, CLOSED -> latest = Status.DOWN;
            case CONNECTION, UNAVAILABLE, NO_AUDIO, TRUNCATED, PROTOCOL -> latest = Status.DEGRADED;
            case TIMEOUT -> {
                if (!FailureRules.countsAgainstBackend(failure)) {
                    return;
                }
                latest = Status.DEGRADED;
            }
            // These say something about the request.
            case NOT_FOUND, UNSUPPORTED, CONTENT_REJECTED, INVALID_REQUEST -> {}
            // And these nothing about either.
            case CANCELLED, CIRCUIT_OPEN -> {
                return;
            }
        }
        lastFailure = failure.category();
    }
}
