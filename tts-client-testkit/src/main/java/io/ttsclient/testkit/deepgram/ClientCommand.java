// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.deepgram;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a client said, read strictly.
 *
 * @param fields all scalars by their path, such as {@code playback_offset.value}
 */
record ClientCommand(String type, Map<String, String> fields) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Reads a JSON object with a type; empty for anything else. */
    static Optional<ClientCommand> parse(String text) {
        var fields = new TreeMap<String, String>();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            read(json, "", fields);
            if (json.nextToken() != null) {
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        String type = fields.remove("type");
        return type == null ? Optional.empty() : Optional.of(new ClientCommand(type, fields));
    }

    private static void read(JsonParser json, String path, Map<String, String> fields) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = path + json.currentName();
            if (json.nextToken() == JsonToken.START_OBJECT) {
                read(json, name + ".", fields);
            } else {
                fields.put(name, json.getText());
            }
        }
    }

    /** Whether it has these fields and no others. */
    boolean hasJust(String... names) {
        return fields.keySet().equals(Set.of(names));
    }

    String get(String name) {
        return fields.getOrDefault(name, "");
    }
}
