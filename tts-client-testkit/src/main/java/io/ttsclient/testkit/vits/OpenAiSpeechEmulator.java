// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.vits;

import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.ServerRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/audio/speech} as different servers have it. */
public final class OpenAiSpeechEmulator implements LoopbackServer.Handler {
    private static final int PIECE = 4_096;
    private static final int LONGEST_TEXT = 4_096;

    private final OpenAiFlavour flavour;
    private final @Nullable String key;

    /** One without a key. */
    public OpenAiSpeechEmulator(OpenAiFlavour flavour) {
        this(flavour, null);
    }

    /** One that wants this key. */
    public OpenAiSpeechEmulator(OpenAiFlavour flavour, @Nullable String key) {
        this.flavour = flavour;
        this.key = key;
    }

    @Override
    public ServerAnswer answer(ServerRequest request) throws IOException {
        if (request.method().equals("GET")) {
            if (!flavour.tellsAnybody(request.path()) && !isAllowed(request)) {
                return flavour.wrongKey();
            }
            return flavour == OpenAiFlavour.KOKORO && request.target().equals("/v1/audio/voices?legacy=true")
                    ? Pages.json(200, "{\"voices\":[\"af_heart\",\"nova\"]}")
                    : flavour.get(request.path());
        }
        boolean stream = flavour == OpenAiFlavour.CHATTERBOX && request.path().equals("/v1/audio/speech/stream");
        if (!stream && !request.path().equals("/v1/audio/speech")) {
            return flavour.error(404, "Not Found");
        }
        return isAllowed(request) ? speak(Fields.ofJson(request), stream) : flavour.wrongKey();
    }

    private boolean isAllowed(ServerRequest request) {
        if (key == null
                || request.header("Authorization")
                        .filter(("Bearer " + key)::equals)
                        .isPresent()) {
            return true;
        }
        return flavour == OpenAiFlavour.LOCALAI
                && (request.header("x-api-key").filter(key::equals).isPresent()
                        || request.header("xi-api-key").filter(key::equals).isPresent());
    }

    private ServerAnswer speak(Map<String, String> json, boolean stream) {
        String text = json.getOrDefault("input", "");
        String format = json.getOrDefault("response_format", "");
        boolean asEvents = json.getOrDefault("stream_format", "").equals("sse") && flavour.sendsEvents();
        Optional<ServerAnswer> refusal = flavour.refusal(json);
        if (refusal.isPresent()) {
            return asEvents && flavour == OpenAiFlavour.EDGE_TTS
                    ? sent("data: {\"type\":\"error\",\"error\":\"no such voice\"}\n\n")
                    : refusal.get();
        }
        if (text.isEmpty() || (flavour == OpenAiFlavour.OPENAI && text.length() > LONGEST_TEXT)) {
            return flavour.error(400, "input: string length must be 1 to 4096");
        }
        Optional<String> made = flavour.made(format);
        if (made.isEmpty()) {
            return flavour == OpenAiFlavour.IDIAP
                    ? ServerAnswer.of(400)
                            .header("Content-Type", "text/html; charset=utf-8")
                            .body("Unsupported format")
                    : flavour.error(400, "response_format: not supported");
        }
        return asEvents
                ? events(flavour.eventAudio(text, made.get()))
                : audio(text, made.get(), stream || flavour.streams(json));
    }

    private ServerAnswer audio(String text, String made, boolean streams) {
        byte[] body = switch (made) {
            case "wav" -> flavour.wav(text, streams);
            case "pcm" -> EmulatedAudio.samples(text, flavour.sampleRate());
            default -> EmulatedAudio.encoded(text, made);
        };
        if (streams) {
            String type = made.equals("wav") ? "audio/wav" : flavour.contentType(made);
            return ServerAnswer.of(200)
                    .header("Content-Type", type)
                    .body(body)
                    .chunked()
                    .inPieces(PIECE);
        }
        ServerAnswer whole = ServerAnswer.of(200)
                .header("Content-Type", flavour.contentType(made))
                .body(body);
        return flavour == OpenAiFlavour.LOCALAI
                ? whole.header("Content-Disposition", "attachment; filename=speech." + made)
                : whole;
    }

    private ServerAnswer events(byte[] audio) {
        var events = new StringBuilder();
        flavour.firstEvent()
                .ifPresent(event -> events.append("data: ").append(event).append("\n\n"));
        // 999 bytes: no piece but the last ends where a sample does.
        for (int at = 0; at < audio.length; at += 999) {
            byte[] piece = Arrays.copyOfRange(audio, at, Math.min(audio.length, at + 999));
            events.append("data: {\"type\":\"speech.audio.delta\",\"audio\":\"")
                    .append(Base64.getEncoder().encodeToString(piece))
                    .append("\"}\n\n");
        }
        return sent(events.append("data: ")
                .append(flavour.lastEvent())
                .append("\n\n")
                .toString());
    }

    private static ServerAnswer sent(String events) {
        return ServerAnswer.of(200)
                .header("Content-Type", "text/event-stream; charset=utf-8")
                .body(events)
                .chunked()
                .inPieces(PIECE);
    }
}
