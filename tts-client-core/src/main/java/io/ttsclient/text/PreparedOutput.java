// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import java.text.Normalizer;

/**
 * The end of a preparation: cleans white space, composes characters, and remembers where each came from. What could still change
 * is held back: white space until something follows, and a character until no mark can.
 */
final class PreparedOutput {
    /** Marks beyond this many chars on one character are normalized apart; only noise has them. */
    private static final int LONGEST_CLUSTER = 64;

    private static final int FIRST_COMPOSING = 0x300;

    private final TextWindow source;
    private final boolean clean;
    private final boolean nfc;
    private final SourceMap sources = new SourceMap();
    private final StringBuilder out = new StringBuilder();

    /** A character and its marks, held back while another may follow. */
    private final Held cluster = new Held();

    /** White space held back until something visible follows. */
    private final Held gap = new Held();

    private int gapBreaks;
    private boolean afterReturn;
    private boolean droppedAfterGap;

    private int visible;
    private int lastMark = TextWindow.NOTHING;

    PreparedOutput(TextWindow source, boolean clean, boolean nfc) {
        this.source = source;
        this.clean = clean;
        this.nfc = nfc;
    }

    SourceMap sources() {
        return sources;
    }

    /** How many visible characters came so far. */
    int visible() {
        return visible;
    }

    /** The last visible character that is not a closing bracket or quote; {@link TextWindow#NOTHING} at the start. */
    int lastMark() {
        return lastMark;
    }

    /** The source from {@code from} to {@code to}, as it is. */
    void copy(int from, int to) {
        for (int i = from; i < to; ) {
            int codePoint = source.codePointAt(i);
            int next = i + Character.charCount(codePoint);
            put(codePoint, i, next);
            i = next;
        }
    }

    /** {@code text} in place of the source from {@code from} to {@code to}. */
    void replace(String text, int from, int to) {
        text.codePoints().forEach(codePoint -> put(codePoint, from, to));
    }

    /** {@code text}, of punctuation, close behind what is before it. */
    void attach(String text, int from, int to) {
        if (gapBreaks == 0) {
            gap.clear();
        }
        replace(text, from, to);
    }

    /** Something is left out: punctuation behind it moves up to what was before it. */
    void leaveOut() {
        droppedAfterGap = !gap.isEmpty();
    }

    /** What is certain and was not taken yet. */
    String take() {
        String taken = out.toString();
        out.setLength(0);
        return taken;
    }

    /** What was not taken yet, with the character held back but without the white space. */
    String flush() {
        flushCluster();
        return take();
    }

    private void put(int codePoint, int from, int to) {
        if (clean && isNoise(codePoint)) {
            return;
        }
        if (clean && Punctuation.isSpace(codePoint)) {
            flushCluster();
            holdSpace(codePoint, from, to);
            return;
        }
        boolean joins = nfc && composes(codePoint) && !cluster.isEmpty() && cluster.length() < LONGEST_CLUSTER;
        if (!joins) {
            flushCluster();
            flushGap(codePoint);
            count(codePoint);
        }
        cluster.add(codePoint, from, to);
        if (!nfc || isSettled(codePoint)) {
            flushCluster();
        }
    }

    private void count(int codePoint) {
        if (!Punctuation.isSpace(codePoint)) {
            visible++;
            if (!Punctuation.isCloserOrQuote(codePoint)) {
                lastMark = codePoint;
            }
        }
    }

    private void holdSpace(int codePoint, int from, int to) {
        if (gap.isEmpty()) {
            gapBreaks = 0;
            afterReturn = false;
        }
        if (codePoint == '\u2029') {
            gapBreaks += 2;
        } else if (Punctuation.isLineBreak(codePoint) && !(codePoint == '\n' && afterReturn)) {
            gapBreaks++;
        }
        afterReturn = codePoint == '\r';
        droppedAfterGap = false;
        gap.add(codePoint, from, to);
    }

    private void flushGap(int following) {
        if (gap.isEmpty()) {
            return;
        }
        boolean closing = Punctuation.kind(following) != Punctuation.Kind.NONE || Punctuation.isCloser(following);
        boolean movesUp = droppedAfterGap && gapBreaks == 0 && closing;
        if (visible > 0 && !movesUp) {
            emit(gapBreaks == 0 ? " " : gapBreaks == 1 ? "\n" : "\n\n", gap);
        }
        gap.clear();
    }

    private void flushCluster() {
        if (!cluster.isEmpty()) {
            String text = cluster.text();
            boolean settled = !nfc || text.length() == 1 && text.charAt(0) < FIRST_COMPOSING;
            emit(settled ? text : Normalizer.normalize(text, Normalizer.Form.NFC), cluster);
            cluster.clear();
        }
    }

    private void emit(String text, Held held) {
        out.append(text);
        if (held.to - held.from == text.length() && held.text().equals(text)) {
            sources.copied(text.length(), held.from);
        } else {
            sources.replaced(text.length(), held.from, held.to);
        }
    }

    /** Whether {@code codePoint} may compose with what is before it: marks, and the vowels and finals of Hangul. */
    private static boolean composes(int codePoint) {
        return codePoint >= FIRST_COMPOSING
                && (Punctuation.isCombining(codePoint) || codePoint >= 0x1160 && codePoint <= 0x11FF);
    }

    /** Whether no mark composes with it, so that who waits for the end of a clause need not wait for the next letter too. */
    private static boolean isSettled(int codePoint) {
        return switch (codePoint) {
            case ' ', ',', '.', ';', ':', '!', '?' -> true;
            default -> false;
        };
    }

    private static boolean isNoise(int codePoint) {
        return switch (codePoint) {
            case 0xAD, 0x2060, 0xFEFF -> true;
            default ->
                Character.getType(codePoint) == Character.SURROGATE
                        || Character.isISOControl(codePoint) && !Punctuation.isSpace(codePoint);
        };
    }

    /** Characters held back and the part of the source they come from. */
    private static final class Held {
        private final StringBuilder chars = new StringBuilder();
        private int from;
        private int to;

        void add(int codePoint, int start, int end) {
            if (chars.length() == 0) {
                from = start;
            }
            to = end;
            // White space is compared with two chars at most.
            if (chars.length() < LONGEST_CLUSTER) {
                chars.appendCodePoint(codePoint);
            }
        }

        boolean isEmpty() {
            return chars.length() == 0;
        }

        int length() {
            return chars.length();
        }

        String text() {
            return chars.toString();
        }

        void clear() {
            chars.setLength(0);
        }
    }
}
