// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import io.ttsclient.local.english.SpellingRules.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which syllables of a word sounded out from its spelling are stressed. For one word. */
final class SpellingStress {
    /** Verbs of two syllables that start so tend to be stressed on the second: deploy, reflect, obtain. */
    private static final Set<String> PREFIXES = WordSet.of("""
            ad be de dis em en ex im in mis ob per pre pro re sub sur trans un com con cor acc aff agg all ann app
            arr ass att for a e
            """);

    /** Light endings that are stressed nevertheless: admit, refer, forget. */
    private static final Set<String> LATIN_ROOTS =
            Set.of("mit", "fer", "cur", "pel", "get", "got", "gin", "press", "cess", "fess");

    private final String word;
    private final List<Placed> sounds;
    /** Indices into {@code sounds}, one a syllable. */
    private final List<Integer> vowels = new ArrayList<>();

    private final int primary;
    private final int secondary;

    SpellingStress(String word, List<Placed> sounds, SpellingRules rules) {
        this.word = word;
        this.sounds = sounds;
        for (int i = 0; i < sounds.size(); i++) {
            if (sounds.get(i).sound().vowel()) {
                vowels.add(i);
            }
        }
        this.primary = vowels.isEmpty() ? -1 : primary(rules);
        this.secondary = secondary();
    }

    int syllables() {
        return vowels.size();
    }

    /** Which syllable the sound at {@code index} makes, from 0. */
    int syllableOf(int index) {
        return vowels.indexOf(index);
    }

    /** {@link Phones#PRIMARY}, {@link Phones#SECONDARY} or {@link Phones#REDUCED}. */
    int of(int syllable) {
        if (syllable == primary) {
            return Phones.PRIMARY;
        }
        return syllable == secondary ? Phones.SECONDARY : Phones.REDUCED;
    }

    private int primary(SpellingRules rules) {
        int count = vowels.size();
        for (int i = 0; i < count; i++) {
            if (digit(i) == 1) {
                return i;
            }
        }
        String ending = rules.ending(word);
        int fromEnd = rules.stressFromEnd(ending);
        if (fromEnd > 0 && (count > 2 || fromEnd <= count)) {
            return strong(Math.max(0, count - fromEnd));
        }
        if (fromEnd == 0 && !ending.isEmpty()) {
            int stem = word.length() - ending.length();
            while (count > 1 && sounds.get(vowels.get(count - 1)).at() >= stem) {
                count--;
            }
        }
        return strong(byWeight(count, count == vowels.size()));
    }

    /** Among the first {@code count} syllables, which are all of the word's where {@code whole}. */
    private int byWeight(int count, boolean whole) {
        if (count <= 2) {
            return whole && count == 2 && prefixed() && heavyEnd() ? 1 : 0;
        }
        return (whole && endsLikeItalian(word)) || heavy(count - 2) ? count - 2 : count - 3;
    }

    /** The chosen syllable, or the nearest that a rule does not keep weak. */
    private int strong(int chosen) {
        for (int i = chosen; i >= 0; i--) {
            if (digit(i) != 0) {
                return i;
            }
        }
        for (int i = chosen + 1; i < vowels.size(); i++) {
            if (digit(i) != 0) {
                return i;
            }
        }
        return chosen;
    }

    private int secondary() {
        if (primary < 2) {
            return -1;
        }
        for (int i = 0; i < primary; i++) {
            if (digit(i) == 2) {
                return -1;
            }
        }
        return digit(0) == 0 ? 1 : 0;
    }

    private int digit(int syllable) {
        return sounds.get(vowels.get(syllable)).sound().digit();
    }

    private boolean prefixed() {
        for (int length = 1; length <= 5 && length < word.length() - 2; length++) {
            boolean opensSyllable =
                    length > 1 || !SpellingRules.consonant(word.charAt(2)) || "lr".indexOf(word.charAt(2)) >= 0;
            boolean closed =
                    SpellingRules.consonant(word.charAt(length - 1)) || SpellingRules.consonant(word.charAt(length));
            if (opensSyllable && closed && PREFIXES.contains(word.substring(0, length))) {
                return true;
            }
        }
        return false;
    }

    /** The last syllable ends in two different consonants, a silent e behind a consonant, or has a digraph. */
    private boolean heavyEnd() {
        int last = word.length() - 1;
        if (word.charAt(last) == 'e') {
            boolean cluster = SpellingRules.consonant(word.charAt(last - 2)) && "lr".indexOf(word.charAt(last - 1)) < 0;
            return SpellingRules.consonant(word.charAt(last - 1))
                    && (cluster || !SpellingRules.consonant(word.charAt(last - 2)));
        }
        if (!SpellingRules.consonant(word.charAt(last))) {
            return sounds.get(vowels.get(1)).sound().letter() == 0 && digit(1) < 0;
        }
        for (String root : LATIN_ROOTS) {
            if (word.endsWith(root)) {
                return true;
            }
        }
        boolean cluster = SpellingRules.consonant(word.charAt(last - 1)) && word.charAt(last - 1) != word.charAt(last);
        return cluster || (sounds.get(vowels.get(1)).sound().letter() == 0 && digit(1) < 0);
    }

    /** Such words are mostly names, with plain vowels and the stress on the last syllable but one. */
    static boolean endsLikeItalian(String word) {
        char last = word.charAt(word.length() - 1);
        return word.length() > 3 && (last == 'a' || last == 'i' || last == 'o' || last == 'u');
    }

    /** A vowel of fixed quality, or one closed by two consonants. */
    private boolean heavy(int syllable) {
        int index = vowels.get(syllable);
        Placed placed = sounds.get(index);
        if (placed.sound().letter() == 0) {
            return placed.sound().digit() != 0;
        }
        int at = placed.at() + 1;
        int end = at;
        while (end < word.length() && SpellingRules.consonant(word.charAt(end))) {
            end++;
        }
        int consonants = end - at;
        boolean single = consonants < 2 && word.indexOf('x', at) != at;
        boolean pair = consonants == 2
                && (word.charAt(at + 1) == 'h'
                        || ("lr".indexOf(word.charAt(at + 1)) >= 0
                                && word.charAt(at) != word.charAt(at + 1)
                                && "lrmn".indexOf(word.charAt(at)) < 0));
        return !single && !pair;
    }
}
