// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * So much within any window of time. The server counts when things arrive and not when they leave, so the window should be a
 * little longer than the server's. Times are readings of one {@code nanoTime()}. Not thread-safe.
 */
final class Allowance {
    private final int limit;
    private final long windowNanos;
    private final Deque<Taken> taken = new ArrayDeque<>();
    private int sum;

    private record Taken(int amount, long at) {}

    Allowance(int limit, Duration window) {
        this.limit = limit;
        windowNanos = window.toNanos();
    }

    /** How much may be taken at {@code now}. */
    int left(long now) {
        while (!taken.isEmpty() && now - taken.getFirst().at() >= windowNanos) {
            sum -= taken.removeFirst().amount();
        }
        return limit - sum;
    }

    /**
     * Takes so much.
     *
     * @throws IllegalStateException if there is less left
     */
    void take(int amount, long now) {
        int left = left(now);
        if (amount > left) {
            throw new IllegalStateException("amount: " + amount + ", left are " + left);
        }
        taken.addLast(new Taken(amount, now));
        sum += amount;
    }

    /** How long from {@code now} until {@code amount}, at most the limit, is left. */
    Duration until(int amount, long now) {
        int left = left(now);
        for (Taken each : taken) {
            if (left >= amount) {
                break;
            }
            left += each.amount();
            if (left >= amount) {
                return Duration.ofNanos(each.at() + windowNanos - now);
            }
        }
        return Duration.ZERO;
    }
}
