// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caller may leave at any moment, from any thread. Whoever makes the caller wait registers here how to end the wait.
 * Cancelling a scope cancels the scopes below it. Thread-safe; no action runs under a lock.
 */
public final class Cancellation {
    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Action newest; // guarded by lock, as the links of all actions until the scope is cancelled
    private volatile boolean cancelled; // written under lock
    private volatile boolean givenUp; // written before cancelled is
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

    /** Whether it was cancelled because what runs in it was silent for too long, and not because the caller has left. */
    public boolean isGivenUp() {
        return givenUp;
    }

    /**
     * Runs {@code action} when the scope is cancelled, on the cancelling thread, or at once if it already is. The action must
     * not block.
     *
     * @return takes the action back
     */
    public Registration onCancel(Runnable action) {
        var added = new Action(action);
        lock.lock();
        try {
            if (!cancelled) {
                added.link();
                return added;
            }
        } finally {
            lock.unlock();
        }
        added.run();
        return added;
    }

    /** Runs all actions, the newest first, once. */
    public void cancel() {
        cancel(false);
    }

    /** Cancels what runs here because it is silent for too long; the scopes below only see it cancelled. */
    public void giveUp() {
        cancel(true);
    }

    private void cancel(boolean silent) {
        lock.lock();
        try {
            if (cancelled) {
                return;
            }
            givenUp = silent;
            cancelled = true; // nobody touches the links any more
        } finally {
            lock.unlock();
        }
        for (Action action = newest; action != null; action = action.older) {
            action.run();
        }
        newest = null;
        detach();
    }

    @Override
    public String toString() {
        lock.lock();
        try {
            int count = 0;
            for (Action action = newest; action != null; action = action.older) {
                count++;
            }
            return "Cancellation[" + (cancelled ? "cancelled" : count + " actions") + "]";
        } finally {
            lock.unlock();
        }
    }

    /** A link of the chain from the newest action to the oldest: the least that each request, with its many, can allocate. */
    private final class Action implements Registration {
        private final Runnable action;
        private @Nullable Action older;
        private @Nullable Action newer;
        private boolean linked;

        Action(Runnable action) {
            this.action = action;
        }

        void link() {
            linked = true;
            older = newest;
            if (older != null) {
                older.newer = this;
            }
            newest = this;
        }

        @Override
        public void remove() {
            lock.lock();
            try {
                if (linked && !cancelled) {
                    unlink();
                }
            } finally {
                lock.unlock();
            }
        }

        private void unlink() {
            linked = false;
            if (older != null) {
                older.newer = newer;
            }
            if (newer != null) {
                newer.older = older;
            } else {
                newest = older;
            }
        }

        void run() {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                // The other actions have to run as well, and nobody up the stack can mend this one.
                LOG.warn("An action for cancelling failed", e);
            }
        }
    }
}
