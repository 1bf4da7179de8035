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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/audio/speech} as different servers have it. */
public final class OpenAiSpeechEmulator implements LoopbackServer.Handler {
    private static final int PIECE = 4_096;
    private static final int LONGEST_TEXT = 4_096;
    private static final Set<String> FORMATS = Set.of("mp3", "opus", "aac", "flac", "wav", "pcm");

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
            return flavour.get(request.path());
        }
        if (!request.path().equals("/v1/audio/speech")) {
            return flavour.error(404, "Not Found");
        }
        return isAllowed(request) ? speak(Fields.ofJson(request)) : flavour.wrongKey();
    }

    private boolean isAllowed(ServerRequest request) {
        return key == null
                || request.header("Authorization")
                        .filter(("Bearer " + key)::equals)
                        .isPresent();
    }

    private ServerAnswer speak(Map<String, String> json) {
        String text = json.getOrDefault("input", "");
        String format = json.getOrDefault("response_format", "mp3");
        Optional<ServerAnswer> refusal = flavour.refusal(json);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (text.isEmpty() || (flavour == OpenAiFlavour.OPENAI && text.length() > LONGEST_TEXT)) {
            return flavour.error(400, "input: string length must be 1 to 4096");
        }
        if (!FORMATS.contains(format)) {
            return flavour.error(400, "response_format: not supported");
        }
        if (json.getOrDefault("stream_format", "").equals("sse") && flavour.sendsEvents()) {
            return events(flavour.eventAudio(text, format));
        }
        return audio(text, flavour == OpenAiFlavour.CHATTERBOX ? "wav" : format);
    }

    private ServerAnswer audio(String text, String format) {
        return switch (format) {
            case "wav" ->
                framed(ServerAnswer.of(200).header("Content-Type", "audio/wav").body(flavour.wav(text)));
            case "pcm" ->
                framed(ServerAnswer.of(200)
                        .header("Content-Type", flavour.pcmType())
                        .body(EmulatedAudio.samples(text, flavour.sampleRate())));
            default ->
                framed(ServerAnswer.of(200)
                        .header("Content-Type", format.equals("mp3") ? "audio/mpeg" : "audio/" + format)
                        .body(EmulatedAudio.encoded(text, format)));
        };
    }

    private ServerAnswer framed(ServerAnswer answer) {
        return flavour == OpenAiFlavour.IDIAP ? answer : answer.chunked().inPieces(PIECE);
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
        events.append("data: ").append(flavour.lastEvent()).append("\n\n");
        return ServerAnswer.of(200)
                .header("Content-Type", "text/event-stream; charset=utf-8")
                .body(events.toString())
                .chunked()
                .inPieces(PIECE);
    }
}
