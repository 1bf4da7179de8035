// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request that a {@link LoopbackServer} got, with its whole body. Immutable. */
public final class ServerRequest {
    private final String method;
    private final String target;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;
    private final int connection;

    ServerRequest(String method, String target, List<Map.Entry<String, String>> headers, byte[] body, int connection) {
        this.method = method;
        this.target = target;
        this.headers = List.copyOf(headers);
        this.body = body;
        this.connection = connection;
    }

    /** Such as {@code POST}. */
    public String method() {
        return method;
    }

    /** Path and query as they were sent, such as {@code /v1/speak?model=a%20b}. */
    public String target() {
        return target;
    }

    /** The target without its query. */
    public String path() {
        int end = target.indexOf('?');
        return end < 0 ? target : target.substring(0, end);
    }

    /** The first header of this name, in any case; empty if there is none. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** All headers as they came, in their order. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** The body, out of its chunks; empty if there was none. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Which connection it came on, from 0 in the order in which they were accepted. */
    public int connection() {
        return connection;
    }

    @Override
    public String toString() {
        return method + " " + target + " (" + body.length + " bytes)";
    }
}
