// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.gemini;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object of a request, read as strictly as Google reads it: a name that is unknown there is an error. */
final class JsonReader {
    private final String path;
    private final Map<?, ?> fields;

    private JsonReader(String path, Map<?, ?> fields) {
        this.path = path;
        this.fields = fields;
    }

    /** What is wrong with a request. */
    static final class InvalidArgument extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidArgument(String message) {
            super(message);
        }
    }

    static JsonReader of(String path, @Nullable Object value, String... known) throws InvalidArgument {
        if (!(value instanceof Map<?, ?> fields)) {
            throw new InvalidArgument("Invalid value at '" + path + "'");
        }
        Set<String> names = Set.of(known);
        for (Object name : fields.keySet()) {
            if (!names.contains(name)) {
                throw new InvalidArgument("Invalid JSON payload received. Unknown name \"" + name + "\" at '" + path
                        + "': Cannot find field.");
            }
        }
        return new JsonReader(path, fields);
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    JsonReader object(String name, String... known) throws InvalidArgument {
        return of(path + "." + name, fields.get(name), known);
    }

    List<?> list(String name) throws InvalidArgument {
        if (fields.get(name) instanceof List<?> list) {
            return list;
        }
        throw new InvalidArgument("Invalid value at '" + path + "." + name + "'");
    }

    String string(String name) throws InvalidArgument {
        return optionalString(name)
                .orElseThrow(() -> new InvalidArgument("Invalid value at '" + path + "." + name + "'"));
    }

    Optional<String> optionalString(String name) throws InvalidArgument {
        Object value = fields.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String string) {
            return Optional.of(string);
        }
        throw new InvalidArgument("Invalid value at '" + path + "." + name + "'");
    }
}
