// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import io.ttsclient.text.Segment.Boundary;
import java.text.BreakIterator;
import java.util.BitSet;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what has no clause within the hard limits: at white space, but before a tag that it is in, such as {@code <short pause>} or
 * {@code [whispers softly]}, which models perform as a whole; in a run without any where a line could be broken (between
 * Thai words, not before a Chinese comma); else between graphemes; and inside one only if it exceeds the limit by itself, between
 * its code points.
 */
final class HardCut {
    /** How far before the limit a good place is looked for in a run without white space. */
    private static final int WINDOW = 64;

    /** What goes on for longer behind an opening bracket is no tag, in code points. */
    private static final int LONGEST_TAG = 40;

    /** Thai words are told apart by a dictionary; other scripts are the same in every language. */
    private static final Locale THAI = Locale.forLanguageTag("th");

    private final TextWindow text;
    private final SegmentLimits limits;
    private @Nullable BreakIterator lineBreaks;

    HardCut(TextWindow text, SegmentLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    /** The cut of a text that goes on behind the limits from {@code start}, which stands at a char that is not white space. */
    Break within(Position start) {
        Position at = start;
        Position gap = start;
        Position word = start;
        boolean inGap = false;
        Position tag = start;
        int tagLength = 0; // of one that is open
        Break beforeTag = null;
        boolean behindTag = false; // of one with white space in it
        while (true) {
            int codePoint = text.codePointAt(at.index());
            boolean space = Punctuation.isSpace(codePoint);
            if (behindTag && !space && isBetweenGraphemes(at.index())) {
                gap = at;
                word = at;
            }
            behindTag = false;
            Position after = at.after(codePoint);
            if (!space && !limits.allow(start, after)) {
                break;
            }
            if (space && !inGap) {
                gap = at;
            }
            if (!space && inGap) {
                word = at;
            }
            inGap = space;
            if (codePoint == '<' || codePoint == '[') {
                beforeTag = beforeTag(start, gap, word, at);
                tag = at;
                tagLength = 1;
            } else if (tagLength > 0) {
                boolean closes = codePoint == '>' || codePoint == ']';
                behindTag = closes && gap.index() > tag.index();
                boolean none = closes || tagLength == LONGEST_TAG || tagLength == 1 && space;
                tagLength = none ? 0 : tagLength + 1;
            }
            at = after;
        }
        if (tagLength > 0 && beforeTag != null) {
            return beforeTag;
        }
        if (inGap) {
            return new Break(Boundary.WORD, gap, at);
        }
        boolean severalWords = word.index() > start.index();
        boolean nearStart = word.index() - start.index() < at.index() - word.index();
        boolean spaceless = nearStart && Punctuation.isSpaceless(text.codePointAt(at.index()));
        int length = severalWords && !spaceless ? 0 : lengthWithin(word.index(), at.index());
        if (length == 0 && severalWords) {
            return new Break(Boundary.WORD, gap, word);
        }
        Position cut = length == 0 ? at : forward(word, length);
        return new Break(Boundary.WORD, cut, cut);
    }

    /** The last place to cut that is not inside of a tag; null if there is none. */
    private @Nullable Break beforeTag(Position start, Position gap, Position word, Position tag) {
        boolean severalWords = word.index() > start.index();
        boolean attached = tag.index() > word.index() && isBetweenGraphemes(tag.index());
        if (attached && !(severalWords && !Punctuation.isSpaceless(text.codePointBefore(tag.index())))) {
            return new Break(Boundary.WORD, tag, tag);
        }
        return severalWords ? new Break(Boundary.WORD, gap, word) : null;
    }

    /** Whether a grapheme ends at {@code index}, where there is a bracket on one side. */
    private boolean isBetweenGraphemes(int index) {
        int before = Character.charCount(text.codePointBefore(index));
        String both = text.substring(index - before, index + Character.charCount(text.codePointAt(index)));
        return Graphemes.boundaries(both).get(before);
    }

    /** How much of the run without white space from {@code word} on fits before {@code limit}; 0 if its first grapheme does not. */
    private int lengthWithin(int word, int limit) {
        String run = text.substring(word, limit + Character.charCount(text.codePointAt(limit)));
        BitSet graphemes = Graphemes.boundaries(run);
        int most = limit - word;
        int window = Math.max(0, most - WINDOW);
        BreakIterator lines = lineBreaks();
        lines.setText(run.substring(window));
        int line = lines.isBoundary(most - window) ? most - window : lines.preceding(most - window);
        while (line > 0 && !graphemes.get(window + line)) {
            line = lines.previous();
        }
        return line > 0 ? window + line : Math.max(0, graphemes.previousSetBit(most));
    }

    private Position forward(Position from, int length) {
        Position position = from;
        while (position.index() - from.index() < length) {
            position = position.after(text.codePointAt(position.index()));
        }
        return position;
    }

    /** Made at first need, which most texts never have. */
    private BreakIterator lineBreaks() {
        if (lineBreaks == null) {
            lineBreaks = BreakIterator.getLineInstance(THAI);
        }
        return lineBreaks;
    }
}
