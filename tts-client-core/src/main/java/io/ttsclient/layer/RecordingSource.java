// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.TimingMark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One listener of a {@link Recording}, from its beginning. */
final class RecordingSource implements AudioSource {
    private final Recording recording;
    private final Synthesis synthesis;
    private final boolean first;
    private int heard; // guarded by the recording's lock; written by the reading thread only

    RecordingSource(Recording recording, Synthesis synthesis, boolean first) {
        this.recording = recording;
        this.synthesis = synthesis;
        this.first = first;
    }

    /** Whether the audio is made for it, and the others only join. */
    boolean isFirst() {
        return first;
    }

    String requestId() {
        return synthesis.requestId();
    }

    TtsException cancelled() {
        return synthesis.cancelled();
    }

    int heard() {
        return heard;
    }

    void heard(int chunks) {
        heard = chunks;
    }

    /**
     * Waits until there is audio to hear.
     *
     * @return false if nobody makes it
     */
    boolean awaitAudio() {
        try {
            return recording.awaitAudio(this);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public AudioFormat format() {
        return recording.format();
    }

    @Override
    public @Nullable AudioChunk read() {
        try {
            AudioChunk chunk = recording.next(this, heard);
            if (chunk == null) {
                recording.leave(this);
            }
            return chunk;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private TtsException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return synthesis
                .failure(Category.CANCELLED, "the waiting thread was interrupted")
                .cause(e)
                .build();
    }

    @Override
    public List<TimingMark> timings() {
        return recording.timings();
    }

    @Override
    public void close() {
        recording.leave(this);
    }
}
