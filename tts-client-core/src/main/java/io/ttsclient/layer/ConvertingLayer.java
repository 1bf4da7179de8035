// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Encoding;
import io.ttsclient.audio.FormatConverter;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the wanted format where the backend does not make it: asks for the best of those that it does make and converts.
 * A format that the backend makes passes through untouched.
 */
public final class ConvertingLayer extends DelegatingBackend {
    public ConvertingLayer(TtsBackend delegate) {
        super(delegate);
    }

    /** Whether {@code capabilities} can give {@code wanted}, directly or by conversion. */
    public static boolean canDeliver(TtsCapabilities capabilities, AudioFormat wanted) {
        return toAskFor(capabilities, wanted).isPresent();
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        Optional<AudioFormat> wanted = synthesis.options().format();
        if (wanted.isEmpty()) {
            return super.stream(synthesis);
        }
        AudioFormat asked = toAskFor(capabilities(), wanted.get())
                .orElseThrow(() -> synthesis
                        .failure(
                                Category.UNSUPPORTED,
                                "format: " + wanted.get() + ", and "
                                        + capabilities().backend() + " makes "
                                        + capabilities().formats() + ", from which it cannot be converted")
                        .origin(Origin.CLIENT)
                        .build());
        AudioSource source = super.stream(synthesis.withOptions(
                synthesis.options().toBuilder().format(asked).build()));
        if (source.format().equals(wanted.get())) {
            return source;
        }
        if (!FormatConverter.canConvert(source.format(), wanted.get())) {
            AudioFormat got = source.format();
            source.close();
            throw synthesis
                    .failure(Category.PROTOCOL, "the backend was asked for " + asked + " and answers " + got)
                    .build();
        }
        return new ConvertingSource(source, wanted.get());
    }

    private static Optional<AudioFormat> toAskFor(TtsCapabilities capabilities, AudioFormat wanted) {
        if (capabilities.formats().contains(wanted)) {
            return Optional.of(wanted);
        }
        return capabilities.formats().stream()
                .filter(made -> FormatConverter.canConvert(made, wanted))
                .max(Comparator.comparing((AudioFormat made) -> made.encoding() == Encoding.LINEAR16)
                        .thenComparing(made -> made.sampleRate() >= wanted.sampleRate())
                        // Above the wanted rate the nearest costs least, below it the highest keeps most.
                        .thenComparingInt(made -> -Math.abs(made.sampleRate() - wanted.sampleRate())));
    }

    private static final class ConvertingSource extends DelegatingSource {
        private final AudioFormat format;
        private final FormatConverter converter;
        private boolean finished;

        ConvertingSource(AudioSource delegate, AudioFormat format) {
            super(delegate);
            this.format = format;
            converter = new FormatConverter(delegate.format(), format);
        }

        @Override
        public AudioFormat format() {
            return format;
        }

        @Override
        public @Nullable AudioChunk read() {
            while (!finished) {
                AudioChunk chunk = super.read();
                finished = chunk == null;
                ByteBuffer converted = chunk == null ? converter.finish() : converter.convert(chunk.bytes());
                if (converted.hasRemaining()) {
                    return new AudioChunk(converted);
                }
            }
            return null;
        }
    }
}
