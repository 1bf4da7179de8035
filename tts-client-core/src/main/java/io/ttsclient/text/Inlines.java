// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import io.ttsclient.text.TextPreparation.Treatment;
import java.util.ArrayDeque;
import java.util.Deque;

/** Reads what stands within a line: code, links, emphasis, addresses, emoji, and the prose between them. */
final class Inlines {
    private static final int LONGEST_SIGNS = 64;
    private static final int MOST_NESTED = 8;
    private static final String ESCAPABLE = "*_`#[]()|~>-+.!";

    private final TextWindow text;
    private final PreparedOutput output;
    private final TextPreparation settings;
    private final boolean markdown;
    private final boolean code;
    private final boolean urls;
    private final boolean emoji;
    private final Emphasis emphasis;

    /** The links whose text is being read, the innermost first. */
    private final Deque<MarkdownLink> links = new ArrayDeque<>();

    Inlines(TextWindow text, PreparedOutput output, TextPreparation settings, Emphasis emphasis) {
        this.text = text;
        this.output = output;
        this.settings = settings;
        this.emphasis = emphasis;
        markdown = settings.markdown() != Treatment.OFF;
        // Where one sign is markup, code and addresses must be told apart even to be left as they are.
        code = markdown || settings.code() != Treatment.OFF;
        urls = code || settings.urls() != Treatment.OFF;
        emoji = settings.emoji() != Treatment.OFF;
    }

    /**
     * Reads something at {@code at}, where text is, and returns the index behind it, or {@link TextPreparer#WAIT}.
     *
     * @param rowStart what was visible before this row of a table; negative if the line is none
     */
    int read(int at, int rowStart) {
        int codePoint = text.codePointAt(at);
        int end = special(codePoint, at, rowStart);
        if (end == TextPreparer.NO_MATCH) {
            end = at + Character.charCount(codePoint);
            while (end < text.end() && !maySpecial(end)) {
                end += Character.charCount(text.codePointAt(end));
            }
            output.copy(at, end);
        }
        return end;
    }

    private boolean maySpecial(int at) {
        int codePoint = text.codePointAt(at);
        if (codePoint == '\n' || codePoint == '\r' || emoji && Emoji.mayStart(codePoint)) {
            return true;
        }
        return switch (codePoint) {
            case '`' -> code;
            case '\\', '[', ']', '!', '<', '|', '*', '_', '~' -> markdown;
            case 'h', 'H', 'w', 'W' -> urls && BareUrl.mayStart(codePoint, text.codePointBefore(at));
            default -> false;
        };
    }

    private int special(int codePoint, int at, int rowStart) {
        if (emoji) {
            int end = Emoji.end(text, at);
            if (end != TextPreparer.NO_MATCH) {
                return end == TextPreparer.WAIT ? end : emoji(codePoint, at, end);
            }
        }
        if (code && codePoint == '`') {
            return code(at);
        }
        if (urls && BareUrl.mayStart(codePoint, text.codePointBefore(at))) {
            return url(at, 0);
        }
        return markdown ? markup(codePoint, at, rowStart) : TextPreparer.NO_MATCH;
    }

    private int emoji(int codePoint, int at, int end) {
        if (settings.emoji() == Treatment.SPEAKABLE && Emoji.isKeycapBase(codePoint)) {
            output.replace(Character.toString(codePoint), at, end);
        } else {
            output.leaveOut();
        }
        return end;
    }

    private int markup(int codePoint, int at, int rowStart) {
        return switch (codePoint) {
            case '\\' -> escape(at);
            case '!' -> image(at);
            case '[' -> link(at, at);
            case ']' -> linkEnd(at);
            case '<' -> angle(at);
            case '|' -> rowStart >= 0 ? cell(at, rowStart) : TextPreparer.NO_MATCH;
            case '*', '_', '~' -> emphasis(codePoint, at);
            default -> TextPreparer.NO_MATCH;
        };
    }

    private int escape(int at) {
        int next = text.codePointAt(at + 1);
        if (next == TextWindow.NOTHING) {
            return text.isClosed() ? TextPreparer.NO_MATCH : TextPreparer.WAIT;
        }
        if (ESCAPABLE.indexOf(next) < 0) {
            return TextPreparer.NO_MATCH;
        }
        output.copy(at + 1, at + 2);
        return at + 2;
    }

    private int emphasis(int sign, int at) {
        int end = at;
        while (text.codePointAt(end) == sign && end - at < LONGEST_SIGNS) {
            end++;
        }
        int after = text.codePointAt(end);
        if (after == TextWindow.NOTHING && !text.isClosed()) {
            return TextPreparer.WAIT;
        }
        int before = text.codePointBefore(at);
        boolean product = end - at == 1
                && before == ' '
                && Character.isDigit(after)
                && Character.isDigit(text.codePointBefore(at - 1));
        if (product || !emphasis.take(sign, end - at, before, after)) {
            output.copy(at, end);
        }
        return end;
    }

