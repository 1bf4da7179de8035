// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The scalar values of a JSON body with where they stand, such as {@code error.details[].reason}. A body that was cut gives what
 * was there until the cut; one that is not JSON gives nothing.
 */
final class ErrorFields {
    private static final JsonFactory JSON = new JsonFactory();

    /** Where servers put what they have to say to people, the most telling first. */
    private static final List<String> MESSAGES = List.of(
            "error.message",
            "[].error.message",
            "error",
            "detail.error.message",
            "detail.message",
            "detail",
            "detail[].msg",
            "err_msg",
            "message",
            "description");

    /** Where servers put what they have to say to programs. */
    private static final List<String> CODES = List.of(
            "error.status",
            "[].error.status",
            "error.code",
            "error.type",
            "detail.error.code",
            "detail.code",
            "err_code",
            "error_code",
            "category",
            "code",
            "status");

    private final List<Field> fields = new ArrayList<>();

    private record Field(String path, String value) {
        boolean isNamed(String name) {
            return path.equals(name) || path.endsWith("." + name);
        }
    }

    ErrorFields(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != null) {
                read(parser, "");
            }
        } catch (IOException e) {
            // Cut, or no JSON at all: what has been read before counts, and the status says the rest.
            return;
        }
    }

    private void read(JsonParser parser, String path) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                read(parser, path.isEmpty() ? name : path + "." + name);
            }
        } else if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
                read(parser, path + "[]");
            }
        } else if (token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL) {
            fields.add(new Field(path, parser.getText()));
        }
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    /** All values of fields called {@code name}, wherever they stand. */
    List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.isNamed(name))
                .map(Field::value)
                .toList();
    }

    Optional<String> message() {
        return first(MESSAGES);
    }

    Optional<String> code() {
        return first(CODES);
    }

    private Optional<String> first(List<String> paths) {
        return paths.stream()
                .flatMap(path -> fields.stream().filter(field -> field.path().equals(path)))
                .map(Field::value)
                .filter(value -> !value.isBlank())
                .findFirst();
    }
}
