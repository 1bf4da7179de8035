// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import java.util.Objects;

/**
 * What the listener of a turn has heard, and what not. Immutable.
 *
 * @see SpeechSession#spokenUpTo
 */
public final class SpokenText {
    private final String written;
    private final int end;
    private final boolean estimate;

    /** {@code written} is the text of the turn, {@code end} the index behind what was heard of it, 0 to its length. */
    public SpokenText(String written, int end, boolean estimate) {
        this.written = written;
        this.end = Objects.checkIndex(end, written.length() + 1);
        this.estimate = estimate;
    }

    /** What was heard: the text of the turn, as it was written, up to {@link #end()}. */
    public String text() {
        return written.substring(0, end);
    }

    /** What was written and not heard. */
    public String rest() {
        return written.substring(end);
    }

    /** The index in the text of the turn behind what was heard. */
    public int end() {
        return end;
    }

    /** Whether that index is a guess by the pace of the voice, because the backend gave no times for that part. */
    public boolean isEstimate() {
        return estimate;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpokenText that
                && written.equals(that.written)
                && end == that.end
                && estimate == that.estimate;
    }

    @Override
    public int hashCode() {
        return Objects.hash(written, end, estimate);
    }

    /** Lengths, never the text. */
    @Override
    public String toString() {
        return "SpokenText[" + end + " of " + written.length() + " chars" + (estimate ? ", an estimate" : "") + "]";
    }
}
