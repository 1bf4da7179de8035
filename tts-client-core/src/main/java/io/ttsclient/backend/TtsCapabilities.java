// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.text.SegmentLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What a backend is called and can do. Immutable. */
public final class TtsCapabilities {
    private final String backend;
    private final List<AudioFormat> formats;
    private final List<String> languages;
    private final List<String> models;
    private final List<String> identity;
    private final boolean growingText;
    private final @Nullable SegmentLimits segmentLimits;
    private final Duration sentencePause;
    private final Duration paragraphPause;
    private final OptionalInt concurrentStreams;
    private final @Nullable Duration firstAudioPatience;
    private final @Nullable Duration stallPatience;

    private TtsCapabilities(Builder builder) {
        backend = builder.backend;
        formats = List.copyOf(builder.formats);
        languages = List.copyOf(builder.languages);
        models = List.copyOf(builder.models);
        identity = List.copyOf(builder.identity);
        growingText = builder.growingText;
        segmentLimits = builder.segmentLimits;
        sentencePause = builder.sentencePause;
        paragraphPause = builder.paragraphPause;
        concurrentStreams = builder.concurrentStreams;
        firstAudioPatience = builder.firstAudioPatience;
        stallPatience = builder.stallPatience;
    }

    /**
     * Starts with what every backend has.
     *
     * @param backend its name, as in reports, metrics and configuration: lower case, such as {@code deepgram}
     * @param defaultFormat what it makes when no format is asked for
     */
    public static Builder builder(String backend, AudioFormat defaultFormat) {
        return new Builder(backend, defaultFormat);
    }

    /** The name of the backend. */
    public String backend() {
        return backend;
    }

    /** What it makes when no format is asked for. */
    public AudioFormat defaultFormat() {
        return formats.get(0);
    }

    /** The formats that it makes itself, the default one first. */
    public List<AudioFormat> formats() {
        return formats;
    }

    /** BCP 47 tags of the languages that it speaks; empty where it cannot tell, or depends on the voice. */
    public List<String> languages() {
        return languages;
    }

    /** Whether it may be asked to speak {@code language}: a region or script that it does not name does not matter. */
    public boolean speaks(Locale language) {
        return languages.isEmpty()
                || languages.stream()
                        .anyMatch(
                                tag -> Locale.forLanguageTag(tag).getLanguage().equals(language.getLanguage()));
    }

    /** The models that it was configured with, by the names that a request may ask for; these are the ones that metrics name. */
    public List<String> models() {
        return models;
    }

    /**
     * What shapes its audio besides the request, such as its address, its default voice and the version of its model: two backends of
     * one name and one identity speak a request alike. Empty where it cannot tell.
     */
    public List<String> identity() {
        return identity;
    }

    /** Whether it takes a text that is still being written. */
    public boolean growingText() {
        return growingText;
    }

    /** The pieces that a long text is cut into for it; empty where it takes any text as it is. */
    public Optional<SegmentLimits> segmentLimits() {
        return Optional.ofNullable(segmentLimits);
    }

    /** The silence that belongs between two pieces at the end of a sentence; zero where its audio has it. */
    public Duration sentencePause() {
        return sentencePause;
    }

    /** The silence that belongs between two pieces at the end of a paragraph; zero where its audio has it. */
    public Duration paragraphPause() {
        return paragraphPause;
    }

    /** How many streams it does well at once; empty where that is no matter. A client keeps to it unless it is told otherwise. */
    public OptionalInt concurrentStreams() {
        return concurrentStreams;
    }

    /** How long its first audio may take where all is well; empty where it is as quick as others. */
    public Optional<Duration> firstAudioPatience() {
        return Optional.ofNullable(firstAudioPatience);
    }

    /** How long it may pause between two pieces of audio where all is well; empty where it is as steady as others. */
    public Optional<Duration> stallPatience() {
        return Optional.ofNullable(stallPatience);
    }

    @Override
    public String toString() {
        return "TtsCapabilities[" + backend + ", formats=" + formats + ", growingText=" + growingText + "]";
    }

    /** Collects {@link TtsCapabilities}. Not thread-safe. */
    public static final class Builder {
        private final String backend;
        private final List<AudioFormat> formats = new ArrayList<>();
        private List<String> languages = List.of();
        private List<String> models = List.of();
        private List<String> identity = List.of();
        private boolean growingText;
        private @Nullable SegmentLimits segmentLimits;
        private Duration sentencePause = Duration.ZERO;
        private Duration paragraphPause = Duration.ZERO;
        private OptionalInt concurrentStreams = OptionalInt.empty();
        private @Nullable Duration firstAudioPatience;
        private @Nullable Duration stallPatience;

        private Builder(String backend, AudioFormat defaultFormat) {
            this.backend = backend;
            formats.add(defaultFormat);
        }

        /** Another format that it makes itself. */
        public Builder format(AudioFormat value) {
            formats.add(value);
            return this;
        }

        /** BCP 47 tags of all languages that it speaks; requests for others are not sent to it where there is a fallback. */
        public Builder languages(String... tags) {
            languages = List.of(tags);
            return this;
        }

        /** The models that it was configured with, as a rule one; not all that its provider has, and nobody's own voice. */
        public Builder models(String... names) {
            models = List.of(names);
            return this;
        }

        /**
         * All that shapes its audio besides the request, such as its address, its default voice and the version of its model; never a
         * key. Without it no audio of the backend outlives the client in a cache.
         */
        public Builder identity(String... values) {
            identity = List.of(values);
            return this;
        }

        /** It takes a text that is still being written. */
        public Builder growingText() {
            growingText = true;
            return this;
        }

        /** The pieces that a long text is cut into. */
        public Builder segmentLimits(SegmentLimits value) {
            segmentLimits = value;
            return this;
        }

        /** The silence between pieces; not negative. */
        public Builder pauses(Duration sentence, Duration paragraph) {
            if (sentence.isNegative() || paragraph.isNegative()) {
                throw new IllegalArgumentException(
                        "pauses: " + sentence + " and " + paragraph + ", allowed zero or more");
            }
            sentencePause = sentence;
            paragraphPause = paragraph;
            return this;
        }

        /** How many streams it does well at once; at least 1. */
        public Builder concurrentStreams(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("concurrentStreams: " + value + ", allowed at least 1");
            }
            concurrentStreams = OptionalInt.of(value);
            return this;
        }

        /** How long it may take to its first audio, and pause after that, where all is well; more than zero. */
        public Builder patience(Duration firstAudio, Duration stall) {
            if (firstAudio.isNegative() || firstAudio.isZero() || stall.isNegative() || stall.isZero()) {
                throw new IllegalArgumentException(
                        "patience: " + firstAudio + " and " + stall + ", allowed more than zero");
            }
            firstAudioPatience = firstAudio;
            stallPatience = stall;
            return this;
        }

        /** The capabilities. */
        public TtsCapabilities build() {
            return new TtsCapabilities(this);
        }
    }
}
