// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caller may leave at any moment, from any thread. Whoever makes the caller wait registers here how to end the wait.
 * Cancelling a scope cancels the scopes below it. Thread-safe; no action runs under a lock.
 */
public final class Cancellation {
    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Object, Runnable> actions = new LinkedHashMap<>(); // guarded by lock
    private volatile boolean cancelled; // written under lock
    private Registration atParent = () -> {}; // set once, before the scope is handed out

    /** A scope that nothing above cancels. */
    public Cancellation() {}

    /** A scope below this one; {@link #detach()} it when it has ended uncancelled, so that this one forgets it. */
    public Cancellation child() {
        var child = new Cancellation();
        child.atParent = onCancel(child::cancel);
        return child;
    }

    /** Leaves the scope above, which forgets this one: its end does not reach this one any more. */
    public void detach() {
        atParent.remove();
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /**
     * Runs {@code action} when the scope is cancelled, on the cancelling thread, or at once if it already is. The action must
     * not block.
     *
     * @return takes the action back
     */
    public Registration onCancel(Runnable action) {
        Object key = new Object();
        lock.lock();
        try {
            if (!cancelled) {
                actions.put(key, action);
                return () -> remove(key);
            }
        } finally {
            lock.unlock();
        }
        run(action);
        return () -> {};
    }

    private void remove(Object key) {
        lock.lock();
        try {
            actions.remove(key);
        } finally {
            lock.unlock();
        }
    }

    /** Runs all actions, the newest first, once. */
    public void cancel() {
        List<Runnable> toRun;
        lock.lock();
        try {
            if (cancelled) {
                return;
            }
            cancelled = true;
            toRun = new ArrayList<>(actions.values());
            actions.clear();
        } finally {
            lock.unlock();
        }
        Collections.reverse(toRun);
        toRun.forEach(Cancellation::run);
        detach();
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            // The other actions have to run as well, and nobody up the stack can mend this one.
            LOG.warn("An action for cancelling failed", e);
        }
    }

    @Override
    public String toString() {
        lock.lock();
        try {
            return "Cancellation[" + (cancelled ? "cancelled" : actions.size() + " actions") + "]";
        } finally {
            lock.unlock();
        }
    }
}
