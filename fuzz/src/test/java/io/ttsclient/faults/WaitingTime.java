// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.faults;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Virtual time that passes only while a call waits on a socket for what never comes, so that all else has as long as it takes.
 * Thread-safe.
 */
final class WaitingTime implements AutoCloseable {
    /** For a request to get to where it is lost, in real time. */
    private static final long DELAY_MILLIS = 10;

    private final QuickTime time = new QuickTime();
    // Its thread begins with the first wait, which most calls never have.
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
    private final Duration wait;

    /** {@code wait} passes each time that a call waits. */
    WaitingTime(Duration wait) {
        this.wait = wait;
    }

    QuickTime time() {
        return time;
    }

    /** The call waits in vain from now on. */
    void begin() {
        var unused = ticks.schedule(() -> time.pass(wait), DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        ticks.shutdownNow();
    }
}
