// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * A text reduced to ASCII and a few symbols that mean something when read aloud, and where each of its chars came from.
 *
 * <p>Accents go, typographic quotes and dashes become plain ones, digits of any script become 0 to 9, and what English
 * cannot read (other scripts, emoji) becomes a space. Everything after this step has few cases to think of. Immutable.
 */
final class FoldedText {
    /** Not ASCII, and yet kept: they are read as words. */
    private static final String KEPT = "€£¥₹¢°µ²³×÷±≈≤≥≠→§";

    private static final String FRACTION_SLASH = "\u2044";

    private final String chars;
    /** Indices in the source of each char's first char and of the one behind its last. */
    private final int[] starts;

    private final int[] ends;
    private final int sourceLength;

    private FoldedText(String chars, int[] starts, int[] ends, int sourceLength) {
        this.chars = chars;
        this.starts = starts;
        this.ends = ends;
        this.sourceLength = sourceLength;
    }

    static FoldedText of(String source) {
        StringBuilder chars = new StringBuilder(source.length() + 8);
        int[] starts = new int[source.length() + 8];
        int[] ends = new int[source.length() + 8];
        int at = 0;
        while (at < source.length()) {
            int codePoint = source.codePointAt(at);
            int end = at + Character.charCount(codePoint);
            int before = chars.length();
            if (codePoint < 0x80) {
                chars.append(codePoint == 0 ? ' ' : (char) codePoint);
            } else if (joinsThePrevious(codePoint)) {
                if (before > 0 && ends[before - 1] == at) {
                    ends[before - 1] = end;
                }
            } else {
                fold(codePoint, chars);
            }
            if (chars.length() > starts.length) {
                starts = Arrays.copyOf(starts, chars.length() * 2);
                ends = Arrays.copyOf(ends, chars.length() * 2);
            }
            Arrays.fill(starts, before, chars.length(), at);
            Arrays.fill(ends, before, chars.length(), end);
            at = end;
        }
        return new FoldedText(chars.toString(), starts, ends, source.length());
    }

    /** Accents, joiners, variation selectors, soft hyphens: no char of their own. */
    private static boolean joinsThePrevious(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT
                || codePoint == 0x200B;
    }

    private static void fold(int codePoint, StringBuilder chars) {
        if (codePoint >= 'Α' && codePoint <= 'Ω') {
            chars.append((char) (codePoint - 'Α' + 'α'));
            return;
        }
        if (KEPT.indexOf(codePoint) >= 0 || (codePoint >= 'α' && codePoint <= 'ω' && codePoint != 'μ')) {
            chars.append((char) codePoint);
            return;
        }
        String plain = plain(codePoint);
        if (!plain.isEmpty()) {
            chars.append(plain);
            return;
        }
        int digit = Character.digit(codePoint, 10);
        if (digit >= 0) {
            chars.append((char) ('0' + digit));
            return;
        }
        String decomposed = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD);
        boolean vulgarFraction = decomposed.contains(FRACTION_SLASH);
        if (vulgarFraction && chars.length() > 0 && Character.isDigit(chars.charAt(chars.length() - 1))) {
            chars.append(' ');
        }
        int before = chars.length();
        for (int i = 0; i < decomposed.length(); i++) {
            char c = decomposed.charAt(i);
            if (c < 0x80) {
                chars.append(c);
            } else if (c == FRACTION_SLASH.charAt(0)) {
                chars.append('/');
            }
        }
        if (chars.length() == before) {
            chars.append(' ');
        }
    }

    /** What NFKD does not know, or would take for something else. */
    private static String plain(int codePoint) {
        return switch (codePoint) {
            case '\u2018', '\u2019', '\u201A', '\u201B', '\u2032', '\u02BC', '\u00B4' -> "'";
            case '\u201C', '\u201D', '\u201E', '\u201F', '\u2033', '«', '»', '「', '」' -> "\"";
            case '\u2010', '\u2011', '\u2212' -> "-";
            case '\u2012', '\u2013', '\u2014', '\u2015' -> "\u2013";
            case '\u2026' -> "...";
            case '\u2022', '\u25CF', '\u25AA' -> "\u2022";
            case '\u2028', '\u2029', '\u0085' -> "\n";
            case '\u3001' -> ",";
            case '\u3002' -> ".";
            case '\u2044', '\u2215' -> "/";
            case 'ß' -> "ss";
            case 'æ' -> "ae";
            case 'Æ' -> "Ae";
            case 'œ' -> "oe";
            case 'Œ' -> "Oe";
            case 'ø' -> "o";
            case 'Ø' -> "O";
            case 'ł' -> "l";
            case 'Ł' -> "L";
            case 'đ', 'ð' -> "d";
            case 'Đ', 'Ð' -> "D";
            case 'þ' -> "th";
            case 'Þ' -> "Th";
            case 'ı' -> "i";
            case '\u2126' -> "ω";
            case 'μ', 'µ' -> "µ";
            case '№' -> "No. ";
            case '™', '®', '©', '¡', '¿' -> " ";
            default -> "";
        };
    }

    int length() {
        return chars.length();
    }

    String chars() {
        return chars;
    }

    /** The char at {@code index}, a space outside the text. */
    char at(int index) {
        return index >= 0 && index < chars.length() ? chars.charAt(index) : ' ';
    }

    boolean letterAt(int index) {
        return isLetter(at(index));
    }

    boolean capitalAt(int index) {
        return isCapital(at(index));
    }

    boolean digitAt(int index) {
        return isDigit(at(index));
    }

    boolean wordCharAt(int index) {
        return letterAt(index) || digitAt(index);
    }

    boolean spaceAt(int index) {
        return at(index) <= ' ';
    }

    /** Behind the letters that start at {@code index}. */
    int lettersEnd(int index) {
        int end = index;
        while (letterAt(end)) {
            end++;
        }
        return end;
    }

    /** Behind the digits that start at {@code index}. */
    int digitsEnd(int index) {
        int end = index;
        while (digitAt(end)) {
            end++;
        }
        return end;
    }

    /** The first char at or behind {@code index} that is no white space, or the length. */
    int skipSpaces(int index) {
        int at = index;
        while (at < chars.length() && spaceAt(at)) {
            at++;
        }
        return at;
    }

    String between(int start, int end) {
        return chars.substring(start, end);
    }

    /** Where in the source the char at {@code index} starts; the source's length behind the last one. */
    int sourceStart(int index) {
        return index < chars.length() ? starts[index] : sourceLength;
    }

    /** Where in the source the chars before {@code end} end. */
    int sourceEnd(int end) {
        return end == 0 ? 0 : ends[end - 1];
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
