// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Audio that is all there. */
final class ChunkListSource implements AudioSource {
    private final AudioFormat format;
    private final Iterator<AudioChunk> chunks;
    private final List<TimingMark> timings;
    private volatile boolean closed;

    ChunkListSource(AudioFormat format, List<AudioChunk> chunks, List<TimingMark> timings) {
        this.format = format;
        this.chunks = chunks.iterator();
        this.timings = timings;
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public @Nullable AudioChunk read() {
        if (!chunks.hasNext()) {
            return null;
        }
        if (closed) {
            throw TtsException.builder(Category.CANCELLED, "the audio was closed before its end")
                    .build();
        }
        return chunks.next();
    }

    @Override
    public List<TimingMark> timings() {
        return timings;
    }

    @Override
    public void close() {
        closed = true;
    }
}
