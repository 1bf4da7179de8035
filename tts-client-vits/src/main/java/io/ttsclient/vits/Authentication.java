// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.HttpRequest;

/** The header that carries the key, where there is one. */
public enum Authentication {
    /** {@code Authorization: Bearer KEY}. */
    BEARER("Authorization", "Bearer "),
    /** {@code X-API-KEY: KEY}. */
    X_API_KEY("X-API-KEY", "");

    private final String header;
    private final String prefix;

    Authentication(String header, String prefix) {
        this.header = header;
        this.prefix = prefix;
    }

    void apply(HttpRequest.Builder request, ApiKey key) {
        request.credential(header, prefix, key);
    }
}
