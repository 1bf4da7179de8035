// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a WebSocket, as RFC 6455 has it, without extensions. One thread receives; any thread may send. Pings are
 * answered while {@link #receive()} waits, so a script that does not receive plays a peer that has gone silent.
 */
public final class ServerWebSocket {
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int LAST_FRAME = 0x80;
    private static final int MASKED = 0x80;
    private static final int NORMAL = 1_000;
    private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3

    private final ServerConnection connection;
    private final ReentrantLock sending = new ReentrantLock(); // held while a frame is written, or frames would mix
    private boolean hasSaidClose; // guarded by sending
    private volatile int closeCode = -1;

    /** What a client sent. */
    public static final class Message {
        private final boolean isText;
        private final byte[] bytes;

        private Message(boolean isText, byte[] bytes) {
            this.isText = isText;
            this.bytes = bytes;
        }

        /** Whether it was sent as text, in UTF-8. */
        public boolean isText() {
            return isText;
        }

        /** The bytes. */
        public byte[] bytes() {
            return bytes.clone();
        }

        /** The bytes as UTF-8. */
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    ServerWebSocket(ServerConnection connection) {
        this.connection = connection;
    }

    static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-1", e);
        }
    }

    void play(ServerAnswer.WebSocketScript script) throws IOException, InterruptedException {
        script.play(this);
        if (!connection.socket().isClosed()) {
            close(NORMAL, "");
            while (receive() != null) {} // until the client has said goodbye too
        }
    }

    /**
     * Waits for the next message; null when the client has said goodbye, after which {@link #closeCode()} tells its code.
     *
     * @throws EOFException when the client left without a goodbye
     */
    public @Nullable Message receive() throws IOException {
        var bytes = new ByteArrayOutputStream();
        boolean isText = false;
        while (closeCode < 0) {
            int first = octet();
            byte[] payload = payload();
            int kind = first & 0x0F;
            switch (kind) {
                case CLOSE -> hearClose(payload);
                case PING -> sendFrame(PONG, payload);
                case PONG -> {}
                case TEXT, BINARY, CONTINUATION -> {
                    isText |= kind == TEXT;
                    bytes.writeBytes(payload);
                    if ((first & LAST_FRAME) != 0) {
                        return new Message(isText, bytes.toByteArray());
                    }
                }
                default -> throw new IOException("a frame of unknown kind " + kind);
            }
        }
        return null;
    }

    private byte[] payload() throws IOException {
        int second = octet();
        long length = second & 0x7F;
        if (length == 126) {
            length = number(2);
        } else if (length == 127) {
            length = number(8);
        }
        if ((second & MASKED) == 0 || length < 0 || length > LARGEST_MESSAGE) {
            throw new IOException("a frame that is not masked, or that has no end");
        }
        byte[] mask = connection.in().readNBytes(4);
        byte[] payload = connection.in().readNBytes((int) length);
        if (mask.length < 4 || payload.length < length) {
            throw new EOFException("the client left in the middle of a frame");
        }
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    private int octet() throws IOException {
        int next = connection.in().read();
        if (next < 0) {
            throw new EOFException("the client left without a goodbye");
        }
        return next;
    }

    private long number(int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | octet();
        }
        return number;
    }

    private void hearClose(byte[] payload) throws IOException {
        int code = payload.length < 2 ? 1_005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF; // 1005: none was given
        close(code == 1_005 ? NORMAL : code, "");
        closeCode = code;
    }

    /** Whether there is something to be received; false as long as only a part of a frame has come. */
    public boolean hasMore() throws IOException {
        return connection.in().available() > 0;
    }

    /** With what code the client said goodbye; 1005 where it gave none; empty where it has not. */
    public OptionalInt closeCode() {
        return closeCode < 0 ? OptionalInt.empty() : OptionalInt.of(closeCode);
    }

    /** Sends a text. */
    public void send(String text) throws IOException {
        sendFrame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes. */
    public void send(byte[] bytes) throws IOException {
        sendFrame(BINARY, bytes);
    }

    /** Sends bytes as one message in frames of at most {@code frame} bytes, at least 1, each of which is sent at once. */
    public void sendSplit(byte[] bytes, int frame) throws IOException {
        for (int at = 0; at < bytes.length || at == 0; at += frame) {
            int end = Math.min(bytes.length, at + frame);
            int kind = at == 0 ? BINARY : CONTINUATION;
            sendFrame(end == bytes.length ? LAST_FRAME : 0, kind, Arrays.copyOfRange(bytes, at, end));
        }
    }

    /** Sends these bytes as they are, in place of a frame. */
    public void sendRaw(byte[] bytes) throws IOException {
        sending.lock();
        try {
            connection.out().write(bytes);
            connection.out().flush();
        } finally {
            sending.unlock();
        }
    }

    /** Says goodbye, once; what the client still sends can be received. */
    public void close(int code, String reason) throws IOException {
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        sending.lock();
        try {
            if (!hasSaidClose) {
                hasSaidClose = true;
                sendFrame(
                        CLOSE,
                        ByteBuffer.allocate(2 + words.length)
                                .putShort((short) code)
                                .put(words)
                                .array());
            }
        } finally {
            sending.unlock();
        }
    }

    private void sendFrame(int kind, byte[] payload) throws IOException {
        sendFrame(LAST_FRAME, kind, payload);
    }

    private void sendFrame(int last, int kind, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 10).put((byte) (last | kind));
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else if (payload.length < 1 << 16) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        frame.put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        sendRaw(bytes);
    }

    /** Goes silent, until it is {@linkplain LoopbackServer#release() released}; fails when the client leaves meanwhile. */
    public void stall() throws IOException, InterruptedException {
        connection.stall();
    }

    /** Ends the connection without a goodbye. */
    public void cut() throws IOException {
        connection.socket().close();
    }

    /** Resets the connection; the client may lose what was sent before. */
    public void reset() throws IOException {
        connection.reset();
    }
}
