// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

/**
 * A place where a text may be cut.
 *
 * @param kind what ends there
 * @param end behind the last char before the cut
 * @param next at the first char behind the cut and its white space
 */
record Break(Segment.Boundary kind, Position end, Position next) {
    /** Whether a sentence, or more, ends here. */
    boolean endsSentence() {
        return kind.compareTo(Segment.Boundary.SENTENCE) >= 0;
    }
}
