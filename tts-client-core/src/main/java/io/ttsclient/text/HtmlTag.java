// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import java.util.Locale;
import java.util.Set;

/**
 * A bare tag of HTML, as language models mix them into Markdown. One with attributes is left alone: {@code a <b and c> d} is
 * prose.
 *
 * @param end index behind the tag; or what {@link TextPreparer} defines for none and for undecided
 * @param dividesLines whether what follows stands on a line of its own
 */
record HtmlTag(int end, boolean dividesLines) {
    private static final Set<String> INLINE =
            Set.of("b", "i", "u", "s", "em", "strong", "sub", "sup", "small", "mark", "kbd", "code", "span");
    private static final Set<String> BLOCKS =
            Set.of("br", "p", "div", "hr", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote");
    private static final int LONGEST_NAME = 10;
    private static final HtmlTag NONE = new HtmlTag(TextPreparer.NO_MATCH, false);
    private static final HtmlTag UNDECIDED = new HtmlTag(TextPreparer.WAIT, false);

    /** The tag whose opening bracket is at {@code start}. */
    static HtmlTag at(TextWindow text, int start) {
        int name = start + (text.codePointAt(start + 1) == '/' ? 2 : 1);
        int end = name;
        while (end - name <= LONGEST_NAME && isNameChar(text.codePointAt(end))) {
            end++;
        }
        int close = end;
        while (close - end < 2 && (text.codePointAt(close) == ' ' || text.codePointAt(close) == '/')) {
            close++;
        }
        int last = text.codePointAt(close);
        if (last == TextWindow.NOTHING && !text.isClosed()) {
            return UNDECIDED;
        }
        String tag = text.substring(name, end).toLowerCase(Locale.ROOT);
        boolean block = BLOCKS.contains(tag);
        return last == '>' && (block || INLINE.contains(tag)) ? new HtmlTag(close + 1, block) : NONE;
    }

    private static boolean isNameChar(int codePoint) {
        return codePoint >= 'a' && codePoint <= 'z'
                || codePoint >= 'A' && codePoint <= 'Z'
                || codePoint >= '1' && codePoint <= '6';
    }
}
