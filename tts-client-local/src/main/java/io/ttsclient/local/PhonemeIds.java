// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import java.util.List;

/** What a graph is given to say. Immutable. */
final class PhonemeIds {
    private final long[] ids;
    private final List<Word> words;
    private final int skipped;

    /**
     * One word.
     *
     * @param textStart index of its first {@code char} in the text
     * @param textEnd index behind its last {@code char}
     * @param idStart index of its first id
     * @param idEnd index behind its last id
     */
    record Word(int textStart, int textEnd, int idStart, int idEnd) {}

    /** Takes {@code ids} over. */
    PhonemeIds(long[] ids, List<Word> words, int skipped) {
        this.ids = ids;
        this.words = List.copyOf(words);
        this.skipped = skipped;
    }

    /** The input of the graph, which must not be written to. */
    long[] ids() {
        return ids;
    }

    /** Where each word is. */
    List<Word> words() {
        return words;
    }

    /** How many symbols were left out because the voice has none for them. */
    int skipped() {
        return skipped;
    }
}
