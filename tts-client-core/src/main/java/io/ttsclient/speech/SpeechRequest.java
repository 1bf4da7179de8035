// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.TtsException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A text and how to speak it. Immutable; it may be sent any number of times. */
public final class SpeechRequest {
    private static final int MAX_REQUEST_ID = 128;

    private final String text;
    private final @Nullable String requestId;
    private final SpeechOptions options;

    private SpeechRequest(Builder builder) {
        text = builder.text;
        requestId = builder.requestId;
        options = builder.options.build();
    }

    /** {@code text} with nothing else set; not blank. */
    public static SpeechRequest of(String text) {
        return builder(text).build();
    }

    /**
     * Starts a request.
     *
     * @param text what to speak; not blank
     * @throws NothingToSpeakException if it is blank
     */
    public static Builder builder(String text) {
        return new Builder(text);
    }

    /** Starts with all that is set here. */
    public Builder toBuilder() {
        var builder = new Builder(text).options(options);
        builder.requestId = requestId;
        return builder;
    }

    /** What to speak. */
    public String text() {
        return text;
    }

    /** The caller's id of the request; without one the client makes one. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** How to speak it. */
    public SpeechOptions options() {
        return options;
    }

    /** The length of the text and the options, never the text. */
    @Override
    public String toString() {
        return "SpeechRequest[" + text.length() + " chars, requestId=" + requestId + ", " + options + "]";
    }

    /** Collects a {@link SpeechRequest}. The setters are those of {@link SpeechOptions.Builder}. Not thread-safe. */
    public static final class Builder {
        private final String text;
        private @Nullable String requestId;
        private SpeechOptions.Builder options = SpeechOptions.builder();

        private Builder(String text) {
            if (text.isBlank()) {
                throw new NothingToSpeakException(
                        "text: blank (" + text.length() + " chars), allowed anything to speak");
            }
            this.text = text;
        }

        /** All options at once, replacing those set so far. */
        public Builder options(SpeechOptions value) {
            options = value.toBuilder();
            return this;
        }

        /** Sets options that have no setter here, as in {@code with(options -> options.cacheable(false))}. */
        public Builder with(UnaryOperator<SpeechOptions.Builder> setter) {
            options = setter.apply(options);
            return this;
        }

        /** An id to find the request again, in logs and at the provider: 1 to 128 visible ASCII characters. */
        public Builder requestId(String value) {
            if (value.isEmpty()
                    || value.length() > MAX_REQUEST_ID
                    || value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw TtsException.invalidRequest("requestId: " + value.length() + " chars, allowed 1 to "
                        + MAX_REQUEST_ID + " visible ASCII characters");
            }
            requestId = value;
            return this;
        }

        /** See {@link SpeechOptions.Builder#voice(String)}. */
        public Builder voice(String id) {
            options.voice(id);
            return this;
        }

        /** See {@link SpeechOptions.Builder#model(String)}. */
        public Builder model(String name) {
            options.model(name);
            return this;
        }

        /** See {@link SpeechOptions.Builder#language(String)}. */
        public Builder language(String tag) {
            options.language(tag);
            return this;
        }

        /** See {@link SpeechOptions.Builder#speed(double)}. */
        public Builder speed(double factor) {
            options.speed(factor);
            return this;
        }

        /** See {@link SpeechOptions.Builder#style(String)}. */
        public Builder style(String words) {
            options.style(words);
            return this;
        }

        /** See {@link SpeechOptions.Builder#format(AudioFormat)}. */
        public Builder format(AudioFormat value) {
            options.format(value);
            return this;
        }

        /** See {@link SpeechOptions.Builder#timeout(Duration)}. */
        public Builder timeout(Duration value) {
            options.timeout(value);
            return this;
        }

        /** The request. */
        public SpeechRequest build() {
            return new SpeechRequest(this);
        }
    }
}
