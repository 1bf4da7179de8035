// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.speech.AttemptReport;
import io.ttsclient.speech.CacheResult;
import io.ttsclient.speech.SpeechListener;
import io.ttsclient.speech.SpeechReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what happens to one request, for its {@link SpeechReport}, and tells a {@link SpeechListener}. Thread-safe; its lock
 * is never held during I/O, nor while the listener listens.
 */
public final class Journal {
    private final String requestId;
    private final TimeSource time;
    private final SpeechListener listener;
    private final long startNanos;
    private volatile boolean whole; // written once, before anybody else has this
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Attempt> attempts = new ArrayList<>(); // guarded by lock, as all below
    private final List<String> warnings = new ArrayList<>();
    private final List<Cached> cached = new ArrayList<>(0); // since the last change of the backend
    private @Nullable String cachedBackend; // whose audio came from a cache, since the last change of the backend
    private @Nullable String cachedModel;
    private @Nullable String cachedVoice;
    private boolean fallenBack;
    private int attemptsOfOthers; // before the last change of the backend
    private @Nullable Duration timeToFirstAudio;
    private @Nullable Duration total;
    private @Nullable AudioFormat format;
    private long processingNanos;
    private long bytesDelivered;
    private Duration undelivered = Duration.ZERO;
    private int characters;

    /** A piece that a cache gave, when there had been {@code attempts} attempts. */
    private record Cached(int attempts, Supplier<Duration> audio) {}

    /** Begins now, and tells nobody. */
    public Journal(String requestId, TimeSource time) {
        this(requestId, time, SpeechListener.none());
    }

    /** Begins now; {@code listener} does not throw. */
    public Journal(String requestId, TimeSource time, SpeechListener listener) {
        this.requestId = requestId;
        this.time = time;
        this.listener = listener;
        startNanos = time.nanoTime();
    }

    /** The request reaches the layers, with a text of that many {@code char}s so far. Called once, before anything else. */
    public void started(int count, boolean whole) {
        this.whole = whole;
        characters(count);
        listener.started(new SpeechListener.Started(requestId, count, whole));
    }

    long nanoTime() {
        return time.nanoTime();
    }

    /** A new attempt of {@code backend}. */
    public Attempt attempt(String backend) {
        var attempt = new Attempt(backend, lock, this);
        lock.lock();
        try {
            attempts.add(attempt);
        } finally {
            lock.unlock();
        }
        return attempt;
    }

    void attemptFailed(String backend, Category category, Origin origin) {
        listener.attemptFailed(new SpeechListener.AttemptFailed(requestId, backend, category, origin));
    }

    void attemptEnded(AttemptReport report) {
        listener.attemptEnded(new SpeechListener.AttemptEnded(requestId, report));
    }

    /** {@code backend} failed with {@code cause} for the {@code failedAttempts}th time, and is asked again after {@code wait}. */
    public void retrying(String backend, int failedAttempts, Duration wait, Category cause) {
        listener.retryScheduled(new SpeechListener.RetryScheduled(requestId, backend, failedAttempts, wait, cause));
    }

    /** The backend {@code to} is asked after {@code from} failed with {@code cause} or could not serve the request. */
    public void fellBack(String from, String to, Category cause) {
        warning("fell back from " + from + ": " + cause);
        lock.lock();
        try {
            fallenBack = true;
            attemptsOfOthers = attempts.size();
            cached.clear();
            cachedBackend = null;
            cachedModel = null;
            cachedVoice = null;
        } finally {
            lock.unlock();
        }
        listener.fellBack(new SpeechListener.FellBack(requestId, from, to, cause));
    }

    /**
     * A cache was asked for audio of {@code backend}, and had {@code result}; {@code model} is null if none was asked for,
     * {@code voice} if it is not known. {@code audio} tells how long that plays which the cache has given so far; it must not block.
     */
    public void cacheAnswered(
            String backend,
            CacheResult result,
            @Nullable String model,
            @Nullable String voice,
            Supplier<Duration> audio) {
        if (result != CacheResult.MISS) {
            lock.lock();
            try {
                cached.add(new Cached(attempts.size(), audio));
                cachedBackend = backend;
                cachedModel = model;
                cachedVoice = voice;
            } finally {
                lock.unlock();
            }
        }
        listener.cacheAnswered(new SpeechListener.CacheAnswered(requestId, backend, result));
    }

