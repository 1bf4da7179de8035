// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server says beside audio. Read leniently: spellings of years are in use at once, fields come and go, and what is not
 * understood is {@link Type#OTHER}.
 *
 * @param code of a warning, a failure or an error; empty where there is none
 * @param description what the server says in words, to be compared with, never to be shown; empty where there is none
 * @param requestId the server's own id; empty where it is not told
 * @param sequence of an acknowledgement of Aura's; -1 where it is not told
 * @param audioMillis how much audio a turn of Flux's has, or how much of it was played; -1 where it is not told
 */
record ServerMessage(Type type, String code, String description, String requestId, long sequence, long audioMillis) {
    /** What is told. */
    enum Type {
        METADATA,
        CONNECTED,
        SPEECH_STARTED,
        FLUSHED,
        CLEARED,
        SPEECH_METADATA,
        SPEECH_INTERRUPTED,
        CONFIGURE_SUCCESS,
        CONFIGURE_FAILURE,
        WARNING,
        ERROR,
        OTHER
    }

    private static final JsonFactory JSON = new JsonFactory();

    // The schema of Flushed and Cleared allows either name for both: only the type tells them apart.
    private static final Map<String, Type> TYPES = Map.ofEntries(
            Map.entry("metadata", Type.METADATA),
            Map.entry("connected", Type.CONNECTED),
            Map.entry("speechstarted", Type.SPEECH_STARTED),
            Map.entry("flushed", Type.FLUSHED),
            Map.entry("cleared", Type.CLEARED),
            Map.entry("speechmetadata", Type.SPEECH_METADATA),
            Map.entry("speechinterrupted", Type.SPEECH_INTERRUPTED),
            Map.entry("configuresuccess", Type.CONFIGURE_SUCCESS),
            Map.entry("configurefailure", Type.CONFIGURE_FAILURE),
            Map.entry("warning", Type.WARNING),
            Map.entry("error", Type.ERROR));

    /** Understands a message; one that is no JSON object is of the type {@code OTHER}. */
    static ServerMessage parse(String text) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                readFields(json, fields);
            }
        } catch (IOException e) {
            // What stands before the error counts; Jackson's message quotes the server, which may quote the text.
            fields.putIfAbsent("type", "");
        }
        String type = fields.getOrDefault("type", "").toLowerCase(Locale.ROOT);
        return new ServerMessage(
                TYPES.getOrDefault(type, Type.OTHER),
                first(fields, "code", "err_code", "warn_code", "error_code"),
                first(fields, "description", "err_msg", "warn_msg", "message"),
                first(fields, "request_id"),
                number(fields.get("sequence_id")),
                number(first(fields, "audio_duration_ms", "audio_played_ms")));
    }

    /** The scalars of the outermost object. */
    private static void readFields(JsonParser json, Map<String, String> fields) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value.isStructStart()) {
                json.skipChildren();
            } else if (value != JsonToken.VALUE_NULL) {
                fields.putIfAbsent(name, json.getText());
            }
        }
    }

    private static String first(Map<String, String> fields, String... names) {
        for (String name : names) {
            String value = fields.get(name);
            if (value != null) {
                return value;
            }
        }
        return "";
    }

    private static long number(@Nullable String value) {
        try {
            return value == null || value.isEmpty() ? -1 : Math.round(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Type and code, never the server's words. */
    @Override
    public String toString() {
        return type + (code.isEmpty() ? "" : " " + ErrorCode.shown(code));
    }
}
