// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.vits;

import io.ttsclient.testkit.ServerAnswer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whose {@code /v1/audio/speech}. */
public enum OpenAiFlavour {
    /** OpenAI's own. */
    OPENAI(24_000),
    /** Kokoro-FastAPI 0.8: it ignores {@code stream_format}, and lists the voices it knows when it refuses one. */
    KOKORO(24_000),
    /** speaches 0.8: models have to be there, a wrong key is a 403, events hold samples at the model's rate whatever was asked for. */
    SPEACHES(22_050),
    /** LocalAI: placeholders of 0xFFFFFFFF, health without a body, readiness. */
    LOCALAI(16_000),
    /** openedai-speech: flat errors, a rate in the type of its samples. */
    OPENEDAI(22_050),
    /** The fork of Coqui TTS by Idiap: whole WAVs, pages for errors. */
    IDIAP(22_050),
    /** chatterbox-tts-api: always WAV, or events of which the first tells the rate. */
    CHATTERBOX(24_000),
    /** openai-edge-tts: events with MP3, errors as words. */
    EDGE_TTS(24_000);

    private static final Set<String> KOKORO_VOICES = Set.of("af_heart", "alloy", "nova");

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

    /** What it does not take, as it says so. */
    Optional<ServerAnswer> refusal(Map<String, String> json) {
        String voice = json.getOrDefault("voice", "");
        if (voice.startsWith("no-such") || (this == KOKORO && !KOKORO_VOICES.contains(voice))) {
            return Optional.of(error(400, "Voice '" + voice + "' not found. Available voices: af_heart, alloy, nova"));
        }
        if (this == SPEACHES && json.getOrDefault("model", "").startsWith("no-such")) {
            return Optional.of(error(404, "Model is not installed locally. You can download it using POST /v1/models"));
        }
        return Optional.empty();
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
            case OPENAI, LOCALAI ->
                Pages.json(
                        status, "{\"error\":{\"code\":" + status + ",\"message\":" + words + ",\"type\":\"invalid\"}}");
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

    byte[] wav(String text) {
        return switch (this) {
            case IDIAP, EDGE_TTS -> EmulatedAudio.wav(text, sampleRate);
            case SPEACHES, OPENEDAI, KOKORO -> EmulatedAudio.pipedWav(text, sampleRate);
            case OPENAI, LOCALAI, CHATTERBOX -> EmulatedAudio.streamedWav(text, sampleRate, -1);
        };
    }

    String pcmType() {
        return switch (this) {
            case OPENEDAI -> "audio/pcm;rate=24000"; // which is wrong for some of its voices, as here
            case IDIAP -> "audio/L16";
            default -> "audio/pcm";
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
            default -> format.equals("wav") ? wav(text) : EmulatedAudio.samples(text, sampleRate);
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
