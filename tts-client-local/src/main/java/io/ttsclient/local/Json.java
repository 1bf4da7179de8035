// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value, or the lack of one. Jackson's own tree would do, but loading it takes a tenth of a second, a third of the time
 * to a program's first sound.
 */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Json MISSING = new Json(null);

    /** A map of {@code Json}, a list of {@code Json}, a string, a number, a boolean, or null where there is nothing. */
    private final @Nullable Object value;

    private Json(@Nullable Object value) {
        this.value = value;
    }

    /**
     * Reads the first value of {@code bytes}; nothing at all is a missing one.
     *
     * @throws com.fasterxml.jackson.core.JacksonException with its place, if that is no JSON
     */
    static Json parse(byte[] bytes) throws IOException {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            return parser.nextToken() == null ? MISSING : read(parser);
        }
    }

    private static Json read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> new Json(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json(number(parser));
            case VALUE_TRUE, VALUE_FALSE -> new Json(parser.getBooleanValue());
            default -> MISSING; // null
        };
    }

    private static BigDecimal number(JsonParser parser) throws IOException {
        try {
            return parser.getDecimalValue();
        } catch (NumberFormatException e) {
            // Jackson lets it out where the exponent is longer than a BigDecimal's can be.
            throw new JsonParseException(parser, "no number that can be read", e);
        }
    }

    private static Json readObject(JsonParser parser) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, read(parser));
        }
        return new Json(members);
    }

    private static Json readArray(JsonParser parser) throws IOException {
        List<Json> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(parser));
        }
        return new Json(elements);
    }

    boolean isObject() {
        return value instanceof Map;
    }

    boolean isMissing() {
        return value == null;
    }

    /** The member of that name; missing where this is no object or has none. */
    Json get(String name) {
        return members().getOrDefault(name, MISSING);
    }

    /** Empty where this is no object. */
    @SuppressWarnings("unchecked") // the only maps are those made above
    Map<String, Json> members() {
        return value instanceof Map ? (Map<String, Json>) value : Map.of();
    }

    /** Empty where this is no array. */
    @SuppressWarnings("unchecked") // the only lists are those made above
    List<Json> elements() {
        return value instanceof List ? (List<Json>) value : List.of();
    }

    Optional<String> text() {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    Optional<BigDecimal> number() {
        return value instanceof BigDecimal number ? Optional.of(number) : Optional.empty();
    }

    /** As it may be shown in a message: what has parts is only called by its kind. */
    @Override
    public String toString() {
        if (value == null) {
            return "missing";
        }
        return isObject() ? "an object" : value instanceof List ? "an array" : value.toString();
    }
}
