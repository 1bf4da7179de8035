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
    private final StringBuilder text = new StringBuilder(); // guarded by lock, as the three below
    private final List<Integer> flushes = new ArrayList<>(0); // where, in ascending order
    private boolean finished;
    private int read; // as far as the furthest cursor
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Runnable> readListeners = new CopyOnWriteArrayList<>();

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
    public int length() {
        lock.lock();
        try {
            return text.length();
        } finally {
            lock.unlock();
        }
    }

    /** How many {@code char}s no cursor has read yet. */
    public int unread() {
        lock.lock();
        try {
            return text.length() - read;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs {@code action} whenever a cursor reads what none has read before, on the thread of who reads: it must be short and must
     * not block.
     *
     * @return takes the action back
     */
    public Registration onRead(Runnable action) {
        return register(action, readListeners);
    }

    @Override
    public TextCursor cursor() {
        return new Cursor();
    }

    @Override
    public Registration onGrowth(Runnable action) {
        return register(action, listeners);
    }

    @SuppressWarnings("UnnecessaryMethodReference") // the same action may be registered twice
    private static Registration register(Runnable action, List<Runnable> list) {
        Runnable own = action::run;
        list.add(own);
        return () -> list.remove(own);
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
            TextEvent event;
            boolean news;
            lock.lock();
            try {
                event = next();
                news = at > read;
                read = Math.max(read, at);
            } finally {
                lock.unlock();
            }
            if (news) {
                readListeners.forEach(Runnable::run);
            }
            return event;
        }

        private @Nullable TextEvent next() {
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
        }
    }
}
