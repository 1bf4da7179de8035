// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.error.TtsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of server speaks: its routes and fields, its limits, how it takes the speed, what its errors mean. Immutable.
 *
 * <p>The constants are the known ones. One of your own takes a few lines:
 *
 * {@snippet class="io.ttsclient.vits.OwnDialectTest" region="dialect"}
 */
public final class Dialect {
    /** vits-tts-vietnamese, in its three generations: {@code /tts/stream}, or {@code /tts} with the address of the audio. */
    public static final Dialect VITS_TTS_VIETNAMESE = VitsTtsVietnamese.dialect();

    /** The FastAPI server for MeloTTS: {@code /synthesize/stream}. */
    public static final Dialect MELO_TTS = MeloTts.dialect();

    /** Piper's HTTP server, in its three generations: {@code /synthesize}, JSON to {@code /}, or the bare text to {@code /}. */
    public static final Dialect PIPER = Piper.dialect();

    /** vits-simple-api: {@code /voice/vits}. */
    public static final Dialect VITS_SIMPLE_API = VitsSimpleApi.dialect();

    /** {@code POST /v1/audio/speech}, as OpenAI and many self-hosted servers have it. */
    public static final Dialect OPENAI_SPEECH = OpenAiSpeech.dialect();

    /** The server that comes with Coqui TTS and its fork by Idiap: {@code /api/tts}. */
    public static final Dialect COQUI = Coqui.dialect();

    private static final List<Dialect> BUILT_IN =
            List.of(VITS_TTS_VIETNAMESE, MELO_TTS, PIPER, VITS_SIMPLE_API, OPENAI_SPEECH, COQUI);

    private final String name;
    private final List<Route> routes;
    private final Set<Integer> elsewhere;
    private final int sampleRate;
    private final Map<Wanted, String> encodings;
    private final @Nullable String rawEncoding;
    private final int maxCodePoints;
    private final int maxEncodedBytes;
    private final Speed speed;
    private final Map<String, String> languages;
    private final VoiceRules voices;
    private final List<String> healthPaths;
    private final List<Signature> signatures;
    private final Refusals refusals;
    private final Authentication authentication;

    /** What may be asked for. */
    record Wanted(Encoding encoding, Container container) {}

    Dialect(DialectBuilder builder) {
        name = builder.name;
        routes = List.copyOf(builder.routes);
        elsewhere = Set.copyOf(builder.elsewhere);
        sampleRate = builder.sampleRate;
        encodings = new LinkedHashMap<>(builder.encodings);
        rawEncoding = builder.rawEncoding;
        maxCodePoints = builder.maxCodePoints;
        maxEncodedBytes = builder.maxEncodedBytes;
        speed = builder.speed;
        languages = new LinkedHashMap<>(builder.languages);
        voices = builder.voiceRules();
        healthPaths = List.copyOf(builder.healthPaths);
        signatures = List.copyOf(builder.signatures);
        refusals = builder.refusals;
        authentication = builder.authentication;
    }

    /**
     * Starts one of your own.
     *
     * @param name in messages; lower case letters, digits and hyphens
     */
    public static DialectBuilder builder(String name) {
        return new DialectBuilder(name);
    }

    /** The known ones. */
    public static List<Dialect> builtIn() {
        return BUILT_IN;
    }

    /**
     * The known one of that name, such as {@code openai-speech}.
     *
     * @throws TtsException with category {@code INVALID_REQUEST} and the names there are, if it is not among them
     */
    public static Dialect named(String name) {
        return BUILT_IN.stream()
                .filter(dialect -> dialect.name.equals(name))
                .findFirst()
                .orElseThrow(() -> TtsException.invalidRequest("dialect: '" + name + "', allowed "
                        + String.join(", ", BUILT_IN.stream().map(Dialect::name).toList())));
    }

    /** Its name, such as {@code openai-speech}. */
    public String name() {
        return name;
    }

    /** The generations, the newest first. */
    List<Route> routes() {
        return routes;
    }

    /** Whether {@code status} says that this generation of the server has another route. */
    boolean isElsewhere(int status) {
        return elsewhere.contains(status);
    }

    /** Whether some route sends {@code value}. */
    boolean sends(Value value) {
        return routes.stream().anyMatch(route -> route.sends(value));
    }

    int sampleRate() {
        return sampleRate;
    }

    /** What a server may be asked for, the default first, at {@code rate} Hz. */
    List<AudioFormat> formats(int rate) {
        return encodings.keySet().stream()
                .map(wanted -> new AudioFormat(wanted.encoding(), wanted.container(), rate, 1))
                .toList();
    }

    /** What the server calls {@code format}; null where there is no choice. */
    @Nullable
    String encoding(AudioFormat format) {
        return encodings.get(new Wanted(format.encoding(), format.container()));
    }

    /** What the server calls samples without a header; empty where it does not send such. */
    Optional<String> rawEncoding() {
        return Optional.ofNullable(rawEncoding);
    }

    int maxCodePoints() {
        return maxCodePoints;
    }

    /** Bytes of the text in an address, percent-encoded. */
    int maxEncodedBytes() {
        return maxEncodedBytes;
    }

    Speed speed() {
        return speed;
    }

    /** BCP 47 tags; empty where it depends on the model. */
    List<String> languages() {
        return List.copyOf(languages.keySet());
    }

    /** What the server calls the language of {@code tag}; empty if it does not speak it. */
    Optional<String> language(String tag) {
        String primary = Locale.forLanguageTag(tag).getLanguage();
        return languages.isEmpty() ? Optional.of(primary) : Optional.ofNullable(languages.get(primary));
    }

    VoiceRules voices() {
        return voices;
    }

    List<String> healthPaths() {
        return healthPaths;
    }

    /** What only such a server answers. */
    List<Signature> signatures() {
        return signatures;
    }

    Refusals refusals() {
        return refusals;
    }

    Authentication authentication() {
        return authentication;
    }

    /** Its name. */
    @Override
    public String toString() {
        return name;
    }
}