    private int code(int at) {
        CodeSpan span = CodeSpan.at(text, at);
        if (span.end() == TextPreparer.NO_MATCH) {
            output.copy(at, span.from());
            return span.from();
        }
        if (span.end() >= 0) {
            switch (settings.code()) {
                case OFF -> output.copy(at, span.end());
                case DROPPED -> output.leaveOut();
                case SPEAKABLE -> words(span.from(), span.to());
            }
        }
        return span.end();
    }

    /** A name in code, its parts as words. */
    private void words(int start, int end) {
        int from = start;
        int to = end;
        while (from < to && text.codePointAt(from) == ' ') {
            from++;
        }
        while (to > from && text.codePointAt(to - 1) == ' ') {
            to--;
        }
        int word = from;
        for (int i = from; i < to; i++) {
            if (text.codePointAt(i) == '_') {
                output.copy(word, i);
                output.replace(" ", i, i + 1);
                word = i + 1;
            }
        }
        output.copy(word, to);
    }

    private int url(int at, int brackets) {
        BareUrl url = BareUrl.at(text, at + brackets);
        if (url.end() < 0) {
            return url.end();
        }
        int end = url.end() + brackets;
        switch (settings.urls()) {
            case OFF -> output.copy(at + brackets, url.end());
            case SPEAKABLE -> output.replace(url.host(), at, end);
            case DROPPED -> output.leaveOut();
        }
        return end;
    }

    private int image(int at) {
        int bracket = text.codePointAt(at + 1);
        if (bracket == TextWindow.NOTHING && !text.isClosed()) {
            return TextPreparer.WAIT;
        }
        return bracket == '[' ? link(at, at + 1) : TextPreparer.NO_MATCH;
    }

    /**
     * Leaves out what is around the text of a link, which is read as any other text.
     */
    private int link(int at, int bracket) {
        MarkdownLink link = MarkdownLink.at(text, bracket);
        if (link.end() == TextPreparer.WAIT) {
            return TextPreparer.WAIT;
        }
        int first = text.codePointAt(bracket + 1);
        if (first == '^') {
            return footnote(bracket);
        }
        if (link.end() == TextPreparer.NO_MATCH || links.size() >= MOST_NESTED || isIndex(at, link)) {
            return TextPreparer.NO_MATCH;
        }
        if (at < bracket && settings.markdown() == Treatment.DROPPED || bracket + 1 == link.textEnd()) {
            output.leaveOut();
            return link.end();
        }
        links.push(link);
        return bracket + 1;
    }

    /** Prose about programs has {@code rows[0][1]}. */
    private boolean isIndex(int at, MarkdownLink link) {
        int before = text.codePointBefore(at);
        return text.codePointAt(link.textEnd() + 1) == '['
                && Character.isLetterOrDigit(before)
                && !Punctuation.isSpaceless(before);
    }

    /** A reference to a footnote, {@code [^1]}: left out. */
    private int footnote(int bracket) {
        int end = bracket + 2;
        while (Character.isLetterOrDigit(text.codePointAt(end)) && end - bracket < LONGEST_SIGNS) {
            end++;
        }
        if (text.codePointAt(end) != ']' || end == bracket + 2) {
            return TextPreparer.NO_MATCH;
        }
        output.leaveOut();
        return end + 1;
    }

    private int linkEnd(int at) {
        while (!links.isEmpty() && links.element().textEnd() < at) {
            links.pop();
        }
        return !links.isEmpty() && links.element().textEnd() == at ? links.pop().end() : TextPreparer.NO_MATCH;
    }

    /** {@code <https://example.com>} and tags of HTML. */
    private int angle(int at) {
        if (BareUrl.mayStart(text.codePointAt(at + 1), '<')) {
            BareUrl url = BareUrl.at(text, at + 1);
            if (url.end() == TextPreparer.WAIT) {
                return TextPreparer.WAIT;
            }
            if (url.end() >= 0 && text.codePointAt(url.end()) == '>') {
                return url(at, 1);
            }
        }
        HtmlTag tag = HtmlTag.at(text, at);
        if (tag.end() >= 0 && tag.dividesLines()) {
            output.replace("\n", at, tag.end());
        }
        return tag.end();
    }

    /** Between two cells of a row stands a comma. */
    private int cell(int at, int rowStart) {
        int next = at + 1;
        while (text.codePointAt(next) == ' ' && next - at < LONGEST_SIGNS) {
            next++;
        }
        int following = text.codePointAt(next);
        if (following == TextWindow.NOTHING && !text.isClosed()) {
            return TextPreparer.WAIT;
        }
        boolean last = following == TextWindow.NOTHING || following == '\n' || following == '\r';
        if (!last && following != '|' && output.visible() > rowStart) {
            output.attach(", ", at, next);
        }
        return next;
    }
}
