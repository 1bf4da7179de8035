// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.FrameAligner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Samples without a header. Parts of an answer may split them anywhere. */
final class RawSamples implements Samples {
    private final AnswerReader reader;
    private final Answer answer;
    private final AudioFormat asked;
    private final AudioFormat format;
    private final FrameAligner aligner;
    private Optional<String> mimeType;
    private @Nullable ByteBuffer first;

    RawSamples(ByteBuffer first, AnswerReader reader, Answer answer, AudioFormat asked) throws IOException {
        this.reader = reader;
        this.answer = answer;
        this.asked = asked;
        this.first = first;
        mimeType = answer.mimeType();
        format = SampleFormat.of(mimeType, asked);
        aligner = new FrameAligner(format);
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        while (true) {
            ByteBuffer bytes = first != null ? first : reader.read();
            first = null;
            if (bytes != null || !answer.isFailed()) {
                requireSameFormat(); // at the end too: the type may stand behind the data
            }
            if (bytes == null) {
                return null;
            }
            ByteBuffer whole = aligner.align(bytes);
            if (whole.hasRemaining()) {
                return whole;
            }
        }
    }

    private void requireSameFormat() throws IOException {
        Optional<String> now = answer.mimeType();
        if (now.equals(mimeType)) {
            return;
        }
        mimeType = now;
        AudioFormat other = SampleFormat.of(now, asked);
        if (!other.equals(format)) {
            throw new IOException("one part of it is of " + format + ", another of " + other);
        }
    }

    @Override
    public boolean isCut() {
        return aligner.carried() > 0;
    }
}
