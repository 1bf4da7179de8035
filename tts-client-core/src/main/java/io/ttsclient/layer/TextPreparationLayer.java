// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.text.PreparedText;
import io.ttsclient.text.Speakable;
import io.ttsclient.text.TextPreparation;
import java.util.List;

/**
 * Makes the text speakable as the request's {@link TextPreparation} says, refuses a text with nothing to pronounce, and leads
 * timings back to the text that the caller wrote.
 */
public final class TextPreparationLayer extends DelegatingBackend {
    public TextPreparationLayer(TtsBackend delegate) {
        super(delegate);
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        String text = synthesis.text().text();
        TextPreparation preparation = synthesis.options().textPreparation();
        if (preparation.isOff()) {
            requireSpeakable(text, text);
            return super.stream(synthesis);
        }
        PreparedText prepared = preparation.prepare(text);
        requireSpeakable(prepared.text(), text);
        return new PreparedSource(super.stream(synthesis.withText(TextSource.of(prepared.text()))), prepared);
    }

    private static void requireSpeakable(String text, String source) {
        if (!Speakable.anythingIn(text)) {
            throw new NothingToSpeakException("text: nothing to pronounce in " + source.length() + " chars");
        }
    }

    private static final class PreparedSource extends DelegatingSource {
        private final PreparedText prepared;

        PreparedSource(AudioSource delegate, PreparedText prepared) {
            super(delegate);
            this.prepared = prepared;
        }

        @Override
        public List<TimingMark> timings() {
            return super.timings().stream().map(this::inSource).toList();
        }

        private TimingMark inSource(TimingMark mark) {
            int length = prepared.text().length(); // a backend may count further than its text goes
            int start = prepared.sourceIndex(Math.min(mark.textStart(), length));
            int end = Math.max(start, prepared.sourceEnd(Math.min(mark.textEnd(), length)));
            return new TimingMark(mark.kind(), start, end, mark.start(), mark.end());
        }
    }
}
