// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import io.ttsclient.text.TextPreparation.Treatment;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a line begins and ends with: fences, headings, list items, quotes, tables, rules.
 *
 * <pre>
 * mode      reads                      goes to
 * START     the marker of a line       INLINE; START behind a quote's sign; SKIP or COPY for lines that are not read further
 * INLINE    the line break only        START
 * SKIP      the line and its break     START
 * COPY      the line and its break     START
 * </pre>
 */
final class MarkdownBlocks {
    private enum Mode {
        START,
        INLINE,
        SKIP,
        COPY
    }

    private final TextWindow text;
    private final PreparedOutput output;
    private final Treatment markdown;
    private final Treatment code;
    private final Emphasis emphasis;

    private Mode mode = Mode.START;
    private LineMarker.Kind line = LineMarker.Kind.NONE;
    private int visibleBefore;
    private boolean goesOn;
    private boolean inList;
    private boolean inTable;
    private @Nullable Fence fence;

    MarkdownBlocks(TextWindow text, PreparedOutput output, TextPreparation settings, Emphasis emphasis) {
        this.text = text;
        this.output = output;
        this.emphasis = emphasis;
        markdown = settings.markdown();
        code = settings.code();
    }

    /** Whether what stands at {@code at} is to be read as the text of a line. */
    boolean isInline(int at) {
        return mode == Mode.INLINE && !Lines.isBreak(text.codePointAt(at));
    }

    /** How much was visible before this row of a table; negative if the line is none. */
    int rowStart() {
        return line == LineMarker.Kind.ROW ? visibleBefore : -1;
    }

    /** Reads on from {@code at}, where text is, and returns the index behind it, or {@link TextPreparer#WAIT}. */
    int read(int at) {
        return switch (mode) {
            case START -> fence == null ? start(at) : inFence(at, fence);
            case INLINE -> lineEnd(at);
            case SKIP, COPY -> rest(at);
        };
    }

    private int start(int at) {
        int content = Lines.content(text, at);
        if (content == TextPreparer.WAIT) {
            return content;
        }
        int first = text.codePointAt(content);
        if (first == TextWindow.NOTHING || Lines.isBreak(first)) {
            emphasis.reset();
            inTable = false;
            return inline(at, content, LineMarker.Kind.NONE);
        }
        LineMarker marker = LineMarker.at(text, content);
        if (marker.kind() == LineMarker.Kind.WAIT) {
            return TextPreparer.WAIT;
        }
        if (marker.kind() == LineMarker.Kind.FENCE) {
            return openFence(at, content);
        }
        if (markdown == Treatment.OFF) {
            return inline(at, content, LineMarker.Kind.NONE);
        }
        int rule = Lines.ruleEnd(text, content);
        if (rule >= 0) {
            mode = Mode.INLINE;
            line = LineMarker.Kind.NONE;
            return rule;
        }
        return rule == TextPreparer.WAIT ? rule : marked(at, content, marker);
    }

    private int marked(int at, int content, LineMarker marker) {
        inTable = inTable && marker.kind() == LineMarker.Kind.ROW;
        return switch (marker.kind()) {
            case HEADING -> without(marker.end(), LineMarker.Kind.HEADING);
            case QUOTE -> Math.min(text.end(), marker.end() + (Lines.isBlank(text.codePointAt(marker.end())) ? 1 : 0));
            case BULLET -> bullet(at, content, marker);
            case NUMBER -> {
                inList = true;
                yield inline(at, content, LineMarker.Kind.NUMBER);
            }
            case ROW -> row(at, content, marker);
            default -> {
                inList = inList && goesOn;
                yield inline(at, content, goesOn ? line : LineMarker.Kind.NONE);
            }
        };
    }

    /** Keeps the white space before {@code content}, and goes on with the text of the line. */
    private int inline(int at, int content, LineMarker.Kind kind) {
        output.copy(at, content);
        mode = Mode.INLINE;
        line = kind;
        if (!goesOn) {
            visibleBefore = output.visible();
        }
        goesOn = false;
        return content;
    }

    /** Leaves the marker out, and the white space behind it. */
    private int without(int markerEnd, LineMarker.Kind kind) {
        int content = Lines.content(text, markerEnd);
        if (content >= 0) {
            goesOn = false;
            inline(content, content, kind);
        }
        return content;
    }

