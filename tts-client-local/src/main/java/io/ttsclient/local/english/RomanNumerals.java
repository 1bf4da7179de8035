// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.Set;

/** Roman numbers, where they are surely meant: behind "Chapter" and the like, and behind the names of rulers. */
final class RomanNumerals {
    private static final Set<String> COUNTED = WordSet.of("""
            chapter part section volume book act scene article phase stage war type class title grade level
            figure table appendix episode season bowl apollo mark rocky league unit step tier version round
            final fantasy
            """);

    private static final Set<String> RULERS = WordSet.of("""
            henry louis elizabeth george charles edward james william richard mary john paul pius benedict
            gregory leo napoleon alexander catherine philip peter nicholas wilhelm friedrich frederick ivan
            francis ferdinand robert david clement innocent urban constantine ramses ptolemy albert leopold
            harald olaf christian gustav carlos juan felipe alfonso pope king queen xiii
            """);

    private static final int LARGEST = 399;

    private RomanNumerals() {}

    /** How {@code numeral} is said behind {@code previous}, a word in small letters; empty where it is no number there. */
    static String words(String numeral, String previous) {
        int value = value(numeral);
        if (value == 0) {
            return "";
        }
        if (RULERS.contains(previous)) {
            return "the " + NumberWords.ordinal(value);
        }
        boolean sure = COUNTED.contains(previous) && !numeral.equals("C") && !numeral.equals("L");
        return sure || numeral.matches("II|III|VII|VIII|XII|XIII") ? NumberWords.cardinal(value) : "";
    }

    /** 0 where {@code numeral} is not written the way that Romans would. */
    static int value(String numeral) {
        int value = 0;
        for (int i = 0; i < numeral.length(); i++) {
            int digit = digit(numeral.charAt(i));
            int next = i + 1 < numeral.length() ? digit(numeral.charAt(i + 1)) : 0;
            if (digit == 0) {
                return 0;
            }
            value += digit < next ? -digit : digit;
        }
        return value <= LARGEST && written(value).equals(numeral) ? value : 0;
    }

    private static int digit(char c) {
        return switch (c) {
            case 'I' -> 1;
            case 'V' -> 5;
            case 'X' -> 10;
            case 'L' -> 50;
            case 'C' -> 100;
            default -> 0;
        };
    }

    private static String written(int value) {
        int[] steps = {100, 90, 50, 40, 10, 9, 5, 4, 1};
        String[] signs = {"C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"};
        StringBuilder numeral = new StringBuilder();
        int left = value;
        for (int i = 0; i < steps.length; i++) {
            while (left >= steps[i]) {
                numeral.append(signs[i]);
                left -= steps[i];
            }
        }
        return numeral.toString();
    }
}
