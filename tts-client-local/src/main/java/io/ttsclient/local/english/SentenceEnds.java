// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.Set;

/** Whether the period of an abbreviation also ends its sentence. */
final class SentenceEnds {
    /** Words that, capitalised behind "Inc." or "p.m.", are rather the start of a sentence than part of a name. */
    private static final Set<String> STARTERS = WordSet.of("""
            A After All Also An And Are As At Before But By Can Did Do Does Each Every For From He Her Here His
            How However I If In Is It Its Let Many Maybe Most My No Not Now On Once One Or Our Please She Since
            So Some That The Their Then There These They This Those To Today Until We Well What When Where Which
            While Who Why With Yes You Your
            """);

    private SentenceEnds() {}

    /** {@code behind} is the index behind the abbreviation's period. */
    static boolean at(FoldedText text, int behind) {
        int next = next(text, behind);
        boolean starter =
                next > behind && text.capitalAt(next) && STARTERS.contains(text.between(next, text.lettersEnd(next)));
        return starter || next >= text.length();
    }

    /** Whether nothing follows. */
    static boolean atEnd(FoldedText text, int behind) {
        return next(text, behind) >= text.length();
    }

    private static int next(FoldedText text, int behind) {
        int next = behind;
        while (next < text.length() && "\"')]} \t\r\n".indexOf(text.at(next)) >= 0) {
            next++;
        }
        return next;
    }
}
