// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.TextCursor;
import io.ttsclient.backend.TextEvent;
import io.ttsclient.backend.TextSource;
import io.ttsclient.text.SegmentLimits;
import io.ttsclient.text.Segmenter;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/** Tells when a text has something complete to speak: its first sentence, a flush or its end. Until then nobody owes audio. */
final class FirstSegment {
    private final Runnable action;
    private final TextCursor cursor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Segmenter segmenter; // guarded by lock, as the one below
    private boolean isTold;

    private FirstSegment(TextSource text, Locale language, Runnable action) {
        this.action = action;
        cursor = text.cursor();
        segmenter = new Segmenter(SegmentLimits.sentences(), language);
    }

    /** Runs {@code action} once, on the thread that writes, or at once if it is complete already. */
    static Registration whenComplete(TextSource text, Locale language, Runnable action) {
        var watch = new FirstSegment(text, language, action);
        Registration onGrowth = text.onGrowth(watch::look);
        watch.look();
        return onGrowth;
    }

    private void look() {
        lock.lock();
        try {
            if (isTold || !isComplete()) {
                return;
            }
            isTold = true;
        } finally {
            lock.unlock();
        }
        action.run();
    }

    private boolean isComplete() {
        for (TextEvent event = cursor.poll(); event != null; event = cursor.poll()) {
            if (event.kind() != TextEvent.Kind.TEXT) {
                return true;
            }
            segmenter.append(event.text());
            if (segmenter.poll() != null) {
                return true;
            }
        }
        return false;
    }
}
