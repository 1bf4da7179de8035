// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import java.time.Duration;

/**
 * How long one attempt may keep its caller waiting. The time of the whole request is bounded by its own timeout.
 *
 * @param firstAudio the longest wait from the start of the attempt, connecting included, to its first audio; a wait for a free
 *     place before does not count; above zero
 * @param stall the longest wait for the next audio after that, counted only while somebody waits; above zero
 */
public record AttemptTimeouts(Duration firstAudio, Duration stall) {
    private static final AttemptTimeouts DEFAULT = new AttemptTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(5));

    public AttemptTimeouts {
        requirePositive("firstAudio", firstAudio);
        requirePositive("stall", stall);
    }

    private static void requirePositive(String field, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(field + ": " + value + ", allowed above zero");
        }
    }

    /** 10 s to the first audio, 5 s between chunks: for any backend. A voice bot wants less, such as 3 s and 2 s. */
    public static AttemptTimeouts defaults() {
        return DEFAULT;
    }
}
