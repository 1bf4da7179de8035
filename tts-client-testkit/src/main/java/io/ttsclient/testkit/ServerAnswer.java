// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link LoopbackServer} answers to one request. Immutable: each method gives a changed copy, as in
 * {@code ServerAnswer.of(200).body(wav).chunked().cutAt(3_200)}.
 *
 * <p>Positions count bytes of the body, and one beyond its end means the end; {@link #asRaw()} makes the whole answer, from the
 * status line on, the body. Of {@link #stallAt}, {@link #cutAt} and {@link #resetAt} the last one set counts.
 */
public final class ServerAnswer {
    static final int SWITCHING_PROTOCOLS = 101;
    static final long WHOLE_LENGTH = -1;

    /** Writes a body while it is sent, on the thread of its connection. */
    @FunctionalInterface
    public interface BodyScript {
        /**
         * Writes the body, each write of which is sent at once, as one chunk where chunks are sent. An {@link IOException} means that
         * the client left and may be thrown, as what an interrupt by {@link LoopbackServer#close()} gives.
         */
        void write(OutputStream body) throws IOException, InterruptedException;
    }

    /** Plays the server's side of a WebSocket, on the thread of its connection. */
    @FunctionalInterface
    public interface WebSocketScript {
        /**
         * Sends and receives; when it returns, the socket is closed with 1000 unless it was ended otherwise. An {@link IOException}
         * means that the client left and may be thrown, as what an interrupt by {@link LoopbackServer#close()} gives.
         */
        void play(ServerWebSocket socket) throws IOException, InterruptedException;
    }

    enum Framing {
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    enum BreakKind {
        NONE,
        STALL,
        CUT,
        RESET
    }

    // Read by AnswerWriter too; not changed once an answer is handed out.
    final int status; // 0: no head at all
    List<Map.Entry<String, String>> headers = List.of();
    byte[] body = new byte[0];

    @Nullable
    BodyScript bodyScript;

    @Nullable
    WebSocketScript webSocketScript;

    Framing framing = Framing.LENGTH;
    long contentLength = WHOLE_LENGTH;
    int pieceBytes = Integer.MAX_VALUE;
    BreakKind broken = BreakKind.NONE;
    long breakAt = Long.MAX_VALUE;

    private ServerAnswer(int status) {
        this.status = status;
    }

    private ServerAnswer(ServerAnswer other) {
        status = other.status;
        headers = other.headers;
        body = other.body;
        bodyScript = other.bodyScript;
        webSocketScript = other.webSocketScript;
        framing = other.framing;
        contentLength = other.contentLength;
        pieceBytes = other.pieceBytes;
        broken = other.broken;
        breakAt = other.breakAt;
    }

    /** This status, without a body and without headers but {@code Content-Length}. */
    public static ServerAnswer of(int status) {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("status: " + status + ", allowed 100 to 999");
        }
        return new ServerAnswer(status);
    }

    /** These bytes in place of an answer, be they HTTP or not; the connection is closed behind them. */
    public static ServerAnswer raw(byte[] bytes) {
        return new ServerAnswer(0).body(bytes).untilClose();
    }

    /** The same, with each character as one byte. */
    public static ServerAnswer raw(String latin1) {
        return raw(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Closes the connection without a byte. */
    public static ServerAnswer hangUp() {
        return raw("");
    }

    /** Says nothing, until it is released, which closes the connection. */
    public static ServerAnswer silence() {
        return raw("").stallAt(0);
    }

    /** Opens a WebSocket; 426 for a request that does not ask for one. */
    public static ServerAnswer webSocket(WebSocketScript script) {
        ServerAnswer answer = of(SWITCHING_PROTOCOLS);
        answer.webSocketScript = script;
        return answer;
    }

    /** Adds a header, without a look at what there is. */
    public ServerAnswer header(String name, String value) {
        var copy = new ServerAnswer(this);
        copy.headers = new ArrayList<>(headers);
        copy.headers.add(Map.entry(name, value));
        return copy;
    }

    /** With this body. */
    public ServerAnswer body(byte[] bytes) {
        var copy = new ServerAnswer(this);
        copy.body = bytes.clone();
        copy.bodyScript = null;
        return copy;
    }

    /** With this body, in UTF-8. */
    public ServerAnswer body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** With a body that is written while it is sent: in chunks, unless {@link #contentLength} or {@link #untilClose} is set later. */
    public ServerAnswer body(BodyScript script) {
        ServerAnswer copy = chunked();
        copy.bodyScript = script;
        return copy;
    }

    /** In chunks of HTTP: one for each piece. */
    public ServerAnswer chunked() {
        return framed(Framing.CHUNKED, WHOLE_LENGTH);
    }

    /** With this {@code Content-Length}, whatever the body has. */
    public ServerAnswer contentLength(long bytes) {
        return framed(Framing.LENGTH, bytes);
    }

    /** Without a length: the end of the connection is the end of the body. */
    public ServerAnswer untilClose() {
        return framed(Framing.UNTIL_CLOSE, WHOLE_LENGTH);
    }

    private ServerAnswer framed(Framing framing, long contentLength) {
        var copy = new ServerAnswer(this);
        copy.framing = framing;
        copy.contentLength = contentLength;
        return copy;
    }

    /** Sends the body in pieces of at most {@code bytes} bytes, at least 1; in one piece unless set. */
    public ServerAnswer inPieces(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes: " + bytes + ", allowed at least 1");
        }
        var copy = new ServerAnswer(this);
        copy.pieceBytes = bytes;
        return copy;
    }

    /** Goes silent at {@code position}, until it is {@linkplain LoopbackServer#release() released} or the client leaves. */
    public ServerAnswer stallAt(long position) {
        return breaking(BreakKind.STALL, position);
    }

    /** Closes the connection at {@code position}. */
    public ServerAnswer cutAt(long position) {
        return breaking(BreakKind.CUT, position);
    }

    /** Resets the connection at {@code position}; the client may lose what was sent before. */
    public ServerAnswer resetAt(long position) {
        return breaking(BreakKind.RESET, position);
    }

    private ServerAnswer breaking(BreakKind how, long position) {
        if (position < 0) {
            throw new IllegalArgumentException("position: " + position + ", allowed zero or more");
        }
        var copy = new ServerAnswer(this);
        copy.broken = how;
        copy.breakAt = position;
        return copy;
    }

    /** All bytes of this answer as the body of a {@linkplain #raw(byte[]) raw} one, whole, for what breaks off in its head. */
    public ServerAnswer asRaw() {
        if (bodyScript != null || webSocketScript != null) {
            throw new IllegalStateException("an answer with a script has no bytes yet");
        }
        return raw(AnswerWriter.bytesOf(this));
    }

    /** How many bytes of body this answer has; what a script will write is not counted. */
    public int size() {
        return body.length;
    }

    @Override
    public String toString() {
        String end = broken == BreakKind.NONE ? "" : ", " + broken + " at " + breakAt;
        return "ServerAnswer[" + (status == 0 ? "raw" : status) + ", " + body.length + " bytes" + end + "]";
    }
}
