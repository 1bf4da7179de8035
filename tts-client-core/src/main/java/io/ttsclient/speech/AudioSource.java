// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.TtsException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Audio being made: what a backend answers with and what layers wrap. Applications hold an {@link AudioStream}, which adds
 * the views.
 *
 * <p>One thread at a time reads. {@link #close()} and {@link #timings()} may come from any thread.
 */
public interface AudioSource extends AutoCloseable {
    /** Audio that is all there, in {@code format}, with its marks; the lists are shared, not copied. */
    static AudioSource of(AudioFormat format, List<AudioChunk> chunks, List<TimingMark> timings) {
        return new ChunkListSource(format, chunks, timings);
    }

    /** The format of every chunk; it never changes. */
    AudioFormat format();

    /**
     * The next audio; waits for it. Once it has returned null or thrown, it is not called again.
     *
     * @return null at the end, when all audio was delivered
     * @throws TtsException if the audio breaks off; with category {@code CANCELLED} after {@link #close()}
     */
    @Nullable
    AudioChunk read();

    /** The marks that have arrived so far, in order; empty where the backend gives none. */
    default List<TimingMark> timings() {
        return List.of();
    }

    /**
     * Ends it. Where audio was still to come, what makes it is cancelled, and a {@link #read()} that another thread is
     * blocked in ends within milliseconds. Never blocks, never throws, may come from any thread and more than once.
     */
    @Override
    void close();
}
