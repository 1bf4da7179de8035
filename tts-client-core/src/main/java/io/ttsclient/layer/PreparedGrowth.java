// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.GrowingText;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.TextCursor;
import io.ttsclient.backend.TextEvent;
import io.ttsclient.backend.TextSource;
import io.ttsclient.text.TextPreparer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A text made speakable while it is written. It is prepared once, as far as any cursor has come, and every cursor reads the same;
 * what nobody reads is not asked for either.
 */
final class PreparedGrowth implements TextSource {
    private final TextSource source;
    private final GrowingText prepared = new GrowingText();
    private final ReentrantLock lock = new ReentrantLock();
    private final TextCursor cursor; // guarded by lock, as the one below
    private final TextPreparer preparer;

    PreparedGrowth(TextSource source, TextPreparer preparer) {
        this.source = source;
        this.preparer = preparer;
        cursor = source.cursor();
    }

    /** Prepares a bit more; false if there is nothing to prepare. */
    private boolean pull() {
        lock.lock();
        try {
            TextEvent event = cursor.poll();
            if (event == null) {
                return false;
            }
            switch (event.kind()) {
                case TEXT -> prepared.append(preparer.append(event.text()));
                case FLUSH -> {
                    prepared.append(preparer.flush());
                    prepared.flush();
                }
                case END -> {
                    prepared.append(preparer.finish());
                    prepared.finish();
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void pullAll() {
        while (pull()) {
            // the next one
        }
    }

    /** Whether a cursor may read more than has been prepared; asking prepares nothing. */
    @Override
    public boolean isGrowing() {
        return prepared.isGrowing();
    }

    @Override
    public String text() {
        pullAll();
        return prepared.text();
    }

    /** What has been prepared so far; asking prepares nothing. */
    @Override
    public int length() {
        return prepared.length();
    }

    @Override
    public TextCursor cursor() {
        return new Cursor(prepared.cursor());
    }

    @Override
    public Registration onGrowth(Runnable action) {
        return source.onGrowth(action);
    }

    /** The index in the source of what stands at {@code index}. */
    int sourceIndex(int index) {
        lock.lock();
        try {
            return preparer.sourceIndex(Math.min(index, prepared.length()));
        } finally {
            lock.unlock();
        }
    }

    /** The index in the source behind what ends at {@code end}. */
    int sourceEnd(int end) {
        lock.lock();
        try {
            return preparer.sourceEnd(Math.min(end, prepared.length()));
        } finally {
            lock.unlock();
        }
    }

    /** Lengths, never the text. */
    @Override
    public String toString() {
        return prepared + ", prepared";
    }

    private final class Cursor implements TextCursor {
        private final TextCursor read;

        Cursor(TextCursor read) {
            this.read = read;
        }

        @Override
        public @Nullable TextEvent poll() {
            TextEvent event = read.poll();
            while (event == null && pull()) {
                event = read.poll();
            }
            return event != null ? event : read.poll(); // another cursor may have pulled in between
        }
    }
}
