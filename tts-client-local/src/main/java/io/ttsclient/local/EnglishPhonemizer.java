// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.local.english.English;
import java.util.List;

/** American English without any other program. */
final class EnglishPhonemizer implements Phonemizer {
    private final English english = new English();
    private final Lexicon own;

    EnglishPhonemizer(Lexicon own) {
        this.own = own;
    }

    @Override
    public List<PhonemeRun> phonemize(String text) {
        var runs = new PhonemeRuns();
        english.transcribe(text, own.words(), runs);
        return runs.ended();
    }

    /** All of its own words. */
    String ownWords() {
        return own.words().key();
    }

    @Override
    public String toString() {
        return "EnglishPhonemizer[" + own + "]";
    }
}
