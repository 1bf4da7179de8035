// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import java.time.Duration;

/**
 * When a backend that fails is left alone, and for how long. A failure counts only where {@code failureRate} percent of all that
 * ended in the last two seconds have failed: a provider's machine that dies, and a hundred of a thousand streams with it, is no reason
 * to leave the others alone.
 *
 * @param failureRate the share of the latest attempts that have to fail, in percent, 1 to 100
 * @param window how many of the latest attempts are looked at, 1 to 1000
 * @param minimumAttempts how many attempts there have to be before the rate means anything, 1 to {@code window}
 * @param openFor how long the backend is not asked at all, 1 ms to 1 day
 * @param probes how many requests are let through after that, to see, 1 to 100; as many decide, or {@code minimumAttempts} if
 *     that is fewer. One that has no answer within {@code openFor} makes room for another
 */
public record BreakerPolicy(int failureRate, int window, int minimumAttempts, Duration openFor, int probes) {
    private static final BreakerPolicy DEFAULT = new BreakerPolicy(50, 20, 5, Duration.ofSeconds(10), 1);

    public BreakerPolicy {
        requireWithin("failureRate", failureRate, 1, 100);
        requireWithin("window", window, 1, 1000);
        requireWithin("minimumAttempts", minimumAttempts, 1, window);
        requireWithin("probes", probes, 1, 100);
        if (openFor.compareTo(Duration.ofMillis(1)) < 0 || openFor.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("openFor: " + openFor + ", allowed 1 ms to 1 day");
        }
    }

    private static void requireWithin(String field, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + ": " + value + ", allowed " + min + " to " + max);
        }
    }

    /** Half of the latest 20 attempts, once there are 5; 10 s alone, then one probe. */
    public static BreakerPolicy defaults() {
        return DEFAULT;
    }

    /** The same, left alone for that long. */
    public BreakerPolicy withOpenFor(Duration value) {
        return new BreakerPolicy(failureRate, window, minimumAttempts, value, probes);
    }
}
