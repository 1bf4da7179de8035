// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How much there was in the time up to now, exactly: never more than the limit in any minute or day. Not thread-safe. */
final class RateWindow {
    private final long window; // nanoseconds
    private final int limit;
    private final Deque<Taken> taken = new ArrayDeque<>(); // oldest first, at most limit of them
    private long sum;

    private record Taken(long at, int amount) {}

    /** {@link AdmissionPolicy#UNLIMITED} takes nothing down. */
    RateWindow(Duration window, int limit) {
        this.window = window.toNanos();
        this.limit = limit;
    }

    /** How long {@code amount} has to wait, 0 if not at all; what is above the limit has to wait until nothing is in the way. */
    long nanosUntil(int amount, long now) {
        if (limit == AdmissionPolicy.UNLIMITED) {
            return 0;
        }
        forget(now);
        long over = sum + Math.min(amount, limit) - limit;
        long wait = 0;
        for (Taken oldest : taken) {
            if (over <= 0) {
                break;
            }
            over -= oldest.amount();
            wait = oldest.at() + window - now;
        }
        return wait;
    }

    void take(int amount, long now) {
        if (limit != AdmissionPolicy.UNLIMITED) {
            int counted = Math.max(1, Math.min(amount, limit));
            taken.add(new Taken(now, counted));
            sum += counted;
        }
    }

    private void forget(long now) {
        for (Taken oldest = taken.peek(); oldest != null && now - oldest.at() >= window; oldest = taken.peek()) {
            sum -= oldest.amount();
            taken.remove();
        }
    }
}