    /** Something the caller should know; never the text. The same warning is taken down once. */
    public void warning(String message) {
        lock.lock();
        try {
            if (!warnings.contains(message)) {
                warnings.add(message);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The first audio is there for the caller to read; the first call counts. */
    public void firstAudio() {
        Duration elapsed = time.since(startNanos);
        lock.lock();
        try {
            if (timeToFirstAudio != null) {
                return;
            }
            timeToFirstAudio = elapsed;
        } finally {
            lock.unlock();
        }
        listener.firstAudio(new SpeechListener.FirstAudio(requestId, elapsed));
    }

    /** The caller waited that long. */
    public void waited(long nanos) {
        lock.lock();
        try {
            processingNanos += nanos;
        } finally {
            lock.unlock();
        }
    }

    /** {@code bytes} bytes in {@code deliveredFormat} are about to reach the caller. */
    public void delivered(AudioFormat deliveredFormat, int bytes) {
        lock.lock();
        try {
            format = deliveredFormat;
            bytesDelivered += bytes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The request has ended; the first call counts. {@code failure} is null unless it failed, and where that has no category.
     *
     * @return whether this was the first call
     */
    public boolean ended(SpeechListener.Outcome outcome, @Nullable Category failure) {
        lock.lock();
        try {
            if (total != null) {
                return false;
            }
            total = time.since(startNanos);
        } finally {
            lock.unlock();
        }
        if (!SpeechListener.none().equals(listener)) {
            listener.ended(new SpeechListener.Ended(outcome, failure, report(), whole));
        }
        return true;
    }

    /** Whether another backend was asked than the first. */
    public boolean hasFallenBack() {
        lock.lock();
        try {
            return fallenBack;
        } finally {
            lock.unlock();
        }
    }

    /** Audio of that length was made or asked for, and nobody will read it; an estimate will do. */
    public void undelivered(Duration duration) {
        lock.lock();
        try {
            undelivered = undelivered.plus(duration);
        } finally {
            lock.unlock();
        }
    }

    /** The text has that many {@code char}s by now, as the caller wrote it. */
    public void characters(int count) {
        lock.lock();
        try {
            characters = count;
        } finally {
            lock.unlock();
        }
    }

    /** How many attempts there have been. */
    public int attempts() {
        lock.lock();
        try {
            return attempts.size();
        } finally {
            lock.unlock();
        }
    }

    /** How long the audio delivered so far plays. */
    public Duration audioDelivered() {
        lock.lock();
        try {
            return format == null || format.encoding().isCompressed()
                    ? Duration.ZERO
                    : format.durationOf(bytesDelivered);
        } finally {
            lock.unlock();
        }
    }

    /** All that was taken down so far. */
    public SpeechReport report() {
        lock.lock();
        try {
            var report = SpeechReport.builder(requestId)
                    .timeToFirstAudio(timeToFirstAudio)
                    .total(total)
                    .processing(Duration.ofNanos(processingNanos))
                    .audioDuration(audioDelivered())
                    .audioUndelivered(undelivered)
                    .characters(characters)
                    .audioBytes(bytesDelivered)
                    .warnings(warnings);
            Attempt speaker = speaker();
            if (speaker != null) {
                speaker.describeSpeaker(report);
            } else {
                report.backend(cachedBackend).model(cachedModel).voice(cachedVoice);
            }
            return report.attempts(attemptReports()).build();
        } finally {
            lock.unlock();
        }
    }

    /** Pieces are delivered in the order in which they began, and audio of a backend that others were asked instead of is not. */
    private List<AttemptReport> attemptReports() {
        var reports = new ArrayList<AttemptReport>(attempts.size());
        Duration left = audioDelivered();
        int pieces = 0;
        for (int i = 0; i < attempts.size(); i++) {
            for (; pieces < cached.size() && cached.get(pieces).attempts() <= i; pieces++) {
                left = left.minus(shorter(left, cached.get(pieces).audio().get()));
            }
            Attempt attempt = attempts.get(i);
            Duration delivered =
                    i >= attemptsOfOthers && attempt.hasSpoken() ? shorter(left, attempt.audio()) : Duration.ZERO;
            left = left.minus(delivered);
            reports.add(attempt.report(delivered));
        }
        return reports;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * Whose audio the caller has. A backend that others were asked instead of has lost its say, even if it spoke a piece; an
     * attempt that broke off counts only if none held.
     */
    private @Nullable Attempt speaker() {
        Attempt brokenOff = null;
        for (Attempt attempt : attempts.subList(attemptsOfOthers, attempts.size())) {
            if (attempt.hasSpoken() && !attempt.hasFailed()) {
                return attempt;
            }
            if (attempt.hasSpoken() && brokenOff == null) {
                brokenOff = attempt;
            }
        }
        return brokenOff;
    }
}
