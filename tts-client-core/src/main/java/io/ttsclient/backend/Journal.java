// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.speech.SpeechReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Takes down what happens to one request, for its {@link SpeechReport}. Thread-safe; its lock is never held during I/O. */
public final class Journal {
    private final String requestId;
    private final TimeSource time;
    private final long startNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Attempt> attempts = new ArrayList<>(); // guarded by lock, as all below
    private final List<String> warnings = new ArrayList<>();
    private @Nullable Duration timeToFirstAudio;
    private @Nullable Duration total;
    private @Nullable AudioFormat format;
    private Duration processing = Duration.ZERO;
    private long bytesDelivered;

    /** Begins now. */
    public Journal(String requestId, TimeSource time) {
        this.requestId = requestId;
        this.time = time;
        startNanos = time.nanoTime();
    }

    /** A new attempt of {@code backend}. */
    public Attempt attempt(String backend) {
        var attempt = new Attempt(backend, lock);
        lock.lock();
        try {
            attempts.add(attempt);
        } finally {
            lock.unlock();
        }
        return attempt;
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
        lock.lock();
        try {
            if (timeToFirstAudio == null) {
                timeToFirstAudio = time.since(startNanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The caller waited for {@code duration}. */
    public void waited(Duration duration) {
        lock.lock();
        try {
            processing = processing.plus(duration);
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

    /** The request has ended, in whatever way; the first call counts. */
    public void ended() {
        lock.lock();
        try {
            if (total == null) {
                total = time.since(startNanos);
            }
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
                    .processing(processing)
                    .audioDuration(audioDelivered())
                    .warnings(warnings);
            Attempt speaker = speaker();
            if (speaker != null) {
                speaker.describeSpeaker(report);
            }
            return report.attempts(attempts.stream().map(Attempt::report).toList())
                    .build();
        } finally {
            lock.unlock();
        }
    }

    /** Whose audio the caller has: an attempt that broke off counts only if none held. */
    private @Nullable Attempt speaker() {
        Attempt brokenOff = null;
        for (Attempt attempt : attempts) {
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
