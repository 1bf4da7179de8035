// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.TextCursor;
import io.ttsclient.backend.TextEvent;
import io.ttsclient.text.Segment;
import io.ttsclient.text.Segment.Boundary;
import io.ttsclient.text.SegmentLimits;
import io.ttsclient.text.Segmenter;
import io.ttsclient.text.Speakable;
import java.text.BreakIterator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a text that is being written. While speech is short of text, the first words make a piece as soon as a clause
 * ends with them; otherwise sentences do, and where several are there already they are joined.
 *
 * <p>A {@link Segmenter} finds the sentences, which takes it the beginning of the next word. A cut that does not wait for that is
 * made here, and a new segmenter goes on behind it. Text is read only as far ahead as is good for anything, so that a writer far
 * ahead of the speech is slowed down.
 */
final class GrowingSegments implements SegmentFeed {
    /** Cut text is enough once there is that much of it, in chars. */
    private static final int ENOUGH = 2_000;

    private static final String CLAUSE_ENDS = ",;!?\u2026\u3002\uff01\uff1f\uff0c\u3001";

    private static final char FIRST_WITHOUT_GAPS = '\u0e00';
    /** Thai words are told apart by a dictionary; other scripts are the same in every language. */
    private static final Locale THAI = Locale.forLanguageTag("th");

    private final TextCursor cursor;
    private final Locale language;
    private final SegmentLimits limits;
    private final int longest; // of joined sentences, in code points
    private final Deque<Segment> ready = new ArrayDeque<>();
    private Segmenter segmenter;
    private int segmenterStart; // where its text begins in ours
    /** The text from {@link #start} on: what is ready, and the rest behind {@link #cut}. */
    private final StringBuilder text = new StringBuilder();

    private int start;
    private int cut;
    private int flushed; // up to here nothing waits for more
    private boolean ended;
    private @Nullable BreakIterator lineBreaks; // made at first need, which most texts never have

    GrowingSegments(TextCursor cursor, SegmentLimits limits, Locale language) {
        this.cursor = cursor;
        this.language = language;
        this.limits = limits;
        longest = Math.max(limits.minCodePoints(), limits.packUpTo());
        segmenter = segmenter(limits.firstMinimum(), limits.firstTarget());
    }

    /** How short and long sentences are joined is decided here, when it is known what is there. */
    private Segmenter segmenter(int firstMinimum, int firstTarget) {
        return new Segmenter(
                SegmentLimits.builder()
                        .maxCodePoints(limits.maxCodePoints())
                        .maxBytes(limits.maxBytes())
                        .firstSegment(firstMinimum, firstTarget)
                        .build(),
                language);
    }

    @Override
    public boolean isOver() {
        read();
        return ended && ready.isEmpty();
    }

    @Override
    public boolean hasRest() {
        return ready.isEmpty() && end() > cut;
    }

    private int end() {
        return start + text.length();
    }

    @Override
    public @Nullable Segment next(Demand demand) {
        while (true) {
            read();
            Segment first = ready.peek();
            Segment piece = first != null ? join(first, demand) : demand.early() ? early(demand) : null;
            if (piece == null) {
                return null;
            }
            text.delete(0, piece.end() - start);
            start = piece.end();
            if (Speakable.anythingIn(piece.text())) {
                return piece;
            }
        }
    }

    private void read() {
        while (!ended && cut - start < ENOUGH) {
            TextEvent event = cursor.poll();
            if (event == null) {
                return;
            }
            switch (event.kind()) {
                case TEXT -> {
                    text.append(event.text());
                    segmenter.append(event.text());
                }
                case FLUSH -> {
                    segmenter.flush();
                    flushed = end();
                }
                case END -> {
                    segmenter.finish();
                    flushed = end();
                    ended = true;
                }
            }
            for (Segment found = segmenter.poll(); found != null; found = segmenter.poll()) {
                ready.add(new Segment(
                        found.text(), found.start() + segmenterStart, found.end() + segmenterStart, found.boundary()));
                cut = found.end() + segmenterStart;
            }
        }
    }

