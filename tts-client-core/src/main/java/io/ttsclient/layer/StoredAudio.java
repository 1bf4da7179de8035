// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.TimingMark;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whole audio that was made before. Immutable.
 *
 * @param format the format of all chunks
 * @param chunks the audio
 * @param timings its marks, in order
 * @param voice who speaks; null where the backend did not say so
 * @param madeAt when it was made
 */
public record StoredAudio(
        AudioFormat format,
        List<AudioChunk> chunks,
        List<TimingMark> timings,
        @Nullable String voice,
        Instant madeAt) {
    private static final int CHUNK_BYTES = 8 * 1024;

    public StoredAudio {
        chunks = List.copyOf(chunks);
        timings = List.copyOf(timings);
    }

    /** How many bytes the audio has. */
    public long size() {
        long size = 0;
        for (AudioChunk chunk : chunks) {
            size += chunk.size();
        }
        return size;
    }

    /** How long it plays; zero where its encoding does not tell. */
    Duration duration() {
        return format.encoding().isCompressed() ? Duration.ZERO : format.durationOf(size());
    }

    AudioSource open() {
        return AudioSource.of(format, chunks, timings);
    }

    /**
     * The same audio in memory of its own. A chunk may be a small part of a big buffer, which it would keep alive; and many small
     * ones cost more to read than a few. Chunks only grow together, since nobody but the backend knows where else to cut.
     */
    StoredAudio compact() {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(size()));
        var cut = new ArrayList<AudioChunk>();
        int start = 0;
        for (AudioChunk chunk : chunks) {
            if (all.position() > start && all.position() + chunk.size() - start > CHUNK_BYTES) {
                cut.add(new AudioChunk(all.slice(start, all.position() - start)));
                start = all.position();
            }
            all.put(chunk.bytes());
        }
        if (all.position() > start) {
            cut.add(new AudioChunk(all.slice(start, all.position() - start)));
        }
        return new StoredAudio(format, cut, timings, voice, madeAt);
    }

    /** What of it, never the audio. */
    @Override
    public String toString() {
        return "StoredAudio[" + format + ", " + size() + " bytes, made at " + madeAt + "]";
    }
}
