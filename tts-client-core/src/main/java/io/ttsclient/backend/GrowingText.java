// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A text that is being written, and keeps all that was written, so that it can be read again from its beginning. Thread-safe; no
 * action of {@link #onGrowth} runs under a lock.
 */
public final class GrowingText implements TextSource {
    private final ReentrantLock lock = new ReentrantLock();
    private final StringBuilder text = new StringBuilder(); // guarded by lock, as the two below
    private final List<Integer> flushes = new ArrayList<>(0); // where, in ascending order
    private boolean finished;
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** An empty text. */
    public GrowingText() {}

    /**
     * Adds to the end.
     *
     * @throws IllegalStateException after {@link #finish()}
     */
    public void append(CharSequence delta) {
        if (delta.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            requireUnfinished();
            text.append(delta);
        } finally {
            lock.unlock();
        }
        announce();
    }

    /**
     * Marks that all text so far is to be spoken; of no effect where there is none since the last mark.
     *
     * @throws IllegalStateException after {@link #finish()}
     */
    public void flush() {
        lock.lock();
        try {
            requireUnfinished();
            int last = flushes.isEmpty() ? 0 : flushes.get(flushes.size() - 1);
            if (last == text.length()) {
                return;
            }
            flushes.add(text.length());
        } finally {
            lock.unlock();
        }
        announce();
    }

    /** Marks that everything is written. May be called more than once. */
    public void finish() {
        lock.lock();
        try {
            if (finished) {
                return;
            }
            finished = true;
        } finally {
            lock.unlock();
        }
        announce();
    }

    private void requireUnfinished() {
        if (finished) {
            throw new IllegalStateException("the text is finished");
        }
    }

    private void announce() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public boolean isGrowing() {
        lock.lock();
        try {
            return !finished;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String text() {
        lock.lock();
        try {
            return text.toString();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public TextCursor cursor() {
        return new Cursor();
    }

    @Override
    @SuppressWarnings("UnnecessaryMethodReference") // the same action may be registered twice
    public Registration onGrowth(Runnable action) {
        Runnable own = action::run;
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    /** Lengths, never the text. */
    @Override
    public String toString() {
        lock.lock();
        try {
            return text.length() + (finished ? " chars" : " chars, growing");
        } finally {
            lock.unlock();
        }
    }

    private final class Cursor implements TextCursor {
        private int at;
        private int flush;
        private boolean ended;

        @Override
        public @Nullable TextEvent poll() {
            lock.lock();
            try {
                boolean flushAhead = flush < flushes.size();
                int until = flushAhead ? flushes.get(flush) : text.length();
                if (at < until) {
                    String delta = text.substring(at, until);
                    at = until;
                    return new TextEvent(TextEvent.Kind.TEXT, delta);
                }
                if (flushAhead) {
                    flush++;
                    return TextEvent.FLUSHED;
                }
                if (finished && !ended) {
                    ended = true;
                    return TextEvent.ENDED;
                }
                return null;
            } finally {
                lock.unlock();
            }
        }
    }
}
