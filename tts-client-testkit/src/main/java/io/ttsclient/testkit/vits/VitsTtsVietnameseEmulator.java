// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.vits;

import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** vits-tts-vietnamese: the Tornado server, its interim with a stream, and the one on Litestar. */
public final class VitsTtsVietnameseEmulator implements LoopbackServer.Handler {
    private static final Set<String> SPEEDS = Set.of("very_slow", "slow", "normal", "fast", "very_fast");
    private static final int LONGEST_SPEED = 9;
    private static final int LONGEST_TEXT = 10_000;
    private static final int SAMPLE_RATE = 22_050;
    private static final int PIECE = 8_192;

    /** Which of them. */
    public enum Generation {
        /** By phatjkk: {@code /tts} with an absolute {@code audio_url}. */
        TORNADO,
        /** By VietInnotech in September 2025: with {@code /tts/stream}. */
        INTERIM,
        /** By VietInnotech since: a relative {@code audio_url}, {@code /health}, JSON for errors. */
        LITESTAR
    }

    private final Generation generation;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    public VitsTtsVietnameseEmulator(Generation generation) {
        this.generation = generation;
    }

    private boolean isLitestar() {
        return generation == Generation.LITESTAR;
    }

    @Override
    public ServerAnswer answer(ServerRequest request) {
        ServerAnswer answer = plainAnswer(request);
        return switch (generation) {
            case TORNADO -> answer.header("Access-Control-Allow-Origin", "*");
            case INTERIM -> answer.header("Access-Control-Allow-Origin", "http://localhost:3000");
            case LITESTAR -> answer;
        };
    }

    private ServerAnswer plainAnswer(ServerRequest request) {
        String path = request.path();
        if (!request.method().equals("GET")) {
            return isLitestar() ? litestar(405, "Method Not Allowed") : Pages.tornado(405, "Method Not Allowed");
        }
        if (path.startsWith("/audio/")) {
            byte[] file = files.get(path);
            return file == null
                    ? notFound()
                    : ServerAnswer.of(200).header("Content-Type", "audio/x-wav").body(file);
        }
        return switch (path) {
            case "/tts" -> speak(request, false);
            case "/tts/stream" -> generation == Generation.TORNADO ? notFound() : speak(request, true);
            case "/health" ->
                isLitestar()
                        ? Pages.json(200, "{\"status\":\"healthy\",\"message\":\"TTS service is running\"}")
                        : notFound();
            case "/" ->
                isLitestar()
                        ? ServerAnswer.of(307).header("Location", "/docs")
                        : ServerAnswer.of(200)
                                .header("Content-Type", "text/html")
                                .body("<div id=root></div>");
            default -> notFound();
        };
    }

    private ServerAnswer notFound() {
        return isLitestar() ? litestar(404, "Not Found") : Pages.tornado(404, "Not Found");
    }

    private static ServerAnswer litestar(int status, String detail) {
        return Pages.json(status, "{\"status_code\":" + status + ",\"detail\":" + Fields.quoted(detail) + "}");
    }

    private ServerAnswer speak(ServerRequest request, boolean stream) {
        Map<String, String> query = Fields.ofQuery(request);
        String text = query.get("text");
        String speed = query.get("speed");
        if (isLitestar()) {
            if (text == null) {
                return litestar(400, "Missing required query parameter 'text' for path " + request.path());
            }
            String fault = text.isBlank()
                    ? "Text parameter cannot be empty"
                    : text.codePointCount(0, text.length()) > LONGEST_TEXT ? "Text too long" : "";
            if (!fault.isEmpty()) {
                return litestar(500, stream ? "TTS streaming generation failed: " + fault : "Internal Server Error");
            }
            speed = speed != null && SPEEDS.contains(speed) ? speed : "normal"; // without a word
        } else {
            if (text == null || speed == null || speed.length() > LONGEST_SPEED) {
                return ServerAnswer.of(400)
                        .header("Content-Type", "text/html; charset=UTF-8")
                        .body("Query parameter validation failed: " + (text == null ? "'text'" : "'speed'")
                                + " is wrong");
            }
            if (!SPEEDS.contains(speed) || text.isBlank()) {
                return stream && text.isBlank()
                        ? Pages.json(500, "{\"error\":\"no audio\"}")
                        : Pages.tornado(500, "Internal Server Error");
            }
        }
        byte[] wav = EmulatedAudio.wav(text, SAMPLE_RATE);
        return stream ? streamed(wav) : filed(request, text, speed, wav);
    }

    /** A whole WAV, which is only then sent in pieces. */
    private ServerAnswer streamed(byte[] wav) {
        ServerAnswer audio = ServerAnswer.of(200)
                .header("Content-Type", "audio/wav")
                .body(wav)
                .chunked()
                .inPieces(PIECE);
        return isLitestar() ? audio : audio.header("Cache-Control", "no-cache").header("Pragma", "no-cache");
    }

    private ServerAnswer filed(ServerRequest request, String text, String speed, byte[] wav) {
        String hash = sha1(text + speed); // neither a separator nor the model is in it
        String file = "/audio/" + hash + ".wav";
        files.putIfAbsent(file, wav);
        if (isLitestar()) {
            return Pages.json(
                    200,
                    "{\"hash\":\"" + hash + "\",\"text\":" + Fields.quoted(text) + ",\"speed\":\"" + speed
                            + "\",\"audio_url\":\"" + file + "\"}");
        }
        // Python's own JSON: blanks, and nothing but ASCII.
        return ServerAnswer.of(200)
                .header("Content-Type", "application/json; charset=UTF-8")
                .body("{\"hash\": \"" + hash + "\", \"text\": " + Fields.quotedAscii(text) + ", \"speed\": \"" + speed
                        + "\", \"audio_url\": \"http://"
                        + request.header("Host").orElse("") + file + "\"}");
    }

    private static String sha1(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
