// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import io.ttsclient.text.TextPreparation.Treatment;
import java.util.Locale;
import java.util.Set;

/**
 * A fenced block of code that is being read.
 *
 * @param mark of the fence, a backtick or tilde
 * @param length of the fence; the closing one is as long or longer
 * @param dropped whether the code is left out
 */
record Fence(int mark, int length, boolean dropped) {
    private static final Set<String> TEXT_LANGUAGES = Set.of("", "text", "txt", "plain", "plaintext", "markdown", "md");

    /** The fence that the line {@code opening} opens; program code is not spoken. */
    static Fence opening(String opening, Treatment code) {
        int mark = opening.charAt(0);
        int length = 0;
        while (length < opening.length() && opening.charAt(length) == mark) {
            length++;
        }
        String language = opening.substring(length).strip().toLowerCase(Locale.ROOT);
        boolean program = code == Treatment.SPEAKABLE && !TEXT_LANGUAGES.contains(language);
        return new Fence(mark, length, program || code == Treatment.DROPPED);
    }
}
