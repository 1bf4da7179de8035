// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import java.util.List;

/** American English without any other program: reads the text aloud, looks the words up, writes the voice's symbols. */
final class EnglishPhonemizer implements Phonemizer {
    private final Lexicon own;
    private final Pronouncer pronouncer;

    EnglishPhonemizer(Lexicon own, EnglishLexicon lexicon, EnglishLexicon acronyms) {
        this.own = own;
        this.pronouncer = new Pronouncer(lexicon, acronyms);
    }

    @Override
    public List<PhonemeRun> phonemize(String text) {
        FoldedText folded = FoldedText.of(text);
        List<Spoken> spoken = EnglishReader.read(folded, own, pronouncer);
        return spoken.isEmpty() ? List.of() : new EnglishUtterance(folded, spoken, pronouncer).runs();
    }

    @Override
    public String toString() {
        return "EnglishPhonemizer[" + own + "]";
    }
}
