// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.Locale;
import java.util.Set;

/** Whether a word in capitals is said as a word or letter by letter. For one text. */
final class Acronyms {
    /** Spelled though they are words too. */
    private static final Set<String> SPELLED = WordSet.of("""
            us it who am pm led sat act add ad bc id ids tv pc ap ip io os hr pr pa ma la pi er eta faq ceo ups
            mit doc ira is un eu ai ar ex ha ph mac min dm rap sos rip bbc asap lol aka diy
            """);

    /** Spelled in small letters too, where most words are said. */
    private static final Set<String> SPELLED_SMALL = WordSet.of("""
            api apis url urls uri uris cli ui ux ai aws usb faq faqs gpu gpus cpu cpus iot usa uk eu asap diy atm ios ide ides
            id ids ip io os aka eta ceo cto cfo ngo
            """);

    private static final Set<String> SHORT_WORDS = WordSet.of("""
            no go do if my me he we be to of on at by up or in so an as ok oh hi is us it am
            """);

    private static final int SHORTEST_UNKNOWN_WORD = 5;

    private final Pronouncer words;
    private final boolean shouting;

    Acronyms(FoldedText text, Pronouncer words) {
        this.words = words;
        this.shouting = shouts(text, words);
    }

    /** Whether capitals say nothing here: at least two words, and nearly all letters are capitals. */
    private static boolean shouts(FoldedText text, Pronouncer words) {
        int capitals = 0;
        int small = 0;
        int count = 0;
        for (int at = 0; at < text.length(); at++) {
            if (text.letterAt(at)) {
                int end = text.lettersEnd(at);
                for (int i = at; i < end; i++) {
                    capitals += text.capitalAt(i) ? 1 : 0;
                    small += text.capitalAt(i) ? 0 : 1;
                }
                boolean word = end - at > 2 && text.capitalAt(at + 1);
                count += word && words.knows(text.between(at, end).toLowerCase(Locale.ROOT)) ? 1 : 0;
                at = end;
            }
        }
        return count >= 2 && capitals > 4 * small;
    }

    /** {@code letters} is two or more capitals. */
    boolean spelled(String letters) {
        String word = letters.toLowerCase(Locale.ROOT);
        if (words.saysAcronym(word)) {
            return false;
        }
        if (shouting) {
            return !words.knows(word) && !pronounceable(word);
        }
        if (SPELLED.contains(word)) {
            return true;
        }
        if (word.length() == 2) {
            return !SHORT_WORDS.contains(word);
        }
        return !words.knows(word) && (word.length() < SHORTEST_UNKNOWN_WORD || !pronounceable(word));
    }

    /** Whether {@code word}, in small letters, is spelled nevertheless. */
    static boolean spelledSmall(String word) {
        return SPELLED_SMALL.contains(word) || !WordReader.hasVowel(word);
    }

    /** Vowels and consonants take turns, never more than three consonants in a row. */
    private static boolean pronounceable(String word) {
        int row = 0;
        int vowels = 0;
        for (int i = 0; i < word.length(); i++) {
            boolean vowel = "aeiouy".indexOf(word.charAt(i)) >= 0;
            vowels += vowel ? 1 : 0;
            row = vowel ? 0 : row + 1;
            if (row > 3 || (row == 3 && i == 2)) {
                return false;
            }
        }
        return vowels * 4 >= word.length();
    }
}
