// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One way in which people write numbers, and how it is read.
 *
 * <p>A reading is words separated by spaces; capitals are letters said by name ("three thirty PM"), a comma is a pause.
 *
 * @param pattern matched from the number's first char; it may look around
 * @param reading the words, or null where the match turns out to be something else
 */
record NumberFormat(Pattern pattern, Reading reading) {
    /** Digits, perhaps with thousands commas, perhaps a decimal part. */
    static final String NUMBER = "(?:\\d{1,3}(?:,\\d{3}){1,10}(?!\\d)|\\d+)(?:\\.\\d+)?";

    /** Longer ones are read piece by piece. */
    private static final int LONGEST = 300;

    /** What may stand between the two ends of a range. */
    static final String TO = "\\s?[-\u2013]\\s?";

    /** Turns a match into words. */
    interface Reading {
        @Nullable
        String words(MatchResult match);
    }

    static NumberFormat of(String regex, Reading reading) {
        return new NumberFormat(Pattern.compile(regex), reading);
    }

    /** Reads {@code text} from {@code at}; returns the index behind what was read, or {@code at}. */
    int read(FoldedText text, int at, SpokenText out) {
        Matcher matcher = pattern.matcher(text.chars());
        matcher.region(at, Math.min(text.length(), at + LONGEST));
        matcher.useTransparentBounds(true);
        matcher.useAnchoringBounds(false);
        if (!matcher.lookingAt()) {
            return at;
        }
        String words = reading.words(matcher);
        if (words == null) {
            return at;
        }
        out.words(words, at, matcher.end());
        return matcher.end();
    }
}
