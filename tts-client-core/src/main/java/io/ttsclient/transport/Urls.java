// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import io.ttsclient.error.TtsException;
import java.util.Locale;
import java.util.Set;
import okhttp3.HttpUrl;

/** Reads and builds addresses. Those of WebSockets are kept as those of the HTTP request that opens them. */
final class Urls {
    private static final Set<String> NAMES_OF_KEYS =
            Set.of("key", "api_key", "api-key", "apikey", "access_token", "access-token", "auth_token");

    private Urls() {}

    static HttpUrl parse(String url) {
        String http = url;
        if (url.regionMatches(true, 0, "ws:", 0, 3)) {
            http = "http:" + url.substring(3);
        } else if (url.regionMatches(true, 0, "wss:", 0, 4)) {
            http = "https:" + url.substring(4);
        }
        HttpUrl parsed = HttpUrl.parse(http);
        if (parsed == null) {
            throw TtsException.invalidRequest(
                    "url: not an address (" + url.length() + " chars), allowed http, https, ws and wss");
        }
        if (!parsed.username().isEmpty() || !parsed.password().isEmpty()) {
            throw TtsException.invalidRequest(
                    "url: has a user or password in it, allowed none: credentials go into headers");
        }
        parsed.queryParameterNames().forEach(Urls::requireNoKey);
        return parsed;
    }

    /** Addresses end up in the logs of every proxy on the way. */
    static void requireNoKey(String queryName) {
        if (NAMES_OF_KEYS.contains(queryName.toLowerCase(Locale.ROOT))) {
            throw TtsException.invalidRequest(
                    "query: '" + queryName + "', allowed no credential: credentials go into headers");
        }
    }

    /** Without the query, which may hold the text to speak. */
    static String withoutQuery(String url) {
        return parse(url).newBuilder().query(null).fragment(null).build().toString();
    }

    /** Whether {@code host} is this machine, by its name alone. */
    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("::1")
                || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}
