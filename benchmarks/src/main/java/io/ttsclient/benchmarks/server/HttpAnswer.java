// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.server;

import io.ttsclient.audio.AudioFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What an HTTP request is answered with, in chunked encoding, one chunk a frame. */
final class HttpAnswer {
    /** Gemini's audio has this rate; a millisecond of it has 48 bytes, so that frames of base64 need no padding. */
    private static final int GEMINI_RATE = 24_000;

    private static final String BEFORE_BASE64 = "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":"
            + "[{\"inlineData\":{\"mimeType\":\"audio/l16; rate=24000; channels=1\",\"data\":\"";
    private static final String AFTER_BASE64 = "\"}}]},";
    private static final String FINISHED = "\"finishReason\":\"STOP\",";
    private static final String REST =
            "\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":10,\"candidatesTokenCount\":50,"
                    + "\"totalTokenCount\":60},\"modelVersion\":\"paced\",\"responseId\":\"paced\"}";

    private final Connection connection;
    private final Settings settings;
    private final String contentType;

    /** The body's piece that belongs to a frame. */
    private interface Body {
        byte[] piece(int index, long dueNanos);
    }

    private HttpAnswer(Connection connection, Settings settings, String contentType) {
        this.connection = connection;
        this.settings = settings;
        this.contentType = contentType;
    }

    static void to(HttpRequest request, Connection connection) {
        Settings settings = request.settings();
        if (request.path().endsWith(":generateContent")) {
            json(settings, connection);
        } else if (request.path().endsWith(":streamGenerateContent")) {
            events(settings, connection);
        } else {
            audio(request, connection);
        }
    }

    /** One document with all of the audio as base64. */
    private static void json(Settings settings, Connection connection) {
        var tone = new Tone(AudioFormat.linear16(GEMINI_RATE), settings);
        new HttpAnswer(connection, settings, "application/json; charset=UTF-8")
                .send((index, due) -> ascii((index == 0 ? BEFORE_BASE64 : "")
                        + base64(tone.frame(index, due))
                        + (index == settings.frames() - 1 ? AFTER_BASE64 + FINISHED + REST : "")));
    }

    /** An event a frame, and one more that says that it is finished. */
    private static void events(Settings settings, Connection connection) {
        var tone = new Tone(AudioFormat.linear16(GEMINI_RATE), settings);
        new HttpAnswer(connection, settings, "text/event-stream")
                .send((index, due) ->
                        ascii("data: " + BEFORE_BASE64 + base64(tone.frame(index, due)) + AFTER_BASE64 + REST
                                + "\r\n\r\n"
                                + (index == settings.frames() - 1
                                        ? "data: {\"candidates\":[{\"content\":{}," + FINISHED + REST + "\r\n\r\n"
                                        : "")));
    }

    /** A WAV whose header knows no size, or bare samples where the request says {@code container=none}. */
    private static void audio(HttpRequest request, Connection connection) {
        AudioFormat format = request.audioFormat();
        var tone = new Tone(format, request.settings());
        if ("none".equals(request.query().get("container"))) {
            new HttpAnswer(connection, request.settings(), "audio/l16;rate=" + format.sampleRate()).send(tone::frame);
        } else {
            new HttpAnswer(connection, request.settings(), "audio/wav")
                    .send((index, due) -> index == 0
                            ? concatenated(wavHeader(format), tone.frame(index, due))
                            : tone.frame(index, due));
        }
    }

    private void send(Body body) {
        Paced.start(
                connection,
                settings,
                (index, due) -> {
                    byte[] piece = body.piece(index, due);
                    return ByteBuffer.wrap(concatenated(
                            ascii((index == 0 ? head() : "") + Integer.toHexString(piece.length) + "\r\n"),
                            piece,
                            ascii(index == settings.frames() - 1 ? "\r\n0\r\n\r\n" : "\r\n")));
                },
                () -> {});
    }

    private String head() {
        return "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nTransfer-Encoding: chunked\r\n\r\n";
    }

    private static byte[] wavHeader(AudioFormat format) {
        int unknown = 0xFFFF_FFFF;
        int bytesPerFrame = format.bytesPerFrame();
        return ByteBuffer.allocate(44)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF"))
                .putInt(unknown)
                .put(ascii("WAVEfmt "))
                .putInt(16)
                .putShort((short)
                        switch (format.encoding()) {
                            case MULAW -> 7;
                            case ALAW -> 6;
                            default -> 1;
                        })
                .putShort((short) 1)
                .putInt(format.sampleRate())
                .putInt(format.sampleRate() * bytesPerFrame)
                .putShort((short) bytesPerFrame)
                .putShort((short) (8 * bytesPerFrame))
                .put(ascii("data"))
                .putInt(unknown)
                .array();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concatenated(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
