// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import java.lang.Character.UnicodeScript;

/** What a code point does to the flow of a text. */
final class Punctuation {
    /** The marks that end or divide a sentence. Wide ones need no white space behind them. */
    enum Kind {
        NONE,
        STOP,
        ELLIPSIS,
        HARD_STOP,
        WIDE_STOP,
        CLAUSE,
        COLON,
        WIDE_CLAUSE,
        EM_DASH,
        EN_DASH;

        boolean endsSentences() {
            return this == STOP || this == ELLIPSIS || this == HARD_STOP || this == WIDE_STOP;
        }

        boolean dividesClauses() {
            return this == CLAUSE || this == COLON || this == WIDE_CLAUSE;
        }

        /** What a run of marks is once {@code next} follows this one. */
        Kind then(Kind next) {
            if (next.dividesClauses() || !endsSentences()) {
                return next;
            }
            if (this == WIDE_STOP || next == WIDE_STOP) {
                return WIDE_STOP;
            }
            return this == HARD_STOP || next == HARD_STOP ? HARD_STOP : ELLIPSIS;
        }
    }

    private Punctuation() {}

    static Kind kind(int codePoint) {
        return switch (codePoint) {
            case '.' -> Kind.STOP;
            case '…' -> Kind.ELLIPSIS;
            // Beside the Latin ones: Arabic, Urdu, Armenian.
            case '!', '?', '‼', '⁇', '⁈', '⁉', '؟', '۔', '։' -> Kind.HARD_STOP;
            // Chinese and Japanese, then Indic, Ethiopic, Khmer and Burmese.
            case '。', '｡', '！', '？', '।', '॥', '።', '፧', '។', '៕', '။' -> Kind.WIDE_STOP;
            case ',', ';', '،', '؛' -> Kind.CLAUSE;
            case ':' -> Kind.COLON;
            case '，', '、', '；', '：', '､', '﹐', '﹑' -> Kind.WIDE_CLAUSE;
            case '—', '―' -> Kind.EM_DASH;
            case '–' -> Kind.EN_DASH;
            default -> Kind.NONE;
        };
    }

    /** White space of every kind, the unbreakable too. */
    static boolean isSpace(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint == ' ' || codePoint >= '\t' && codePoint <= '\r' || codePoint >= 0x1C && codePoint <= 0x1F;
        }
        return codePoint == '\u0085' || Character.isSpaceChar(codePoint);
    }

    /** Whether {@code codePoint} ends a line, as each half of {@code "\r\n"} does. */
    static boolean isLineBreak(int codePoint) {
        return codePoint == '\n'
                || codePoint == '\r'
                || codePoint == '\u0085'
                || codePoint == '\u2028'
                || codePoint == '\u2029';
    }

    /** Brackets and quotes that close, which belong to the sentence before them. */
    static boolean isCloser(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.END_PUNCTUATION || type == Character.FINAL_QUOTE_PUNCTUATION;
    }

    /**
     * What may stand between a Latin stop and the white space behind it: also quotes that look the same on both sides, those
     * that open in English and close in German, and the marks of Markdown.
     */
    static boolean isCloserOrQuote(int codePoint) {
        return switch (codePoint) {
            case '"', '\'', '*', '_', '~', '`' -> true;
            default -> isCloser(codePoint) || Character.getType(codePoint) == Character.INITIAL_QUOTE_PUNCTUATION;
        };
    }

    /** Marks that make one character with what is before them. */
    static boolean isCombining(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            // Thai and Lao AM, the half-width voicing marks of Japanese and the non-joiner are none by their type.
            default ->
                switch (codePoint) {
                    case 0x0E33, 0x0EB3, 0xFF9E, 0xFF9F, 0x200C -> true;
                    default -> false;
                };
        };
    }

    /** Chinese and Japanese characters, which follow a stop without white space. */
    static boolean isWide(int codePoint) {
        if (codePoint < 0x2E80) {
            return false;
        }
        if (codePoint <= 0x303F || codePoint >= 0xFF00 && codePoint <= 0xFFEF) {
            return true;
        }
        return switch (UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO -> true;
            default -> false;
        };
    }

    /** Scripts that put no white space between words. */
    static boolean isSpaceless(int codePoint) {
        if (codePoint < 0x0E00) {
            return false;
        }
        return isWide(codePoint)
                || switch (UnicodeScript.of(codePoint)) {
                    case THAI, LAO, KHMER, MYANMAR -> true;
                    default -> false;
                };
    }
}
