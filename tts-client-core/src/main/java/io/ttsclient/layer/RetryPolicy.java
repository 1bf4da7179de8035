// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often and after which wait the same backend is asked again. Before the n-th repeat a time between zero and {@code
 * baseDelay * 2^(n-1)}, at most {@code maxDelay}, is waited, drawn evenly; where the provider says how long to wait, exactly
 * that.
 *
 * @param maxAttempts attempts in all, the first included, 1 to 10
 * @param baseDelay the longest wait before the first repeat, at least 1 ms
 * @param maxDelay the longest wait before any repeat, from {@code baseDelay} to 1 hour
 * @param maxRetryAfter the longest wait that a provider may ask for, zero to 1 hour; null for as long as the request's deadline
 *     leaves time, and 10 s where it has none. A request that would have to wait longer fails at once
 */
public record RetryPolicy(
        int maxAttempts,
        Duration baseDelay,
        Duration maxDelay,
        @Nullable Duration maxRetryAfter) {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final RetryPolicy DEFAULT = new RetryPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(2), null);

    public RetryPolicy {
        if (maxAttempts < 1 || maxAttempts > 10) {
            throw new IllegalArgumentException("maxAttempts: " + maxAttempts + ", allowed 1 to 10");
        }
        if (baseDelay.compareTo(Duration.ofMillis(1)) < 0 || baseDelay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("baseDelay: " + baseDelay + ", allowed 1 ms to 1 h");
        }
        if (maxDelay.compareTo(baseDelay) < 0 || maxDelay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "maxDelay: " + maxDelay + ", allowed from baseDelay (" + baseDelay + ") to 1 h");
        }
        if (maxRetryAfter != null && (maxRetryAfter.isNegative() || maxRetryAfter.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("maxRetryAfter: " + maxRetryAfter + ", allowed zero to 1 h");
        }
    }

    /** 3 attempts; waits of up to 100 ms, then 200 ms, and never above 2 s; a provider may ask for what the deadline leaves. */
    public static RetryPolicy defaults() {
        return DEFAULT;
    }

    /** One attempt. */
    public static RetryPolicy none() {
        return DEFAULT.withMaxAttempts(1);
    }

    /** The same, with that many attempts in all. */
    public RetryPolicy withMaxAttempts(int value) {
        return new RetryPolicy(value, baseDelay, maxDelay, maxRetryAfter);
    }
}
