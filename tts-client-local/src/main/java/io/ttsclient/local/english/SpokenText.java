// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Collects what is to be said. For one thread. */
final class SpokenText {
    /** From the weakest pause to the strongest; of two that meet the stronger stays. */
    private static final String PAUSES = ",:;.!?";

    static final int LONGEST_WORD = 45;

    private final List<Spoken> items = new ArrayList<>();

    /** Everything so far, a pause never first and never beside another. */
    List<Spoken> items() {
        return items;
    }

    @Nullable
    Spoken last() {
        return items.isEmpty() ? null : items.get(items.size() - 1);
    }

    /** Whether nothing has been said since the start or the last pause that ends a sentence. */
    boolean atSentenceStart() {
        Spoken last = last();
        return last == null || (last.pause() && PAUSES.indexOf(last.text()) >= PAUSES.indexOf('.'));
    }

    void add(Spoken item) {
        if (item.pause()) {
            pause(item.text().charAt(0), item.start(), item.end());
        } else {
            items.add(item);
        }
    }

    /** A word longer than any real one is said in pieces. */
    void word(String word, int start, int end) {
        int at = 0;
        while (word.length() - at > LONGEST_WORD) {
            addWord(word.substring(at, at + LONGEST_WORD), start, end);
            at += LONGEST_WORD;
        }
        addWord(word.substring(at), start, end);
    }

    private void addWord(String word, int start, int end) {
        items.add(new Spoken(Spoken.Kind.WORD, word.toLowerCase(Locale.ROOT), start, end));
    }

    /** Words separated by spaces; one in capitals is said letter by letter, a comma behind one is a pause. */
    void words(String words, int start, int end) {
        int at = 0;
        while (at < words.length()) {
            int space = words.indexOf(' ', at);
            int next = space < 0 ? words.length() : space;
            boolean comma = next > at && words.charAt(next - 1) == ',';
            String word = words.substring(at, comma ? next - 1 : next);
            if (!word.isEmpty() && FoldedText.isCapital(word.charAt(0))) {
                letters(word, start, end);
            } else if (!word.isEmpty()) {
                word(word, start, end);
            }
            if (comma) {
                pause(',', start, end);
            }
            at = next + 1;
        }
    }

    /** Each letter by its name; what is no letter is left out. */
    void letters(String letters, int start, int end) {
        for (int i = 0; i < letters.length(); i++) {
            if (FoldedText.isLetter(letters.charAt(i))) {
                letter(letters.substring(i, i + 1), start, end);
            }
        }
    }

    /** One letter's name, perhaps with {@code 's} or the like behind the letter. */
    void letter(String letter, int start, int end) {
        items.add(new Spoken(Spoken.Kind.LETTER, letter.toLowerCase(Locale.ROOT), start, end));
    }

    void phonemes(String phonemes, int start, int end) {
        items.add(new Spoken(Spoken.Kind.PHONEMES, phonemes, start, end));
    }

    void pause(char mark, int start, int end) {
        Spoken last = last();
        if (last == null) {
            return;
        }
        if (!last.pause()) {
            items.add(new Spoken(Spoken.Kind.PAUSE, String.valueOf(mark), start, end));
            return;
        }
        boolean stronger = PAUSES.indexOf(mark) > PAUSES.indexOf(last.text());
        items.set(
                items.size() - 1,
                new Spoken(
                        Spoken.Kind.PAUSE,
                        stronger ? String.valueOf(mark) : last.text(),
                        last.start(),
                        Math.max(end, last.end())));
    }
}
