// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.vits;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ttsclient.testkit.ServerRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The fields of a request, wherever they travel. */
final class Fields {
    private static final JsonFactory JSON = new JsonFactory();

    private Fields() {}

    static Map<String, String> ofQuery(ServerRequest request) {
        int start = request.target().indexOf('?');
        return start < 0 ? Map.of() : decoded(request.target().substring(start + 1));
    }

    static Map<String, String> ofForm(ServerRequest request) {
        return decoded(request.text());
    }

    private static Map<String, String> decoded(String encoded) {
        var fields = new HashMap<String, String>();
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    /**
     * The scalars of a JSON object, as they are written; null and false are as good as none.
     *
     * @throws IOException if it is none
     */
    static Map<String, String> ofJson(ServerRequest request) throws IOException {
        var fields = new HashMap<String, String>();
        try (JsonParser json = JSON.createParser(request.body())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value != JsonToken.VALUE_NULL && value != JsonToken.VALUE_FALSE) {
                    fields.put(name, json.getText());
                }
                json.skipChildren();
            }
        }
        return fields;
    }

    /** {@code text} inside of a JSON string. */
    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    /** The same with nothing but ASCII, as Python's {@code json} writes it. */
    static String quotedAscii(String text) {
        var ascii = new StringBuilder();
        quoted(text).chars().forEach(c -> ascii.append(c < 128 ? "" + (char) c : String.format("\\u%04x", c)));
        return ascii.toString();
    }

    /** A list of strings as Python's {@code repr} shows it. */
    static String pythonList(List<String> strings) {
        return strings.stream().map(string -> "'" + string + "'").collect(Collectors.joining(", ", "[", "]"));
    }
}
