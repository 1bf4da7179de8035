// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.deepgram;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The server's own count of what came within a minute. Not thread-safe. */
final class SlidingWindow {
    private static final long MINUTE = Duration.ofSeconds(60).toNanos();

    private final int limit;
    private final Deque<long[]> entries = new ArrayDeque<>(); // time and amount

    SlidingWindow(int limit) {
        this.limit = limit;
    }

    /** Whether so much more is within the limit; it counts if it is. */
    boolean admits(int amount, long now) {
        entries.removeIf(entry -> now - entry[0] >= MINUTE);
        long sum = entries.stream().mapToLong(entry -> entry[1]).sum();
        if (sum + amount > limit) {
            return false;
        }
        entries.add(new long[] {now, amount});
        return true;
    }
}
