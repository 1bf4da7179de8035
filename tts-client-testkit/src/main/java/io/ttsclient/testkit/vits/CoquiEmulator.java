// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.vits;

import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.ServerRequest;
import java.util.HashMap;
import java.util.Map;

/** The server of Coqui TTS, and that of its fork by Idiap. */
public final class CoquiEmulator implements LoopbackServer.Handler {
    private static final int SAMPLE_RATE = 22_050;

    /** Which of them. */
    public enum Version {
        COQUI,
        IDIAP
    }

    private final Version version;

    public CoquiEmulator(Version version) {
        this.version = version;
    }

    @Override
    public ServerAnswer answer(ServerRequest request) {
        return switch (request.path()) {
            case "/api/tts" -> speak(request, "text", "speaker_id");
            case "/process" -> speak(request, "INPUT_TEXT", "VOICE");
            case "/locales" -> html("en\n");
            case "/voices" -> html(version == Version.IDIAP ? "p225 en u\np226 en u\n" : "vits en u\n");
            case "/details", "/" ->
                html("<!DOCTYPE html>\n<html lang=\"en\">\n\n<head>\n\n  <title>TTS engine</title>\n");
            default -> Pages.flask404();
        };
    }

    private static ServerAnswer html(String body) {
        return ServerAnswer.of(200)
                .header("Content-Type", "text/html; charset=utf-8")
                .body(body);
    }

    private ServerAnswer speak(ServerRequest request, String textField, String speakerField) {
        Map<String, String> fields = new HashMap<>(Fields.ofQuery(request));
        fields.putAll(Fields.ofForm(request));
        request.header("text").ifPresent(value -> fields.put("text", value));
        request.header("speaker-id").ifPresent(value -> fields.put("speaker_id", value));
        String text = fields.getOrDefault(textField, "");
        if (text.isBlank()) {
            return version == Version.IDIAP
                    ? Pages.json(400, "{\"error\":\"Text parameter is required\"}")
                    : Pages.flask500();
        }
        if (fields.getOrDefault(speakerField, "p225").startsWith("no-such")) {
            return version == Version.IDIAP
                    ? Pages.json(500, "{\"error\":\"TTS synthesis failed: unknown speaker\"}")
                    : Pages.flask500();
        }
        return ServerAnswer.of(200).header("Content-Type", "audio/wav").body(EmulatedAudio.wav(text, SAMPLE_RATE));
    }
}
