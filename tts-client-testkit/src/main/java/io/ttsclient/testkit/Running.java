// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A call on a thread of its own, so that a backend that hangs fails a test instead of hanging the build. */
final class Running<T extends @Nullable Object> {
    private static final int FRAMES_SHOWN = 25;

    private final String what;
    private final Duration patience;
    private final FutureTask<T> task;
    private final Thread thread;

    private Running(String what, Duration patience, Callable<T> action) {
        this.what = what;
        this.patience = patience;
        task = new FutureTask<>(action);
        thread = new Thread(task, "conformance: " + what);
        thread.setDaemon(true);
    }

    /** Begins {@code action}, which {@code what} names in messages. */
    static <T extends @Nullable Object> Running<T> start(String what, Duration patience, Callable<T> action) {
        var running = new Running<>(what, patience, action);
        running.thread.start();
        return running;
    }

    Thread thread() {
        return thread;
    }

    /** Gives it {@code duration} to end; false if it still runs then. */
    boolean endsWithin(Duration duration) {
        try {
            task.get(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return true;
    }

    /** Waits for its result; what it threw comes out of here, and so does an error if it does not end. */
    T await() {
        try {
            return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw hangs();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new AssertionError(what + " failed", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private AssertionError hangs() {
        String stack = Arrays.stream(thread.getStackTrace())
                .limit(FRAMES_SHOWN)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
        return new AssertionError(what + " did not end within " + patience + "; it stands at" + stack);
    }

    private AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AssertionError("interrupted while waiting for: " + what, e);
    }
}
