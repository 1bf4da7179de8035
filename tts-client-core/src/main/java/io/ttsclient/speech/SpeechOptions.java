// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.TtsException;
import io.ttsclient.text.TextPreparation;
import java.time.Duration;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How to speak. Everything is optional: what is not set here comes from the client's defaults, and what is not set there is
 * the backend's choice. Immutable.
 */
public final class SpeechOptions {
    private static final SpeechOptions NONE = builder().build();

    private final @Nullable String voice;
    private final @Nullable String model;
    private final @Nullable String language;
    private final @Nullable Double speed;
    private final @Nullable String style;
    private final @Nullable AudioFormat format;
    private final @Nullable Duration timeout;
    private final @Nullable Priority priority;
    private final @Nullable Boolean cacheable;
    private final @Nullable TextPreparation textPreparation;
    private final @Nullable Boolean trimSilence;
    private final Map<Class<? extends ProviderOptions>, ProviderOptions> provider;

    private SpeechOptions(Builder builder) {
        voice = builder.voice;
        model = builder.model;
        language = builder.language;
        speed = builder.speed;
        style = builder.style;
        format = builder.format;
        timeout = builder.timeout;
        priority = builder.priority;
        cacheable = builder.cacheable;
        textPreparation = builder.textPreparation;
        trimSilence = builder.trimSilence;
        provider = Map.copyOf(builder.provider);
    }

    /** Nothing set. */
    public static SpeechOptions none() {
        return NONE;
    }

    /** Only a voice set, by the id that its backend gives it. */
    public static SpeechOptions voice(String id) {
        return builder().voice(id).build();
    }

    /** Starts with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts with what is set here. */
    public Builder toBuilder() {
        return new Builder().setAll(this);
    }

    /** These options, and those of {@code defaults} where nothing is set here. */
    public SpeechOptions withDefaults(SpeechOptions defaults) {
        return defaults == NONE ? this : defaults.toBuilder().setAll(this).build();
    }

    /** These options but for the voice and the model, which mean something to one backend only. */
    public SpeechOptions withoutVoice() {
        if (voice == null && model == null) {
            return this;
        }
        Builder builder = toBuilder();
        builder.voice = null;
        builder.model = null;
        return builder.build();
    }

    /** These options but for the style, which is written for one kind of backend. */
    public SpeechOptions withoutStyle() {
        if (style == null) {
            return this;
        }
        Builder builder = toBuilder();
        builder.style = null;
        return builder.build();
    }

    /** The id of the voice. */
    public Optional<String> voice() {
        return Optional.ofNullable(voice);
    }

    /** The provider's name of the model. */
    public Optional<String> model() {
        return Optional.ofNullable(model);
    }

    /** The language of the text, as a BCP 47 tag such as {@code en-US}. */
    public Optional<String> language() {
        return Optional.ofNullable(language);
    }

    /** How fast to speak: 1 is the voice's own speed, 2 twice as fast. */
    public OptionalDouble speed() {
        return speed == null ? OptionalDouble.empty() : OptionalDouble.of(speed);
    }

    /** How to say it, in words, for backends that take such directions. */
    public Optional<String> style() {
        return Optional.ofNullable(style);
    }

    /** The format to deliver; without one the backend's own. */
    public Optional<AudioFormat> format() {
        return Optional.ofNullable(format);
    }

    /** The longest that the whole request may take, from the call to the last chunk read; without one there is no bound. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** Who goes first in a queue; {@link Priority#LIVE} unless set. */
    public Priority priority() {
        return priority == null ? Priority.LIVE : priority;
    }

    /** Whether a cache may keep the audio and answer from it; true unless set. */
    public boolean cacheable() {
        return cacheable == null || cacheable;
    }

    /** What is done to the text before it is spoken; {@link TextPreparation#off()} unless set. */
    public TextPreparation textPreparation() {
        return textPreparation == null ? TextPreparation.off() : textPreparation;
    }

    /** Whether the silence at both ends of the audio is taken off; false unless set. */
    public boolean trimSilence() {
        return trimSilence != null && trimSilence;
    }

    /** The options of one provider. */
    public <T extends ProviderOptions> Optional<T> provider(Class<T> type) {
        return Optional.ofNullable(type.cast(provider.get(type)));
    }

    /** The options of all providers, by their class. */
    public Map<Class<? extends ProviderOptions>, ProviderOptions> provider() {
        return provider;
    }

    private List<String> providers() {
        return provider.values().stream().map(ProviderOptions::backend).sorted().toList();
    }

    /** What is set, without what the caller says in words: of the style the length, of provider options whose they are. */
    @Override
    public String toString() {
        var set = new LinkedHashMap<String, @Nullable Object>();
        set.put("voice", voice);
        set.put("model", model);
        set.put("language", language);
        set.put("speed", speed);
        set.put("styleLength", style == null ? null : style.length());
        set.put("format", format);
        set.put("timeout", timeout);
        set.put("priority", priority);
        set.put("cacheable", cacheable);
        set.put("textPreparation", textPreparation);
        set.put("trimSilence", trimSilence);
        set.put("provider", provider.isEmpty() ? null : providers());
        set.values().removeIf(value -> value == null);
        return "SpeechOptions" + set;
    }

