// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.ttsclient.error.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Reads a JSON object into values by name: what is in objects and arrays has their names before its own, with dots between. What
 * the parser says is never passed on, since it cites the text, which may hold a key.
 */
final class JsonNames {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    /** For editors. */
    private static final String SCHEMA = "$schema";

    private final Map<String, String> values;
    private final Faults faults;

    JsonNames(Map<String, String> values, Faults faults) {
        this.values = values;
        this.faults = faults;
    }

    void read(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                faults.add("", "the configuration is no JSON object");
                return;
            }
            object("", parser);
            if (parser.nextToken() != null) {
                faults.add("", "behind the configuration comes something else" + at(parser.currentTokenLocation()));
            }
        } catch (JsonProcessingException e) {
            faults.add("", "the configuration is no JSON, or has a name twice" + at(e.getLocation()));
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
    }

    private static String at(JsonLocation location) {
        return ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** Whether there is anything in it. */
    private boolean object(String place, JsonParser parser) throws IOException {
        boolean any = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            any = true;
            parser.nextToken();
            if (place.isEmpty() && name.equals(SCHEMA)) {
                parser.skipChildren();
            } else if (name.indexOf('.') >= 0) {
                faults.add(place + name, "allowed names without dots");
                parser.skipChildren();
            } else {
                value(place + name, parser);
            }
        }
        return any;
    }

    private boolean array(String place, JsonParser parser) throws IOException {
        int next = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            value(place + next++, parser);
        }
        return next > 0;
    }

    private void value(String name, JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> requireSomething(name, object(name + ".", parser));
            case START_ARRAY -> requireSomething(name, array(name + ".", parser));
            case VALUE_NULL -> faults.add(name, "null; leave it out where there is nothing to say");
            default -> values.put(name, parser.getText());
        }
    }

    private void requireSomething(String name, boolean any) {
        if (!any) {
            faults.add(name, "empty; leave it out where there is nothing to say");
        }
    }
}
