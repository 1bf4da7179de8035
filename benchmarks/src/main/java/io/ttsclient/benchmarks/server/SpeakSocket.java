// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A WebSocket that speaks Deepgram's protocol: of {@code /v1/speak}, or of {@code /v2/speak} (Flux). */
final class SpeakSocket {
    private static final Pattern TYPE = Pattern.compile("\"type\"\\s*:\\s*\"(\\w+)\"");
    private static final String REQUEST_ID = "00000000-0000-4000-8000-000000000000";
    private static final String SPEECH = "\"speech_id\":\"dg_sp_paced\"";

    private final Connection connection;
    private final Settings settings;
    private final Tone tone;
    private final boolean flux;
    private boolean inTurn;
    private @Nullable Paced speech;

    private SpeakSocket(HttpRequest request, Connection connection) {
        this.connection = connection;
        settings = request.settings();
        tone = new Tone(request.audioFormat(), settings);
        flux = request.path().endsWith("/v2/speak");
    }

    /** Answers the handshake of RFC 6455 section 4.2.2 and greets. */
    static SpeakSocket open(HttpRequest request, Connection connection) {
        connection.send(
                ByteBuffer.wrap(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Accept: " + accept(request) + "\r\ndg-request-id: " + REQUEST_ID
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII)));
        var socket = new SpeakSocket(request, connection);
        socket.send(
                socket.flux
                        ? "{\"type\":\"Connected\",\"request_id\":\"" + REQUEST_ID
                                + "\",\"model_name\":\"paced\",\"model_version\":\"1\",\"model_uuids\":[]}"
                        : "{\"type\":\"Metadata\",\"request_id\":\"" + REQUEST_ID
                                + "\",\"model_name\":\"paced\",\"model_version\":\"1\",\"model_uuid\":\"\"}");
        return socket;
    }

    private static String accept(HttpRequest request) {
        String key = Objects.requireNonNull(request.headers().get("sec-websocket-key"));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    void received(Frame frame) {
        switch (frame.opcode()) {
            case Frame.TEXT -> {
                Matcher type = TYPE.matcher(frame.text());
                received(type.find() ? type.group(1) : "");
            }
            case Frame.PING -> send(new Frame(Frame.PONG, frame.payload()));
            case Frame.CLOSE -> close();
            default -> {} // nothing else says anything to this server
        }
    }

    private void received(String type) {
        switch (type) {
            case "Speak" -> speak();
            case "Flush" -> flush();
            case "Clear" -> {
                stop();
                send("{\"type\":\"Cleared\",\"sequence_id\":0}");
            }
            case "Interrupt" -> {
                stop();
                send("{\"type\":\"SpeechInterrupted\",\"audio_played_ms\":0,\"metadata\":{" + SPEECH + "}}");
            }
            case "Configure" -> send("{\"type\":\"ConfigureSuccess\",\"applied\":{}}");
            case "Close" -> {
                if (flux) {
                    send("{\"type\":\"SessionMetadata\"}");
                }
                close();
            }
            default -> send("{\"type\":\"Warning\",\"code\":\"UNKNOWN\",\"description\":\"unknown type\"}");
        }
    }

    private void speak() {
        if (flux && !inTurn) {
            send("{\"type\":\"SpeechStarted\"," + SPEECH + "}");
        }
        inTurn = true;
    }

    private void flush() {
        if (flux) {
            send("{\"type\":\"Flushed\"," + SPEECH + "}");
        }
        speech = Paced.start(
                connection,
                settings,
                (index, due) -> new Frame(Frame.BINARY, ByteBuffer.wrap(tone.frame(index, due))).encoded(),
                this::spoken);
    }

    private void spoken() {
        inTurn = false;
        speech = null;
        send(
                flux
                        ? "{\"type\":\"SpeechMetadata\"," + SPEECH + ",\"audio_duration_ms\":"
                                + settings.seconds() * 1_000
                                + ",\"input_character_count\":1,\"billable_character_count\":1,\"controls_applied\":{}}"
                        : "{\"type\":\"Flushed\",\"sequence_id\":0}");
    }

    private void stop() {
        inTurn = false;
        if (speech != null) {
            speech.stop();
            speech = null;
        }
    }

    private void close() {
        stop();
        send(new Frame(Frame.CLOSE, ByteBuffer.wrap(new byte[] {0x03, (byte) 0xE8}))); // 1000, a normal end
        connection.close();
    }

    private void send(String json) {
        send(Frame.text(json));
    }

    private void send(Frame frame) {
        connection.send(frame.encoded());
    }
}
