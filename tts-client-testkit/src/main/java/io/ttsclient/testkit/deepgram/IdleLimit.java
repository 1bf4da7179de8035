// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.deepgram;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.TimeSource;
import java.time.Duration;

/** Runs an action when nothing was said for a while. Of one thread. */
final class IdleLimit {
    private final TimeSource time;
    private final Duration limit;
    private final Runnable action;
    private Registration timer = () -> {};

    IdleLimit(TimeSource time, Duration limit, Runnable action) {
        this.time = time;
        this.limit = limit;
        this.action = action;
        restart();
    }

    void restart() {
        stop();
        timer = time.schedule(limit, action);
    }

    void stop() {
        timer.remove();
    }
}
