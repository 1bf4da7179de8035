// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;

/** What the layers do about a failure, where {@link TtsException#retryable()} does not say it. */
final class FailureRules {
    private FailureRules() {}

    /** Whether it says that the backend is ill, so that its circuit breaker counts it. */
    static boolean countsAgainstBackend(TtsException failure) {
        return switch (failure.category()) {
            case CONNECTION, UNAVAILABLE, OVERLOADED, NO_AUDIO, TRUNCATED, PROTOCOL -> true;
            case TIMEOUT -> !isOverall(failure);
            case RATE_LIMIT,
                    CIRCUIT_OPEN,
                    AUTHENTICATION,
                    QUOTA,
                    NOT_FOUND,
                    UNSUPPORTED,
                    CONTENT_REJECTED,
                    INVALID_REQUEST,
                    CANCELLED,
                    CLOSED -> false;
        };
    }

    /** Whether another backend may do better. */
    static boolean otherBackendMayDoBetter(TtsException failure, FallbackPolicy policy) {
        return switch (failure.category()) {
            case CONNECTION,
                    UNAVAILABLE,
                    OVERLOADED,
                    NO_AUDIO,
                    TRUNCATED,
                    RATE_LIMIT,
                    CIRCUIT_OPEN,
                    PROTOCOL,
                    AUTHENTICATION,
                    QUOTA,
                    NOT_FOUND,
                    UNSUPPORTED -> true;
            case TIMEOUT -> !isOverall(failure);
            case CONTENT_REJECTED -> policy.afterContentRejected();
            case INVALID_REQUEST, CANCELLED, CLOSED -> false;
        };
    }

    /** Whether we refused ourselves, so that it says less than what a backend said. */
    static boolean isOwnRefusal(TtsException failure) {
        return failure.category() == Category.CIRCUIT_OPEN || isOwnLimit(failure);
    }

    /** Whether it comes of a limit of our own. */
    static boolean isOwnLimit(TtsException failure) {
        return failure.category() == Category.RATE_LIMIT && failure.origin() == Origin.CLIENT;
    }

    private static boolean isOverall(TtsException failure) {
        return failure.timeoutPhase()
                .filter(phase -> phase == TimeoutPhase.TOTAL || phase == TimeoutPhase.CLOSE)
                .isPresent();
    }

    /** {@code failure} with the others attached. */
    static TtsException withSuppressed(TtsException failure, Iterable<TtsException> others) {
        for (TtsException other : others) {
            if (other != failure) { // a backend may throw the same one twice
                failure.addSuppressed(other);
            }
        }
        return failure;
    }
}
