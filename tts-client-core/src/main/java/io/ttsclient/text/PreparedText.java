// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

/**
 * A text made speakable, and where each part of it comes from. Immutable.
 *
 * @see TextPreparation#prepare
 */
public final class PreparedText {
    private final String text;
    private final SourceMap sources;

    PreparedText(String text, SourceMap sources) {
        this.text = text;
        this.sources = sources;
    }

    /** What to speak. */
    public String text() {
        return text;
    }

    /**
     * The index in the source of the char that {@code index} of the prepared text comes from; the start of what was replaced, for
     * every char of the replacement. It never decreases.
     *
     * @param index 0 to the length of {@link #text()}; the length itself gives the end of what the last char comes from
     * @throws IndexOutOfBoundsException if it is not
     */
    public int sourceIndex(int index) {
        return sources.startOf(index);
    }

    /**
     * The index in the source behind what the chars before {@code end} come from: with {@link #sourceIndex} of a word's start, the
     * range of the word.
     *
     * @param end 0 to the length of {@link #text()}
     * @throws IndexOutOfBoundsException if it is not
     */
    public int sourceEnd(int end) {
        return sources.endOf(end);
    }

    /** The length, never the text. */
    @Override
    public String toString() {
        return "PreparedText[" + text.length() + " chars]";
    }
}
