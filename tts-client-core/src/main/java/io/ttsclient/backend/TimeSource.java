// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock, and the only way to wait. Policies take their time from here, so that tests can run hours in milliseconds.
 * Thread-safe.
 */
public interface TimeSource extends AutoCloseable {
    /** The real clock. It starts one daemon thread, at the first {@link #schedule}, which {@link #close()} ends. */
    static TimeSource system() {
        return new SystemTimeSource();
    }

    /** Nanoseconds since some moment; never goes back. Only differences mean anything. */
    long nanoTime();

    /** The wall clock, for what providers give as dates. It may jump. */
    Instant now();

    /**
     * Waits.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    void sleep(Duration duration) throws InterruptedException;

    /**
     * Runs {@code task} once, later, on the timer thread: it must be short and must not block.
     *
     * @return takes the task back if it has not begun
     * @throws java.util.concurrent.RejectedExecutionException if this is closed
     */
    Registration schedule(Duration delay, Runnable task);

    /** Drops what is scheduled and ends the thread. */
    @Override
    void close();

    /** How long ago {@code startNanos}, a {@link #nanoTime()}, was. */
    default Duration since(long startNanos) {
        return Duration.ofNanos(nanoTime() - startNanos);
    }
}
