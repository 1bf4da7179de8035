// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.TimeSource;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notices when a writer pauses. A timer for every token would cost more than the token, so one timer looks, when it comes due,
 * when the last one came, and is set again for the rest of the time. Thread-safe.
 */
final class WriterPause {
    private final TimeSource time;
    private final Duration patience;
    private final Runnable onPause;
    private final AtomicBoolean isSet = new AtomicBoolean();
    private volatile long lastWritten;
    private volatile boolean stopped;
    private volatile Registration timer = () -> {};

    /** {@code onPause} runs on the timer thread, without a lock. */
    WriterPause(TimeSource time, Duration patience, Runnable onPause) {
        this.time = time;
        this.patience = patience;
        this.onPause = onPause;
        lastWritten = time.nanoTime();
    }

    /** Something was written. */
    void written() {
        lastWritten = time.nanoTime();
    }

    /** Tells of the next pause, once. Not called with a lock held. */
    void watch() {
        if (isSet.compareAndSet(false, true)) {
            look();
        }
    }

    private void look() {
        Duration left = patience.minus(time.since(lastWritten));
        if (left.isNegative() || left.isZero()) {
            isSet.set(false);
            onPause.run();
            return;
        }
        try {
            timer = time.schedule(left, this::look);
        } catch (RejectedExecutionException e) {
            return; // the client is closed, and so nobody waits for speech any more
        }
        if (stopped) {
            timer.remove();
        }
    }

    /** Looks no more. */
    void stop() {
        stopped = true;
        timer.remove();
    }
}
