// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

/**
 * Code between runs of backticks of the same length, within a paragraph.
 *
 * @param from index of the code
 * @param to index behind the code
 * @param end index behind the closing backticks; or what {@link TextPreparer} defines for none and for undecided
 */
record CodeSpan(int from, int to, int end) {
    private static final int LONGEST = 500;
    private static final int LONGEST_RUN = 64;

    /** The code whose backticks begin at {@code start}. */
    static CodeSpan at(TextWindow text, int start) {
        int from = behindTicks(text, start);
        boolean blankLine = false;
        int i = from;
        while (i - from <= LONGEST) {
            int c = text.codePointAt(i);
            if (c == TextWindow.NOTHING || c == '\n' && blankLine) {
                break;
            }
            blankLine = c == '\n' || blankLine && Punctuation.isSpace(c);
            if (c != '`') {
                i += Character.charCount(c);
                continue;
            }
            int behind = behindTicks(text, i);
            if (behind - i == from - start && (behind < text.end() || text.isClosed())) {
                return new CodeSpan(from, i, behind);
            }
            i = behind;
        }
        boolean open = i >= text.end() && !text.isClosed();
        return new CodeSpan(from, i, open ? TextPreparer.WAIT : TextPreparer.NO_MATCH);
    }

    private static int behindTicks(TextWindow text, int at) {
        int end = at;
        while (text.codePointAt(end) == '`' && end - at < LONGEST_RUN) {
            end++;
        }
        return end;
    }
}
