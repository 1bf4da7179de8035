// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.util.Optional;
import okhttp3.Headers;

/** What comes before a body. */
record ResponseHead(int status, Headers headers, Optional<String> providerRequestId) {
    private static final int MAX_REQUEST_ID = 128;

    static ResponseHead of(int status, Headers headers, HttpRequest request, String ourId) {
        Optional<String> theirs = request.providerRequestIdHeaders().stream()
                .map(headers::get)
                .filter(id -> id != null && isId(id) && !id.equals(ourId)) // an echo of ours says nothing
                .filter(id -> request.key().stream().noneMatch(key -> id.contains(key.value())))
                .findFirst();
        return new ResponseHead(status, headers, theirs);
    }

    private static boolean isId(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_REQUEST_ID
                && value.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    ResponseHead withStatus(int other) {
        return new ResponseHead(other, headers, providerRequestId);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
