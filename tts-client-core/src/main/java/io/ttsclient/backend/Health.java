// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.BreakerState;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a backend would speak now, and how one knows. Immutable. */
public final class Health {
    /** Whether a backend would speak. */
    public enum Status {
        /** It would. */
        UP,
        /** It would, but not as it should: it failed lately, or somebody else speaks for it. */
        DEGRADED,
        /** It would not, and waiting a moment does not help. */
        DOWN,
        /** It is at a limit, its own or ours, and would speak a little later. */
        BUSY,
        /** It was not used yet, or cannot be asked. */
        UNKNOWN
    }

    private final Status status;
    private final String detail;
    private final @Nullable String backend;
    private final @Nullable BreakerState breaker;
    private final @Nullable Category lastFailure;
    private final @Nullable Duration latency;

    private Health(Builder builder) {
        status = builder.status;
        detail = builder.detail;
        backend = builder.backend;
        breaker = builder.breaker;
        lastFailure = builder.lastFailure;
        latency = builder.latency;
    }

    /** Starts with what every answer has; {@code detail} says why, for a person who reads it, without a credential. */
    public static Builder builder(Status status, String detail) {
        return new Builder(status, detail);
    }

    public static Health up(String detail) {
        return builder(Status.UP, detail).build();
    }

    public static Health degraded(String detail) {
        return builder(Status.DEGRADED, detail).build();
    }

    public static Health down(String detail) {
        return builder(Status.DOWN, detail).build();
    }

    public static Health busy(String detail) {
        return builder(Status.BUSY, detail).build();
    }

    public static Health unknown(String detail) {
        return builder(Status.UNKNOWN, detail).build();
    }

    /** What it means for a backend that the question for its health has failed: busy where there are too many questions, otherwise down. */
    public static Health of(TtsException failure) {
        Status status = failure.category() == Category.RATE_LIMIT ? Status.BUSY : Status.DOWN;
        return builder(status, failure.getMessage())
                .lastFailure(failure.category())
                .build();
    }

    /** Starts with what is set here. */
    public Builder toBuilder() {
        return toBuilder(status, detail);
    }

    /** Starts with what is set here, but for another answer. */
    public Builder toBuilder(Status otherStatus, String otherDetail) {
        return new Builder(otherStatus, otherDetail)
                .backend(backend)
                .breaker(breaker)
                .lastFailure(lastFailure)
                .latency(latency);
    }

    /** The answer. */
    public Status status() {
        return status;
    }

    /** Why, for a person who reads it; never a credential. */
    public String detail() {
        return detail;
    }

    /** Whose it is; empty where a backend speaks of itself. */
    public Optional<String> backend() {
        return Optional.ofNullable(backend);
    }

    /** What its circuit breaker lets through; empty where it has none. */
    public Optional<BreakerState> breaker() {
        return Optional.ofNullable(breaker);
    }

    /** Why its latest attempt that failed did so; empty if none has failed. */
    public Optional<Category> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /**
     * How long its latest attempt that succeeded took to its first audio, or, where a backend was asked, how long its answer took; empty
     * if there is neither.
     */
    public Optional<Duration> latency() {
        return Optional.ofNullable(latency);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Health that
                && status == that.status
                && detail.equals(that.detail)
                && Objects.equals(backend, that.backend)
                && breaker == that.breaker
                && lastFailure == that.lastFailure
                && Objects.equals(latency, that.latency);
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, detail, backend, breaker, lastFailure, latency);
    }

    @Override
    public String toString() {
        return "Health[" + (backend == null ? "" : backend + " ") + status + ", " + detail
                + (breaker == null ? "" : ", breaker=" + breaker)
                + (lastFailure == null ? "" : ", lastFailure=" + lastFailure)
                + (latency == null ? "" : ", latency=" + latency) + "]";
    }

    /** Collects a {@link Health}. Not thread-safe. */
    public static final class Builder {
        private final Status status;
        private final String detail;
        private @Nullable String backend;
        private @Nullable BreakerState breaker;
        private @Nullable Category lastFailure;
        private @Nullable Duration latency;

        private Builder(Status status, String detail) {
            this.status = Objects.requireNonNull(status, "status");
            this.detail = Objects.requireNonNull(detail, "detail");
        }

        public Builder backend(@Nullable String value) {
            backend = value;
            return this;
        }

        public Builder breaker(@Nullable BreakerState value) {
            breaker = value;
            return this;
        }

        public Builder lastFailure(@Nullable Category value) {
            lastFailure = value;
            return this;
        }

        public Builder latency(@Nullable Duration value) {
            latency = value;
            return this;
        }

        /** The answer. */
        public Health build() {
            return new Health(this);
        }
    }
}
