// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.GrowingText;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.DeliveredText;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.text.PreparedText;
import io.ttsclient.text.Speakable;
import io.ttsclient.text.TextPreparation;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Makes the text speakable as the request's {@link TextPreparation} says, refuses a text with nothing to pronounce, and leads
 * timings and what was delivered back to the text that the caller wrote.
 *
 * <p>A text that is being written is prepared as it comes, and nobody below is asked before it has something to pronounce; if it
 * never has, that is silence.
 */
public final class TextPreparationLayer extends DelegatingBackend {
    public TextPreparationLayer(TtsBackend delegate) {
        super(delegate);
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        return synthesis.text() instanceof GrowingText turn ? speakTurn(synthesis, turn) : speakWhole(synthesis);
    }

    private AudioSource speakWhole(Synthesis synthesis) {
        String text = synthesis.text().text();
        TextPreparation preparation = synthesis.options().textPreparation();
        if (preparation.isOff()) {
            requireSpeakable(text, text);
            return super.stream(synthesis);
        }
        PreparedText prepared = preparation.prepare(text);
        requireSpeakable(prepared.text(), text);
        int length = prepared.text().length(); // a backend may count further than its text goes
        AudioSource source = super.stream(synthesis.withText(TextSource.of(prepared.text())));
        return new PreparedSource(
                source,
                index -> prepared.sourceIndex(Math.min(index, length)),
                end -> prepared.sourceEnd(Math.min(end, length)));
    }

    private static void requireSpeakable(String text, String source) {
        if (!Speakable.anythingIn(text)) {
            throw new NothingToSpeakException("text: nothing to pronounce in " + source.length() + " chars");
        }
    }

    private AudioSource speakTurn(Synthesis synthesis, GrowingText turn) {
        TextPreparation preparation = synthesis.options().textPreparation();
        if (preparation.isOff()) {
            return SpeakableText.await(synthesis, turn) ? super.stream(synthesis) : silence(synthesis);
        }
        var prepared = new PreparedGrowth(turn, preparation.start());
        if (!SpeakableText.await(synthesis, prepared)) {
            return silence(synthesis);
        }
        AudioSource source = super.stream(synthesis.withText(prepared));
        return new PreparedSource(source, prepared::sourceIndex, prepared::sourceEnd);
    }

    private SilentSource silence(Synthesis synthesis) {
        return new SilentSource(
                synthesis.options().format().orElse(capabilities().defaultFormat()));
    }

    private static final class PreparedSource extends DelegatingSource {
        private final IntUnaryOperator sourceIndex;
        private final IntUnaryOperator sourceEnd;

        PreparedSource(AudioSource delegate, IntUnaryOperator sourceIndex, IntUnaryOperator sourceEnd) {
            super(delegate);
            this.sourceIndex = sourceIndex;
            this.sourceEnd = sourceEnd;
        }

        @Override
        public List<TimingMark> timings() {
            return super.timings().stream().map(this::inSource).toList();
        }

        private TimingMark inSource(TimingMark mark) {
            int start = sourceIndex.applyAsInt(mark.textStart());
            int end = Math.max(start, sourceEnd.applyAsInt(mark.textEnd()));
            return new TimingMark(mark.kind(), start, end, mark.start(), mark.end());
        }

        @Override
        protected TtsException onFailure(TtsException failure) {
            return failure.deliveredText()
                    .map(delivered -> failure.toBuilder()
                            .deliveredText(inSource(delivered))
                            .build())
                    .orElse(failure);
        }

        private DeliveredText inSource(DeliveredText delivered) {
            int complete = sourceEnd.applyAsInt(delivered.complete());
            return new DeliveredText(complete, Math.max(complete, sourceEnd.applyAsInt(delivered.begun())));
        }
    }
}
