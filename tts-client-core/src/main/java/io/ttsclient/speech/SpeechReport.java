// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What happened while a request was spoken: who spoke, what it took, what was tried. Immutable; holds no text. */
public final class SpeechReport {
    private final String requestId;
    private final @Nullable String backend;
    private final @Nullable String model;
    private final @Nullable String voice;
    private final @Nullable Duration queueWait;
    private final @Nullable Duration connect;
    private final @Nullable Duration timeToFirstAudio;
    private final @Nullable Duration total;
    private final Duration processing;
    private final Duration audioDuration;
    private final Duration audioUndelivered;
    private final int characters;
    private final long audioBytes;
    private final List<AttemptReport> attempts;
    private final List<String> warnings;

    private SpeechReport(Builder builder) {
        requestId = builder.requestId;
        backend = builder.backend;
        model = builder.model;
        voice = builder.voice;
        queueWait = builder.queueWait;
        connect = builder.connect;
        timeToFirstAudio = builder.timeToFirstAudio;
        total = builder.total;
        processing = builder.processing;
        audioDuration = builder.audioDuration;
        audioUndelivered = builder.audioUndelivered;
        characters = builder.characters;
        audioBytes = builder.audioBytes;
        attempts = List.copyOf(builder.attempts);
        warnings = List.copyOf(builder.warnings);
    }

    /** Starts a report; for those who make backends and test doubles. */
    public static Builder builder(String requestId) {
        return new Builder(requestId);
    }

    /** The id of the request, the caller's or ours. */
    public String requestId() {
        return requestId;
    }

    /** The name of the backend that spoke; empty until one does. */
    public Optional<String> backend() {
        return Optional.ofNullable(backend);
    }

    /** The model that was asked for by name. */
    public Optional<String> model() {
        return Optional.ofNullable(model);
    }

    /** The voice that spoke, where the backend said so. */
    public Optional<String> voice() {
        return Optional.ofNullable(voice);
    }

    /** How long the first audio waited for a free place; empty where nothing queued. */
    public Optional<Duration> queueWait() {
        return Optional.ofNullable(queueWait);
    }

    /** How long it took to connect for the first audio; empty where a connection was there already or none is needed. */
    public Optional<Duration> connect() {
        return Optional.ofNullable(connect);
    }

    /** From the call to the first audio; empty until it came. */
    public Optional<Duration> timeToFirstAudio() {
        return Optional.ofNullable(timeToFirstAudio);
    }

    /** From the call to the end, the caller's time to read included; empty until the end. */
    public Optional<Duration> total() {
        return Optional.ofNullable(total);
    }

    /** How much of the time so far the caller waited for audio; what the caller did between two reads is not in it. */
    public Duration processing() {
        return processing;
    }

    /** How long the audio delivered so far plays; zero where its encoding does not tell. */
    public Duration audioDuration() {
        return audioDuration;
    }

    /**
     * How long the audio plays that was made ahead, or asked for, and never delivered because the request did not come to its end;
     * an estimate by the length of its text, zero where nothing is known.
     */
    public Duration audioUndelivered() {
        return audioUndelivered;
    }

    /** The length of the text, as the caller wrote it, in {@code char}s; of a text that is still being written, so far. */
    public int characters() {
        return characters;
    }

    /** How many bytes of audio were delivered so far. */
    public long audioBytes() {
        return audioBytes;
    }

    /** {@link #processing()} divided by {@link #audioDuration()}; empty until the end and where the duration is unknown. */
    public OptionalDouble realTimeFactor() {
        return total == null || audioDuration.isZero()
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) processing.toNanos() / audioDuration.toNanos());
    }

    /** Every attempt, in the order in which they began; a text spoken in pieces has at least one for each. */
    public List<AttemptReport> attempts() {
        return attempts;
    }

    /** What the caller should know although it did not fail, such as options that were ignored. Never the text. */
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public String toString() {
        return "SpeechReport[requestId=" + requestId + ", backend=" + backend + ", voice=" + voice
                + ", timeToFirstAudio="
                + timeToFirstAudio + ", total=" + total + ", processing=" + processing + ", audioDuration="
                + audioDuration + ", audioUndelivered=" + audioUndelivered + ", characters=" + characters
                + ", attempts=" + attempts
                + ", warnings=" + warnings + "]";
    }

    /** Collects a {@link SpeechReport}. Not thread-safe. */
    public static final class Builder {
        private final String requestId;
        private @Nullable String backend;
        private @Nullable String model;
        private @Nullable String voice;
        private @Nullable Duration queueWait;
        private @Nullable Duration connect;
        private @Nullable Duration timeToFirstAudio;
        private @Nullable Duration total;
        private Duration processing = Duration.ZERO;
        private Duration audioDuration = Duration.ZERO;
        private Duration audioUndelivered = Duration.ZERO;
        private int characters;
        private long audioBytes;
        private List<AttemptReport> attempts = List.of();
        private List<String> warnings = List.of();

        private Builder(String requestId) {
            this.requestId = Objects.requireNonNull(requestId, "requestId");
        }

        public Builder backend(@Nullable String value) {
            backend = value;
            return this;
        }

        public Builder model(@Nullable String value) {
            model = value;
            return this;
        }

        public Builder voice(@Nullable String value) {
            voice = value;
            return this;
        }

        public Builder queueWait(@Nullable Duration value) {
            queueWait = value;
            return this;
        }

        public Builder connect(@Nullable Duration value) {
            connect = value;
            return this;
        }

        public Builder timeToFirstAudio(@Nullable Duration value) {
            timeToFirstAudio = value;
            return this;
        }

        public Builder total(@Nullable Duration value) {
            total = value;
            return this;
        }

        public Builder processing(Duration value) {
            processing = value;
            return this;
        }

        public Builder audioDuration(Duration value) {
            audioDuration = value;
            return this;
        }

        public Builder audioUndelivered(Duration value) {
            audioUndelivered = value;
            return this;
        }

        public Builder characters(int value) {
            characters = value;
            return this;
        }

        public Builder audioBytes(long value) {
            audioBytes = value;
            return this;
        }

        public Builder attempts(List<AttemptReport> value) {
            attempts = value;
            return this;
        }

        public Builder warnings(List<String> value) {
            warnings = value;
            return this;
        }

        /** The report. */
        public SpeechReport build() {
            return new SpeechReport(this);
        }
    }
}
