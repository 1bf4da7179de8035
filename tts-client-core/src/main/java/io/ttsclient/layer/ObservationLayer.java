// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Journal;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import org.jspecify.annotations.Nullable;

/** Takes down what the caller gets and when, and completes each failure with what only the whole request knows. */
public final class ObservationLayer extends DelegatingBackend {
    public ObservationLayer(TtsBackend delegate) {
        super(delegate);
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        long start = synthesis.time().nanoTime();
        try {
            AudioSource source = super.stream(synthesis);
            synthesis.journal().firstAudio();
            return new ObservedSource(source, synthesis);
        } catch (TtsException e) {
            synthesis.journal().ended();
            throw complete(synthesis, e);
        } catch (RuntimeException | Error e) {
            synthesis.journal().ended();
            throw e;
        } finally {
            synthesis.journal().waited(synthesis.time().since(start));
        }
    }

    private static TtsException complete(Synthesis synthesis, TtsException failure) {
        Journal journal = synthesis.journal();
        return synthesis
                .describe(failure.toBuilder())
                .attempts(journal.attempts())
                .audioDelivered(journal.audioDelivered())
                .build();
    }

    private static final class ObservedSource extends DelegatingSource {
        private final Synthesis synthesis;

        ObservedSource(AudioSource delegate, Synthesis synthesis) {
            super(delegate);
            this.synthesis = synthesis;
        }

        @Override
        public @Nullable AudioChunk read() {
            long start = synthesis.time().nanoTime();
            try {
                AudioChunk chunk = super.read();
                if (chunk != null) {
                    synthesis.journal().delivered(format(), chunk.size());
                }
                return chunk;
            } finally {
                synthesis.journal().waited(synthesis.time().since(start));
            }
        }

        @Override
        protected void onEnd() {
            synthesis.journal().ended();
        }

        @Override
        protected TtsException onFailure(TtsException failure) {
            return complete(synthesis, failure);
        }
    }
}
