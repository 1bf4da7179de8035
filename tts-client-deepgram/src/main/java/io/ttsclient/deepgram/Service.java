// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.backend.Journal;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.error.TtsException;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.HttpError;
import io.ttsclient.transport.HttpRequest;
import io.ttsclient.transport.HttpResponse;
import io.ttsclient.transport.Transport;
import io.ttsclient.transport.WebSocketConnection;
import io.ttsclient.transport.WebSocketFilter;
import java.time.Duration;
import java.util.function.Function;

/** Deepgram's addresses and headers, and the requests that go there. */
final class Service {
    static final String REQUEST_ID_HEADER = "dg-request-id";
    static final String ERROR_HEADER = "dg-error";
    static final String DEFAULT_BASE_URL = "https://api.deepgram.com";

    private static final String JSON = "application/json";

    private final Transport transport;
    private final String baseUrl;
    private final String scheme;
    private final boolean allowPlainHttp;

    /** {@code scheme} is what stands before a credential: {@code Token} for a key, {@code Bearer} for a short-lived token. */
    Service(Transport transport, String baseUrl, String scheme, boolean allowPlainHttp) {
        this.transport = transport;
        this.baseUrl = baseUrl;
        this.scheme = scheme;
        this.allowPlainHttp = allowPlainHttp;
    }

    /** A synthesis for what nobody asked for. */
    static Synthesis outsideSynthesis(TimeSource time) {
        var journal = new Journal(Deepgram.NAME, time);
        return Synthesis.builder(TextSource.of(""), Deepgram.NAME, time)
                .journal(journal)
                .attempt(journal.attempt(Deepgram.NAME))
                .build();
    }

    /** Opens a connection ahead, for a request over REST. */
    void prewarm() {
        transport.prewarm(baseUrl);
    }

    /** Opens a WebSocket; {@code refused} says what a refusal is. */
    WebSocketConnection open(
            Synthesis synthesis,
            SpeakRequest request,
            ApiKey credential,
            WebSocketFilter filter,
            Function<HttpError, TtsException> refused) {
        HttpRequest.Builder address =
                HttpRequest.get(baseUrl).path(request.product().path());
        HttpRequest opening =
                authorized(request.socketAddress(address), credential).build();
        return transport.open(synthesis, opening, Duration.ZERO, filter, refused);
    }

    /** Asks over REST; the answer may be a refusal. */
    HttpResponse post(Synthesis synthesis, SpeakRequest request, ApiKey credential, String text) {
        HttpRequest.Builder address = HttpRequest.post(baseUrl, JSON, ClientMessage.body(text))
                .path(request.product().path());
        return transport.execute(
                synthesis, authorized(request.restAddress(address), credential).build());
    }

    /** Asks for the models; the answer may be a refusal. */
    HttpResponse models(ApiKey credential, Duration timeout) {
        HttpRequest.Builder address = HttpRequest.get(baseUrl).path("v1/models");
        return transport.execute(Deepgram.NAME, authorized(address, credential).build(), timeout);
    }

    private HttpRequest.Builder authorized(HttpRequest.Builder address, ApiKey credential) {
        address.credential("Authorization", scheme + " ", credential)
                .providerRequestIdHeaders(REQUEST_ID_HEADER)
                .errorHeader(ERROR_HEADER);
        return allowPlainHttp ? address.allowPlainHttp() : address;
    }

    /** The address, without a credential. */
    @Override
    public String toString() {
        return baseUrl;
    }
}
