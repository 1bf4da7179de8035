// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import io.ttsclient.error.Faults;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads settings by name out of a configuration, for a {@link TtsBackendFactory}. What is not set is empty; what is wrong becomes a
 * fault with the name, the value and what is allowed, and is empty as well; {@link #end} finds the names that nobody asked for.
 *
 * <p>Its string form has names and no values. Not thread-safe.
 */
public final class Settings {
    private final Map<String, String> values;
    private final Faults faults;
    private final Collection<String> known = new LinkedHashSet<>();

    /** Reads {@code values} by name; what is wrong with them goes to {@code faults}. */
    public Settings(Map<String, String> values, Faults faults) {
        this.values = new TreeMap<>(values);
        this.faults = faults;
    }

    private Optional<String> value(String name) {
        known.add(name);
        return Optional.ofNullable(values.get(name));
    }

    private <T> Optional<T> wrong(String name, String value, String allowed) {
        faults.add(name, "'" + value + "', allowed " + allowed);
        return Optional.empty();
    }

    /** Any text that is not blank. */
    public Optional<String> text(String name) {
        Optional<String> value = value(name);
        if (value.isPresent() && value.get().isBlank()) {
            faults.add(name, "blank, allowed any other value");
            return Optional.empty();
        }
        return value;
    }

    /** A text that {@code setter} takes; what it refuses with a {@code TtsException} or an {@code IllegalArgumentException} is a fault. */
    public void text(String name, Consumer<String> setter) {
        text(name).ifPresent(value -> faults.check(name, () -> setter.accept(value)));
    }

    /** A key that {@code setter} takes; no fault shows it. */
    public void secret(String name, Consumer<String> setter) {
        text(name)
                .ifPresent(value -> faults.check(name, () -> {
                    try {
                        setter.accept(value);
                    } catch (RuntimeException e) {
                        boolean tells = String.valueOf(e.getMessage()).contains(value);
                        throw tells ? new IllegalArgumentException(value.length() + " chars, not allowed") : e;
                    }
                }));
    }

    /** {@code true} or {@code false}. */
    public Optional<Boolean> flag(String name) {
        return value(name).flatMap(value -> switch (value) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> wrong(name, value, "true or false");
        });
    }

    /** Runs {@code setter} where the value is {@code true}: for what is off unless it is asked for. */
    public void flag(String name, Runnable setter) {
        if (flag(name).orElse(false)) {
            setter.run();
        }
    }

    /** A whole number from {@code least} to {@code most}. */
    public OptionalLong number(String name, long least, long most) {
        Optional<Long> number = within(name, Long::valueOf, least, most, "whole numbers");
        return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
    }

    private <N extends Comparable<N>> Optional<N> within(
            String name, Function<String, N> parser, N least, N most, String kind) {
        return value(name).flatMap(value -> {
            N parsed = null;
            try {
                parsed = parser.apply(value);
            } catch (NumberFormatException e) {
                // said below, together with what is allowed
            }
            return parsed != null && parsed.compareTo(least) >= 0 && parsed.compareTo(most) <= 0
                    ? Optional.of(parsed)
                    : wrong(name, value, kind + " from " + least + " to " + most);
        });
    }

    /** A whole number from {@code least} to {@code most}. */
    public OptionalInt integer(String name, int least, int most) {
        OptionalLong number = number(name, least, most);
        return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    }

    /** A time in whole milliseconds, from {@code least} to {@code most} of them. */
    public Optional<Duration> millis(String name, long least, long most) {
        OptionalLong number = number(name, least, most);
        return number.isPresent() ? Optional.of(Duration.ofMillis(number.getAsLong())) : Optional.empty();
    }

    /** A number from {@code least} to {@code most}. */
    public OptionalDouble decimal(String name, double least, double most) {
        Optional<Double> number = within(name, Double::valueOf, least, most, "numbers");
        return number.isPresent() ? OptionalDouble.of(number.get()) : OptionalDouble.empty();
    }

    /** One of the constants of {@code type}, lower case and with {@code -} for {@code _}, such as {@code x-api-key}. */
    public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        return value(name)
                .flatMap(value -> constants.stream()
                        .filter(constant -> spelled(constant).equals(value))
                        .findFirst()
                        .or(() -> wrong(
                                name,
                                value,
                                String.join(
                                        ", ",
                                        constants.stream()
                                                .map(Settings::spelled)
                                                .toList()))));
    }

    private static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The names that were asked for so far, in that order. */
    public List<String> known() {
        return List.copyOf(known);
    }

    /** All was asked for: any other name is unknown, which is a fault that says which known one comes nearest. */
    public void end() {
        var unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        unknown.forEach(name -> faults.unknown(name, known));
    }

    /** Names only. */
    @Override
    public String toString() {
        return "Settings" + values.keySet();
    }
}
