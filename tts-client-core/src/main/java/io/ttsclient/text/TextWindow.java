// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

/**
 * The part of a growing text that is still needed, addressed by index in the whole text.
 *
 * <p>A high surrogate at the end waits for its partner: it is not visible before the text is finished.
 */
class TextWindow {
    /** What {@link #codePointAt} answers behind the visible text. */
    static final int NOTHING = -1;

    private static final int SMALLEST_DISCARD = 2_048;

    private final StringBuilder chars = new StringBuilder();
    private int base;
    private boolean finished;
    private boolean flushing;

    /** Adds to the end. */
    void append(CharSequence delta) {
        if (finished) {
            throw new IllegalStateException("text: finished, nothing can be appended");
        }
        if ((long) base + chars.length() + delta.length() > Integer.MAX_VALUE) {
            throw new IllegalStateException("text: longer than " + Integer.MAX_VALUE + " chars");
        }
        chars.append(delta);
    }

    /** No more text will come. */
    void finish() {
        finished = true;
    }

    boolean isFinished() {
        return finished;
    }

    /** While true, what is visible is taken as if it were the end of the text. */
    void flushing(boolean now) {
        flushing = now;
    }

    /** Whether nothing will follow the visible text, so that every decision can be made. */
    boolean isClosed() {
        return finished || flushing;
    }

    /** Index behind the last visible char. */
    int end() {
        int length = chars.length();
        boolean half = !finished && length > 0 && Character.isHighSurrogate(chars.charAt(length - 1));
        return base + length - (half ? 1 : 0);
    }

    /** The code point at {@code index}, or {@link #NOTHING} behind the end. */
    int codePointAt(int index) {
        return index < end() ? chars.codePointAt(index - base) : NOTHING;
    }

    /** The code point that ends before {@code index}, or {@link #NOTHING} at the start of the text. */
    int codePointBefore(int index) {
        return index > base ? chars.codePointBefore(index - base) : NOTHING;
    }

    String substring(int from, int to) {
        return chars.substring(from - base, to - base);
    }

    /** Forgets what lies before {@code index}, once that is worth moving the rest. */
    void discardBefore(int index) {
        int dead = index - base;
        if (dead >= SMALLEST_DISCARD && dead >= chars.length() / 2) {
            chars.delete(0, dead);
            base = index;
        }
    }
}
