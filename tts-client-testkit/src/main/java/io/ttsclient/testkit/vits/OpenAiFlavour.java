// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.vits;

import io.ttsclient.testkit.ServerAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whose {@code /v1/audio/speech}. */
public enum OpenAiFlavour {
    /** OpenAI's own. */
    OPENAI(24_000),
    /** Kokoro-FastAPI 0.8: it ignores {@code stream_format}, and lists the voices it knows when it refuses one. */
    KOKORO(24_000),
    /**
     * speaches 0.8: the one model that is there is {@code speaches-ai/piper-en_US-amy-medium}, a wrong key is a 403, events hold samples
     * at the model's rate whatever was asked for.
     */
    SPEACHES(22_050),
    /** LocalAI: samples have a WAV's header, streams placeholders of 0xFFFFFFFF; health without a body, 503 while a model loads. */
    LOCALAI(16_000),
    /** openedai-speech: flat errors, a rate in the type of its samples. */
    OPENEDAI(22_050),
    /** The fork of Coqui TTS by Idiap: whole WAVs, pages for errors. */
    IDIAP(22_050),
    /** chatterbox-tts-api: always WAV, or events of which the first tells the rate; 3000 characters. */
    CHATTERBOX(24_000),
    /** openai-edge-tts: events with MP3, errors as words. */
    EDGE_TTS(24_000);

    private static final Set<String> KOKORO_VOICES = Set.of("af_heart", "alloy", "nova");
    private static final Set<String> KOKORO_MODELS = Set.of("kokoro", "tts-1", "tts-1-hd", "gpt-4o-mini-tts");
    private static final Set<String> OPENEDAI_MODELS = Set.of("tts-1", "tts-1-hd");
    private static final Set<String> OPENEDAI_VOICES = Set.of("alloy", "echo", "fable", "onyx", "nova", "shimmer");
    private static final String SPEACHES_MODEL = "speaches-ai/piper-en_US-amy-medium";
    private static final Set<String> HEALTH = Set.of("/health", "/healthz", "/readyz");
    private static final Set<String> FORMATS = Set.of("mp3", "opus", "aac", "flac", "wav", "pcm");
    private static final int CHATTERBOX_LIMIT = 3_000;

    private final int sampleRate;

    OpenAiFlavour(int sampleRate) {
        this.sampleRate = sampleRate;
    }

    int sampleRate() {
        return sampleRate;
    }

    ServerAnswer get(String path) {
        return switch (path) {
            case "/health" ->
                switch (this) {
                    case KOKORO, CHATTERBOX -> Pages.json(200, "{\"status\":\"healthy\"}");
                    case SPEACHES -> Pages.json(200, "{\"message\":\"OK\"}");
                    case OPENEDAI -> Pages.json(200, "{\"status\":\"ok\"}");
                    default -> error(404, "Not Found");
                };
            case "/ping" -> this == CHATTERBOX ? Pages.json(200, "{\"status\":\"ok\"}") : error(404, "Not Found");
            case "/healthz", "/readyz" -> this == LOCALAI ? ServerAnswer.of(200) : error(404, "Not Found");
            case "/v1/audio/voices" ->
                switch (this) {
                    case KOKORO ->
                        Pages.json(
                                200,
                                "{\"voices\":[{\"id\":\"af_heart\",\"name\":\"af_heart\"},"
                                        + "{\"id\":\"nova\",\"name\":\"nova\"}]}");
                    case SPEACHES ->
                        Pages.json(
                                200,
                                "{\"voices\":[{\"name\":\"amy\",\"language\":\"en-us\",\"id\":\"amy\"}],"
                                        + "\"object\":\"list\"}");
                    case EDGE_TTS ->
                        Pages.json(200, "{\"voices\":[{\"name\":\"en-US-AvaNeural\",\"language\":\"en-US\"}]}");
                    default -> error(404, "Not Found");
                };
            case "/v1/voices" ->
                this == CHATTERBOX
                        ? Pages.json(200, "{\"voices\":[{\"name\":\"alice\"}],\"count\":1}")
                        : error(404, "Not Found");
            case "/v1/models" ->
                switch (this) {
                    case IDIAP, CHATTERBOX -> error(404, "Not Found");
                    case EDGE_TTS -> Pages.json(200, "{\"models\":[{\"id\":\"tts-1\"}]}");
                    default -> Pages.json(200, "{\"object\":\"list\",\"data\":[{\"id\":\"tts-1\"}]}");
                };
            default -> error(404, "Not Found");
        };
    }

