// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A media type such as {@code audio/L16; rate=24000; channels=1}. Read leniently: case and blanks mean nothing, quotation marks
 * around a value are removed, and parameters that make no sense are left out.
 *
 * @param type such as {@code audio/l16}, in lower case
 * @param parameters by name in lower case
 */
public record ContentType(String type, Map<String, String> parameters) {
    public ContentType {
        parameters = Map.copyOf(parameters);
    }

    /** The value of a {@code Content-Type} header, or of a field with that meaning; empty where it is none. */
    public static Optional<ContentType> parse(String value) {
        String[] parts = value.split(";", -1);
        String type = parts[0].strip().toLowerCase(Locale.ROOT);
        int slash = type.indexOf('/');
        if (slash < 1 || slash == type.length() - 1) {
            return Optional.empty();
        }
        var parameters = new HashMap<String, String>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String name = parts[i].substring(0, Math.max(0, equals)).strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty()) {
                parameters.putIfAbsent(
                        name, unquoted(parts[i].substring(equals + 1).strip()));
            }
        }
        return Optional.of(new ContentType(type, parameters));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** A parameter that is a number, such as {@code rate}; empty where it is not there or no positive number. */
    public OptionalInt number(String parameter) {
        String value = parameters.getOrDefault(parameter, "");
        return value.matches("\\d{1,9}") && Integer.parseInt(value) > 0
                ? OptionalInt.of(Integer.parseInt(value))
                : OptionalInt.empty();
    }

    /** Whether it is said to be audio. */
    public boolean isAudio() {
        return type.startsWith("audio/");
    }
}
