// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.error.Category;
import io.ttsclient.error.Faults;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a client is made of, written down: which backends in which order, with which settings, keys and voices, and the limits. It
 * is read from JSON, from properties or from variables, and only when asked:
 *
 * {@snippet class="io.ttsclient.ConfigSnippets" region="config"}
 *
 * <p>All forms have the same names: {@code retry.maxAttempts} is {@code {"retry": {"maxAttempts": 3}}} in JSON, the property {@code
 * tts.client.retry.maxAttempts}, and the variable {@code TTS_CLIENT_RETRY_MAX_ATTEMPTS}. docs/configuration.md explains them,
 * docs/tts-client.schema.json lists them all. A value {@code ${NAME}} is that of a variable, so that a file needs to hold no key.
 *
 * <p>What is wrong is found when it is read, all of it at once, before anything is made: unknown names, values out of range, keys that
 * are not there. Whether a file or a server is there shows when the client is built.
 *
 * <p>Immutable. The string form has names only; values are nowhere shown, but for wrong ones in exceptions, and of these neither
 * keys nor what a variable holds.
 */
public final class TtsClientConfig {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+)}");
    /** What some editors begin a file with. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final List<BackendConfig> backends;
    private final List<Consumer<TtsClientBuilder>> steps;
    private final Duration reloadGrace;
    private final Set<String> names;
    private final Map<String, String> references; // by the values that they stand for

    TtsClientConfig(
            List<BackendConfig> backends,
            List<Consumer<TtsClientBuilder>> steps,
            Duration reloadGrace,
            Set<String> names) {
        this(backends, steps, reloadGrace, names, Map.of());
    }

    private TtsClientConfig(
            List<BackendConfig> backends,
            List<Consumer<TtsClientBuilder>> steps,
            Duration reloadGrace,
            Set<String> names,
            Map<String, String> references) {
        this.backends = List.copyOf(backends);
        this.steps = List.copyOf(steps);
        this.reloadGrace = reloadGrace;
        this.names = Set.copyOf(names);
        this.references = Map.copyOf(references);
    }

    /**
     * The configuration in a JSON file.
     *
     * @param variables what {@code ${NAME}} stands for, as a rule {@link System#getenv()}
     * @throws TtsException with category {@code NOT_FOUND} if the file is not there or cannot be read, or {@code INVALID_REQUEST} with
     *     all that is wrong in it
     */
    public static TtsClientConfig fromJson(Path file, Map<String, String> variables) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            String why = e instanceof NoSuchFileException ? "is not there" : "cannot be read as text in UTF-8";
            throw TtsException.builder(Category.NOT_FOUND, "configuration: " + file + " " + why)
                    .origin(Origin.CLIENT)
                    .cause(e)
                    .build();
        }
        return fromJson(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text, variables);
    }

    /**
     * The configuration in a JSON text.
     *
     * @param variables what {@code ${NAME}} stands for, as a rule {@link System#getenv()}
     * @throws TtsException with category {@code INVALID_REQUEST} and all that is wrong
     */
    public static TtsClientConfig fromJson(String json, Map<String, String> variables) {
        return of(ConfigText.json(json), variables);
    }

    /**
     * The configuration in the properties that begin with {@code tts.client.}; others are left alone.
     *
     * @param variables what {@code ${NAME}} stands for, as a rule {@link System#getenv()}
     * @throws TtsException with category {@code INVALID_REQUEST} and all that is wrong
     */
    public static TtsClientConfig fromProperties(Properties properties, Map<String, String> variables) {
        return of(ConfigText.properties(properties), variables);
    }

    /**
     * The configuration in the variables that begin with {@code TTS_CLIENT_}; others are left alone, but for those that {@code
     * ${NAME}} refers to.
     *
     * @param variables as a rule {@link System#getenv()}
     * @throws TtsException with category {@code INVALID_REQUEST} and all that is wrong
     */
    public static TtsClientConfig fromEnvironment(Map<String, String> variables) {
        return of(ConfigText.environment(variables, ConfigReader.known()), variables);
    }

    private static TtsClientConfig of(ConfigText text, Map<String, String> variables) {
        return of(text, variables, TtsBackendFactory::named);
    }

    /** The same with factories of one's own. For tests. */
    static TtsClientConfig of(
            ConfigText text, Map<String, String> variables, Function<String, TtsBackendFactory> factories) {
        Faults faults = text.faults();
        var values = new HashMap<String, String>();
        var references = new HashMap<String, String>();
        text.values().forEach((name, value) -> {
            Matcher reference = REFERENCE.matcher(value);
            String resolved = reference.matches() ? variables.get(reference.group(1)) : value;
            if (resolved == null) {
                faults.add(name, "the variable " + reference.group(1) + " is not set");
                return;
            }
            values.put(name, resolved);
            if (reference.matches()) {
                references.put(resolved, value);
            }
        });
        references.forEach(faults::hide);
        return ConfigReader.read(values, factories, faults).hiding(references);
    }

    /** The same, which shows the name of a variable where it would show its value. */
    private TtsClientConfig hiding(Map<String, String> namesByValue) {
        return new TtsClientConfig(backends, steps, reloadGrace, names, namesByValue);
    }

    /** Sets what is said here, but for the backends. */
    void applyTo(TtsClientBuilder builder) {
        steps.forEach(step -> step.accept(builder));
    }

    /** Makes the backends and puts them into {@code opened}, whose they are then; those that cannot be made are faults. */
    void open(List<Speaker> opened, Faults faults) {
        references.forEach(faults::hide);
        for (int i = 0; i < backends.size(); i++) {
            BackendConfig backend = backends.get(i);
            String place = "backends." + i;
            faults.within(field -> field.isEmpty() ? place : place + ".settings." + field)
                    .check(() -> opened.add(backend.open()));
        }
    }

    /** How long what runs with this configuration may go on after another one has taken its place. */
    Duration reloadGrace() {
        return reloadGrace;
    }

    /** The backends in their order, and the names of what is set. */
    @Override
    public String toString() {
        String set = new TreeSet<>(names)
                .stream().filter(name -> !name.startsWith("backends.")).collect(Collectors.joining(", "));
        return "TtsClientConfig[" + backends + (set.isEmpty() ? "" : ", " + set) + "]";
    }
}
