// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

/** What the letters of the alphabet are called. */
final class LetterNames {
    private static final String[] NAMES = {
        "EY1",
        "B IY1",
        "S IY1",
        "D IY1",
        "IY1",
        "EH1 F",
        "JH IY1",
        "EY1 CH",
        "AY1",
        "JH EY1",
        "K EY1",
        "EH1 L",
        "EH1 M",
        "EH1 N",
        "OW1",
        "P IY1",
        "K Y UW1",
        "AA1 R",
        "EH1 S",
        "T IY1",
        "Y UW1",
        "V IY1",
        "D AH1 B AH0 L Y UW2",
        "EH1 K S",
        "W AY1",
        "Z IY1"
    };

    private LetterNames() {}

    /** {@code letter} from a to z. */
    static Phones of(char letter) {
        return Phones.of(NAMES[letter - 'a']);
    }
}
