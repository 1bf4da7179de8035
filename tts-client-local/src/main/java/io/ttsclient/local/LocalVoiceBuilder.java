// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.error.TtsException;
import io.ttsclient.local.VoiceConfig.PhonemeType;
import io.ttsclient.local.VoiceConfig.Scales;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts a {@link LocalVoice} together. Every setter checks its value at once. Not thread-safe. */
public final class LocalVoiceBuilder {
    static final int MAX_THREADS = 256;
    private static final int DEFAULT_MAX_THREADS = 4;
    static final int MAX_NOISE = 2;
    static final Duration MAX_PAUSE = Duration.ofSeconds(10);
    private static final Duration SENTENCE_PAUSE = Duration.ofMillis(250);
    private static final Duration PARAGRAPH_PAUSE = Duration.ofMillis(500);

    private @Nullable Path model;
    private @Nullable Phonemizer phonemizer;
    private @Nullable Lexicon lexicon;
    private Function<VoiceConfig, Phonemizer> frontEnd = this::suitable;
    private @Nullable String speaker;
    private @Nullable Integer threads;
    private @Nullable Integer maxConcurrentRuns;
    private @Nullable Duration sentencePause;
    private @Nullable Duration paragraphPause;
    private @Nullable Double noiseScale;
    private @Nullable Double noiseWidth;
    private @Nullable Path nativeCache;
    private final Map<String, String> runtimeConfig = new LinkedHashMap<>();

    LocalVoiceBuilder() {}

    /** The voice to load, in Piper's contract; the built-in one unless set. */
    public LocalVoiceBuilder model(Path onnx) {
        model = onnx;
        return this;
    }

    /**
     * Turns text into the voice's phonemes. It is used from many threads at once, and is not closed with the voice.
     *
     * <p>Unless set, the voice has its own: for one whose config names espeak-ng's {@code en-us}, as the built-in one, the
     * English that comes with this library; for another an installed espeak-ng; for one that takes characters, none is needed.
     */
    public LocalVoiceBuilder phonemizer(Phonemizer value) {
        phonemizer = value;
        return this;
    }

    /** Pronunciations that come before those of this library's English; for a voice that uses it. */
    public LocalVoiceBuilder lexicon(Lexicon value) {
        lexicon = value;
        return this;
    }

    /** Who speaks when a request names no voice: an id as {@link LocalVoice#voices()} gives; unless set, the model's choice. */
    public LocalVoiceBuilder speaker(String id) {
        speaker = id;
        return this;
    }

    /** The threads that compute one run, 1 to 256; unless set, as many as there are processors, at most 4. */
    public LocalVoiceBuilder threads(int value) {
        threads = inRange("threads", value, 1, MAX_THREADS);
        return this;
    }

    /** How many runs there may be at once, 1 to 256; unless set, as many as the processors have room for. */
    public LocalVoiceBuilder maxConcurrentRuns(int value) {
        maxConcurrentRuns = inRange("maxConcurrentRuns", value, 1, MAX_THREADS);
        return this;
    }

    /**
     * The silence that a client puts between sentences, after what the voice itself ends one with; 0 to 10 s. Unless set 250 ms,
     * and 175 ms for the built-in voice, which ends a sentence with 75 ms of silence.
     */
    public LocalVoiceBuilder sentencePause(Duration value) {
        sentencePause = pause("sentencePause", value);
        return this;
    }

    /** The same between paragraphs; 500 ms and 425 ms unless set. */
    public LocalVoiceBuilder paragraphPause(Duration value) {
        paragraphPause = pause("paragraphPause", value);
        return this;
    }

    /** How much the sound varies, 0 to 2; unless set, as the voice's config says. */
    public LocalVoiceBuilder noiseScale(double value) {
        noiseScale = noise("noiseScale", value);
        return this;
    }

    /** How much the length of sounds varies, 0 to 2; unless set, as the voice's config says. */
    public LocalVoiceBuilder noiseWidth(double value) {
        noiseWidth = noise("noiseWidth", value);
        return this;
    }

    /**
     * Where the native libraries of ONNX Runtime are kept unpacked, in a folder for each version; nobody but the user may be
     * able to write there. Only the first voice of a process loads them. Unless set, the usual place for the user's caches.
     */
    public LocalVoiceBuilder nativeCache(Path folder) {
        nativeCache = folder;
        return this;
    }

