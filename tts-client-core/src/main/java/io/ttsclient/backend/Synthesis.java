// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpeechOptions;
import org.jspecify.annotations.Nullable;

/**
 * What travels from the client through the layers to a backend: a text, how to speak it, until when, and how the caller
 * leaves. Immutable but for the {@link Journal} and the {@link Cancellation} that it refers to; the {@code with} methods give
 * changed copies.
 */
public final class Synthesis {
    private final TextSource text;
    private final SpeechOptions options;
    private final String requestId;
    private final Deadline deadline;
    private final Cancellation cancellation;
    private final Journal journal;
    private final TimeSource time;
    private final boolean whole;
    private final @Nullable Attempt attempt;
    private final TraceContext trace;

    private Synthesis(Builder builder) {
        text = builder.text;
        options = builder.options;
        requestId = builder.requestId;
        deadline = builder.deadline;
        cancellation = builder.cancellation != null ? builder.cancellation : new Cancellation();
        time = builder.time;
        journal = builder.journal != null ? builder.journal : new Journal(requestId, time);
        whole = builder.whole;
        attempt = builder.attempt;
        trace = builder.trace;
    }

    /** Starts one; for clients and for tests of backends. */
    public static Builder builder(TextSource text, String requestId, TimeSource time) {
        return new Builder(text, requestId, time);
    }

    private Builder toBuilder() {
        var builder = new Builder(text, requestId, time);
        builder.options = options;
        builder.deadline = deadline;
        builder.cancellation = cancellation;
        builder.journal = journal;
        builder.whole = whole;
        builder.attempt = attempt;
        builder.trace = trace;
        return builder;
    }

    /** What to speak. */
    public TextSource text() {
        return text;
    }

    /** How to speak it; the client's defaults are in it. */
    public SpeechOptions options() {
        return options;
    }

    /** The id of the request, in every log line, exception and report. */
    public String requestId() {
        return requestId;
    }

    /** When the caller stops waiting. */
    public Deadline deadline() {
        return deadline;
    }

    /** The scope that ends when the caller leaves, the deadline passes or a layer gives this attempt up. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** The clock, and the only way to wait. */
    public TimeSource time() {
        return time;
    }

    /** Where layers take down what happens. */
    public Journal journal() {
        return journal;
    }

    /** Whether the caller wants the audio only when all of it is there. */
    public boolean whole() {
        return whole;
    }

    /** Where a backend takes down what it does. */
    public Attempt attempt() {
        if (attempt == null) {
            throw new IllegalStateException("no attempt yet: a backend is called below the attempt layer");
        }
        return attempt;
    }

    /** Where it stands in a trace, for backends that tell their servers. */
    public TraceContext trace() {
        return trace;
    }

    /** Runs {@code action} when the caller leaves; see {@link Cancellation#onCancel}. */
    public Registration onCancel(Runnable action) {
        return cancellation.onCancel(action);
    }

    /** A failure of this request; the backend's name is in it where an attempt has begun. */
    public TtsException.Builder failure(Category category, String message) {
        return describe(TtsException.builder(category, message));
    }

    /** The failure that the caller's leaving is. */
    public TtsException cancelled() {
        return failure(Category.CANCELLED, "the request was cancelled").build();
    }

    /**
     * Goes on only for a caller who still waits.
     *
     * @throws TtsException with category {@code CANCELLED} if the caller has left, {@code TIMEOUT} if the deadline has passed
     */
    public void requireWanted() {
        if (cancellation.isCancelled()) {
            throw cancelled();
        }
        if (deadline.isExpired()) {
            throw describe(deadline.failure()).build();
        }
    }

    /** Adds what this synthesis knows to a failure that does not say it. */
    public TtsException.Builder describe(TtsException.Builder failure) {
        failure.requestId(requestId);
        return attempt == null ? failure : failure.backend(attempt.backend());
    }

    /** The same, for another text. */
    public Synthesis withText(TextSource value) {
        return toBuilder().text(value).build();
    }

    /** The same, spoken otherwise. */
    public Synthesis withOptions(SpeechOptions value) {
        return toBuilder().options(value).build();
    }

    /** The same, until then. */
    public Synthesis withDeadline(Deadline value) {
        return toBuilder().deadline(value).build();
    }

    /** The same, in another scope, as a rule a {@linkplain Cancellation#child() child} of this one. */
    public Synthesis withCancellation(Cancellation value) {
        return toBuilder().cancellation(value).build();
    }

    /** The same, as this attempt. */
    public Synthesis withAttempt(Attempt value) {
        return toBuilder().attempt(value).build();
    }

    /** The same, elsewhere in the trace. */
    public Synthesis withTrace(TraceContext value) {
        return toBuilder().trace(value).build();
    }

    /** Ids and options, never the text. */
    @Override
    public String toString() {
        return "Synthesis[requestId=" + requestId + ", " + text + ", " + options + ", " + deadline + "]";
    }

    /** Collects a {@link Synthesis}. Not thread-safe. */
    public static final class Builder {
        private TextSource text;
        private final String requestId;
        private final TimeSource time;
        private SpeechOptions options = SpeechOptions.none();
        private Deadline deadline = Deadline.none();
        private @Nullable Cancellation cancellation;
        private @Nullable Journal journal;
        private boolean whole;
        private @Nullable Attempt attempt;
        private TraceContext trace = TraceContext.none();

        private Builder(TextSource text, String requestId, TimeSource time) {
            this.text = text;
            this.requestId = requestId;
            this.time = time;
        }

        private Builder text(TextSource value) {
            text = value;
            return this;
        }

        public Builder options(SpeechOptions value) {
            options = value;
            return this;
        }

        public Builder deadline(Deadline value) {
            deadline = value;
            return this;
        }

        public Builder cancellation(Cancellation value) {
            cancellation = value;
            return this;
        }

        public Builder journal(Journal value) {
            journal = value;
            return this;
        }

        /** Whether the caller wants the audio only when all of it is there. */
        public Builder whole(boolean value) {
            whole = value;
            return this;
        }

        public Builder attempt(Attempt value) {
            attempt = value;
            return this;
        }

        public Builder trace(TraceContext value) {
            trace = value;
            return this;
        }

        /** The synthesis; without a journal or a scope it gets new ones. */
        public Synthesis build() {
            return new Synthesis(this);
        }
    }
}
