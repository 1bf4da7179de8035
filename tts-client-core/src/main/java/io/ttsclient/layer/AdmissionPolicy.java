// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import java.time.Duration;

/**
 * How much a backend is asked at once, in a minute and in a day, and who waits when it is too much. The limits are per client and
 * backend: two clients of one account share nothing.
 *
 * @param maxConcurrent how many streams run at once; at least 1
 * @param requestsPerMinute how many attempts begin in any 60 s; at least 1
 * @param requestsPerDay how many attempts begin in any 24 h; at least 1. As it is counted from when the client was made, an
 *     application that starts often does not keep to it
 * @param charactersPerMinute how many {@code char}s of text are sent in any 60 s, at least 1; a single text above it waits until
 *     nothing else was sent for 60 s
 * @param maxQueued how many requests wait for their turn; 0 to 1,000,000
 * @param maxWait how long a request waits for its turn, zero to 1 hour; zero lets none wait. While it waits it rises by one
 *     {@link io.ttsclient.speech.Priority} with each quarter of this, so that the others cannot keep it from its turn for ever
 */
public record AdmissionPolicy(
        int maxConcurrent,
        int requestsPerMinute,
        int requestsPerDay,
        int charactersPerMinute,
        int maxQueued,
        Duration maxWait) {
    /** The value of a limit that limits nothing. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final AdmissionPolicy DEFAULT =
            new AdmissionPolicy(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, 100, Duration.ofSeconds(5));

    public AdmissionPolicy {
        requireAtLeast("maxConcurrent", maxConcurrent, 1);
        requireAtLeast("requestsPerMinute", requestsPerMinute, 1);
        requireAtLeast("requestsPerDay", requestsPerDay, 1);
        requireAtLeast("charactersPerMinute", charactersPerMinute, 1);
        requireAtLeast("maxQueued", maxQueued, 0);
        if (maxQueued > 1_000_000) {
            throw new IllegalArgumentException("maxQueued: " + maxQueued + ", allowed 0 to 1000000");
        }
        if (maxWait.isNegative() || maxWait.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("maxWait: " + maxWait + ", allowed zero to 1 h");
        }
    }

    private static void requireAtLeast(String field, int value, int min) {
        if (value < min) {
            throw new IllegalArgumentException(field + ": " + value + ", allowed at least " + min);
        }
    }

    /** No limits; where one is set, up to 100 requests wait, up to 5 s each. */
    public static AdmissionPolicy unlimited() {
        return DEFAULT;
    }

    public AdmissionPolicy withMaxConcurrent(int value) {
        return new AdmissionPolicy(value, requestsPerMinute, requestsPerDay, charactersPerMinute, maxQueued, maxWait);
    }

    public AdmissionPolicy withRequestsPerMinute(int value) {
        return new AdmissionPolicy(maxConcurrent, value, requestsPerDay, charactersPerMinute, maxQueued, maxWait);
    }

    public AdmissionPolicy withRequestsPerDay(int value) {
        return new AdmissionPolicy(maxConcurrent, requestsPerMinute, value, charactersPerMinute, maxQueued, maxWait);
    }

    public AdmissionPolicy withCharactersPerMinute(int value) {
        return new AdmissionPolicy(maxConcurrent, requestsPerMinute, requestsPerDay, value, maxQueued, maxWait);
    }

    /** The same, with a queue of {@code requests} requests that wait at most {@code longest} each. */
    public AdmissionPolicy withQueue(int requests, Duration longest) {
        return new AdmissionPolicy(
                maxConcurrent, requestsPerMinute, requestsPerDay, charactersPerMinute, requests, longest);
    }
}
