// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import java.util.Objects;

/**
 * A piece of a text that is spoken in one go.
 *
 * @param text what to speak: the characters of the source from {@code start} to {@code end} without surrounding white space
 * @param start index in the source of the first {@code char} of {@code text}
 * @param end index in the source behind the last {@code char} of {@code text}
 * @param boundary what ends the segment, and so which pause belongs behind it
 */
public record Segment(String text, int start, int end, Boundary boundary) {
    /** What ends a segment. */
    public enum Boundary {
        /** A limit on length, inside a clause. */
        WORD,
        /** A comma, semicolon, colon, dash or the like. */
        CLAUSE,
        /** The end of a sentence. */
        SENTENCE,
        /** A blank line. */
        PARAGRAPH,
        /** The end of the text. */
        END
    }

    public Segment {
        Objects.requireNonNull(boundary, "boundary");
        if (start < 0 || end < start || end - start != text.length()) {
            throw new IllegalArgumentException(
                    "range: " + start + " to " + end + " does not hold a text of " + text.length() + " chars");
        }
    }

    /** Length and position, never the text. */
    @Override
    public String toString() {
        return "Segment[" + start + ".." + end + ", " + boundary + "]";
    }
}