    /** The first sentence, with as many behind it as are there and fit. */
    private @Nullable Segment join(Segment first, Demand demand) {
        if (!demand.due() && first.text().length() > demand.chars()) {
            return null;
        }
        int count = 0;
        Segment last = first;
        for (Segment next : ready) {
            if (count > 0 && !fits(first, last, next, demand)) {
                break;
            }
            last = next;
            count++;
        }
        boolean waits =
                codePoints(first, last) < limits.minCodePoints() && count == ready.size() && last.end() > flushed;
        if (waits && !demand.early()) {
            return null;
        }
        for (int i = 0; i < count; i++) {
            ready.remove();
        }
        return new Segment(between(first.start(), last.end()), first.start(), last.end(), last.boundary());
    }

    private boolean fits(Segment first, Segment last, Segment next, Demand demand) {
        int length = codePoints(first, next);
        boolean tooShort = codePoints(first, last) < limits.minCodePoints();
        int most = demand.early() || tooShort ? limits.minCodePoints() : longest;
        return (length <= most || tooShort && length <= limits.maxCodePoints())
                && next.end() - first.start() <= demand.chars()
                && utf8(first, next) <= limits.maxBytes();
    }

    private String between(int from, int to) {
        return text.substring(from - start, to - start);
    }

    private int codePoints(Segment first, Segment last) {
        return Character.codePointCount(text, first.start() - start, last.end() - start);
    }

    private long utf8(Segment first, Segment last) {
        long bytes = 0;
        for (int i = first.start() - start; i < last.end() - start; i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    /** The words so far, if they make a clause, are very many, or the writer pauses. */
    private @Nullable Segment early(Demand demand) {
        int from = cut;
        while (from < end() && isSpace(at(from))) {
            from++;
        }
        int length = Character.codePointCount(text, from - start, text.length());
        int clause = length < limits.firstMinimum() ? 0 : endOfClause(from);
        boolean tooLong = limits.firstTarget() > 0 && length > limits.firstTarget();
        if (clause == 0 && !tooLong && !demand.paused()) {
            return null;
        }
        int to = clause > 0 ? clause : endOfWords(from);
        String words = between(from, to);
        if (!Speakable.anythingIn(words)) {
            return null;
        }
        segmenter = segmenter(0, 0);
        segmenterStart = to;
        segmenter.append(between(to, end()));
        cut = to;
        return new Segment(words, from, to, clause > 0 ? Boundary.CLAUSE : Boundary.WORD);
    }

    private char at(int index) {
        return text.charAt(index - start);
    }

    /** Behind the mark, if all that is there from {@code from} on is a clause whatever follows, otherwise 0. */
    private int endOfClause(int from) {
        int mark = end() - 1;
        while (mark > from && isSpace(at(mark))) {
            mark--;
        }
        // Behind a digit a figure may go on, within quotes the quotation.
        boolean ends = mark > from && CLAUSE_ENDS.indexOf(at(mark)) >= 0 && Character.isLetter(at(mark - 1));
        return ends && between(from, mark).chars().filter(c -> c == '"').count() % 2 == 0 ? mark + 1 : 0;
    }

    /** Behind the last word that another one follows, or the white space before it; {@code from} if there is none. */
    private int endOfWords(int from) {
        int word = end();
        while (word > from && !isSpace(at(word - 1))) {
            word--;
        }
        int cutInside = word + lengthOfWords(between(word, end()));
        if (cutInside > word) {
            return cutInside;
        }
        int to = word;
        while (to > from && isSpace(at(to - 1))) {
            to--;
        }
        return to;
    }

    /**
     * How much of a run without white space can be spoken before the rest of it is there: up to its last word or ideograph, in a
     * script that writes them without gaps, which is where a line may be broken between two letters. 0 in any other.
     */
    private int lengthOfWords(String run) {
        if (run.chars().noneMatch(c -> c >= FIRST_WITHOUT_GAPS && Character.isLetter(c))) {
            return 0;
        }
        if (lineBreaks == null) {
            lineBreaks = BreakIterator.getLineInstance(THAI);
        }
        lineBreaks.setText(run);
        int length = lineBreaks.preceding(run.length());
        while (length > 0 && !isBetweenWords(run.codePointBefore(length), run.codePointAt(length))) {
            length = lineBreaks.previous();
        }
        return Math.max(0, length);
    }

    /** Not behind a figure, whose unit belongs to it, nor at a bracket. */
    private static boolean isBetweenWords(int before, int after) {
        return Character.isUnicodeIdentifierPart(before) && !Character.isDigit(before) && Character.isLetter(after);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
