// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import okhttp3.HttpUrl;

/** An address while it is put together. Not thread-safe. */
final class Address {
    private final HttpUrl.Builder builder;

    Address(String url) {
        builder = Urls.parse(url).newBuilder();
    }

    void path(String segments) {
        builder.addPathSegments(segments.startsWith("/") ? segments.substring(1) : segments);
    }

    void query(String name, String value) {
        Urls.requireNoKey(name);
        builder.addQueryParameter(name, value);
    }

    @Override
    public String toString() {
        return builder.build().toString();
    }
}
