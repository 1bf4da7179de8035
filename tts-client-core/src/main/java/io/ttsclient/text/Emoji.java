// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

/** Recognises emoji and the sequences they are written with, by ranges: JDK 17 has no property for them. */
final class Emoji {
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int TEXT_STYLE = 0xFE0E;
    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int KEYCAP = 0x20E3;

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
