// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.error.TtsException;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.ApiKeySource;
import io.ttsclient.transport.HttpRequest;
import io.ttsclient.transport.Transport;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a {@link VitsServer}. Not thread-safe. */
public final class VitsServerBuilder {
    private @Nullable String baseUrl;
    private @Nullable Dialect dialect;
    private @Nullable ApiKeySource keys;
    private @Nullable Transport transport;
    private boolean plainHttpAllowed;

    VitsServerBuilder() {}

    /**
     * Where the server is, with the path that stands before its routes if there is one: {@code http://tts.local:8880}.
     *
     * @throws TtsException with category {@code INVALID_REQUEST} if it is not an address with http or https
     */
    public VitsServerBuilder baseUrl(String value) {
        baseUrl = checked(value);
        return this;
    }

    private static String checked(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
            throw TtsException.invalidRequest("baseUrl: no http or https address (" + url.length() + " chars)");
        }
        HttpRequest.get(url); // refuses what is no address, or has a user or a key in it
        return url;
    }

    /** What the server speaks. It is never guessed. */
    public VitsServerBuilder dialect(Dialect value) {
        dialect = value;
        return this;
    }

    /**
     * The key, for servers that want one.
     *
     * @throws TtsException with category {@code INVALID_REQUEST} if it cannot be one
     */
    public VitsServerBuilder apiKey(String value) {
        return apiKeys(ApiKeySource.of(ApiKey.of(value)));
    }

    /** Where the keys come from: several, or one that changes. */
    public VitsServerBuilder apiKeys(ApiKeySource value) {
        keys = value;
        return this;
    }

    /** Sends the key over plain HTTP too, to machines other than this one. */
    public VitsServerBuilder allowPlainHttp() {
        plainHttpAllowed = true;
        return this;
    }

    /** The connections to use, which stay the caller's to close; those that all backends share unless set. */
    public VitsServerBuilder transport(Transport value) {
        transport = value;
        return this;
    }

    String baseUrl() {
        if (baseUrl == null) {
            throw TtsException.invalidRequest("baseUrl: not set, allowed the server's address");
        }
        return baseUrl;
    }

    Dialect dialect() {
        if (dialect == null) {
            throw TtsException.invalidRequest("dialect: not set, allowed " + Dialect.builtIn());
        }
        return dialect;
    }

    @Nullable
    ApiKeySource keys() {
        return keys;
    }

    boolean isPlainHttpAllowed() {
        return plainHttpAllowed;
    }

    /** A handle of the backend's own. */
    Transport openTransport() {
        return transport == null ? Transport.shared() : transport.share();
    }

    /**
     * The backend. Nothing is asked of the server yet.
     *
     * @throws TtsException with category {@code INVALID_REQUEST} if the base URL or the dialect is not set
     */
    public VitsServer build() {
        return new VitsServer(this);
    }
}
