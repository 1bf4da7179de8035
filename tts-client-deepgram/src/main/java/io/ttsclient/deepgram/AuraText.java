// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.backend.TextCursor;
import io.ttsclient.text.Segment;
import io.ttsclient.text.SegmentLimits;
import io.ttsclient.text.Segmenter;
import io.ttsclient.text.Speakable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The text of a turn on its way to Aura: what was written, what of it was sent, what was flushed, and what has been spoken. It
 * says what to send next, and where a flush does no harm: behind the first clause, then behind sentences. Positions count
 * {@code char}s from the beginning. Not thread-safe.
 *
 * <p>Of a sentence that is still being written, whole words go out as they come, as long as nothing in them could turn out to be an
 * end: a flush behind the first word of the next sentence would be heard.
 */
final class AuraText implements TextFeed.Reader {
    /** The first clause is cut as soon as it has some 20 characters: a second or two of speech. */
    static final SegmentLimits PIECES =
            SegmentLimits.builder().maxCodePoints(1_000).firstSegment(20, 24).build();

    /** More of an unfinished sentence is not sent ahead, so that a piece that has to be cut is cut behind what was sent. */
    private static final int MOST_AHEAD = 400;

    private final TextFeed feed;
    private final Segmenter segmenter;
    private final StringBuilder text = new StringBuilder(); // from spoken on
    private final Deque<Integer> ends = new ArrayDeque<>(); // of pieces, behind what was spoken
    private final NavigableMap<Integer, Integer> gaps = new TreeMap<>(); // from start to end: what is not sent at all
    private int spoken;
    private int flushed;
    private int sent;

    AuraText(TextCursor cursor, Locale language) {
        feed = new TextFeed(cursor);
        segmenter = new Segmenter(PIECES, language);
    }

    /** Takes in what was written since. */
    void poll() {
        feed.poll(this);
    }

    @Override
    public void text(String added) {
        text.append(added);
        segmenter.append(added);
        takePieces();
    }

    @Override
    public void flush() {
        segmenter.flush();
        takePieces();
    }

    @Override
    public void end() {
        segmenter.finish();
        takePieces();
    }

    private void takePieces() {
        for (Segment piece = segmenter.poll(); piece != null; piece = segmenter.poll()) {
            int start = ends.isEmpty() ? spoken : ends.getLast();
            if (Speakable.anythingIn(text.substring(start - spoken, piece.end() - spoken))) {
                ends.addLast(piece.end());
                if (piece.end() - start > ClientMessage.MAX_TEXT) {
                    int before =
                            Math.max(piece.start() - 1, piece.end() - ClientMessage.MAX_TEXT); // with a blank, if any
                    gaps.put(start, before);
                }
            } // otherwise it goes with the next piece: it is never sent alone, and what follows would wait for it
        }
    }

    /** So much that is nothing to pronounce that no message holds it together with what follows: goes on behind it. */
    private void passOver() {
        Map.Entry<Integer, Integer> gap = gaps.floorEntry(sent);
        if (gap == null || gap.getValue() <= sent || (sent == flushed && flushed > spoken)) {
            return;
        }
        if (sent == flushed) {
            sent = gap.getValue();
            flushed();
            spoken();
        } else {
            sent = gap.getValue();
        }
    }

    /**
     * What to send next, and then to tell to {@link #sent}: at most to the end of a piece, and at most {@code most} chars. Empty where
     * there is nothing, or where the rest of a piece is longer.
     */
    String next(int most) {
        passOver();
        String next = candidate();
        boolean isFirst = sent == flushed;
        boolean fits = next.length() <= most && !next.isBlank() && (!isFirst || Speakable.anythingIn(next));
        return fits ? next : "";
    }

    private String candidate() {
        int end = nextEnd();
        if (end < 0) {
            end = feed.isEnded() ? sent : safeEnd();
        }
        return text.substring(sent - spoken, end - spoken);
    }

    /** The end of the piece that is under way; -1 while it is not known. */
    private int nextEnd() {
        for (int end : ends) {
            if (end > sent) {
                return end;
            }
        }
        return -1;
    }

    /** How far the words go that end in nothing but a blank. */
    private int safeEnd() {
        int limit = Math.min(text.length() + spoken, pieceStart() + MOST_AHEAD);
        int safe = sent;
        for (int i = sent; i < limit; i++) {
            char c = text.charAt(i - spoken);
            if (c == ' ') {
                safe = i;
            } else if (!Character.isLetterOrDigit(c) && c != '\'' && c != '\u2019') {
                break;
            }
        }
        return safe;
    }

    private int pieceStart() {
        int start = spoken;
        for (int end : ends) {
            if (end <= sent) {
                start = end;
            }
        }
        return start;
    }

    /** Whether a piece whose end is known waits to be sent. */
    boolean hasWholePiece() {
        return nextEnd() >= 0 && !next(Integer.MAX_VALUE).isEmpty();
    }

    /** Whether all is written. */
    boolean isWhole() {
        return feed.isEnded();
    }

    /** How many chars were written and not spoken. */
    int unspoken() {
        return text.length();
    }

    /** So many chars, the next ones, were sent. */
    void sent(int count) {
        sent += count;
    }

    /** Whether something was sent that no flush has asked for. */
    boolean hasUnflushed() {
        return sent > flushed;
    }

    /** Whether a flush would come at the end of a piece. */
    boolean isAtPieceEnd() {
        return hasUnflushed()
                && (ends.contains(sent)
                        || (feed.isEnded() && next(Integer.MAX_VALUE).isEmpty()));
    }

    /** All that was sent was flushed. */
    void flushed() {
        flushed = sent;
    }

    /** All that was flushed has been spoken, and is forgotten. */
    void spoken() {
        text.delete(0, flushed - spoken);
        spoken = flushed;
        while (!ends.isEmpty() && ends.getFirst() <= spoken) {
            ends.removeFirst();
        }
        gaps.headMap(spoken).clear();
    }

    /** Whether something was flushed that was not spoken to its end. */
    boolean isFlushPending() {
        return flushed > spoken;
    }

    /** Whether all that was sent has been spoken. */
    boolean isAllSpoken() {
        return sent == spoken;
    }

    /** Goes back to what was spoken last: the rest has to be sent again. */
    void rewind() {
        sent = spoken;
        flushed = spoken;
    }

    /** Whether nothing is left to send and no more will come. */
    boolean isAllSent() {
        return feed.isEnded() && next(Integer.MAX_VALUE).isEmpty();
    }

    /** Positions, never the text. */
    @Override
    public String toString() {
        return "AuraText[" + (text.length() + spoken) + " chars, sent " + sent + ", flushed " + flushed + ", spoken "
                + spoken + "]";
    }
}
