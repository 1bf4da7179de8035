// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import org.jspecify.annotations.Nullable;

/** How English words sound: from the lexicon, from known parts, from their spelling, in this order. Thread-safe. */
final class Pronouncer {
    private final EnglishLexicon lexicon;
    private final EnglishLexicon acronyms;
    private final Morphology morphology;

    Pronouncer(EnglishLexicon lexicon, EnglishLexicon acronyms) {
        this.lexicon = lexicon;
        this.acronyms = acronyms;
        this.morphology = new Morphology(lexicon);
    }

    /** Whether the lexicon has {@code word} as it is. */
    boolean lists(String word) {
        return lexicon.contains(word);
    }

    /** Whether {@code word} is an acronym that is said as a word. */
    boolean saysAcronym(String word) {
        return acronyms.contains(word);
    }

    /** Whether the lexicon has {@code word}, or a form of it. */
    boolean knows(String word) {
        return word.length() <= SpokenText.LONGEST_WORD && (lexicon.contains(word) || morphology.derive(word) != null);
    }

    /** {@code word} in small letters from a to z, apostrophes between them. */
    Phones word(String word) {
        Phones known = known(word);
        if (known != null) {
            return known;
        }
        int apostrophe = word.lastIndexOf('\'');
        if (apostrophe < 0) {
            return SpellingEndings.sound(word);
        }
        boolean not = word.endsWith("n't");
        int cut = not ? word.length() - 3 : apostrophe;
        String clitic = word.substring(cut);
        if (cut > 0 && isClitic(clitic)) {
            return Inflection.clitic(word(word.substring(0, cut)), clitic);
        }
        return word(word.replace("'", ""));
    }

    /** A letter's name, perhaps with a clitic behind the letter. */
    Phones letter(String letter) {
        return Inflection.clitic(LetterNames.of(letter.charAt(0)), letter.substring(1));
    }

    private static boolean isClitic(String clitic) {
        return switch (clitic) {
            case "'s", "'d", "'ll", "'ve", "'re", "'m", "n't" -> true;
            default -> false;
        };
    }

    private @Nullable Phones known(String word) {
        Phones listed = lexicon.get(word);
        listed = listed != null ? listed : acronyms.get(word);
        return listed != null || word.indexOf('\'') >= 0 ? listed : morphology.derive(word);
    }
}
