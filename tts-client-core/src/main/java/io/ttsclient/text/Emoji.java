// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

/** Recognises emoji and the sequences they are written with, by ranges: JDK 17 has no property for them. */
final class Emoji {
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int TEXT_STYLE = 0xFE0E;
    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int KEYCAP = 0x20E3;
    private static final int LONGEST_SEQUENCE = 64;

    private Emoji() {}

    /** Whether {@code codePoint} is a pictogram by itself. The musical signs and the numbers among them are text. */
    static boolean isPictographic(int codePoint) {
        if (codePoint < 0x2300) {
            return false;
        }
        if (codePoint < 0x1F000) {
            return switch (codePoint) {
                case 0x231A, 0x231B, 0x2B1B, 0x2B1C, 0x2B50, 0x2B55 -> true;
                default ->
                    codePoint >= 0x23E9 && codePoint <= 0x23FA
                            || codePoint >= 0x25FD
                                    && codePoint <= 0x27BF
                                    && !(codePoint >= 0x2669 && codePoint <= 0x266F)
                                    && !(codePoint >= 0x2768 && codePoint <= 0x2793);
            };
        }
        return codePoint <= 0x1F0FF
                || codePoint == 0x1F18E
                || codePoint >= 0x1F191 && codePoint <= 0x1F19A
                || isRegional(codePoint)
                || codePoint >= 0x1F300 && codePoint <= 0x1F6FF
                || codePoint >= 0x1F7E0 && codePoint <= 0x1F7FF
                || codePoint >= 0x1F900 && codePoint <= 0x1FAFF;
    }

    /** Whether an emoji may begin with {@code codePoint}; what follows decides for signs that are text as well. */
    static boolean mayStart(int codePoint) {
        if (codePoint < 0x80) {
            return isKeycapBase(codePoint);
        }
        return codePoint == '©'
                || codePoint == '®'
                || codePoint >= 0x203C && codePoint <= 0x2BFF
                || codePoint == 0x3030
                || codePoint == 0x303D
                || codePoint == 0x3297
                || codePoint == 0x3299
                || codePoint >= 0x1F000 && codePoint <= 0x1FAFF;
    }

    static boolean isKeycapBase(int codePoint) {
        return codePoint >= '0' && codePoint <= '9' || codePoint == '#' || codePoint == '*';
    }

    /** The end of the emoji at {@code start}, or what {@link TextPreparer} defines for none and for undecided. */
    static int end(TextWindow text, int start) {
        int codePoint = text.codePointAt(start);
        if (!mayStart(codePoint)) {
            return TextPreparer.NO_MATCH;
        }
        int end = start + Character.charCount(codePoint);
        if (!isPictographic(codePoint)) {
            int styled = text.codePointAt(end) == EMOJI_STYLE ? end + 1 : end;
            int next = text.codePointAt(styled);
            if (next == TextWindow.NOTHING && !text.isClosed()) {
                return TextPreparer.WAIT;
            }
            if (isKeycapBase(codePoint) ? next != KEYCAP : styled == end) {
                return TextPreparer.NO_MATCH;
            }
        }
        return sequenceEnd(text, start, codePoint, end);
    }

    private static int sequenceEnd(TextWindow text, int start, int first, int from) {
        boolean flag = isRegional(first);
        boolean joined = false;
        int end = from;
        while (end - start < LONGEST_SEQUENCE) {
            int next = text.codePointAt(end);
            if (next == TextWindow.NOTHING && !text.isClosed()) {
                return TextPreparer.WAIT;
            }
            boolean belongs =
                    isModifier(next) || next == ZERO_WIDTH_JOINER || joined && mayStart(next) && !isKeycapBase(next);
            if (!belongs && !(flag && isRegional(next))) {
                break;
            }
            flag = false;
            joined = next == ZERO_WIDTH_JOINER;
            end += Character.charCount(next);
        }
        return end;
    }

    /** Whether {@code codePoint} is an emoji or goes on with one: a style, skin, joiner or tag. */
    static boolean continues(int codePoint) {
        return isPictographic(codePoint) || isModifier(codePoint) || codePoint == ZERO_WIDTH_JOINER;
    }

    private static boolean isModifier(int codePoint) {
        return codePoint == EMOJI_STYLE
                || codePoint == TEXT_STYLE
                || codePoint == KEYCAP
                || codePoint >= 0x1F3FB && codePoint <= 0x1F3FF
                || codePoint >= 0xE0020 && codePoint <= 0xE007F;
    }

    private static boolean isRegional(int codePoint) {
        return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF;
    }
}
