// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, seen from the thread that the JVM runs before it exits: cancels what the program does, and holds the exit until the
 * program has cleaned up, though not for ever.
 */
final class Interruption {
    private final Duration patience;
    private final CountDownLatch finished = new CountDownLatch(1);
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();
    private volatile boolean begun;
    private volatile boolean happened;

    /** Waits three seconds for the program to clean up. */
    Interruption() {
        this(Duration.ofSeconds(3));
    }

    Interruption(Duration patience) {
        this.patience = patience;
    }

    /** From now on there may be something to clean up. */
    void begin() {
        begun = true;
    }

    /** Cancels what the program does; may run on any thread, and more than once. */
    void onInterrupt(Runnable action) {
        actions.add(action);
        if (happened) {
            action.run();
        }
    }

    /** Whether it was interrupted. */
    boolean happened() {
        return happened;
    }

    /** The program has done all it does. */
    void finished() {
        finished.countDown();
    }

    /** Interrupts the program, if it has not finished. Returns when it has, or when patience ends. */
    void interrupt() {
        if (finished.getCount() == 0) {
            return;
        }
        happened = true;
        actions.forEach(Runnable::run);
        if (begun) {
            awaitFinished();
        }
    }

    private void awaitFinished() {
        try {
            finished.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
