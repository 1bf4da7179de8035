// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket with as little as there can be around its socket: no thread, no check, one write for one send. Not thread-safe. */
public final class BareWebSocket implements AutoCloseable {
    static final int TEXT = 1;
    static final int BINARY = 2;

    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MASKED = 0x80;
    private static final int FINAL = 0x80;

    private final Socket socket;
    private final DataInputStream in;
    private byte[] payload = new byte[0];

    /** Opens one; {@code target} is a path and a query. */
    BareWebSocket(int port, String target) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
        socket.getOutputStream().write(opening(port, target).array());
        skipHead();
    }

    private void skipHead() throws IOException {
        int newlines = 0;
        while (newlines < 2) {
            int next = in.readUnsignedByte();
            if (next == '\n') {
                newlines++;
            } else if (next != '\r') {
                newlines = 0;
            }
        }
    }

    /** The request that opens one; {@code target} is a path and a query. */
    public static ByteBuffer opening(int port, String target) {
        String request = "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        return ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** The frames of short texts; the mask is zero, so that they stay as they are. */
    public static ByteBuffer frames(String... texts) {
        ByteBuffer frames = ByteBuffer.allocate(64 * 1024);
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            frames.put((byte) (FINAL | TEXT)).put((byte) (MASKED | LENGTH_16)).putShort((short) bytes.length);
            frames.putInt(0).put(bytes);
        }
        return frames.flip();
    }

    /** Sends short texts, all in one write. */
    void send(String... texts) throws IOException {
        ByteBuffer frames = frames(texts);
        byte[] written = new byte[frames.remaining()];
        frames.get(written);
        socket.getOutputStream().write(written);
    }

    /** Reads a frame, and returns its opcode. */
    int read() throws IOException {
        int opcode = in.readUnsignedByte() & 0x0F;
        int length = in.readUnsignedByte();
        if (length == LENGTH_16) {
            length = in.readUnsignedShort();
        } else if (length == LENGTH_64) {
            length = Math.toIntExact(in.readLong());
        }
        payload = new byte[length];
        in.readFully(payload);
        return opcode;
    }

    /** The frame that was read last, as text. */
    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
