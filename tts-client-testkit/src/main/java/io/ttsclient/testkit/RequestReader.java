// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the requests of one HTTP/1.1 connection. */
final class RequestReader {
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int LARGEST_BODY = 64 * 1024 * 1024;

    private final BufferedInputStream in;
    private final int connection;

    RequestReader(BufferedInputStream in, int connection) {
        this.in = in;
        this.connection = connection;
    }

    /** The next request; null when the client has left. */
    @Nullable
    ServerRequest next() throws IOException {
        String line = line();
        if (line == null) {
            return null;
        }
        String[] words = line.split(" ", -1);
        if (words.length != 3) {
            throw new IOException("no request line of HTTP"); // a TLS handshake, perhaps
        }
        List<Map.Entry<String, String>> headers = headers();
        return new ServerRequest(words[0], words[1], headers, body(headers), connection);
    }

    private List<Map.Entry<String, String>> headers() throws IOException {
        var headers = new ArrayList<Map.Entry<String, String>>();
        for (String line = someLine(); !line.isEmpty(); line = someLine()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IOException("no header of HTTP");
            }
            headers.add(Map.entry(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return headers;
    }

    private byte[] body(List<Map.Entry<String, String>> headers) throws IOException {
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().equalsIgnoreCase("Transfer-Encoding")) {
                return chunks();
            }
            if (header.getKey().equalsIgnoreCase("Content-Length")) {
                return exactly(Integer.parseInt(header.getValue()));
            }
        }
        return new byte[0];
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
            body.writeBytes(chunk);
            if (body.size() > LARGEST_BODY) {
                throw new IOException("a body without end");
            }
        }
        return body.toByteArray();
    }

    private byte[] chunk() throws IOException {
        byte[] chunk = exactly(Integer.parseInt(someLine().strip(), 16));
        someLine();
        return chunk;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the client left in the middle of a body");
        }
        return bytes;
    }

    private String someLine() throws IOException {
        String line = line();
        if (line == null) {
            throw new EOFException("the client left in the middle of a request");
        }
        return line;
    }

    /** Without its end; null at the end of the stream. */
    private @Nullable String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (line.size() > LONGEST_LINE) {
                throw new IOException("a line without end");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
