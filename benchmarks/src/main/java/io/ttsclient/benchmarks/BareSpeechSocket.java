// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks for speech as little as one can: a socket that is kept, a request in one write, and a look for the bytes that matter. */
public final class BareSpeechSocket implements AutoCloseable {
    private static final int WAV_HEADER_BYTES = 44;
    private static final byte[] END = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final int port;
    private final String path;
    private final byte[] buffer = new byte[64 * 1024];

    BareSpeechSocket(int port) throws IOException {
        this(port, "");
    }

    /** {@code path} stands before that of the request. */
    public BareSpeechSocket(int port, String path) throws IOException {
        this.port = port;
        this.path = path;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
    }

    /** From the request to the first sample; returns when all of the answer was read. */
    public long nanosToFirstAudio(String text) throws IOException {
        String body =
                "{\"model\":\"tts-1\",\"input\":\"" + text + "\",\"voice\":\"alloy\",\"response_format\":\"wav\"}";
        byte[] request = ("POST " + path + "/v1/audio/speech HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
        long start = System.nanoTime();
        socket.getOutputStream().write(request);
        int length = 0;
        int head = -1;
        while (head < 0 || length < head + WAV_HEADER_BYTES + 16) { // 16: the size of the chunk, and a sample
            length = readMore(length);
            head = indexOfEnd(length);
        }
        long nanos = System.nanoTime() - start;
        while (!isWhole(length)) {
            length = readMore(keepTail(length));
        }
        return nanos;
    }

    private int readMore(int length) throws IOException {
        int count = socket.getInputStream().read(buffer, length, buffer.length - length);
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        return length + count;
    }

    private int indexOfEnd(int length) {
        for (int at = 0; at + HEAD_END.length <= length; at++) {
            if (isAt(HEAD_END, at)) {
                return at + HEAD_END.length;
            }
        }
        return -1;
    }

    private boolean isAt(byte[] bytes, int at) {
        for (int i = 0; i < bytes.length; i++) {
            if (buffer[at + i] != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Moves the last bytes to the front, where the end may still be completed. */
    private int keepTail(int length) {
        int keep = Math.min(length, END.length);
        System.arraycopy(buffer, length - keep, buffer, 0, keep);
        return keep;
    }

    private boolean isWhole(int length) {
        return length >= END.length && isAt(END, length - END.length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
