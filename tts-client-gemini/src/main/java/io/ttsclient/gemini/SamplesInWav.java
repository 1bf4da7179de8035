// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.WavReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Samples in a WAV, or in one a part. */
final class SamplesInWav implements Samples {
    private final WavReader wav;

    SamplesInWav(ByteBuffer first, AnswerReader reader) throws IOException {
        wav = WavReader.open(new Bytes(first, reader));
    }

    @Override
    public AudioFormat format() {
        return wav.format();
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        return wav.read();
    }

    @Override
    public boolean isCut() {
        return wav.truncated();
    }

    /** The bytes of the audio as a stream. */
    private static final class Bytes extends InputStream {
        private final AnswerReader reader;
        private final byte[] single = new byte[1];
        private ByteBuffer current;

        Bytes(ByteBuffer first, AnswerReader reader) {
            this.current = first;
            this.reader = reader;
        }

        @Override
        public int read() throws IOException {
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            if (!current.hasRemaining()) {
                ByteBuffer next = reader.read();
                if (next == null) {
                    return -1;
                }
                current = next;
            }
            int count = Math.min(length, current.remaining());
            current.get(target, offset, count);
            return count;
        }
    }
}