    /**
     * An entry of ONNX Runtime's own session configuration, after those that this library sets; may be called for several. For example
     * {@code mlas.disable_kleidiai} with {@code 1}: on arm64 the runtime then keeps no second, packed copy of the weights.
     */
    public LocalVoiceBuilder runtimeConfig(String key, String value) {
        runtimeConfig.put(key, value);
        return this;
    }

    /**
     * Loads the voice; the first one of a process takes some tenths of a second, later ones some hundredths.
     *
     * @throws TtsException with category {@code NOT_FOUND} if there is no such model or speaker; with category
     *     {@code UNSUPPORTED} if the model is not a voice in Piper's contract, or ONNX Runtime or the needed phonemizer is not to
     *     be had on this platform
     */
    public LocalVoice build() {
        return new LocalVoice(this);
    }

    VoiceFiles files() {
        return model == null ? VoiceFiles.builtIn() : VoiceFiles.of(model);
    }

    /** The front end of that name, made and closed by the voice. */
    void phonemizerNamed(String name) {
        frontEnd = switch (name) {
            case "english" -> this::english;
            case "espeak" -> LocalVoiceBuilder::espeak;
            default -> throw new IllegalArgumentException("'" + name + "', allowed english or espeak");
        };
    }

    Optional<Phonemizer> phonemizer() {
        return Optional.ofNullable(phonemizer);
    }

    /** The phonemizer of a voice that was given none. */
    Phonemizer ownPhonemizer(VoiceConfig config) {
        return frontEnd.apply(config);
    }

    private Phonemizer suitable(VoiceConfig config) {
        if (config.phonemeType() == PhonemeType.TEXT) {
            return new CharacterPhonemizer();
        }
        return "en-us".equalsIgnoreCase(config.espeakVoice()) ? english(config) : espeak(config);
    }

    private Phonemizer english(VoiceConfig config) {
        return lexicon == null ? Phonemizer.english() : Phonemizer.english(lexicon);
    }

    private static Phonemizer espeak(VoiceConfig config) {
        if (config.espeakVoice() == null) {
            throw Failures.unsupported(
                    "the voice's config has no espeak.voice, so that it needs a phonemizer to be set");
        }
        try {
            return Phonemizer.espeak(config.espeakVoice());
        } catch (IllegalArgumentException e) {
            throw Failures.unsupported("the voice's config: espeak." + e.getMessage(), e);
        }
    }

    Optional<String> speaker() {
        return Optional.ofNullable(speaker);
    }

    int threads() {
        return threads != null ? threads : Math.min(DEFAULT_MAX_THREADS, processors());
    }

    int maxConcurrentRuns() {
        return maxConcurrentRuns != null ? maxConcurrentRuns : Math.max(1, processors() / threads());
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** The pause for a voice whose utterances end with that much silence. */
    Duration sentencePauseAfter(Duration ending) {
        return sentencePause != null ? sentencePause : SENTENCE_PAUSE.minus(ending);
    }

    Duration paragraphPauseAfter(Duration ending) {
        return paragraphPause != null ? paragraphPause : PARAGRAPH_PAUSE.minus(ending);
    }

    Scales scales(Scales own) {
        return new Scales(
                noiseScale != null ? noiseScale.floatValue() : own.noise(),
                own.length(),
                noiseWidth != null ? noiseWidth.floatValue() : own.noiseWidth());
    }

    Map<String, String> runtimeConfig() {
        return runtimeConfig;
    }

    NativeCache nativeCache() {
        return nativeCache == null ? NativeCache.ofUser() : NativeCache.in(nativeCache);
    }

    private static int inRange(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + ": " + value + ", allowed " + least + " to " + most);
        }
        return value;
    }

    private static double noise(String field, double value) {
        if (!(value >= 0 && value <= MAX_NOISE)) {
            throw new IllegalArgumentException(field + ": " + value + ", allowed 0 to " + MAX_NOISE);
        }
        return value;
    }

    private static Duration pause(String field, Duration value) {
        if (value.isNegative() || value.compareTo(MAX_PAUSE) > 0) {
            throw new IllegalArgumentException(
                    field + ": " + value + ", allowed " + Duration.ZERO + " to " + MAX_PAUSE);
        }
        return value;
    }
}
