// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.List;

/** American English: reads a text aloud, looks its words up, and writes the symbols of Piper's voices. Thread-safe. */
public final class English {
    private final Pronouncer pronouncer = new Pronouncer(EnglishLexicon.builtIn(), EnglishLexicon.acronyms());

    /** Writes what to say for {@code text} to {@code out}; nothing where it has nothing to pronounce. */
    public void transcribe(String text, OwnWords own, Transcript out) {
        FoldedText folded = FoldedText.of(text);
        List<Spoken> spoken = EnglishReader.read(folded, own, pronouncer);
        if (!spoken.isEmpty()) {
            new EnglishUtterance(folded, spoken, pronouncer).writeTo(out);
        }
    }
}
