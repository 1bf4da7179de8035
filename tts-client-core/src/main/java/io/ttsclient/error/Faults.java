// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.error;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with what was set, so that all of it is said at once. Of one field only the first fault counts, since the
 * others mostly follow from it. Not thread-safe.
 */
public final class Faults {
    private static final Pattern FIELD = Pattern.compile("([\\w.]+): (.+)", Pattern.DOTALL);

    private static final int SHORTEST_SECRET = 8;

    private final List<Fault> found; // shared with those that are within, as is what is hidden
    private final Map<String, String> hidden;
    private final UnaryOperator<String> naming;

    private record Fault(
            String field,
            String what,
            Category category,
            @Nullable RuntimeException cause) {
        String message() {
            return field.isEmpty() ? what : field + ": " + what;
        }
    }

    private Faults(List<Fault> found, Map<String, String> hidden, UnaryOperator<String> naming) {
        this.found = found;
        this.hidden = hidden;
        this.naming = naming;
    }

    /** None yet. */
    public Faults() {
        this(new ArrayList<>(), new HashMap<>(), UnaryOperator.identity());
    }

    /**
     * What {@code work} gives if it adds no faults.
     *
     * @throws TtsException that names those that it adds, as {@link #throwIfAny} does
     */
    public static <T> T refusing(Function<Faults, T> work) {
        var faults = new Faults();
        T result = work.apply(faults);
        faults.throwIfAny();
        return result;
    }

    /** The same collection, for whoever knows a field by a shorter name; {@code longer} gives what it is called here. */
    public Faults within(UnaryOperator<String> longer) {
        return new Faults(found, hidden, field -> naming.apply(longer.apply(field)));
    }

    /** From now on no fault shows {@code value}, which may be a key; {@code instead} stands where it would. */
    public void hide(String value, String instead) {
        hidden.put(value, instead);
    }

    private String shown(String what) {
        String shown = what;
        for (Map.Entry<String, String> each : hidden.entrySet()) {
            String value = each.getKey();
            shown = shown.replace("'" + value + "'", each.getValue());
            if (value.length() >= SHORTEST_SECRET) { // what is shorter is part of many other words
                shown = shown.replace(value, each.getValue());
            }
        }
        return shown;
    }

    /** Adds one: what is wrong with {@code field}, and what is allowed. Never say a key's value. */
    public void add(String field, String what) {
        add(field, what, Category.INVALID_REQUEST, null);
    }

    private void add(String field, String what, Category category, @Nullable RuntimeException cause) {
        String named = naming.apply(field);
        if (field.isEmpty() || found.stream().noneMatch(fault -> fault.field().equals(named))) {
            String shown = shown(what);
            found.add(new Fault(named, shown, category, shown.equals(what) ? cause : null));
        }
    }

    /** Adds that there is no {@code field}, with the name among {@code known} that it comes nearest to, or those beside it. */
    public void unknown(String field, Collection<String> known) {
        String nearest = NearestName.to(field, known);
        add(
                field,
                nearest != null
                        ? "unknown, did you mean " + naming.apply(nearest) + "?"
                        : "unknown, known are "
                                + NearestName.beside(field, known).stream()
                                        .map(naming)
                                        .collect(Collectors.joining(", ")));
    }

    /** Runs {@code check}, and adds what it refuses: a {@link TtsException} or an {@link IllegalArgumentException}. */
    public void check(Runnable check) {
        check("", check);
    }

    /** The same, where {@code check} is about {@code field}, whatever it calls it. */
    public void check(String field, Runnable check) {
        try {
            check.run();
        } catch (TtsException e) {
            refused(field, e.text(), e.category(), e);
        } catch (IllegalArgumentException e) {
            refused(field, String.valueOf(e.getMessage()), Category.INVALID_REQUEST, e);
        }
    }

    private void refused(String field, String message, Category category, RuntimeException cause) {
        Matcher parts = FIELD.matcher(message);
        boolean names = parts.matches();
        String own = names ? parts.group(1) : "";
        add(field.isEmpty() ? own : field, names ? parts.group(2) : message, category, cause);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * Throws if there are any.
     *
     * @throws TtsException that names all; with category {@code INVALID_REQUEST}, or their own where they agree
     */
    public void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        List<Category> categories =
                found.stream().map(Fault::category).distinct().toList();
        String all = found.stream().map(Fault::message).collect(Collectors.joining("; "));
        throw TtsException.builder(
                        categories.size() == 1 ? categories.get(0) : Category.INVALID_REQUEST,
                        found.size() == 1 ? all : found.size() + " faults: " + all)
                .origin(Origin.CLIENT)
                .cause(found.get(0).cause())
                .build();
    }

    @Override
    public String toString() {
        return "Faults" + found.stream().map(Fault::message).toList();
    }
}
