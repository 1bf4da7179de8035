// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextCursor;
import io.ttsclient.backend.TextEvent;
import io.ttsclient.backend.TextSource;
import io.ttsclient.error.Category;
import io.ttsclient.text.Speakable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Waits for something to pronounce in a text that is being written, so that nobody is asked to speak before. */
final class SpeakableText {
    private static final Registration NONE = () -> {};

    private SpeakableText() {}

    /**
     * Waits until there is something to pronounce, or the text is finished.
     *
     * @return whether there is
     * @throws io.ttsclient.error.TtsException if the caller leaves, the deadline passes or the thread is interrupted
     */
    static boolean await(Synthesis synthesis, TextSource text) {
        var news = new Semaphore(0);
        TextCursor cursor = text.cursor();
        Registration onGrowth = text.onGrowth(news::release);
        Registration onCancel = synthesis.onCancel(news::release);
        Registration timer = NONE;
        try {
            var seen = new StringBuilder();
            for (TextEvent event = cursor.poll(); ; event = cursor.poll()) {
                if (event != null) {
                    if (event.kind() == TextEvent.Kind.END) {
                        return false;
                    }
                    seen.append(event.text());
                    if (Speakable.anythingIn(seen)) {
                        return true;
                    }
                    seen.delete(0, Math.max(0, seen.length() - 1)); // a surrogate may wait for its partner
                    continue;
                }
                synthesis.requireWanted();
                Optional<Duration> left = synthesis.deadline().remaining();
                if (left.isPresent() && NONE.equals(timer)) {
                    timer = synthesis.time().schedule(left.get(), news::release);
                }
                news.acquire();
                news.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw synthesis
                    .failure(Category.CANCELLED, "the waiting thread was interrupted")
                    .cause(e)
                    .build();
        } finally {
            timer.remove();
            onCancel.remove();
            onGrowth.remove();
        }
    }
}
