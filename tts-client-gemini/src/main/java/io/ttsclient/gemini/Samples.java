// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.audio.AudioFormat;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The samples in the audio of one answer, with or without a WAV around them. Not thread-safe. */
interface Samples {
    /**
     * Waits for the first bytes of audio, which say what they are.
     *
     * @param asked the format that was asked for
     * @return null if there is no audio
     * @throws EOFException if the audio ends before its first sample
     * @throws IOException if it is no audio that is read here
     */
    static @Nullable Samples open(AnswerReader reader, Answer answer, AudioFormat asked) throws IOException {
        ByteBuffer first = reader.read();
        if (first == null) {
            return null;
        }
        // A part may be smaller than what tells.
        while (SampleFormat.mayBecomeWav(first)) {
            ByteBuffer more = reader.read();
            if (more == null) {
                break;
            }
            first = ByteBuffer.allocate(first.remaining() + more.remaining())
                    .put(first)
                    .put(more)
                    .flip();
        }
        return SampleFormat.isWav(first)
                ? new SamplesInWav(first, reader)
                : new RawSamples(first, reader, answer, asked);
    }

    /** What they are. */
    AudioFormat format();

    /** The next whole samples, never empty; null at the end. */
    @Nullable
    ByteBuffer read() throws IOException;

    /** Whether the last sample, or what was announced, is not all there; false before the end. */
    boolean isCut();
}
