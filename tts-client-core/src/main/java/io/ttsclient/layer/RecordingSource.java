// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.TimingMark;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One listener of a {@link Recording}, from its beginning. */
final class RecordingSource implements AudioSource {
    private final Recording recording;
    private final Synthesis synthesis;
    private final boolean first;
    private final AtomicLong bytes = new AtomicLong(); // that it has read
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

    /** Tells how long that plays which it has read, and holds on to none of it; asked for once there is audio. */
    Supplier<Duration> heardSoFar() {
        AudioFormat format = format();
        AtomicLong read = bytes;
        return format.encoding().isCompressed() ? () -> Duration.ZERO : () -> format.durationOf(read.get());
    }

    TtsException cancelled() {
        return synthesis.cancelled();
    }

    TtsException tooSlow(long maxBytes) {
        return synthesis
                .failure(
                        Category.TRUNCATED,
                        "read too slowly: it shares audio longer than maxRecordingBytes (" + maxBytes
                                + "), and fell that far behind whoever asked for it first")
                .origin(Origin.CLIENT)
                .notRetryable()
                .build();
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
     * @return false if nobody makes it for this listener
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
            } else {
                bytes.addAndGet(chunk.size());
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
