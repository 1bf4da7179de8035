// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import io.ttsclient.error.TtsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to ask a server, over HTTP or to open a WebSocket. Immutable.
 *
 * <p>The transport adds {@code User-Agent}, our id of the request, and {@code Accept-Encoding: identity}: a server that
 * compresses audio holds it back.
 */
public final class HttpRequest {
    /** Where most servers take the caller's id of a request. */
    static final String REQUEST_ID = "X-Request-ID";

    private static final List<String> PROVIDER_REQUEST_IDS = List.of(REQUEST_ID, "X-Correlation-ID");

    private static final Set<String> CREDENTIAL_HEADERS = Set.of(
            "authorization", "proxy-authorization", "cookie", "api-key", "x-api-key", "xi-api-key", "x-goog-api-key");

    private final String method;
    private final String url;
    private final List<Header> headers;
    private final byte @Nullable [] body;
    private final @Nullable ApiKey key;
    private final @Nullable String requestIdHeader;
    private final List<String> providerRequestIdHeaders;
    private final @Nullable String errorHeader;
    private final boolean allowPlainHttp;

    /** A header as it goes out. */
    record Header(String name, String value) {}

    private HttpRequest(Builder builder) {
        method = builder.method;
        url = builder.url.toString();
        headers = List.copyOf(builder.headers);
        body = builder.body;
        key = builder.key;
        requestIdHeader = builder.requestIdHeader;
        providerRequestIdHeaders = builder.providerRequestIdHeaders;
        errorHeader = builder.errorHeader;
        allowPlainHttp = builder.allowPlainHttp;
    }

    /**
     * Starts a request that fetches, or one that opens a WebSocket.
     *
     * @param url http, https, ws or wss; neither a user nor a key may be in it
     * @throws TtsException with category {@code INVALID_REQUEST} if it is none of these
     */
    public static Builder get(String url) {
        return new Builder("GET", url, null);
    }

    /**
     * Starts a request that sends.
     *
     * @param url http or https; neither a user nor a key may be in it
     * @param contentType sent as it is, such as {@code application/json}
     * @param body sent as it is; must not be changed afterwards
     * @throws TtsException with category {@code INVALID_REQUEST} if {@code url} is not an address
     */
    public static Builder post(String url, String contentType, byte[] body) {
        return new Builder("POST", url, body).header("Content-Type", contentType);
    }

    /** The same with {@code body} as UTF-8. */
    public static Builder post(String url, String contentType, String body) {
        return post(url, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Asks for the headers of an answer only; carries nothing. */
    static HttpRequest head(String url) {
        return new Builder("HEAD", url, null).build();
    }

    String method() {
        return method;
    }

    String url() {
        return url;
    }

    List<Header> headers() {
        return headers;
    }

    byte @Nullable [] body() {
        return body;
    }

    Optional<ApiKey> key() {
        return Optional.ofNullable(key);
    }

    Optional<String> requestIdHeader() {
        return Optional.ofNullable(requestIdHeader);
    }

    List<String> providerRequestIdHeaders() {
        return providerRequestIdHeaders;
    }

    Optional<String> errorHeader() {
        return Optional.ofNullable(errorHeader);
    }

    boolean allowPlainHttp() {
        return allowPlainHttp;
    }

    /** Method, address without its query, and the length of the body: neither text nor key. */
    @Override
    public String toString() {
        return method + " " + Urls.withoutQuery(url) + (body == null ? "" : " (" + body.length + " bytes)");
    }

    /** Collects an {@link HttpRequest}. Not thread-safe. */
    public static final class Builder {
        private final String method;
        private final Address url;
        private final List<Header> headers = new ArrayList<>();
        private final byte @Nullable [] body;
        private @Nullable ApiKey key;
        private @Nullable String requestIdHeader = REQUEST_ID;
        private List<String> providerRequestIdHeaders = PROVIDER_REQUEST_IDS;
        private @Nullable String errorHeader;
        private boolean allowPlainHttp;

        private Builder(String method, String url, byte @Nullable [] body) {
            this.method = method;
            this.url = new Address(url);
            this.body = body;
        }

        /** Adds {@code segments}, such as {@code v1/audio/speech}, to the path of the address. */
        public Builder path(String segments) {
            url.path(segments);
            return this;
        }

        /** Adds a parameter to the address, encoded here. A key is refused: addresses end up in logs. */
        public Builder query(String name, String value) {
            url.query(name, value);
            return this;
        }

        /** Sends a header, visible ASCII characters and blanks; for credentials there is {@link #credential}. */
        public Builder header(String name, String value) {
            if (CREDENTIAL_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("header: '" + name + "', use credential(...) for what is secret");
            }
            headers.add(checked(name, value));
            return this;
        }

        /**
         * Sends {@code prefix} and the key as a header, as in {@code credential("Authorization", "Bearer ", key)}. The request
         * then only goes over TLS or to this machine, and the key is removed from what an error body echoes.
         */
        public Builder credential(String header, String prefix, ApiKey value) {
            headers.add(checked(header, prefix + value.value()));
            key = value;
            return this;
        }

        private static Header checked(String name, String value) {
            if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c > '~' || c == ':')) {
                throw new IllegalArgumentException("header: " + name.length() + " chars, allowed a header's name");
            }
            if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c > '~')) {
                throw TtsException.invalidRequest("header " + name + ": " + value.length()
                        + " chars, allowed visible ASCII characters and blanks");
            }
            return new Header(name, value);
        }

        /** The header that takes our id of the request; {@code X-Request-ID} unless said otherwise. */
        public Builder requestIdHeader(String name) {
            requestIdHeader = name;
            return this;
        }

        /** Does not send our id of the request. */
        public Builder withoutRequestId() {
            requestIdHeader = null;
            return this;
        }

        /** The headers of the answer that may hold the provider's own id of the request; the first that is there counts. */
        public Builder providerRequestIdHeaders(String... names) {
            providerRequestIdHeaders = List.of(names);
            return this;
        }

        /** The header in which the server says why it refuses, for answers whose body does not. */
        public Builder errorHeader(String name) {
            errorHeader = name;
            return this;
        }

        /** Allows to send the credential over a network without TLS. */
        public Builder allowPlainHttp() {
            allowPlainHttp = true;
            return this;
        }

        /** The request. */
        public HttpRequest build() {
            return new HttpRequest(this);
        }
    }
}
