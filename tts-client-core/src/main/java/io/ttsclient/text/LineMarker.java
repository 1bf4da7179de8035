// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

/**
 * What a line begins with. Reads at most a few characters, however long the line.
 *
 * @param kind of line
 * @param end index behind the marker and before the white space that follows it
 */
record LineMarker(Kind kind, int end) {
    enum Kind {
        /** Nothing: prose. */
        NONE,
        HEADING,
        BULLET,
        NUMBER,
        QUOTE,
        ROW,
        FENCE,
        /** More text is needed to tell. */
        WAIT
    }

    static final int FENCE_LENGTH = 3;
    private static final int MAX_HEADING = 6;
    private static final int MAX_DIGITS = 3;
    private static final LineMarker NOTHING = new LineMarker(Kind.NONE, 0);
    private static final LineMarker UNDECIDED = new LineMarker(Kind.WAIT, 0);

    /** The marker at {@code start}, the first char of the line that is not white space. */
    static LineMarker at(TextWindow text, int start) {
        return switch (text.codePointAt(start)) {
            case '#' -> run(text, start, '#', MAX_HEADING, Kind.HEADING);
            case '-', '+', '*', '•', '◦', '‣', '▪', '●', '○' -> spaced(text, start + 1, Kind.BULLET);
            case '・' -> new LineMarker(Kind.BULLET, start + 1);
            case '>' -> quote(text, start + 1);
            case '|' -> new LineMarker(Kind.ROW, start + 1);
            case '`' -> run(text, start, '`', FENCE_LENGTH, Kind.FENCE);
            case '~' -> run(text, start, '~', FENCE_LENGTH, Kind.FENCE);
            case '(' -> number(text, start + 1, true);
            default -> number(text, start, false);
        };
    }

    private static LineMarker run(TextWindow text, int start, int mark, int length, Kind kind) {
        int end = start;
        while (end - start < length && text.codePointAt(end) == mark) {
            end++;
        }
        if (kind == Kind.HEADING) {
            return spaced(text, end, kind);
        }
        if (end - start == length) {
            return new LineMarker(kind, end);
        }
        return isOpenEnd(text, end) ? UNDECIDED : NOTHING;
    }

    private static LineMarker quote(TextWindow text, int end) {
        return text.codePointAt(end) == '>' ? new LineMarker(Kind.QUOTE, end) : spaced(text, end, Kind.QUOTE);
    }

    /** {@code 1.}, {@code 12)}, {@code a)}, {@code (3)}, {@code 1、}. */
    private static LineMarker number(TextWindow text, int start, boolean bracketed) {
        int end = start;
        while (end - start < MAX_DIGITS && Character.isDigit(text.codePointAt(end))) {
            end++;
        }
        boolean digits = end > start;
        if (!digits && isLetter(text.codePointAt(start))) {
            end++;
        }
        if (isOpenEnd(text, end)) {
            return UNDECIDED;
        }
        if (end == start) {
            return NOTHING;
        }
        int mark = text.codePointAt(end);
        if (mark == ')' || mark == '.' && digits && !bracketed) {
            return spaced(text, end + 1, Kind.NUMBER);
        }
        return mark == '、' && digits && !bracketed ? new LineMarker(Kind.NUMBER, end + 1) : NOTHING;
    }

    private static boolean isLetter(int codePoint) {
        return codePoint >= 'a' && codePoint <= 'z' || codePoint >= 'A' && codePoint <= 'Z';
    }

    private static LineMarker spaced(TextWindow text, int end, Kind kind) {
        if (isOpenEnd(text, end)) {
            return UNDECIDED;
        }
        int next = text.codePointAt(end);
        return next == TextWindow.NOTHING || Punctuation.isSpace(next) ? new LineMarker(kind, end) : NOTHING;
    }

    private static boolean isOpenEnd(TextWindow text, int index) {
        return index >= text.end() && !text.isClosed();
    }
}
