// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import java.util.Objects;

/**
 * A stretch of a text and what a voice is to say for it: a word, the space between two, or a punctuation mark. The symbols of
 * all runs of a text, joined, are what the voice gets.
 *
 * @param symbols phonemes in IPA, in Unicode form NFD, one symbol a code point; never empty
 * @param start index in the text of the first {@code char} that it stands for
 * @param end index behind the last one; equal to {@code start} where the text has nothing for it, such as a missing period
 */
public record PhonemeRun(String symbols, int start, int end) {
    public PhonemeRun {
        Objects.requireNonNull(symbols, "symbols");
        if (symbols.isEmpty()) {
            throw new IllegalArgumentException("symbols: empty, at least one is needed");
        }
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("range: " + start + " to " + end + ", allowed 0 <= start <= end");
        }
    }

    /** Length and position, never the symbols. */
    @Override
    public String toString() {
        return "PhonemeRun[" + start + ".." + end + ", " + symbols.length() + " chars]";
    }
}
