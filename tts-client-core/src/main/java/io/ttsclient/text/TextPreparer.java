// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import io.ttsclient.text.TextPreparation.Treatment;

/**
 * Prepares a text while it grows: what is given back, put together, is what {@link TextPreparation#prepare} makes of the whole,
 * however it was cut. A few characters are held back where what follows decides about them: inside a link, behind a backtick,
 * before a mark. Not thread-safe.
 */
public final class TextPreparer {
    /** What a reader returns instead of an index when it takes more text to go on. */
    static final int WAIT = -1;

    /** What a matcher returns when there is no such thing at this place. */
    static final int NO_MATCH = -2;

    private static final int LOOK_BACK = 4;

    /** A text held back is looked at again when it has grown by this part; short ones at every char. */
    private static final int PATIENCE = 16;

    private final TextWindow text;
    private final PreparedOutput output;
    private final MarkdownBlocks blocks;
    private final Inlines inlines;
    private final boolean hasBlocks;
    private int at;
    /** Where the text must reach before what is held back is looked at again. */
    private int patience;

    TextPreparer(TextPreparation settings, TextWindow text) {
        this.text = text;
        output = new PreparedOutput(text, settings.clean(), settings.nfc());
        Emphasis emphasis = new Emphasis();
        inlines = new Inlines(text, output, settings, emphasis);
        blocks = new MarkdownBlocks(text, output, settings, emphasis);
        hasBlocks = settings.markdown() != Treatment.OFF || settings.code() != Treatment.OFF;
    }

    /**
     * Adds to the end of the source, and returns what is certain of the prepared text now and was not returned before.
     *
     * @throws IllegalStateException after {@link #finish}, or if the source exceeds {@link Integer#MAX_VALUE} chars
     */
    public String append(CharSequence delta) {
        text.append(delta);
        read();
        return output.take();
    }

    /**
     * Takes the source so far as complete, because nobody knows when more will come, and returns what was held back, a link without
     * its end as plain text. Only white space, and a high surrogate at the very end, stay for what follows.
     */
    public String flush() {
        text.flushing(true);
        read();
        text.flushing(false);
        return output.flush();
    }

    /** Says that the source is complete, and returns the rest. */
    public String finish() {
        text.finish();
        read();
        return output.flush();
    }

    /**
     * As {@link PreparedText#sourceIndex}, of all text returned so far.
     *
     * @throws IndexOutOfBoundsException if {@code index} is not within that text
     */
    public int sourceIndex(int index) {
        return output.sources().startOf(index);
    }

    /**
     * As {@link PreparedText#sourceEnd}, of all text returned so far.
     *
     * @throws IndexOutOfBoundsException if {@code end} is not within that text
     */
    public int sourceEnd(int end) {
        return output.sources().endOf(end);
    }

    SourceMap sources() {
        return output.sources();
    }

    private void read() {
        if (text.end() < patience && !text.isClosed()) {
            return;
        }
        while (at < text.end()) {
            int next = hasBlocks && !blocks.isInline(at) ? blocks.read(at) : inlines.read(at, blocks.rowStart());
            if (next == WAIT) {
                // Each look starts anew: with looks ever farther apart, all of them together cost a few times the last
                // one.
                patience = text.end() + (text.end() - at) / PATIENCE;
                break;
            }
            at = next;
        }
        // What stands before a sign decides about it.
        text.discardBefore(Math.max(0, at - LOOK_BACK));
    }
}
