// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The moment after which nobody waits any longer. Immutable. */
public final class Deadline {
    private static final Deadline NONE = new Deadline(null, 0, Duration.ZERO);

    private final @Nullable TimeSource time;
    private final long endNanos;
    private final Duration timeout;

    private Deadline(@Nullable TimeSource time, long endNanos, Duration timeout) {
        this.time = time;
        this.endNanos = endNanos;
        this.timeout = timeout;
    }

    /** No bound. */
    public static Deadline none() {
        return NONE;
    }

    /** {@code timeout} from now; above 292 years it is 292 years. */
    public static Deadline after(Duration timeout, TimeSource time) {
        return new Deadline(time, time.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout), timeout);
    }

    /** What is left, zero when it has passed; empty where there is no bound. */
    public Optional<Duration> remaining() {
        if (time == null) {
            return Optional.empty();
        }
        long nanos = endNanos - time.nanoTime();
        return Optional.of(nanos <= 0 ? Duration.ZERO : Duration.ofNanos(nanos));
    }

    /** Whether it has passed. */
    public boolean isExpired() {
        return time != null && endNanos - time.nanoTime() <= 0;
    }

    /** The failure that its passing is. */
    public TtsException.Builder failure() {
        return TtsException.builder(Category.TIMEOUT, "the request did not end within its timeout of " + timeout)
                .timeoutPhase(TimeoutPhase.TOTAL);
    }

    @Override
    public String toString() {
        return remaining().map(left -> "Deadline[in " + left + "]").orElse("Deadline[none]");
    }
}
