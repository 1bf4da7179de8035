// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.SilenceTrimmer;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.TimingMark;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the silence off both ends of the audio of requests that want it. It stands inside the converting layer, so that a resampler
 * adds none, and reads up to the first sound itself: what is nothing but silence is no audio, and somebody else may have some.
 */
public final class TrimmingLayer extends DelegatingBackend {
    /** Below this is what voices and codecs leave of silence. */
    private static final double THRESHOLD_DBFS = -50;
    /** Kept at both ends, so that no soft consonant is cut. */
    private static final Duration MARGIN = Duration.ofMillis(20);

    public TrimmingLayer(TtsBackend delegate) {
        super(delegate);
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        if (!synthesis.options().trimSilence()) {
            return super.stream(synthesis);
        }
        requireSamples(
                synthesis, synthesis.options().format().orElse(capabilities().defaultFormat()));
        AudioSource source = super.stream(synthesis);
        Registration onCancel = synthesis.onCancel(source::close);
        try {
            requireSamples(synthesis, source.format());
            return new TrimmedSource(source).begin(synthesis);
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        } finally {
            onCancel.remove();
        }
    }

    private static void requireSamples(Synthesis synthesis, AudioFormat format) {
        if (!SilenceTrimmer.canTrim(format)) {
            throw synthesis
                    .failure(
                            Category.UNSUPPORTED,
                            "trimSilence: true, allowed with raw LINEAR16, MULAW and ALAW, not with " + format)
                    .origin(Origin.CLIENT)
                    .build();
        }
    }

    private static final class TrimmedSource extends DelegatingSource {
        private final SilenceTrimmer trimmer;
        private @Nullable AudioChunk first; // of the reading thread
        private Duration leading = Duration.ZERO; // before this is handed out

        TrimmedSource(AudioSource delegate) {
            super(delegate);
            trimmer = new SilenceTrimmer(delegate.format(), THRESHOLD_DBFS, MARGIN);
        }

        TrimmedSource begin(Synthesis synthesis) {
            first = next();
            if (first == null) {
                throw synthesis
                        .failure(Category.NO_AUDIO, "the audio was nothing but silence")
                        .build();
            }
            leading = trimmer.leading();
            return this;
        }

        @Override
        public @Nullable AudioChunk read() {
            AudioChunk chunk = first;
            first = null;
            return chunk != null ? chunk : next();
        }

        private @Nullable AudioChunk next() {
            while (true) {
                AudioChunk chunk = super.read();
                if (chunk == null) {
                    return null;
                }
                ByteBuffer trimmed = trimmer.trim(chunk.bytes());
                if (trimmed.hasRemaining()) {
                    return new AudioChunk(trimmed);
                }
            }
        }

        /** What was taken off in front is time that did not pass. */
        @Override
        public List<TimingMark> timings() {
            return super.timings().stream().map(this::earlier).toList();
        }

        private TimingMark earlier(TimingMark mark) {
            return new TimingMark(
                    mark.kind(), mark.textStart(), mark.textEnd(), earlier(mark.start()), earlier(mark.end()));
        }

        private Duration earlier(Duration time) {
            return time.compareTo(leading) < 0 ? Duration.ZERO : time.minus(leading);
        }
    }
}
