// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sounds out a word that the lexicon does not know, a regular ending taken off first: the stem's vowels then sound as they
 * do without it.
 */
final class SpellingEndings {
    private record Ending(String spelling, Phones phones) {
        Ending(String spelling, String phones) {
            this(spelling, Phones.of(phones));
        }
    }

    private static final List<Ending> NEUTRAL = List.of(
            new Ending("ness", "N AH0 S"),
            new Ending("less", "L AH0 S"),
            new Ending("ment", "M AH0 N T"),
            new Ending("ship", "SH IH2 P"),
            new Ending("hood", "HH UH2 D"),
            new Ending("ful", "F AH0 L"));

    private static final Phones ING = Phones.of("IH0 NG");
    private static final List<String> LATIN = List.of(
            "re", "de", "com", "con", "cor", "pro", "in", "im", "per", "sub", "dis", "pre", "ex", "en", "ob", "ad",
            "ap", "ac", "as", "at", "ab", "mis");

    /** Light second syllables: enter, profit, happen. */
    private static final List<String> LIGHT = List.of("er", "it", "et", "en", "el");

    private static final Phones ER = Phones.of("ER0");
    private static final Phones UN = Phones.of("AH2 N");
    private static final Phones DIS = Phones.of("D IH2 S");
    private static final int SHORTEST = 3;

    private SpellingEndings() {}

    static Phones sound(String word) {
        Phones prefixed = prefixed(word);
        if (prefixed != null) {
            return prefixed;
        }
        int length = word.length();
        if (word.endsWith("s") && plural(word)) {
            boolean ies = word.endsWith("ies") && length > 4;
            String stem =
                    ies ? word.substring(0, length - 3) + "y" : word.substring(0, length - (hissing(word) ? 2 : 1));
            return Inflection.s(sound(stem));
        }
        if (word.endsWith("ed") && hasStem(word, 2) && word.charAt(length - 3) != 'e') {
            return Inflection.d(sound(restored(word.substring(0, length - 2))));
        }
        if (word.endsWith("ing") && hasStem(word, 3)) {
            return sound(restored(word.substring(0, length - 3))).plus(ING);
        }
        if (word.endsWith("izer") || latinAgent(word)) {
            return sound(word.substring(0, length - 1)).plus(ER);
        }
        if (word.endsWith("ically")) {
            return Inflection.ly(sound(word.substring(0, length - 4)));
        }
        if (word.endsWith("ly") && hasStem(word, 2) && "aiouy".indexOf(word.charAt(length - 3)) < 0) {
            return Inflection.ly(sound(word.substring(0, length - 2)));
        }
        for (Ending ending : NEUTRAL) {
            if (word.endsWith(ending.spelling) && hasStem(word, ending.spelling.length())) {
                return sound(word.substring(0, length - ending.spelling.length()))
                        .plus(ending.phones);
            }
        }
        return LetterToSound.sound(word);
    }

    /** Beginnings that leave the stress to the rest: un-, dis- before a vowel. */
    private static @Nullable Phones prefixed(String word) {
        if (word.length() < 6) {
            return null;
        }
        if (word.startsWith("un") && !word.startsWith("uni") && !word.startsWith("under")) {
            return UN.plus(sound(word.substring(2)));
        }
        if (word.startsWith("dis") && !SpellingRules.consonant(word.charAt(3))) {
            return DIS.plus(sound(word.substring(3)));
        }
        return null;
    }

    /** Whether a vowel is left when the last {@code count} letters go. */
    private static boolean hasStem(String word, int count) {
        String stem = word.substring(0, Math.max(0, word.length() - count));
        return stem.length() >= SHORTEST && WordReader.hasVowel(stem);
    }

    private static boolean plural(String word) {
        if (!hasStem(word, 1)) {
            return false;
        }
        char before = word.charAt(word.length() - 2);
        boolean consonant = SpellingRules.consonant(before) && before != 's';
        boolean greek = word.endsWith("etes")
                || (word.endsWith("res") && SpellingRules.consonant(word.charAt(word.length() - 4)));
        return !greek && (consonant || before == 'e');
    }

    private static boolean hissing(String word) {
        int length = word.length();
        return length > 4
                && (word.endsWith("ches")
                        || word.endsWith("shes")
                        || word.endsWith("xes")
                        || word.endsWith("sses")
                        || word.endsWith("zzes"));
    }

    /** The stem as it is written by itself: hop-ping without its second p, hop-ing with its e. */
    private static String restored(String stem) {
        int last = stem.length() - 1;
        char end = stem.charAt(last);
        char before = stem.charAt(last - 1);
        boolean consonant = SpellingRules.consonant(end);
        if (consonant && end == before && "lsfz".indexOf(end) < 0) {
            return stem.substring(0, last);
        }
        if (stem.endsWith("i") && last > 1) {
            return stem.substring(0, last) + "y";
        }
        boolean single = consonant
                && !SpellingRules.consonant(before)
                && (last < 2 || SpellingRules.consonant(stem.charAt(last - 2)));
        boolean oneSyllable = single && vowels(stem) == 1 && "wxy".indexOf(end) < 0;
        boolean verb = stem.endsWith("at") || stem.endsWith("iz") || stem.endsWith("yz") || stem.endsWith("ut");
        boolean needsE = end == 'v'
                || end == 'c'
                || (end == 'g' && before != 'n')
                || (end == 'l' && "bdfgkptz".indexOf(before) >= 0)
                || (end == 's' && SpellingRules.consonant(before) && before != 's')
                || end == 'u'
                || (end == 'z' && before != 'z');
        boolean latin = single
                && vowels(stem) == 2
                && startsLatin(stem)
                && LIGHT.stream().noneMatch(stem::endsWith);
        return oneSyllable || latin || (single && verb && vowels(stem) > 1) || needsE ? stem + "e" : stem;
    }

    /** Compiler, reducer: the verb ends in a silent e. */
    private static boolean latinAgent(String word) {
        int length = word.length();
        return length > 5
                && word.endsWith("er")
                && startsLatin(word)
                && vowels(word) == 3
                && SpellingRules.consonant(word.charAt(length - 3))
                && !SpellingRules.consonant(word.charAt(length - 4));
    }

    /** Revise, compile, produce: verbs stressed on what follows the first part. */
    private static boolean startsLatin(String word) {
        for (String prefix : LATIN) {
            boolean longer = word.length() > prefix.length();
            if (longer && word.startsWith(prefix) && SpellingRules.consonant(word.charAt(prefix.length()))) {
                return true;
            }
        }
        return false;
    }

    private static int vowels(String stem) {
        int count = 0;
        for (int i = 0; i < stem.length(); i++) {
            count += SpellingRules.consonant(stem.charAt(i)) ? 0 : 1;
        }
        return count;
    }
}
