// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import java.time.Duration;
import java.util.Objects;

/**
 * When a stretch of the text is heard.
 *
 * @param kind what the stretch is
 * @param textStart index of its first {@code char} in the text of the request
 * @param textEnd index behind its last {@code char}
 * @param start where it begins, counted from the first sample of the stream
 * @param end where it ends
 */
public record TimingMark(Kind kind, int textStart, int textEnd, Duration start, Duration end) {
    /** What a mark spans. */
    public enum Kind {
        /** A word, or what is spoken for it, such as "three dollars" for "$3". */
        WORD,
        /** A sentence-sized piece. */
        SEGMENT
    }

    public TimingMark {
        Objects.requireNonNull(kind, "kind");
        if (textStart < 0 || textEnd < textStart) {
            throw new IllegalArgumentException(
                    "text range: " + textStart + " to " + textEnd + ", allowed from 0 on and not backwards");
        }
        if (start.isNegative() || end.compareTo(start) < 0) {
            throw new IllegalArgumentException(
                    "time range: " + start + " to " + end + ", allowed from 0 on and not backwards");
        }
    }

    /** The same mark in a longer text and a longer stream that begin {@code chars} and {@code time} earlier. */
    public TimingMark shiftedBy(int chars, Duration time) {
        return new TimingMark(kind, textStart + chars, textEnd + chars, start.plus(time), end.plus(time));
    }
}
