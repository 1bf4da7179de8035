// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** For voices whose symbols are the characters of the text: words, and what is between them, as they are. */
final class CharacterPhonemizer implements Phonemizer {
    @Override
    public List<PhonemeRun> phonemize(String text) {
        var runs = new ArrayList<PhonemeRun>();
        int position = 0;
        while (position < text.length()) {
            int start = skip(text, position, text.length(), CharacterPhonemizer::isWhite);
            if (start > position) {
                runs.add(new PhonemeRun(" ", position, start));
            }
            int end = skip(text, start, text.length(), codePoint -> !isWhite(codePoint));
            addToken(runs, text, start, end);
            position = end;
        }
        return runs;
    }

    /** A word with the punctuation around it, each a run of its own; an apostrophe inside stays. */
    private static void addToken(List<PhonemeRun> runs, String text, int start, int end) {
        int wordStart = skip(text, start, end, codePoint -> !SymbolEncoder.isPronounced(codePoint));
        int wordEnd = wordStart;
        for (int i = wordStart; i < end; i += Character.charCount(text.codePointAt(i))) {
            if (SymbolEncoder.isPronounced(text.codePointAt(i))) {
                wordEnd = i + Character.charCount(text.codePointAt(i));
            }
        }
        add(runs, text, start, wordStart);
        add(runs, text, wordStart, wordEnd);
        add(runs, text, wordEnd, end);
    }

    private static void add(List<PhonemeRun> runs, String text, int start, int end) {
        if (end > start) {
            runs.add(new PhonemeRun(text.substring(start, end), start, end));
        }
    }

    private static int skip(String text, int from, int to, IntPredicate skipped) {
        int position = from;
        while (position < to && skipped.test(text.codePointAt(position))) {
            position += Character.charCount(text.codePointAt(position));
        }
        return position;
    }

    private static boolean isWhite(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }
}
