// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.vits;

import io.ttsclient.backend.TimeSource;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.ServerRequest;
import io.ttsclient.testkit.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The FastAPI server for MeloTTS that belongs to a LiveKit plugin. */
public final class MeloTtsEmulator implements LoopbackServer.Handler {
    private static final List<String> LANGUAGES = List.of("EN", "ES", "FR", "ZH", "JP", "KR");
    private static final List<String> ENGLISH = List.of("EN-US", "EN-BR", "EN_INDIA", "EN-AU", "EN-Default");
    private static final int LONGEST_TEXT = 5_000;
    private static final int SAMPLE_RATE = 44_100;
    private static final int PIECE = 8_192;
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final TimeSource clock;

    /** One whose pauses take no time. */
    public MeloTtsEmulator() {
        this(VirtualTime.autoAdvancing());
    }

    /** One that rests for 10 ms behind each piece of a stream, on this clock. */
    public MeloTtsEmulator(TimeSource clock) {
        this.clock = clock;
    }

    @Override
    public ServerAnswer answer(ServerRequest request) throws IOException {
        return switch (request.method() + " " + request.path()) {
            case "GET /" -> Pages.json(200, "{\"status\":\"ok\",\"service\":\"MeloTTS API\",\"version\":\"1.0.0\"}");
            case "GET /health" ->
                Pages.json(
                        200,
                        "{\"status\":\"healthy\",\"metrics\":{\"requests\":1,\"errors\":0,\"models_loaded\":1},"
                                + "\"models_loaded\":[\"EN\"]}");
            case "GET /voices" -> voices(Fields.ofQuery(request).getOrDefault("language", "EN"));
            case "POST /synthesize" -> synthesize(request, false);
            case "POST /synthesize/stream" -> synthesize(request, true);
            default -> Pages.fastApi404();
        };
    }

    private static List<String> speakers(String language) {
        return language.equals("EN") ? ENGLISH : List.of(language);
    }

    private static ServerAnswer voices(String language) {
        return LANGUAGES.contains(language)
                ? Pages.json(
                        200,
                        "{\"language\":\"" + language + "\",\"voices\":"
                                + speakers(language).stream()
                                        .map(Fields::quoted)
                                        .collect(Collectors.joining(",", "[", "]"))
                                + "}")
                : unsupported(language);
    }

    private static ServerAnswer unsupported(String language) {
        return Pages.json(
                400,
                "{\"detail\":"
                        + Fields.quoted(
                                "Unsupported language '" + language + "'. Supported: " + Fields.pythonList(LANGUAGES))
                        + "}");
    }

    private ServerAnswer synthesize(ServerRequest request, boolean stream) throws IOException {
        Map<String, String> json = Fields.ofJson(request);
        String text = json.getOrDefault("text", "");
        if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST_TEXT) {
            return Pages.fastApi422("text", "String should have at least 1 and at most 5000 characters");
        }
        double speed = number(json.getOrDefault("speed", "1"));
        if (!(speed >= 0.5 && speed <= 2)) {
            return Pages.fastApi422("speed", "Input should be between 0.5 and 2");
        }
        String language = json.getOrDefault("language", "EN");
        if (!LANGUAGES.contains(language)) {
            return unsupported(language);
        }
        String speaker = json.get("speaker");
        if (speaker != null
                && speakers(language).stream()
                        .noneMatch(known ->
                                known.equals(speaker) || known.equals(speaker.toUpperCase(java.util.Locale.ROOT)))) {
            return Pages.json(
                    400,
                    "{\"detail\":"
                            + Fields.quoted("Speaker '" + speaker + "' not found. Available speakers: "
                                    + Fields.pythonList(speakers(language)))
                            + "}");
        }
        byte[] wav = EmulatedAudio.wav(text, SAMPLE_RATE);
        ServerAnswer audio = ServerAnswer.of(200)
                .header("Content-Type", "audio/wav")
                .header("Content-Disposition", "attachment; filename=speech.wav")
                .header("X-Request-ID", "140234866521040"); // an address in memory
        return stream ? audio.header("Cache-Control", "no-cache").body(resting(wav)) : audio.body(wav);
    }

    private ServerAnswer.BodyScript resting(byte[] wav) {
        return out -> {
            for (int at = 0; at < wav.length; at += PIECE) {
                out.write(wav, at, Math.min(PIECE, wav.length - at));
                clock.sleep(PAUSE);
            }
        };
    }

    /** What is no number is not between any. */
    private static double number(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
