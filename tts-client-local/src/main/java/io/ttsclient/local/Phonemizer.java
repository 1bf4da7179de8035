// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import java.util.List;

/**
 * Turns text into the symbols that a voice speaks. Implementations are thread-safe.
 *
 * <p>{@link #english()} needs nothing installed; {@link #espeak} uses an installed {@code espeak-ng} for its many languages.
 */
public interface Phonemizer extends AutoCloseable {
    /**
     * What to say for {@code text}, a sentence or a few.
     *
     * @return runs in the order of the text, none overlapping the one before; the last one ends a sentence. Empty where the
     *     text has nothing to pronounce
     */
    List<PhonemeRun> phonemize(String text);

    /** Ends what was started for it; does nothing by default. May be called twice. */
    @Override
    default void close() {}

    /** American English in pure Java. Holds no resources: closing is optional. */
    static Phonemizer english() {
        return english(Lexicon.empty());
    }

    /** American English in pure Java, with {@code own} pronunciations that come before the built-in ones. */
    static Phonemizer english(Lexicon own) {
        return new EnglishPhonemizer(own);
    }

    /**
     * Any language that an installed {@code espeak-ng} speaks, with its defaults; {@link EspeakPhonemizer#builder} has the
     * options. Close it to end its process.
     *
     * @param voice a voice as {@code espeak-ng --voices} lists them, such as {@code de} or {@code en-us}
     * @throws IllegalArgumentException if it cannot be the name of a voice
     */
    static Phonemizer espeak(String voice) {
        return EspeakPhonemizer.builder(voice).build();
    }
}
