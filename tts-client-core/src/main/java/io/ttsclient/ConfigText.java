// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.error.Faults;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A configuration as it was written down, in whichever form: values by names such as {@code retry.maxAttempts}.
 *
 * @param values as they were written
 * @param faults takes these names, and says what they are called in the form that they were written in
 */
record ConfigText(Map<String, String> values, Faults faults) {
    private static final String PROPERTIES = "tts.client.";
    private static final String VARIABLES = "TTS_CLIENT_";
    private static final Pattern ENTRY = Pattern.compile("BACKENDS_(\\d{1,3})_(.+)");
    private static final String SETTINGS = "SETTINGS_";

    private ConfigText(UnaryOperator<String> spelling) {
        this(new TreeMap<>(), new Faults().within(spelling));
    }

    static ConfigText json(String text) {
        var read = new ConfigText(UnaryOperator.identity());
        new JsonNames(read.values(), read.faults()).read(text);
        return read;
    }

    /** Those that begin with {@code tts.client.}; others are somebody else's. */
    static ConfigText properties(Properties properties) {
        var read = new ConfigText(PROPERTIES::concat);
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(PROPERTIES)) {
                read.values().put(name.substring(PROPERTIES.length()), properties.getProperty(name));
            }
        }
        return read;
    }

    /**
     * Those that begin with {@code TTS_CLIENT_}; others are somebody else's.
     *
     * @param known the names of settings, those of the first backend for those of all
     */
    static ConfigText environment(Map<String, String> variables, Collection<String> known) {
        var names = new HashMap<String, String>();
        known.forEach(name -> names.put(variable(name), name));
        var read = new ConfigText(name -> VARIABLES + variable(name));
        variables.forEach((variable, value) -> {
            if (variable.startsWith(VARIABLES)) {
                read.values().put(name(variable.substring(VARIABLES.length()), names), value);
            }
        });
        return read;
    }

    /** {@code RETRY_MAX_ATTEMPTS} for {@code retry.maxAttempts}. */
    private static String variable(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The other way; what is no setting keeps its name, and is then found to be unknown. */
    private static String name(String variable, Map<String, String> names) {
        Matcher entry = ENTRY.matcher(variable);
        if (!entry.matches()) {
            return names.getOrDefault(variable, variable);
        }
        String backend = "backends." + entry.group(1) + ".";
        String rest = entry.group(2);
        if (rest.startsWith(SETTINGS)) {
            return backend + "settings." + camelCase(rest.substring(SETTINGS.length()));
        }
        String ofFirst = names.get("BACKENDS_0_" + rest);
        return ofFirst == null ? variable : backend + ofFirst.substring("backends.0.".length());
    }

    private static String camelCase(String words) {
        return Pattern.compile("_(.)")
                .matcher(words.toLowerCase(Locale.ROOT))
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }
}