    /** {@code - 5 degrees} is a list item only where others were before it. */
    private int bullet(int at, int content, LineMarker marker) {
        int item = Lines.content(text, marker.end());
        if (item == TextPreparer.WAIT) {
            return item;
        }
        int sign = text.codePointAt(content);
        if ((sign == '-' || sign == '+') && Character.isDigit(text.codePointAt(item)) && !inList) {
            return inline(at, content, LineMarker.Kind.NONE);
        }
        int box = text.codePointAt(item) == '[' ? item + "[x]".length() : item;
        if (box > item && box >= text.end() && !text.isClosed()) {
            return TextPreparer.WAIT;
        }
        boolean task = box > item && text.codePointAt(box - 1) == ']' && Lines.isBlank(text.codePointAt(box));
        inList = true;
        return without(task ? box : marker.end(), LineMarker.Kind.BULLET);
    }

    private int row(int at, int content, LineMarker marker) {
        if (!inTable) {
            int below = Lines.dividerBelow(text, content);
            if (below < 0) {
                return below == TextPreparer.WAIT ? below : inline(at, content, LineMarker.Kind.NONE);
            }
            inTable = true;
        }
        int divider = Lines.dividerEnd(text, content);
        if (divider == TextPreparer.WAIT) {
            return divider;
        }
        if (divider >= 0 && markdown == Treatment.DROPPED) {
            // The break of this line alone stays, and parts what was around the table.
            mode = Mode.INLINE;
            line = LineMarker.Kind.NONE;
            return divider;
        }
        if (divider >= 0 || markdown == Treatment.DROPPED) {
            mode = Mode.SKIP;
            return content;
        }
        return without(marker.end(), LineMarker.Kind.ROW);
    }

    private int openFence(int at, int content) {
        int lineEnd = Lines.end(text, content);
        if (lineEnd == TextPreparer.WAIT) {
            return lineEnd;
        }
        int info = content + LineMarker.FENCE_LENGTH;
        // Backticks that close on the same line are code within it.
        boolean within = lineEnd < 0
                || text.codePointAt(content) == '`'
                        && text.substring(info, lineEnd).strip().indexOf('`', 1) > 0;
        if (within) {
            return inline(at, content, LineMarker.Kind.NONE);
        }
        fence = Fence.opening(text.substring(content, lineEnd), code);
        mode = code == Treatment.OFF ? Mode.COPY : Mode.SKIP;
        return at;
    }

    private int inFence(int at, Fence open) {
        int content = Lines.content(text, at);
        int end = content < 0 ? content : Lines.fenceEnd(text, content, open);
        if (end == TextPreparer.WAIT) {
            return end;
        }
        if (end == TextPreparer.NO_MATCH) {
            mode = open.dropped() ? Mode.SKIP : Mode.COPY;
            return at;
        }
        if (code == Treatment.OFF) {
            output.copy(at, end);
        }
        fence = null;
        mode = Mode.INLINE;
        line = LineMarker.Kind.NONE;
        return end;
    }

    private int rest(int at) {
        int end = at;
        while (end < text.end() && !Lines.isBreak(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        boolean atBreak = end == at;
        int next = atBreak ? Lines.behindBreak(text, at) : end;
        if (next >= 0 && mode == Mode.COPY) {
            output.copy(at, next);
        }
        if (next >= 0 && atBreak) {
            mode = Mode.START;
        }
        return next;
    }

    /** Reads the line break at {@code at}; a heading, item or row that does not end with punctuation gets a stop. */
    private int lineEnd(int at) {
        int end = Lines.behindBreak(text, at);
        if (end == TextPreparer.WAIT) {
            return end;
        }
        if (line != LineMarker.Kind.NONE) {
            int next = Lines.nextContent(text, end);
            if (next == TextPreparer.WAIT) {
                return next;
            }
            LineMarker.Kind following = LineMarker.at(text, next).kind();
            if (following == LineMarker.Kind.WAIT) {
                return TextPreparer.WAIT;
            }
            goesOn = (line == LineMarker.Kind.BULLET || line == LineMarker.Kind.NUMBER)
                    && following == LineMarker.Kind.NONE
                    && next == Lines.content(text, end)
                    && Character.isLowerCase(text.codePointAt(next));
            if (!goesOn && text.codePointAt(next) != TextWindow.NOTHING) {
                endSentence(at);
            }
        }
        output.copy(at, end);
        mode = Mode.START;
        return end;
    }

    private void endSentence(int at) {
        int last = output.lastMark();
        if (output.visible() > visibleBefore && Punctuation.kind(last) == Punctuation.Kind.NONE) {
            output.attach(Punctuation.isWide(last) ? "。" : ".", at, at);
        }
    }
}
