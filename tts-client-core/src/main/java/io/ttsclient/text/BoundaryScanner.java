// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import io.ttsclient.text.Segment.Boundary;
import io.ttsclient.text.SentenceRules.Decision;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the places where a growing text may be cut. Each code point is read once, with a bounded look ahead and back, and a break
 * is reported only once nothing that follows could change it: behind a mark, that is when the next word begins.
 *
 * <pre>
 * state  at white space   at a mark        at another char
 * TEXT   GAP              MARK             TEXT
 * MARK   GAP              MARK             TEXT, with a break if the mark needs no white space
 * GAP    GAP              decide: TEXT (then read again), with or without a break; MARK if it belongs to what is before
 * </pre>
 */
final class BoundaryScanner {
    private enum State {
        TEXT,
        MARK,
        GAP
    }

    private final TextWindow text;
    private final SentenceRules rules;

    private State state = State.GAP;
    private final Cursor at = new Cursor(Position.ORIGIN);
    /** The first char that is not white space since the start or a flush; null before there is one. */
    private @Nullable Position content;

    private Position sentence = Position.ORIGIN;
    private boolean inQuotes;

    private Punctuation.Kind mark = Punctuation.Kind.NONE;
    private Position markStart = Position.ORIGIN;
    private boolean quoted;

    private Position gapStart = Position.ORIGIN;
    private int lineBreaks = 1;
    private boolean afterReturn;
    private LineMarker.Kind line = LineMarker.Kind.NONE;

    private boolean ended;

    BoundaryScanner(TextWindow text, Locale language) {
        this.text = text;
        rules = new SentenceRules(text, language);
    }

    /** The next place, in order; null if it takes more text to tell, or after the end. */
    @Nullable
    Break next() {
        for (int codePoint; (codePoint = text.codePointAt(at.index())) != TextWindow.NOTHING; ) {
            if (Punctuation.isSpace(codePoint)) {
                space(codePoint);
                continue;
            }
            Decision decision = switch (state) {
                case TEXT -> read(codePoint);
                case MARK -> behindMark(codePoint);
                case GAP -> behindGap(codePoint);
            };
            if (decision == Decision.WAIT) {
                return null;
            }
            if (decision == Decision.SENTENCE || decision == Decision.CLAUSE) {
                return breakHere(decision);
            }
        }
        return text.isClosed() && !ended ? end() : null;
    }

    /** The first char that is not white space since the start or {@link #restart}; null before there is one. */
    @Nullable
    Position start() {
        return content;
    }

    /** Every break up to here was reported. */
    Position decided() {
        return switch (state) {
            case TEXT -> at.position();
            case MARK -> markStart;
            case GAP -> mark == Punctuation.Kind.NONE ? gapStart : markStart;
        };
    }

    /** The text before this index is not looked at again. */
    int needed() {
        return Math.max(0, decided().index() - SentenceRules.LOOK_BACK);
    }

    /** Goes on behind a flush, as if the text began here. */
    void restart() {
        state = State.GAP;
        mark = Punctuation.Kind.NONE;
        content = null;
        sentence = at.position();
        gapStart = sentence;
        lineBreaks = 0;
        inQuotes = false;
        ended = false;
    }

    private void space(int codePoint) {
        if (state != State.GAP) {
            state = State.GAP;
            gapStart = at.position();
            lineBreaks = 0;
        }
        if (codePoint == '\u2029') {
            lineBreaks += 2;
        } else if (Punctuation.isLineBreak(codePoint) && !(codePoint == '\n' && afterReturn)) {
            lineBreaks++;
        }
        afterReturn = codePoint == '\r';
        at.pass(codePoint);
    }

    private Decision advance(int codePoint) {
        if (codePoint == '"') {
            inQuotes = !inQuotes;
        }
        afterReturn = false;
        at.pass(codePoint);
        return Decision.NO_BREAK;
    }

    private Decision read(int codePoint) {
        Punctuation.Kind kind = Punctuation.kind(codePoint);
        // A dash between figures is a range; between spaces it divides.
        boolean divides = kind != Punctuation.Kind.EN_DASH || Punctuation.isSpace(text.codePointBefore(at.index()));
        if (kind != Punctuation.Kind.NONE && divides) {
            state = State.MARK;
            mark = kind;
            markStart = at.position();
            quoted = false;
        }
        return advance(codePoint);
    }

    private Decision behindMark(int codePoint) {
        Punctuation.Kind kind = Punctuation.kind(codePoint);
        if (kind.endsSentences() || kind.dividesClauses()) {
            mark = mark.then(kind);
            return advance(codePoint);
        }
        if (closes(codePoint)) {
            quoted = true;
            return advance(codePoint);
        }
        if (Emoji.continues(codePoint) || Punctuation.isCombining(codePoint)) {
            return advance(codePoint);
        }
        Decision decision = attached(codePoint);
        state = State.TEXT;
        if (decision == Decision.NO_BREAK) {
            mark = Punctuation.Kind.NONE;
        }
        gapStart = at.position();
        return decision;
    }

