// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

/** Takes what is to be said for a text, in order. Indices are in the text as it was given. */
public interface Transcript {
    /** A word, or several that stand for one stretch of the text. */
    void add(String symbols, int start, int end);

    /** A space up to {@code end}, where the next word starts. */
    void space(int end);

    /** A mark between two clauses; {@code next} is where the second one starts. */
    void mark(String mark, int start, int end, int next);
}
