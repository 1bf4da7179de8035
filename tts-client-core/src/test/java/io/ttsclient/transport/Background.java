// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Something that a test lets another thread do. */
final class Background<T extends @Nullable Object> implements AutoCloseable {
    private final FutureTask<T> task;
    private final Thread thread;

    private Background(Callable<T> action) {
        task = new FutureTask<>(action);
        thread = new Thread(task, "background");
        thread.setDaemon(true);
    }

    static <T extends @Nullable Object> Background<T> start(Callable<T> action) {
        var background = new Background<T>(action);
        background.thread.start();
        return background;
    }

    T result() throws Exception {
        return task.get(10, TimeUnit.SECONDS);
    }

    /** What it failed with, which has to be of that type. */
    <E extends Exception> E failure(Class<E> type) throws Exception {
        try {
            throw new AssertionError("expected a failure, got " + result());
        } catch (ExecutionException e) {
            return type.cast(Objects.requireNonNull(e.getCause()));
        }
    }

    /** Until the thread is inside of a method of one of these names. */
    void awaitBlockedIn(String... methods) {
        List<String> names = List.of(methods);
        for (long left = 10_000_000L; left > 0; left--) {
            StackTraceElement[] stack = thread.getStackTrace();
            if (stack.length > 0 && Arrays.stream(stack).anyMatch(frame -> names.contains(frame.getMethodName()))) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("never in " + names);
    }

    Thread thread() {
        return thread;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