    /** Whether a GET of {@code path} takes no key where speech takes one. */
    boolean tellsAnybody(String path) {
        return this == EDGE_TTS || HEALTH.contains(path);
    }

    /** What it does not take, as it says so. */
    Optional<ServerAnswer> refusal(Map<String, String> json) {
        String model = json.getOrDefault("model", "");
        String voice = json.getOrDefault("voice", "");
        boolean strangeVoice = voice.startsWith("no-such");
        return switch (this) {
            case OPENAI, EDGE_TTS -> strangeVoice ? Optional.of(unknownVoice(voice)) : Optional.empty();
            case KOKORO -> {
                if (!KOKORO_MODELS.contains(model)) {
                    yield Optional.of(error(400, "Unsupported model: " + model));
                }
                if (!isBetween(json, 0.25, 4)) {
                    yield Optional.of(Pages.fastApi422("speed", "Input should be between 0.25 and 4"));
                }
                yield isKokoroVoice(voice) ? Optional.empty() : Optional.of(unknownVoice(voice));
            }
            case SPEACHES -> {
                if (voice.isEmpty()) {
                    yield Optional.of(Pages.fastApi422("voice", "Field required"));
                }
                // A voice that Piper does not know is another one's, without a word.
                yield model.equals(SPEACHES_MODEL)
                        ? Optional.empty()
                        : Optional.of(error(
                                404, "Model is not installed locally. You can download it using POST /v1/models"));
            }
            case LOCALAI -> {
                if (model.isEmpty() || !isBetween(json, 0.25, 4)) {
                    yield Optional.of(error(400, model.isEmpty() ? "model is required" : "speed is out of range"));
                }
                yield model.startsWith("loading") ? Optional.of(error(503, "model is loading")) : Optional.empty();
            }
            case OPENEDAI -> {
                if (!OPENEDAI_MODELS.contains(model)) {
                    yield Optional.of(error(400, "Error loading voice: " + voice + ". No configuration for: " + model));
                }
                yield OPENEDAI_VOICES.contains(voice)
                        ? Optional.empty()
                        : Optional.of(error(400, "Error loading voice: " + voice + ", KeyError: '" + voice + "'"));
            }
            case IDIAP -> strangeVoice ? Optional.of(Pages.flask500()) : Optional.empty();
            case CHATTERBOX ->
                json.getOrDefault("input", "").length() > CHATTERBOX_LIMIT
                        ? Optional.of(Pages.fastApi422("input", "String should have at most 3000 characters"))
                        : Optional.empty();
        };
    }

    private ServerAnswer unknownVoice(String voice) {
        return error(400, "Voice '" + voice + "' not found. Available voices: af_heart, alloy, nova");
    }

    /** One of them, or a mix such as {@code af_heart(2)+nova(1)}. */
    private static boolean isKokoroVoice(String voice) {
        return KOKORO_VOICES.containsAll(
                Set.copyOf(List.of(voice.replaceAll("\\([\\d.]+\\)", "").split("\\+", -1))));
    }

    private static boolean isBetween(Map<String, String> json, double least, double most) {
        double speed = Double.parseDouble(json.getOrDefault("speed", "1"));
        return speed >= least && speed <= most;
    }

    ServerAnswer wrongKey() {
        return this == SPEACHES
                ? error(403, "Invalid API key").header("WWW-Authenticate", "Bearer")
                : error(401, "Invalid API key");
    }

