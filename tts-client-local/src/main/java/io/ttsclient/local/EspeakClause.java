// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A stretch of a text without a pause inside, and what ends it.
 *
 * @param line what espeak-ng is asked: one line, without what would end a clause
 * @param start index in the text of its first char
 * @param end index behind its last char
 * @param mark the symbol of what ends it, empty where only a limit on length does
 * @param markEnd index behind what ends it
 */
record EspeakClause(String line, int start, int end, String mark, int markEnd) {
    /** espeak-ng reads lines of less than 1000 bytes, and a char may take four. */
    private static final int LONGEST = 240;

    private static final String CLOSING = "\"'”’»)]}」』";
    /** Marks of other scripts that need no space behind them, and their plain forms in the same order. */
    private static final String WIDE = "。．！？，、；：؟،؛।॥\u037E";

    private static final String WIDE_PLAIN = "..!?,,;:?,;..?";
    private static final String MARKS = ".!?,;:";

    /** Their period is no end of a sentence, in the languages where they are written. */
    private static final Set<String> ABBREVIATIONS =
            Set.of("Dr Prof Mr Mrs Ms St Sr Sra Srta Mme Mlle Nr Hr Fr Ing Dott Sig Dña Mag Lic".split(" "));

    /** The clauses of {@code text} that have something to say, in order. */
    static List<EspeakClause> of(String text) {
        List<EspeakClause> clauses = new ArrayList<>();
        int start = 0;
        int at = 0;
        while (at < text.length()) {
            int markEnd = markEnd(text, start, at);
            if (markEnd > at) {
                add(text, start, at, mark(text, at, markEnd), markEnd, clauses);
                start = markEnd;
                at = markEnd;
            } else {
                at += Character.charCount(text.codePointAt(at));
            }
        }
        add(text, start, text.length(), "", text.length(), clauses);
        return clauses;
    }

    /** Behind the marks at {@code at} and what closes with them, or {@code at} where no clause ends. */
    private static int markEnd(String text, int start, int at) {
        char c = text.charAt(at);
        if (WIDE.indexOf(c) >= 0 || c == '…' || c == '—' || c == '\u2028' || c == '\u2029') {
            return skip(text, at + 1);
        }
        if (c == '-' || c == '–') {
            boolean apart = at > 0 && blank(text, at - 1) && blank(text, at + 1);
            return apart ? at + 1 : at;
        }
        if (c == '\n') {
            int next = at + 1;
            while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\r')) {
                next++;
            }
            return next < text.length() && text.charAt(next) == '\n' ? next + 1 : at;
        }
        if (MARKS.indexOf(c) < 0) {
            return at;
        }
        int end = skip(text, at + 1);
        boolean ends = blank(text, end) && !(c == '.' && end == at + 1 && abbreviated(text, start, at));
        return ends ? end : at;
    }

    private static int skip(String text, int at) {
        int end = at;
        while (end < text.length() && (MARKS + WIDE + CLOSING + "…").indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }

    private static boolean blank(String text, int at) {
        return at >= text.length() || Character.isWhitespace(text.charAt(at));
    }

    /** A short form is behind it, or a small letter follows. */
    private static boolean abbreviated(String text, int start, int at) {
        int next = at + 1;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        if (next >= text.length()) {
            return false;
        }
        int wordStart = at;
        while (wordStart > start && Character.isLetter(text.charAt(wordStart - 1))) {
            wordStart--;
        }
        return Character.isLowerCase(text.codePointAt(next)) || ABBREVIATIONS.contains(text.substring(wordStart, at));
    }

    private static String mark(String text, int start, int end) {
        char strongest = ',';
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            int wide = WIDE.indexOf(c);
            char plain = wide >= 0 ? WIDE_PLAIN.charAt(wide) : c == '\n' || c == '\u2028' || c == '\u2029' ? '.' : c;
            strongest = ",:;.!?".indexOf(plain) > ",:;.!?".indexOf(strongest) ? plain : strongest;
        }
        boolean ellipsis = text.charAt(start) == '…' || (end - start > 2 && text.startsWith("...", start));
        int next = end;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        boolean goesOn = next < text.length() && Character.isLowerCase(text.codePointAt(next));
        return ellipsis && strongest != '?' && strongest != '!' ? goesOn ? "," : "." : String.valueOf(strongest);
    }

    private static void add(String text, int from, int to, String mark, int markEnd, List<EspeakClause> clauses) {
        int start = from;
        int end = to;
        while (start < end && !speakable(text, start)) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (end > start && !speakable(text, end - 1) && !joining(text.charAt(end - 1))) {
            end--;
        }
        if (start == end) {
            return;
        }
        while (end - start > LONGEST) {
            int cut = cut(text, start, start + LONGEST);
            if (hasSpeech(text, start, cut)) {
                clauses.add(new EspeakClause(line(text.substring(start, cut)), start, cut, "", cut));
            }
            start = cut;
            while (start < end && Character.isWhitespace(text.charAt(start))) {
                start++;
            }
        }
        if (hasSpeech(text, start, end)) {
            // Its period tells "etc." and "a.m." from words.
            boolean period = end < text.length() && text.charAt(end) == '.';
            String line = line(text.substring(start, end)) + (period ? "." : "");
            clauses.add(new EspeakClause(line, start, end, mark, markEnd));
        }
    }

    /** A place to cut at or before {@code limit}: a space if there is one, never inside a code point. */
    private static int cut(String text, int start, int limit) {
        for (int i = limit; i > start + LONGEST / 2; i--) {
            if (Character.isWhitespace(text.charAt(i))) {
                return i;
            }
        }
        return Character.isLowSurrogate(text.charAt(limit)) ? limit - 1 : limit;
    }

    private static boolean hasSpeech(String text, int start, int end) {
        return text.substring(start, end).codePoints().anyMatch(Character::isLetterOrDigit);
    }

    private static boolean speakable(String text, int at) {
        char c = text.charAt(at);
        int codePoint = Character.isLowSurrogate(c) && at > 0 ? text.codePointAt(at - 1) : text.codePointAt(at);
        return Character.isLetterOrDigit(codePoint)
                || "$€£¥+#@&%".indexOf(c) >= 0
                || (c == '-' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1)));
    }

    /** A vowel sign or accent belongs to the letter before it. */
    private static boolean joining(char c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    /** On one line, and without the brackets that espeak-ng takes for phonemes. */
    private static String line(String clause) {
        StringBuilder line = new StringBuilder(clause.length());
        clause.codePoints().forEach(c -> {
            boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            line.appendCodePoint(Character.isISOControl(c) || c == '[' || c == ']' || surrogate ? ' ' : c);
        });
        return line.toString();
    }

    @Override
    public String toString() {
        return "EspeakClause[" + start + ".." + end + "]";
    }
}
