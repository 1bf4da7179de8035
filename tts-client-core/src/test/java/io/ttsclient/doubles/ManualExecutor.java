// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.doubles;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Keeps tasks until the test runs them, on its own thread: what was not run cannot have happened. */
public final class ManualExecutor implements Executor {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private int executed;

    @Override
    public void execute(Runnable task) {
        executed++;
        tasks.add(task);
    }

    /** Runs what is there, and what that brings. */
    public void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Tasks that were not run. */
    public int waiting() {
        return tasks.size();
    }

    /** Tasks so far, run or not. */
    public int executed() {
        return executed;
    }
}
