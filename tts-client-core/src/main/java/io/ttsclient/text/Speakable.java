// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

/**
 * Whether there is anything to pronounce in a text: at least one letter, digit or other number ({@code ½}, {@code ①}).
 *
 * <p>Punctuation, emoji, white space and symbols alone ({@code "?!"}, {@code "%"}, {@code "$"}) are nothing: engines differ
 * between silence, an error and the symbol's name, and what is left over by formatting looks just so.
 */
public final class Speakable {
    private Speakable() {}

    /** Whether {@code text} holds anything to pronounce. */
    public static boolean anythingIn(CharSequence text) {
        return text.codePoints().anyMatch(Speakable::is);
    }

    static boolean is(int codePoint) {
        if (Character.isLetterOrDigit(codePoint)) {
            return true;
        }
        int type = Character.getType(codePoint);
        return type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
    }
}
