// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.speech.SpokenText;
import io.ttsclient.speech.TimingMark;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a text what was heard of it.
 *
 * @param written the text so far
 * @param marks where in the audio which part of it is, in order
 * @param delivered how much audio there is so far; null where its bytes do not tell
 * @param isWhole whether that is all of it, and all of the text
 * @param charsPerSecond how fast the voice speaks where nothing else tells
 */
record SpokenPosition(
        String written, List<TimingMark> marks, @Nullable Duration delivered, boolean isWhole, double charsPerSecond) {
    private static final double NANOS = 1e9;

    /** What was heard when {@code played} of the audio was. */
    SpokenText at(Duration played) {
        if (isWhole && delivered != null && played.compareTo(delivered) >= 0) {
            return new SpokenText(written, written.length(), false);
        }
        Duration heard = delivered != null && played.compareTo(delivered) > 0 ? delivered : played;
        int end = 0;
        Duration until = Duration.ZERO;
        boolean wordsTell = false;
        for (TimingMark mark : marks) {
            wordsTell = mark.kind() == TimingMark.Kind.WORD;
            if (mark.end().compareTo(heard) <= 0) {
                end = Math.max(end, mark.textEnd());
                until = mark.end();
            } else if (wordsTell || mark.start().compareTo(heard) >= 0) {
                return exactly(end);
            } else {
                double share =
                        seconds(heard.minus(mark.start())) / seconds(mark.end().minus(mark.start()));
                return about(mark.textStart() + share * (mark.textEnd() - mark.textStart()), end);
            }
        }
        // Where bytes do not tell the time, audio may have come behind the last mark, of a piece without any.
        if (wordsTell && delivered != null || heard.compareTo(until) <= 0) {
            return exactly(end);
        }
        double pace = isWhole && delivered != null
                ? (written.length() - end) / seconds(delivered.minus(until))
                : until.isZero() ? charsPerSecond : end / seconds(until);
        return about(end + pace * seconds(heard.minus(until)), end);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }

    /** With the punctuation that belongs to the last word. */
    private SpokenText exactly(int index) {
        int end = Math.min(index, written.length());
        while (end > 0
                && end < written.length()
                && !Character.isWhitespace(written.charAt(end))
                && !Character.isLetterOrDigit(written.codePointAt(end))) {
            end += Character.charCount(written.codePointAt(end));
        }
        return new SpokenText(written, end, false);
    }

    /** The last whole word before there, though not less than {@code atLeast}. */
    private SpokenText about(double index, int atLeast) {
        int end = (int) Math.min(index, written.length());
        while (end > atLeast && end < written.length() && !Character.isWhitespace(written.charAt(end))) {
            end--;
        }
        return new SpokenText(written, Math.max(Math.min(atLeast, written.length()), end), true);
    }
}
