// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.vits;

import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** vits-simple-api, with three VITS voices and one of another kind. */
public final class VitsSimpleApiEmulator implements LoopbackServer.Handler {
    private static final int SAMPLE_RATE = 22_050;
    private static final int PIECE = 4_096;
    private static final int VOICES = 3;
    private static final String SPEAKERS = "{\"VITS\":[{\"id\":0,\"name\":\"Alice\",\"lang\":[\"zh\",\"ja\"]},"
            + "{\"id\":1,\"name\":\"Bob\",\"lang\":[\"en\"]},{\"id\":2,\"name\":\"Alice\",\"lang\":[\"zh\",\"mix\"]}],"
            + "\"HUBERT-VITS\":[],\"W2V2-VITS\":[],\"BERT-VITS2\":[{\"id\":0,\"name\":\"Eve\",\"lang\":[\"zh\"]}],"
            + "\"GPT-SOVITS\":[]}";
    private static final Set<String> FORMATS = Set.of("wav", "ogg", "silk", "mp3", "flac");
    private static final int SEGMENT = 50;
    private static final int LONGEST_BODY = 5 * 1024 * 1024;

    private final @Nullable String key;

    /** One without a key. */
    public VitsSimpleApiEmulator() {
        this(null);
    }

    /** One that wants this key. */
    public VitsSimpleApiEmulator(@Nullable String key) {
        this.key = key;
    }

    @Override
    public ServerAnswer answer(ServerRequest request) throws IOException {
        return switch (request.path()) {
            case "/voice/speakers" -> Pages.json(200, SPEAKERS);
            case "/voice/default_parameter" ->
                Pages.json(
                        200,
                        "{\"id\":0,\"format\":\"wav\",\"lang\":\"auto\",\"length\":1.0,\"noise\":0.33,\"noisew\":0.4,"
                                + "\"segment_size\":50,\"streaming\":false}");
            case "/voice/check" -> isAllowed(request) ? check(Fields.ofQuery(request)) : error(401, "Invalid API Key");
            case "/voice/vits", "/voice/" -> isAllowed(request) ? speak(request) : error(401, "Invalid API Key");
            default -> Pages.flask404();
        };
    }

    private boolean isAllowed(ServerRequest request) {
        return key == null
                || key.equals(request.header("X-API-KEY")
                        .orElseGet(() -> Fields.ofQuery(request).getOrDefault("api_key", "")));
    }

    private static ServerAnswer error(int status, String message) {
        return Pages.json(status, "{\"status\":\"error\",\"message\":" + Fields.quoted(message) + "}");
    }

    private static ServerAnswer check(Map<String, String> query) {
        int id = number(query.getOrDefault("id", "0"));
        return id < VOICES
                ? Pages.json(
                        200, "{\"status\":\"success\",\"id\":" + id + ",\"name\":\"Alice\",\"lang\":[\"zh\",\"ja\"]}")
                : error(404, "id " + id + " does not exist");
    }

    private static ServerAnswer speak(ServerRequest request) throws IOException {
        if (request.body().length > LONGEST_BODY) {
            return Pages.flask(
                    413, "Request Entity Too Large", "The data value transmitted exceeds the capacity limit.");
        }
        Map<String, String> fields = fields(request);
        String text = fields.getOrDefault("text", "");
        if (text.isBlank()) {
            return error(400, "text is empty");
        }
        int id = number(fields.getOrDefault("id", "0"));
        if (id >= VOICES) {
            return error(400, "id " + id + " does not exist");
        }
        // bool("false") is true in Python; and whatever streams is MP3.
        if (!fields.getOrDefault("streaming", "").isEmpty()) {
            return ServerAnswer.of(200)
                    .header("Content-Type", "audio/mp3")
                    .body(mp3Segments(text))
                    .chunked()
                    .inPieces(PIECE);
        }
        String format = fields.getOrDefault("format", "wav");
        if (!FORMATS.contains(format)) {
            return ServerAnswer.of(400)
                    .header("Content-Type", "text/html; charset=utf-8")
                    .body("parameter error");
        }
        return ServerAnswer.of(200)
                .header("Content-Type", "audio/" + format)
                .body(
                        format.equals("wav")
                                ? EmulatedAudio.wav(text, SAMPLE_RATE)
                                : EmulatedAudio.encoded(text, format));
    }

    /** A whole MP3 of each segment, one behind the other. */
    private static byte[] mp3Segments(String text) {
        var all = new ByteArrayOutputStream();
        for (int from = 0; from < text.length(); from += SEGMENT) {
            all.writeBytes(EmulatedAudio.encoded(text.substring(from, Math.min(text.length(), from + SEGMENT)), "mp3"));
        }
        return all.toByteArray();
    }

    private static Map<String, String> fields(ServerRequest request) throws IOException {
        if (request.method().equals("GET")) {
            return Fields.ofQuery(request);
        }
        // With a charset behind it, it is taken for a form.
        return request.header("Content-Type").filter("application/json"::equals).isPresent()
                ? Fields.ofJson(request)
                : Fields.ofForm(request);
    }

    private static int number(String value) {
        return value.matches("\\d{1,6}") ? Integer.parseInt(value) : 0; // without a word
    }
}
