// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.List;
import java.util.stream.Stream;

/** Reads what starts with a digit, a currency sign or the bracket of an area code. */
final class NumberReader {
    private final FoldedText text;
    private final SpokenText out;

    NumberReader(FoldedText text, SpokenText out) {
        this.text = text;
        this.out = out;
    }

    /** Returns the index behind what was read, or {@code at} where no number starts. */
    int read(int at) {
        char c = text.at(at);
        boolean digit = FoldedText.isDigit(c);
        if (!digit && !opensNumber(c, at)) {
            return at;
        }
        if (digit && behindLetters(at)) {
            return readName(at);
        }
        for (NumberFormat format : Formats.ALL) {
            int end = format.read(text, at, out);
            if (end > at) {
                return end;
            }
        }
        return at;
    }

    /** A currency sign, perhaps behind letters as in US$5, the bracket of an area code, or the plus of a country code. */
    private boolean opensNumber(char c, int at) {
        if ("$€£¥₹(+".indexOf(c) >= 0) {
            return true;
        }
        boolean dollars = text.at(at + 1) == '$' || (text.capitalAt(at + 1) && text.at(at + 2) == '$');
        return FoldedText.isCapital(c) && dollars && !text.wordCharAt(at - 1);
    }

    /** Right behind a letter, perhaps with a hyphen between: MP3, GPT-4, SHA-256. */
    private boolean behindLetters(int at) {
        return text.letterAt(at - 1)
                || (text.at(at - 1) == '-' && text.letterAt(at - 2) && text.at(text.digitsEnd(at)) != 's');
    }

    private int readName(int at) {
        int end = text.digitsEnd(at);
        String digits = text.between(at, end);
        if (text.at(end) == '.' && text.digitAt(end + 1)) {
            int decimals = text.digitsEnd(end + 1);
            return versionEnd(at, decimals);
        }
        boolean leadingZero = digits.charAt(0) == '0';
        if (digits.length() < 3 || leadingZero || digits.length() > 4) {
            out.words(
                    leadingZero || digits.length() > 4 ? NumberWords.digits(digits) : NumberWords.written(digits),
                    at,
                    end);
        } else {
            boolean thousands = digits.length() == 4 && digits.endsWith("000");
            out.words(thousands ? NumberWords.written(digits) : NumberWords.inPairs(digits), at, end);
        }
        return end;
    }

    private int versionEnd(int at, int decimalsEnd) {
        int end = decimalsEnd;
        while (text.at(end) == '.' && text.digitAt(end + 1)) {
            end = text.digitsEnd(end + 1);
        }
        out.words(NumberWords.written(text.between(at, text.digitsEnd(at))), at, end);
        for (int dot = text.digitsEnd(at); dot < end; dot = text.digitsEnd(dot + 1)) {
            out.words("point " + NumberWords.written(text.between(dot + 1, text.digitsEnd(dot + 1))), at, end);
        }
        return end;
    }

    /** Loaded with the first number, not with the first text. */
    private static final class Formats {
        static final List<NumberFormat> ALL = Stream.of(
                        NumberFormats.GROUPED,
                        DateTimeFormats.ALL,
                        NumberFormats.DECADES,
                        QuantityFormats.ALL,
                        NumberFormats.PLAIN)
                .flatMap(List::stream)
                .toList();
    }
}
