// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

/**
 * A link or image in Markdown: {@code [text](target)} or {@code [text][reference]}.
 *
 * @param textEnd index of the bracket that closes the text
 * @param end index behind the link; or what {@link TextPreparer} defines for none and for undecided
 */
record MarkdownLink(int textEnd, int end) {
    private static final int LONGEST_TEXT = 400;
    private static final int LONGEST_TARGET = 2_000;
    private static final MarkdownLink NONE = new MarkdownLink(0, TextPreparer.NO_MATCH);
    private static final MarkdownLink UNDECIDED = new MarkdownLink(0, TextPreparer.WAIT);

    /** The link whose text opens with the bracket at {@code start}. */
    static MarkdownLink at(TextWindow text, int start) {
        int textEnd = closing(text, start, '[', ']', LONGEST_TEXT, true);
        if (textEnd < 0) {
            return textEnd == TextPreparer.WAIT ? UNDECIDED : NONE;
        }
        int next = text.codePointAt(textEnd + 1);
        if (next == TextWindow.NOTHING) {
            return text.isClosed() ? NONE : UNDECIDED;
        }
        if (next != '(' && next != '[') {
            return NONE;
        }
        int end = next == '('
                ? closing(text, textEnd + 1, '(', ')', LONGEST_TARGET, false)
                : closing(text, textEnd + 1, '[', ']', LONGEST_TEXT, false);
        return new MarkdownLink(textEnd, end < 0 ? end : end + 1);
    }

    /** The index of the bracket that closes the one at {@code start}, within its paragraph or its line. */
    private static int closing(TextWindow text, int start, int opening, int closing, int most, boolean lines) {
        int depth = 0;
        boolean blankLine = false;
        for (int i = start; i - start <= most; i++) {
            int c = text.codePointAt(i);
            if (c == TextWindow.NOTHING) {
                return text.isClosed() ? TextPreparer.NO_MATCH : TextPreparer.WAIT;
            }
            if (c == '\\') {
                i++;
            } else if (c == opening) {
                depth++;
            } else if (c == closing && --depth == 0) {
                return i;
            } else if (c == '\n' && (blankLine || !lines)) {
                return TextPreparer.NO_MATCH;
            }
            blankLine = c == '\n' || blankLine && Punctuation.isSpace(c);
        }
        return TextPreparer.NO_MATCH;
    }
}
