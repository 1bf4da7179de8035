// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.error;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the name that somebody meant. */
final class NearestName {
    private NearestName() {}

    /** The one among {@code known} that differs from {@code name} in the fewest letters; null if all differ in many. */
    static @Nullable String to(String name, Collection<String> known) {
        String nearest = null;
        int fewest = Math.max(2, name.length() / 4) + 1;
        for (String candidate : known) {
            int distance = distance(letters(name), letters(candidate));
            if (distance < fewest && distance < candidate.length()) {
                nearest = candidate;
                fewest = distance;
            }
        }
        return nearest;
    }

    private static String letters(String name) {
        return name.replaceAll("[._-]", "").toLowerCase(Locale.ROOT);
    }

    /** Those that stand where {@code name} does, between the same dots, as far as they begin alike. */
    static List<String> beside(String name, Collection<String> known) {
        String place = name + ".";
        while (!place.isEmpty() && known.stream().noneMatch(startsWith(place))) {
            place = place.substring(0, place.lastIndexOf('.', place.length() - 2) + 1);
        }
        int begin = place.length();
        return known.stream()
                .filter(startsWith(place))
                .map(candidate -> {
                    int end = candidate.indexOf('.', begin);
                    return end < 0 ? candidate : candidate.substring(0, end);
                })
                .distinct()
                .toList();
    }

    private static Predicate<String> startsWith(String beginning) {
        return candidate -> candidate.startsWith(beginning);
    }

    /** How many letters have to be added, left out or replaced (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
