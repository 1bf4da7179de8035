// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.local.english.OwnWords;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * An application's own pronunciations: product names, people, jargon. They come before everything that the built-in English
 * knows. Immutable and thread-safe.
 *
 * <p>A word is matched as a whole, up to white space or punctuation that is not part of the entry: {@code C++},
 * {@code .NET} and {@code k8s} may be entries. An entry without capitals matches every capitalisation; one with a capital
 * matches only that exact spelling and is preferred. Accents make no difference. A possessive {@code 's} may follow.
 */
public final class Lexicon {
    private static final Lexicon EMPTY = new Lexicon(OwnWords.NONE);

    private final OwnWords words;

    private Lexicon(OwnWords words) {
        this.words = words;
    }

    /** A lexicon without words. */
    public static Lexicon empty() {
        return EMPTY;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** How many words it has. */
    public int size() {
        return words.size();
    }

    OwnWords words() {
        return words;
    }

    /** The number of words, never the words. */
    @Override
    public String toString() {
        return "Lexicon[" + size() + " words]";
    }

    /** Collects entries; a word given twice keeps the later one. Not thread-safe. */
    public static final class Builder {
        private static final int LONGEST = 100;

        private final Map<String, OwnWords.Entry> entries = new HashMap<>();

        private Builder() {}

        /**
         * Says {@code word} as if {@code words} were written in its place.
         *
         * @param word what the text has, without white space, 1 to 100 chars
         * @param words plain English that is pronounced as wished, such as {@code engine x} for {@code nginx}
         * @throws IllegalArgumentException if either is blank or too long, or {@code word} holds white space or nothing
         *     that occurs in English
         */
        public Builder respell(String word, String words) {
            return put(word, new OwnWords.Entry(false, required("words", words)));
        }

        /**
         * Says {@code word} with these phonemes.
         *
         * @param word what the text has, without white space, 1 to 100 chars
         * @param phonemes IPA in the symbols of the voice, stress marks right before vowels; for the built-in voice those of
         *     espeak-ng's American English, such as {@code həlˈoʊ}
         * @throws IllegalArgumentException if either is blank or too long, {@code phonemes} holds control characters, or
         *     {@code word} holds white space or nothing that occurs in English
         */
        public Builder phonemes(String word, String phonemes) {
            String symbols = Normalizer.normalize(required("phonemes", phonemes).strip(), Normalizer.Form.NFD);
            if (symbols.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("phonemes: control characters are not allowed");
            }
            return put(word, new OwnWords.Entry(true, symbols));
        }

        private Builder put(String word, OwnWords.Entry entry) {
            required("word", word);
            String folded = OwnWords.folded(word);
            if (folded.isEmpty() || folded.chars().anyMatch(c -> c <= ' ')) {
                throw new IllegalArgumentException("word: must be one word of Latin letters, digits and signs");
            }
            entries.put(folded, entry);
            return this;
        }

        private static String required(String field, String value) {
            if (value.isBlank() || value.length() > LONGEST) {
                throw new IllegalArgumentException(
                        field + ": " + value.length() + " chars, allowed 1 to " + LONGEST + ", not blank");
            }
            return value;
        }

        public Lexicon build() {
            return entries.isEmpty() ? EMPTY : new Lexicon(new OwnWords(entries));
        }
    }
}
