// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.HttpRequest;
import io.ttsclient.transport.HttpResponse;
import io.ttsclient.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way to the server at one address: requests with their credential, and small answers. Thread-safe. */
final class Wire {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of an answer in JSON; a minute of audio in base64 has a third of it. */
    private static final int MAX_JSON = 32 * 1024 * 1024;

    private final Transport transport;
    private final String baseUrl;
    private final Authentication authentication;
    private final boolean allowPlainHttp;
    private final boolean propagateTrace;

    Wire(Transport transport, String baseUrl, VitsServerBuilder builder) {
        this.transport = transport;
        this.baseUrl = baseUrl;
        authentication = builder.authentication();
        allowPlainHttp = builder.isPlainHttpAllowed();
        propagateTrace = builder.isTracePropagated();
    }

    /** Asks for speech. */
    HttpResponse ask(Synthesis synthesis, Route route, Utterance utterance, @Nullable ApiKey key) {
        HttpRequest.Builder request = Requests.of(baseUrl, route, utterance);
        if (propagateTrace) {
            synthesis.trace().traceparent().ifPresent(value -> request.header("traceparent", value));
        }
        return transport.execute(synthesis, request(request, key));
    }

    /** Asks about something on behalf of a request. */
    HttpResponse get(Synthesis synthesis, String path, @Nullable ApiKey key) {
        return transport.execute(synthesis, request(HttpRequest.get(baseUrl).path(path), key));
    }

    /** Asks about something on behalf of nobody, within {@code timeout}. */
    HttpResponse get(String path, @Nullable ApiKey key, Duration timeout) {
        return transport.execute(
                VitsServer.NAME, request(HttpRequest.get(baseUrl).path(path), key), timeout);
    }

    /** Fetches what lies at {@code address}, which the server gave; it must be of the same origin. */
    HttpResponse getSameOrigin(Synthesis synthesis, String address, @Nullable ApiKey key) {
        URI base = URI.create(baseUrl);
        URI target;
        try {
            target = base.resolve(address);
        } catch (IllegalArgumentException e) {
            throw strange(synthesis, "the server gave no address of its audio");
        }
        if (address.isBlank()) {
            throw strange(synthesis, "the server gave no address of its audio");
        }
        if (!isSameOrigin(base, target)) {
            throw strange(synthesis, "the server gave an address of its audio that is of another origin");
        }
        return transport.execute(synthesis, request(HttpRequest.get(target.toString()), key));
    }

    private static boolean isSameOrigin(URI one, URI other) {
        return Objects.equals(one.getScheme(), other.getScheme())
                && one.getHost() != null
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equals(uri.getScheme()) ? 443 : 80;
    }

    private HttpRequest request(HttpRequest.Builder request, @Nullable ApiKey key) {
        if (key != null) {
            authentication.apply(request, key);
        }
        return (allowPlainHttp ? request.allowPlainHttp() : request).build();
    }

    /** Connects ahead. */
    void prewarm() {
        transport.prewarm(baseUrl);
    }

    /** The body of {@code response}, all of it. */
    JsonNode json(Synthesis synthesis, HttpResponse response) {
        byte[] body = body(response);
        if (body.length == MAX_JSON) {
            throw strange(synthesis, "an answer in JSON of " + MAX_JSON + " bytes or more");
        }
        return parsed(body).orElseThrow(() -> strange(synthesis, "the server answered with broken JSON"));
    }

    /** {@code body} as JSON; empty where it is none, or cut. */
    static Optional<JsonNode> parsed(byte[] body) {
        try {
            return Optional.of(JSON.readTree(body));
        } catch (IOException e) {
            return Optional.empty(); // its message quotes the body
        }
    }

    /** The body of {@code response}, or its beginning where it is too long to be an answer that is not audio. */
    static byte[] body(HttpResponse response) {
        try {
            return response.asInputStream().readNBytes(MAX_JSON);
        } catch (IOException e) {
            throw new IllegalStateException("a body fails with other exceptions", e);
        }
    }

    private static TtsException strange(Synthesis synthesis, String what) {
        return synthesis.failure(Category.PROTOCOL, what).build();
    }
}
