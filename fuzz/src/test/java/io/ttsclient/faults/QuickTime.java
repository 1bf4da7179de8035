// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.faults;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;

/** Virtual time for a single thread: the wait before a repeat passes as it is asked for, a timeout when it is said to. */
final class QuickTime implements TimeSource {
    /** Longer than any wait, shorter than any timeout. */
    static final Duration TIMEOUTS_FROM = Duration.ofMinutes(1);

    private final VirtualTime time = new VirtualTime();

    /** Lets time pass, and what is due happen. */
    void pass(Duration duration) {
        time.advance(duration);
    }

    /** How much time has passed. */
    Duration elapsed() {
        return time.elapsed();
    }

    @Override
    public Registration schedule(Duration delay, Runnable task) {
        Registration registration = time.schedule(delay, task);
        if (delay.compareTo(TIMEOUTS_FROM) < 0) {
            time.advance(delay);
        }
        return registration;
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public Instant now() {
        return time.now();
    }

    @Override
    public void sleep(Duration duration) {
        time.advance(duration);
    }

    @Override
    public void close() {
        time.close();
    }
}
