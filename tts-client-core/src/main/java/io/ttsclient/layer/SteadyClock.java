// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.TimeSource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time of a {@link TimeSource} for those who want a {@link Clock}. It does not jump when the wall clock does. */
final class SteadyClock extends Clock {
    private final TimeSource time;
    private final Instant start;
    private final long startNanos;

    SteadyClock(TimeSource time) {
        this.time = time;
        start = time.now();
        startNanos = time.nanoTime();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(time.nanoTime() - startNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("only the instant is asked for");
    }
}
