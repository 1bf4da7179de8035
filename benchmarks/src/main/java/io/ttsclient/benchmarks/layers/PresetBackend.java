// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.layers;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.text.SegmentLimits;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of 20 ms at once, as many as it is told, or a failure: the least that a backend can cost. The kit's {@code FakeBackend} is none
 * for a benchmark: it takes down every call for the tests to look at, so that it costs more than the layers and grows with every
 * round.
 */
public final class PresetBackend implements TtsBackend {
    static final int CHUNK_BYTES = 640;

    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);
    private static final int MAX_CHARACTERS = 2_000;

    private final TtsCapabilities capabilities;
    private final byte[] audio = new byte[CHUNK_BYTES];
    private final int chunks;

    /** {@code chunks} is how many an answer has; 0 for a backend that is dead. */
    public PresetBackend(String name, int chunks) {
        this.chunks = chunks;
        capabilities = TtsCapabilities.builder(name, FORMAT)
                .segmentLimits(
                        SegmentLimits.builder().maxCodePoints(MAX_CHARACTERS).build())
                .build();
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        if (chunks == 0) {
            throw synthesis.failure(Category.CONNECTION, "dead").build();
        }
        return new Preset();
    }

    @Override
    public TtsCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public void close() {}

    private final class Preset implements AudioSource {
        private int left = chunks;

        @Override
        public AudioFormat format() {
            return FORMAT;
        }

        @Override
        public @Nullable AudioChunk read() {
            return left-- > 0 ? new AudioChunk(ByteBuffer.wrap(audio)) : null;
        }

        @Override
        public void close() {}
    }
}
