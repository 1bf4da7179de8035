// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

/**
 * Tells the stars, underscores and tildes of emphasis from those of prose by what stands beside them, as CommonMark does, but
 * without waiting for the closing one: a sign that can open does, and one closes only what is open in the paragraph.
 */
final class Emphasis {
    private static final int LONGEST_RUN = 3;

    /** How many of each sign are open. */
    private int stars;

    private int underscores;
    private int tildes;

    /** Nothing is open any more: a new paragraph begins. */
    void reset() {
        stars = 0;
        underscores = 0;
        tildes = 0;
    }

    /**
     * Takes a run of {@code length} times {@code sign}, and says whether it is markup.
     *
     * @param before the code point before the run, {@link TextWindow#NOTHING} at the start of the text
     * @param after the code point behind the run, {@link TextWindow#NOTHING} at the end of the text
     */
    boolean take(int sign, int length, int before, int after) {
        if (length > LONGEST_RUN || sign == '~' && length != 2) {
            return false;
        }
        if (closes(sign, length, before, after)) {
            add(sign, -Math.min(length, open(sign)));
            return true;
        }
        if (opens(sign, length, before, after)) {
            add(sign, length);
            return true;
        }
        return false;
    }

    private boolean closes(int sign, int length, int before, int after) {
        if (open(sign) == 0 || isBlank(before)) {
            return false;
        }
        if (isWord(after)) {
            // "**S**peech" ends within a word; Chinese and Japanese have no space behind the closing sign.
            return isWord(before)
                    ? mayStandInWord(sign, before, after) || isFirstLetters(sign, length, before, after)
                    : Punctuation.isWide(after);
        }
        return true;
    }

    private boolean opens(int sign, int length, int before, int after) {
        if (isBlank(after)) {
            return false;
        }
        if (isWord(before)) {
            return isWord(after)
                    ? mayStandInWord(sign, before, after)
                    : sign != '_' && length > 1 && Punctuation.isWide(before);
        }
        if (isWord(after)) {
            return true;
        }
        return length > 1 || isBlank(before) && opensQuote(after);
    }

    private static boolean mayStandInWord(int sign, int before, int after) {
        return sign == '~' || sign == '*' && (Punctuation.isWide(before) || Punctuation.isWide(after));
    }

    private boolean isFirstLetters(int sign, int length, int before, int after) {
        return sign == '*' && length > 1 && stars == length && !(Character.isDigit(before) && Character.isDigit(after));
    }

    private static boolean opensQuote(int codePoint) {
        int type = Character.getType(codePoint);
        return codePoint == '"'
                || codePoint == '\''
                || type == Character.START_PUNCTUATION
                || type == Character.INITIAL_QUOTE_PUNCTUATION;
    }

    private static boolean isBlank(int codePoint) {
        return codePoint == TextWindow.NOTHING || Punctuation.isSpace(codePoint);
    }

    private static boolean isWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint);
    }

    private int open(int sign) {
        return switch (sign) {
            case '*' -> stars;
            case '_' -> underscores;
            default -> tildes;
        };
    }

    private void add(int sign, int count) {
        switch (sign) {
            case '*' -> stars += count;
            case '_' -> underscores += count;
            default -> tildes += count;
        }
    }
}
