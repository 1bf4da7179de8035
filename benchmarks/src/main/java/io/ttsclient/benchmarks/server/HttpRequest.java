// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.server;

import io.ttsclient.audio.AudioFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request, read whole; its body counts for nothing and is thrown away.
 *
 * @param path without the settings it may begin with
 * @param query by name, as written
 * @param headers by name in lower case
 * @param settings the server's, with those of the path
 */
record HttpRequest(String path, Map<String, String> query, Map<String, String> headers, Settings settings) {
    /** Takes a request from the input; null, and nothing taken, while it is not complete. */
    static @Nullable HttpRequest read(ByteBuffer input, Settings settings) {
        String text = StandardCharsets.ISO_8859_1.decode(input.duplicate()).toString();
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return null;
        }
        String[] lines = text.substring(0, end).split("\r\n", -1);
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        if (headers.containsKey("transfer-encoding")) {
            throw new IllegalStateException("this server reads request bodies of a known length only");
        }
        int whole = end + 4 + Integer.parseInt(headers.getOrDefault("content-length", "0"));
        if (input.remaining() < whole) {
            return null;
        }
        input.position(input.position() + whole);
        return of(lines[0].split(" ", -1)[1], headers, settings);
    }

    private static HttpRequest of(String target, Map<String, String> headers, Settings settings) {
        String[] parts = target.split("\\?", 2);
        Map<String, String> query = new HashMap<>();
        if (parts.length == 2) {
            for (String pair : parts[1].split("&", -1)) {
                String[] nameAndValue = pair.split("=", 2);
                query.put(nameAndValue[0], nameAndValue.length == 2 ? nameAndValue[1] : "");
            }
        }
        String path = parts[0];
        int second = path.indexOf('/', 1);
        String first = second < 0 ? "" : path.substring(1, second);
        if (!Settings.areIn(first)) {
            return new HttpRequest(path, query, headers, settings);
        }
        Settings own = settings;
        for (String setting : first.split(",", -1)) {
            own = own.with(setting);
        }
        return new HttpRequest(path.substring(second), query, headers, own);
    }

    /** The format that the query asks for by Deepgram's names, or linear16 at the rate of the settings. */
    AudioFormat audioFormat() {
        int rate = Integer.parseInt(query.getOrDefault("sample_rate", Integer.toString(settings.rate())));
        return switch (query.getOrDefault("encoding", "linear16")) {
            case "mulaw" -> AudioFormat.mulaw(rate);
            case "alaw" -> AudioFormat.alaw(rate);
            default -> AudioFormat.linear16(rate);
        };
    }

    boolean isWebSocket() {
        return "websocket".equalsIgnoreCase(headers.get("upgrade"));
    }
}
