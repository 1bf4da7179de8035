// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.speech.AttemptReport;
import io.ttsclient.speech.SpeechListener.Outcome;
import io.ttsclient.speech.SpeechReport;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What one attempt says about itself. Thread-safe. */
public final class Attempt {
    private final String backend;
    private final Journal journal;
    private final ReentrantLock lock; // the journal's; guards all below
    private @Nullable String voice;
    private @Nullable String model;
    private @Nullable String providerRequestId;
    private Duration audio = Duration.ZERO;
    private @Nullable Duration queueWait;
    private @Nullable Duration connect;
    private @Nullable Category failure;
    private @Nullable Outcome outcome; // null until it has ended
    private int charactersSent;
    private boolean spoken;
    private boolean resting;
    private boolean hasRested;
    private long restedUntil; // where it has rested

    Attempt(String backend, ReentrantLock lock, Journal journal) {
        this.backend = backend;
        this.lock = lock;
        this.journal = journal;
    }

    /** The name of the backend. */
    public String backend() {
        return backend;
    }

    /** The voice that speaks. */
    public void voice(String id) {
        set(() -> voice = id);
    }

    /** The model that was asked for. */
    public void model(String name) {
        set(() -> model = name);
    }

    /** How long the audio plays that it gave; called when it gives no more, and not where its encoding does not tell. */
    public void gave(Duration duration) {
        set(() -> audio = duration);
    }

    /** {@code count} more {@code char}s of text went to the engine. */
    public void sent(int count) {
        set(() -> charactersSent += count);
    }

    /** How long it waited for a free place. */
    public void queued(Duration wait) {
        set(() -> queueWait = wait);
    }

    /** How long it took to connect. */
    public void connected(Duration duration) {
        set(() -> connect = duration);
    }

    /** The provider's own id of the request. */
    public void providerRequestId(String id) {
        set(() -> providerRequestId = id);
    }

    /** Its first audio arrived. */
    public void spoke() {
        set(() -> spoken = true);
    }

    /**
     * It owes no audio for now, because it waits for more text, or for its own limits to let it go on: its silence is no stall until
     * {@link #resumed()}.
     */
    public void resting() {
        set(() -> resting = true);
    }

    /** It owes audio again. */
    public void resumed() {
        set(() -> {
            if (resting) {
                resting = false;
                hasRested = true;
                restedUntil = journal.nanoTime();
            }
        });
    }

    /** Whether it owes no audio for now. */
    public boolean isResting() {
        lock.lock();
        try {
            return resting;
        } finally {
            lock.unlock();
        }
    }

    /** Since when it owes audio, by the {@link TimeSource#nanoTime()} of the request: {@code since}, or the end of a later rest. */
    public long owingSince(long since) {
        lock.lock();
        try {
            return restedUntil - since > 0 && hasRested ? restedUntil : since;
        } finally {
            lock.unlock();
        }
    }

    /** It failed, before or after its first audio; with {@code CANCELLED} if the caller left. */
    public void failed(Category category, Origin origin) {
        set(() -> failure = category);
        journal.attemptFailed(backend, category, origin);
        ended(category == Category.CANCELLED ? Outcome.CANCELLED : Outcome.FAILED);
    }

    /** It has ended so; called by whoever began it. The first call counts, and {@link #failed} is one. */
    public void ended(Outcome how) {
        AttemptReport report;
        lock.lock();
        try {
            if (outcome != null) {
                return;
            }
            outcome = how;
            report = report(Duration.ZERO);
        } finally {
            lock.unlock();
        }
        journal.attemptEnded(report);
    }

    private void set(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    boolean hasSpoken() {
        return spoken;
    }

    boolean hasFailed() {
        return failure != null;
    }

    void describeSpeaker(SpeechReport.Builder report) {
        report.backend(backend).voice(voice).model(model).queueWait(queueWait).connect(connect);
    }

    Duration audio() {
        return audio;
    }

    AttemptReport report(Duration delivered) {
        return new AttemptReport(
                backend, model, voice, charactersSent, audio, delivered, outcome, failure, providerRequestId);
    }
}