    private boolean closes(int codePoint) {
        return switch (mark) {
            case EM_DASH, EN_DASH -> false;
            case WIDE_STOP, WIDE_CLAUSE -> Punctuation.isCloser(codePoint) || codePoint == '"' && inQuotes;
            default -> Punctuation.isCloserOrQuote(codePoint);
        };
    }

    /** What a mark is when text follows it without white space. */
    private Decision attached(int codePoint) {
        return switch (mark) {
            case WIDE_STOP -> wideStop(codePoint);
            case WIDE_CLAUSE -> Decision.CLAUSE;
            case EM_DASH -> Character.isLetterOrDigit(codePoint) ? Decision.CLAUSE : Decision.NO_BREAK;
            case HARD_STOP -> Punctuation.isWide(codePoint) ? sentenceEnd(Decision.SENTENCE) : Decision.NO_BREAK;
            case STOP -> isBetweenWide(codePoint) ? sentenceEnd(Decision.SENTENCE) : Decision.NO_BREAK;
            case ELLIPSIS, CLAUSE, COLON -> isBetweenWide(codePoint) ? Decision.CLAUSE : Decision.NO_BREAK;
            default -> Decision.NO_BREAK;
        };
    }

    private boolean isBetweenWide(int codePoint) {
        return Punctuation.isWide(codePoint) && Punctuation.isWide(text.codePointBefore(markStart.index()));
    }

    /** In Japanese a quoted sentence goes on: {@code 「はい。」と言った}. */
    private Decision wideStop(int codePoint) {
        return quoted && (codePoint == 'と' || codePoint == 'っ') ? Decision.CLAUSE : sentenceEnd(Decision.SENTENCE);
    }

    /** No sentence ends before it has anything to pronounce. */
    private Decision sentenceEnd(Decision decision) {
        return decision == Decision.SENTENCE && markStart.speakable() == sentence.speakable()
                ? Decision.NO_BREAK
                : decision;
    }

    /** Decides at the first char behind white space; leaves the char to be read unless the decision is to wait. */
    private Decision behindGap(int codePoint) {
        LineMarker.Kind nextLine = LineMarker.Kind.NONE;
        if (lineBreaks > 0) {
            nextLine = LineMarker.at(text, at.index()).kind();
            if (nextLine == LineMarker.Kind.WAIT) {
                return Decision.WAIT;
            }
        }
        Decision decision = content == null ? Decision.NO_BREAK : decide(codePoint, nextLine);
        if (decision == Decision.WAIT) {
            return decision;
        }
        boolean sameItem = lineBreaks == 1 && nextLine == LineMarker.Kind.NONE && decision == Decision.NO_BREAK;
        if (lineBreaks > 0 && !sameItem) {
            line = nextLine;
        }
        if (decision == Decision.ABSORB) {
            state = State.MARK;
            return decision;
        }
        if (content == null) {
            content = at.position();
            sentence = content;
        }
        state = State.TEXT;
        if (decision == Decision.NO_BREAK) {
            mark = Punctuation.Kind.NONE;
        }
        return decision;
    }

    private Decision decide(int codePoint, LineMarker.Kind nextLine) {
        if (lineBreaks > 1 || lineBreaks == 1 && linesDivide(codePoint, nextLine)) {
            return Decision.SENTENCE;
        }
        if (mark.endsSentences()) {
            return sentenceEnd(rules.decide(mark, sentence.index(), markStart.index(), quoted, at.index()));
        }
        return mark == Punctuation.Kind.NONE ? Decision.NO_BREAK : Decision.CLAUSE;
    }

    /** Whether a single line break is more than white space: around list items, headings and table rows, and behind a colon. */
    private boolean linesDivide(int codePoint, LineMarker.Kind nextLine) {
        return line == LineMarker.Kind.HEADING
                || line == LineMarker.Kind.FENCE
                || mark == Punctuation.Kind.COLON
                || !isProse(nextLine)
                || !isProse(line) && !Character.isLowerCase(codePoint);
    }

    private static boolean isProse(LineMarker.Kind kind) {
        return kind == LineMarker.Kind.NONE || kind == LineMarker.Kind.QUOTE;
    }

    private Break breakHere(Decision decision) {
        Position here = at.position();
        Boundary kind = Boundary.CLAUSE;
        if (decision == Decision.SENTENCE) {
            boolean paragraph = lineBreaks > 1 && gapStart.index() < at.index();
            kind = paragraph ? Boundary.PARAGRAPH : Boundary.SENTENCE;
            sentence = here;
            inQuotes = inQuotes && !paragraph;
        }
        mark = Punctuation.Kind.NONE;
        return new Break(kind, gapStart, here);
    }

    private @Nullable Break end() {
        ended = true;
        if (content == null) {
            return null;
        }
        Position here = at.position();
        return new Break(Boundary.END, state == State.GAP ? gapStart : here, here);
    }

    /** What the text read so far would end with if it ended here. */
    Boundary pending() {
        if (state == State.GAP && lineBreaks > 1) {
            return Boundary.PARAGRAPH;
        }
        if (mark.endsSentences()) {
            return Boundary.SENTENCE;
        }
        return mark == Punctuation.Kind.NONE ? Boundary.WORD : Boundary.CLAUSE;
    }
}