    /** Collects {@link SpeechOptions}. Every setter checks its value at once. Not thread-safe. */
    public static final class Builder {
        private static final double MIN_SPEED = 0.25;
        private static final double MAX_SPEED = 4.0;

        private @Nullable String voice;
        private @Nullable String model;
        private @Nullable String language;
        private @Nullable Double speed;
        private @Nullable String style;
        private @Nullable AudioFormat format;
        private @Nullable Duration timeout;
        private @Nullable Priority priority;
        private @Nullable Boolean cacheable;
        private @Nullable TextPreparation textPreparation;
        private @Nullable Boolean trimSilence;
        private final Map<Class<? extends ProviderOptions>, ProviderOptions> provider = new LinkedHashMap<>();

        private Builder() {}

        /** The id of the voice, as the backend's {@code voices()} list it; not blank. */
        public Builder voice(String id) {
            voice = notBlank("voice", id);
            return this;
        }

        /** The provider's name of the model; not blank. */
        public Builder model(String name) {
            model = notBlank("model", name);
            return this;
        }

        /** The language of the text, a BCP 47 tag such as {@code en-US}; it is brought into its usual case. */
        public Builder language(String tag) {
            language = normalised(notBlank("language", tag));
            return this;
        }

        // Not Locale.forLanguageTag, which silently drops what it does not understand.
        private static String normalised(String tag) {
            try {
                String normalised =
                        new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
                if (!normalised.equals("und")) {
                    return normalised;
                }
            } catch (IllformedLocaleException e) {
                throw noLanguage(tag).toBuilder().cause(e).build();
            }
            throw noLanguage(tag);
        }

        private static TtsException noLanguage(String tag) {
            return TtsException.invalidRequest("language: '" + tag + "', allowed BCP 47 tags such as en-US");
        }

        /** How fast to speak, 0.25 to 4; 2 is twice as fast. */
        public Builder speed(double factor) {
            if (!(factor >= MIN_SPEED && factor <= MAX_SPEED)) {
                throw TtsException.invalidRequest(
                        "speed: " + factor + ", allowed " + MIN_SPEED + " to " + MAX_SPEED + " (1 is the voice's own)");
            }
            speed = factor;
            return this;
        }

        /** How to say it, in words; not blank. */
        public Builder style(String words) {
            style = notBlank("style", words);
            return this;
        }

        /** The format to deliver. What the backend cannot make is converted, or refused before any I/O. */
        public Builder format(AudioFormat value) {
            format = value;
            return this;
        }

        /** The longest that the whole request may take, the time that the caller takes to read included; positive. */
        public Builder timeout(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw TtsException.invalidRequest("timeout: " + value + ", allowed above zero");
            }
            timeout = value;
            return this;
        }

        /** Who goes first in a queue. */
        public Builder priority(Priority value) {
            priority = value;
            return this;
        }

        /** Whether a cache may keep the audio and answer from it. */
        public Builder cacheable(boolean value) {
            cacheable = value;
            return this;
        }

        /** What is done to the text before it is spoken. */
        public Builder textPreparation(TextPreparation value) {
            textPreparation = value;
            return this;
        }

        /**
         * Whether the silence at both ends of the audio is taken off, but for 20 ms: what is softer than -50 dB below full scale, and at
         * the end at most the last 5 s of it. The first audio then is the first sound; audio that is silence only is a failure, NO_AUDIO.
         * Silence inside stays. Not with compressed formats, which are refused.
         */
        public Builder trimSilence(boolean value) {
            trimSilence = value;
            return this;
        }

        /** Options that only one kind of backend understands; one set of each class. */
        public Builder provider(ProviderOptions value) {
            provider.put(value.getClass(), value);
            return this;
        }

        private Builder setAll(SpeechOptions other) {
            voice = other.voice != null ? other.voice : voice;
            model = other.model != null ? other.model : model;
            language = other.language != null ? other.language : language;
            speed = other.speed != null ? other.speed : speed;
            style = other.style != null ? other.style : style;
            format = other.format != null ? other.format : format;
            timeout = other.timeout != null ? other.timeout : timeout;
            priority = other.priority != null ? other.priority : priority;
            cacheable = other.cacheable != null ? other.cacheable : cacheable;
            textPreparation = other.textPreparation != null ? other.textPreparation : textPreparation;
            trimSilence = other.trimSilence != null ? other.trimSilence : trimSilence;
            provider.putAll(other.provider);
            return this;
        }

        private static String notBlank(String field, String value) {
            if (value.isBlank()) {
                throw TtsException.invalidRequest(field + ": blank, allowed any other value");
            }
            return value;
        }

        /** The options. */
        public SpeechOptions build() {
            return new SpeechOptions(this);
        }
    }
}
