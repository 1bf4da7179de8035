// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.Gain;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes a backend louder or softer, so that a change of backend is no jump in level. It stands inside the converting layer,
 * where the audio has its full precision. Audio whose samples are not there to be seen, such as MP3, passes with a warning.
 */
public final class GainLayer extends DelegatingBackend {
    private final Gain gain;

    public GainLayer(TtsBackend delegate, Gain gain) {
        super(delegate);
        this.gain = gain;
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        AudioSource source = super.stream(synthesis);
        if (Gain.canApply(source.format())) {
            return new LouderSource(source, gain);
        }
        synthesis
                .journal()
                .warning("gain not applied to " + capabilities().backend() + ": its audio is " + source.format());
        return source;
    }

    private static final class LouderSource extends DelegatingSource {
        private final Gain gain;

        LouderSource(AudioSource delegate, Gain gain) {
            super(delegate);
            this.gain = gain;
        }

        @Override
        public @Nullable AudioChunk read() {
            AudioChunk chunk = super.read();
            return chunk == null ? null : new AudioChunk(gain.apply(chunk.bytes(), format()));
        }
    }
}