    /** A failure in this server's shape. */
    ServerAnswer error(int status, String message) {
        String words = Fields.quoted(message);
        return switch (this) {
            case OPENAI ->
                Pages.json(
                        status,
                        "{\"error\":{\"message\":" + words + ",\"type\":\"invalid_request_error\",\"param\":null,"
                                + "\"code\":null}}");
            case LOCALAI ->
                Pages.json(status, "{\"error\":{\"code\":" + status + ",\"message\":" + words + ",\"type\":\"\"}}");
            case KOKORO ->
                status == 404
                        ? Pages.fastApi404()
                        : Pages.json(
                                status,
                                "{\"detail\":{\"error\":\"validation_error\",\"message\":" + words
                                        + ",\"type\":\"invalid_request_error\"}}");
            case SPEACHES -> Pages.json(status, "{\"detail\":" + words + "}");
            case OPENEDAI ->
                Pages.json(
                        status,
                        "{\"message\":" + words + ",\"code\":" + status
                                + ",\"type\":\"BadRequestError\",\"param\":null}");
            case IDIAP -> status == 404 ? Pages.flask404() : Pages.flask500();
            case CHATTERBOX ->
                Pages.json(status, "{\"detail\":{\"error\":{\"message\":" + words + ",\"type\":\"invalid\"}}}");
            case EDGE_TTS -> Pages.json(status, "{\"error\":" + words + ",\"details\":\"\"}");
        };
    }

    byte[] wav(String text, boolean streamed) {
        return switch (this) {
            case IDIAP, EDGE_TTS -> EmulatedAudio.wav(text, sampleRate);
            case SPEACHES, OPENEDAI, KOKORO -> EmulatedAudio.pipedWav(text, sampleRate);
            case OPENAI -> EmulatedAudio.streamedWav(text, sampleRate, -1);
            case LOCALAI, CHATTERBOX ->
                streamed ? EmulatedAudio.streamedWav(text, sampleRate, -1) : EmulatedAudio.wav(text, sampleRate);
        };
    }

    /** Whether it sends while it speaks: some always do, some when they are told to. */
    boolean streams(Map<String, String> json) {
        return switch (this) {
            case OPENAI, SPEACHES, OPENEDAI -> true;
            case KOKORO -> !json.getOrDefault("stream", "true").equals("false");
            case LOCALAI -> json.getOrDefault("stream", "").equals("true");
            case IDIAP, CHATTERBOX, EDGE_TTS -> false;
        };
    }

    /** What it makes where {@code format} is asked for; empty for what it does not know. */
    Optional<String> made(String format) {
        return switch (this) {
            case CHATTERBOX -> Optional.of("wav");
            case LOCALAI -> Optional.of(format.isEmpty() || format.equals("pcm") ? "wav" : format);
            case IDIAP -> format.equals("aac") ? Optional.of("m4a") : known(format);
            default -> known(format);
        };
    }

    private static Optional<String> known(String format) {
        return Optional.of(format.isEmpty() ? "mp3" : format).filter(FORMATS::contains);
    }

    String contentType(String made) {
        return switch (made) {
            case "pcm" ->
                switch (this) {
                    case OPENEDAI -> "audio/pcm;rate=24000"; // which is wrong for some of its voices, as here
                    case IDIAP -> "audio/L16";
                    default -> "audio/pcm";
                };
            case "wav" -> this == LOCALAI ? "audio/x-wav" : "audio/wav";
            case "mp3" -> "audio/mpeg";
            case "m4a" -> "audio/aac";
            case "opus" ->
                switch (this) {
                    case OPENEDAI -> "audio/ogg;codec=opus";
                    case IDIAP -> "audio/ogg";
                    default -> "audio/opus";
                };
            case "flac" -> this == OPENEDAI ? "audio/x-flac" : "audio/flac";
            default -> "audio/" + made;
        };
    }

    boolean sendsEvents() {
        return switch (this) {
            case OPENAI, SPEACHES, CHATTERBOX, EDGE_TTS -> true;
            case KOKORO, LOCALAI, OPENEDAI, IDIAP -> false;
        };
    }

    byte[] eventAudio(String text, String format) {
        return switch (this) {
            case SPEACHES, CHATTERBOX -> EmulatedAudio.samples(text, sampleRate);
            case EDGE_TTS -> EmulatedAudio.encoded(text, "mp3");
            default -> format.equals("wav") ? wav(text, true) : EmulatedAudio.samples(text, sampleRate);
        };
    }

    Optional<String> firstEvent() {
        return this == CHATTERBOX
                ? Optional.of("{\"type\":\"speech.audio.info\",\"sample_rate\":24000,\"channels\":1,"
                        + "\"bits_per_sample\":16}")
                : Optional.empty();
    }

    String lastEvent() {
        String usage = this == SPEACHES ? "token_usage" : "usage";
        return "{\"type\":\"speech.audio.done\",\"" + usage
                + "\":{\"input_tokens\":0,\"output_tokens\":0,\"total_tokens\":0}}";
    }
}
