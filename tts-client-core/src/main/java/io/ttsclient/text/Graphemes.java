// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import java.lang.Character.UnicodeScript;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a text can be cut without breaking what a reader sees as one character: emoji sequences, flags, a letter and its marks,
 * Hangul syllables, Indic conjuncts.
 *
 * <p>The regular expression {@code \X} knows all of these but the conjuncts, which it learned after JDK 17 only; they are added
 * here, so that every JDK cuts at the same places.
 */
final class Graphemes {
    private static final Pattern GRAPHEME = Pattern.compile("\\X");
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Graphemes() {}

    /** The boundaries inside {@code text}, without its start and with its end. */
    static BitSet boundaries(String text) {
        BitSet boundaries = new BitSet(text.length() + 1);
        Matcher matcher = GRAPHEME.matcher(text);
        while (matcher.find()) {
            if (!isInConjunct(text, matcher.end())) {
                boundaries.set(matcher.end());
            }
        }
        return boundaries;
    }

    /** Whether a consonant, a virama among its marks, and a consonant of the same script surround {@code index}. */
    private static boolean isInConjunct(String text, int index) {
        if (index >= text.length() || !isConsonant(text.codePointAt(index))) {
            return false;
        }
        boolean joined = false;
        int at = index;
        while (at > 0) {
            int before = text.codePointBefore(at);
            if (before != ZERO_WIDTH_JOINER && !Punctuation.isCombining(before)) {
                return joined
                        && isConsonant(before)
                        && UnicodeScript.of(before) == UnicodeScript.of(text.codePointAt(index));
            }
            joined |= isVirama(before);
            at -= Character.charCount(before);
        }
        return false;
    }

    private static boolean isConsonant(int codePoint) {
        return Character.getType(codePoint) == Character.OTHER_LETTER;
    }

    /** The signs that join two consonants into one. */
    private static boolean isVirama(int codePoint) {
        return switch (codePoint) {
            case 0x094D, 0x09CD, 0x0A4D, 0x0ACD, 0x0B4D, 0x0C4D, 0x0CCD, 0x0D4D, 0x0DCA, 0x1039, 0x17D2, 0x1A60 -> true;
            default -> false;
        };
    }
}
