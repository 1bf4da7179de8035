// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

/** Looks ahead in and behind a line of Markdown. Answers are indices, or what {@link TextPreparer} defines for none and for undecided. */
final class Lines {
    /** Longer lines are no tables or fences, and more white space than this is not looked through. */
    private static final int LONGEST = 1_000;

    private static final int SHORTEST_RULE = 3;

    private Lines() {}

    static boolean isBreak(int codePoint) {
        return codePoint == '\n' || codePoint == '\r';
    }

    static boolean isBlank(int codePoint) {
        return codePoint == ' ' || codePoint == '\t';
    }

    /** The first char from {@code at} that is not a space or tab, or the end of the text. */
    static int content(TextWindow text, int at) {
        int end = at;
        while (isBlank(text.codePointAt(end)) && end - at < LONGEST) {
            end++;
        }
        return settled(text, end);
    }

    /** The first char from {@code at} that is no white space, or the end of the text. */
    static int nextContent(TextWindow text, int at) {
        int end = at;
        while (Punctuation.isSpace(text.codePointAt(end)) && end - at < LONGEST) {
            end++;
        }
        return settled(text, end);
    }

    /** Where the line at {@code at} ends: at its break or at the end of the text. */
    static int end(TextWindow text, int at) {
        int end = at;
        while (end < text.end() && !isBreak(text.codePointAt(end))) {
            if (end - at > LONGEST) {
                return TextPreparer.NO_MATCH;
            }
            end++;
        }
        return settled(text, end);
    }

    /** The index behind the line break at {@code at}. */
    static int behindBreak(TextWindow text, int at) {
        if (text.codePointAt(at) != '\r') {
            return at + 1;
        }
        int next = settled(text, at + 1);
        return next >= 0 && text.codePointAt(next) == '\n' ? next + 1 : next;
    }

    /** The end of the line, if it is a rule or an underline: three or more of {@code - * _ =}. */
    static int ruleEnd(TextWindow text, int at) {
        int mark = text.codePointAt(at);
        if (mark != '-' && mark != '*' && mark != '_' && mark != '=') {
            return TextPreparer.NO_MATCH;
        }
        int end = at;
        int marks = 0;
        while (end - at < LONGEST && (text.codePointAt(end) == mark || isBlank(text.codePointAt(end)))) {
            marks += text.codePointAt(end) == mark ? 1 : 0;
            end++;
        }
        return lineWith(text, end, marks >= SHORTEST_RULE);
    }

    /** The end of the line, if it is the row of a table that divides the head from the body: {@code |---|:--:|}. */
    static int dividerEnd(TextWindow text, int at) {
        int end = at;
        boolean dash = false;
        for (int c;
                end - at < LONGEST && ((c = text.codePointAt(end)) == '|' || c == '-' || c == ':' || isBlank(c));
                end++) {
            dash |= c == '-';
        }
        return lineWith(text, end, dash);
    }

    /** The end of the line below the one at {@code at}, if it divides the head of a table from its body. */
    static int dividerBelow(TextWindow text, int at) {
        int end = end(text, at);
        if (end < 0) {
            return end;
        }
        if (end == text.end()) {
            return TextPreparer.NO_MATCH;
        }
        int below = behindBreak(text, end);
        int content = below < 0 ? below : content(text, below);
        if (content < 0) {
            return content;
        }
        return text.codePointAt(content) == '|' ? dividerEnd(text, content) : TextPreparer.NO_MATCH;
    }

    /** The end of the line that closes the fence, if it does. */
    static int fenceEnd(TextWindow text, int at, Fence fence) {
        int end = at;
        while (text.codePointAt(end) == fence.mark() && end - at < LONGEST) {
            end++;
        }
        int marks = end - at;
        while (isBlank(text.codePointAt(end)) && end - at < LONGEST) {
            end++;
        }
        return lineWith(text, end, marks >= fence.length());
    }

    /** The end of the line, if it ends at {@code end} and is what was sought. */
    private static int lineWith(TextWindow text, int end, boolean sought) {
        int c = text.codePointAt(end);
        if (c == TextWindow.NOTHING && !text.isClosed()) {
            return TextPreparer.WAIT;
        }
        return sought && (c == TextWindow.NOTHING || isBreak(c)) ? end : TextPreparer.NO_MATCH;
    }

    private static int settled(TextWindow text, int end) {
        return end >= text.end() && !text.isClosed() ? TextPreparer.WAIT : end;
    }
}
