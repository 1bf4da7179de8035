// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens to requests, for metrics, logs and alarms. No event holds the text or a credential.
 *
 * <p>Each request that has {@link #started} has {@link #ended} exactly once. The methods are called from many threads at once,
 * on the way of the audio: they must be fast, must not block and must not use the client. One that throws is logged, the first
 * time, and stops nothing.
 *
 * <p>The events are made by the library and may gain components: read them, do not construct or deconstruct them.
 */
public interface SpeechListener {
    /** Hears nothing. */
    static SpeechListener none() {
        return Silent.INSTANCE;
    }

    /** A request begins. */
    default void started(Started event) {}

    /** One attempt failed, before or after its first audio; another may follow. */
    default void attemptFailed(AttemptFailed event) {}

    /** One attempt has ended, in whatever way; one for several requests perhaps after the request that began it. */
    default void attemptEnded(AttemptEnded event) {}

    /** The same backend will be asked again. */
    default void retryScheduled(RetryScheduled event) {}

    /** Another backend is asked instead. */
    default void fellBack(FellBack event) {}

    /** The first audio is there for the caller to read. */
    default void firstAudio(FirstAudio event) {}

    /** A cache was asked for a piece of the text. */
    default void cacheAnswered(CacheAnswered event) {}

    /** A request has ended, in whatever way. */
    default void ended(Ended event) {}

    /** The circuit breaker of a backend lets through more or less than before. It belongs to no request. */
    default void breakerChanged(BreakerChanged event) {}

    /** More or fewer requests than before wait for a place at a backend. It belongs to no request. */
    default void queueChanged(QueueChanged event) {}

    /** How a request ended. */
    enum Outcome {
        /** All audio was delivered. */
        COMPLETE,
        /** The caller left before the end, which is no failure. */
        CANCELLED,
        /** It failed, before or after its first audio. */
        FAILED
    }

    /**
     * A request begins.
     *
     * @param requestId the id of the request
     * @param characters the length of its text as written, in {@code char}s
     * @param whole whether the caller wants the audio only when all of it is there
     */
    record Started(String requestId, int characters, boolean whole) {
        public Started {
            Objects.requireNonNull(requestId, "requestId");
        }
    }

    /**
     * One attempt failed.
     *
     * @param requestId the id of the request
     * @param backend who was asked
     * @param category why it failed; {@code CANCELLED} if the caller left
     * @param origin who refused: this client, with its limits and circuit breakers, or the provider
     */
    record AttemptFailed(String requestId, String backend, Category category, Origin origin) {
        public AttemptFailed {
            Objects.requireNonNull(requestId, "requestId");
            Objects.requireNonNull(backend, "backend");
            Objects.requireNonNull(category, "category");
            Objects.requireNonNull(origin, "origin");
        }
    }

    /**
     * One attempt has ended.
     *
     * @param requestId the id of the request that began it
     * @param report what it did; how much of its audio was delivered shows in the report of the request only
     */
    record AttemptEnded(String requestId, AttemptReport report) {
        public AttemptEnded {
            Objects.requireNonNull(requestId, "requestId");
            Objects.requireNonNull(report, "report");
        }
    }

    /**
     * The same backend will be asked again.
     *
     * @param requestId the id of the request
     * @param backend who will be asked
     * @param failedAttempts how many attempts of this piece of text have failed so far, from 1
     * @param delay how long until then
     * @param cause why the last attempt failed
     */
    record RetryScheduled(String requestId, String backend, int failedAttempts, Duration delay, Category cause) {
        public RetryScheduled {
            Objects.requireNonNull(requestId, "requestId");
            Objects.requireNonNull(backend, "backend");
            Objects.requireNonNull(delay, "delay");
            Objects.requireNonNull(cause, "cause");
        }
    }

    /**
     * Another backend is asked instead.
     *
     * @param requestId the id of the request
     * @param from who failed or could not serve it
     * @param to who is asked now
     * @param cause why
     */
    record FellBack(String requestId, String from, String to, Category cause) {
        public FellBack {
            Objects.requireNonNull(requestId, "requestId");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(cause, "cause");
        }
    }

    /**
     * The first audio is there for the caller to read.
     *
     * @param requestId the id of the request
     * @param afterStart how long it took, from the call
     */
    record FirstAudio(String requestId, Duration afterStart) {
        public FirstAudio {
            Objects.requireNonNull(requestId, "requestId");
            Objects.requireNonNull(afterStart, "afterStart");
        }
    }

    /**
     * A cache was asked for a piece of the text.
     *
     * @param requestId the id of the request
     * @param backend whose audio was looked for
     * @param result what there was
     */
    record CacheAnswered(String requestId, String backend, CacheResult result) {
        public CacheAnswered {
            Objects.requireNonNull(requestId, "requestId");
            Objects.requireNonNull(backend, "backend");
            Objects.requireNonNull(result, "result");
        }
    }

    /** A request has ended. */
    final class Ended {
        private final Outcome outcome;
        private final @Nullable Category failure;
        private final SpeechReport report;
        private final boolean whole;

        /** {@code failure} is null unless it failed, and if what it failed with is no {@code TtsException}. */
        public Ended(Outcome outcome, @Nullable Category failure, SpeechReport report, boolean whole) {
            this.outcome = Objects.requireNonNull(outcome, "outcome");
            this.failure = failure;
            this.report = Objects.requireNonNull(report, "report");
            this.whole = whole;
        }

        /** The id of the request. */
        public String requestId() {
            return report.requestId();
        }

        /** How it ended. */
        public Outcome outcome() {
            return outcome;
        }

        /** Why it failed. */
        public Optional<Category> failure() {
            return Optional.ofNullable(failure);
        }

        /** All that happened. */
        public SpeechReport report() {
            return report;
        }

        /** Whether the caller wanted the audio only when all of it was there. */
        public boolean whole() {
            return whole;
        }

        @Override
        public String toString() {
            return "Ended[" + outcome + (failure == null ? "" : " " + failure) + ", " + report + "]";
        }
    }

    /**
     * The circuit breaker of a backend has changed.
     *
     * @param backend whose it is
     * @param from what it was
     * @param to what it is
     */
    record BreakerChanged(String backend, BreakerState from, BreakerState to) {
        public BreakerChanged {
            Objects.requireNonNull(backend, "backend");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }
    }

    /**
     * More or fewer requests wait for a place at a backend.
     *
     * @param backend whose it is
     * @param waiting how many wait
     */
    record QueueChanged(String backend, int waiting) {
        public QueueChanged {
            Objects.requireNonNull(backend, "backend");
        }
    }

    /** Hears nothing. */
    enum Silent implements SpeechListener {
        /** The only one. */
        INSTANCE
    }
}
