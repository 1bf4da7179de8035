// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Journal;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechListener.Outcome;
import org.jspecify.annotations.Nullable;

/** Takes down what the caller gets and when, and completes each failure with what only the whole request knows. */
public final class ObservationLayer extends DelegatingBackend {
    public ObservationLayer(TtsBackend delegate) {
        super(delegate);
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        Journal journal = synthesis.journal();
        journal.started(synthesis.text().length(), synthesis.whole());
        long start = synthesis.time().nanoTime();
        try {
            AudioSource source = super.stream(synthesis);
            journal.waited(synthesis.time().nanoTime() - start);
            if (!(source instanceof SilentSource)) {
                journal.firstAudio();
            }
            return new ObservedSource(source, synthesis);
        } catch (TtsException e) {
            journal.waited(synthesis.time().nanoTime() - start);
            throw ended(synthesis, e);
        } catch (RuntimeException | Error e) {
            end(synthesis, Outcome.FAILED, null);
            throw e;
        }
    }

    private static void end(Synthesis synthesis, Outcome outcome, @Nullable Category failure) {
        if (synthesis.journal().ended(outcome, failure)) {
            RequestLog.write(synthesis, outcome, failure);
        }
    }

    private static TtsException ended(Synthesis synthesis, TtsException failure) {
        Journal journal = synthesis.journal();
        journal.characters(synthesis.text().length());
        boolean left = failure.category() == Category.CANCELLED;
        end(synthesis, left ? Outcome.CANCELLED : Outcome.FAILED, left ? null : failure.category());
        return synthesis
                .describe(failure.toBuilder())
                .attempts(journal.attempts())
                .audioDelivered(journal.audioDelivered())
                .build();
    }

    private static final class ObservedSource extends DelegatingSource {
        private final Synthesis synthesis;
        private final Journal journal;

        ObservedSource(AudioSource delegate, Synthesis synthesis) {
            super(delegate);
            this.synthesis = synthesis;
            journal = synthesis.journal();
        }

        @Override
        protected void onEnd() {
            journal.characters(synthesis.text().length()); // a text may have grown since it was started
        }

        @Override
        public @Nullable AudioChunk read() {
            long start = synthesis.time().nanoTime();
            AudioChunk chunk;
            try {
                chunk = super.read();
            } catch (TtsException e) {
                journal.waited(synthesis.time().nanoTime() - start);
                throw ended(synthesis, e);
            } catch (RuntimeException | Error e) {
                end(synthesis, Outcome.FAILED, null);
                throw e;
            }
            journal.waited(synthesis.time().nanoTime() - start);
            if (chunk == null) {
                end(synthesis, Outcome.COMPLETE, null);
            } else {
                journal.delivered(format(), chunk.size());
            }
            return chunk;
        }

        @Override
        public void close() {
            super.close();
            end(synthesis, Outcome.CANCELLED, null); // unless it has ended before
        }
    }
}
