// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Puts a {@link ServerAnswer} on the wire. */
final class AnswerWriter {
    private static final int UPGRADE_REQUIRED = 426;

    private final ServerAnswer answer;

    private AnswerWriter(ServerAnswer answer) {
        this.answer = answer;
    }

    /** All bytes of an answer without a script, whole. */
    static byte[] bytesOf(ServerAnswer answer) {
        var writer = new AnswerWriter(answer);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(writer.head(List.of()));
        try {
            writer.writeBody(new BodyStream(bytes, writer.isChunked(), Long.MAX_VALUE, () -> {}));
        } catch (IOException | InterruptedException e) {
            throw new UncheckedIOException(new IOException("memory cannot fail", e));
        }
        return bytes.toByteArray();
    }

    /** Sends the answer to a request; false if the connection is over. */
    static boolean send(ServerAnswer answer, ServerRequest request, ServerConnection connection)
            throws IOException, InterruptedException {
        return new AnswerWriter(answer).send(request, connection);
    }

    private boolean send(ServerRequest request, ServerConnection connection) throws IOException, InterruptedException {
        if (answer.webSocketScript != null) {
            return upgrade(answer.webSocketScript, request, connection);
        }
        connection.out().write(head(List.of()));
        connection.out().flush();
        if (!request.method().equals("HEAD")) {
            writeBody(new BodyStream(connection.out(), isChunked(), answer.breakAt, () -> breakOff(connection)));
        }
        return answer.framing != ServerAnswer.Framing.UNTIL_CLOSE
                && !saysClose(answer.headers)
                && !saysClose(request.headers());
    }

    private boolean isChunked() {
        return answer.framing == ServerAnswer.Framing.CHUNKED;
    }

    private boolean upgrade(ServerAnswer.WebSocketScript script, ServerRequest request, ServerConnection connection)
            throws IOException, InterruptedException {
        String key = request.header("Sec-WebSocket-Key").orElse("");
        if (key.isEmpty()) {
            return send(ServerAnswer.of(UPGRADE_REQUIRED), request, connection);
        }
        connection
                .out()
                .write(head(List.of(
                        Map.entry("Upgrade", "websocket"),
                        Map.entry("Connection", "Upgrade"),
                        Map.entry("Sec-WebSocket-Accept", ServerWebSocket.accept(key)))));
        connection.out().flush();
        new ServerWebSocket(connection).play(script);
        return false;
    }

    private static boolean saysClose(List<Map.Entry<String, String>> headers) {
        return headers.stream()
                .anyMatch(header -> header.getKey().equalsIgnoreCase("Connection")
                        && header.getValue().equalsIgnoreCase("close"));
    }

    private byte[] head(List<Map.Entry<String, String>> more) {
        if (answer.status == 0) {
            return new byte[0];
        }
        var head = new StringBuilder("HTTP/1.1 ").append(answer.status).append(" \r\n");
        answer.headers.forEach(header -> append(head, header.getKey(), header.getValue()));
        more.forEach(header -> append(head, header.getKey(), header.getValue()));
        if (answer.status != ServerAnswer.SWITCHING_PROTOCOLS) {
            switch (answer.framing) {
                case LENGTH -> append(head, "Content-Length", Long.toString(length()));
                case CHUNKED -> append(head, "Transfer-Encoding", "chunked");
                case UNTIL_CLOSE -> append(head, "Connection", "close");
            }
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private long length() {
        return answer.contentLength == ServerAnswer.WHOLE_LENGTH ? answer.body.length : answer.contentLength;
    }

    private static void append(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private void writeBody(BodyStream out) throws IOException, InterruptedException {
        if (answer.bodyScript == null) {
            for (int from = 0, length; from < answer.body.length; from += length) {
                length = Math.min(answer.pieceBytes, answer.body.length - from);
                out.write(answer.body, from, length);
            }
        } else {
            answer.bodyScript.write(out);
        }
        out.finish();
    }

    private void breakOff(ServerConnection connection) throws IOException, InterruptedException {
        switch (answer.broken) {
            case NONE -> {}
            case STALL -> connection.stall();
            case CUT -> throw ServerConnection.cut();
            case RESET -> {
                connection.reset();
                throw ServerConnection.cut();
            }
        }
    }
}
