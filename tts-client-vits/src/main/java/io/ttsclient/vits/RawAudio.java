// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Encoding;
import io.ttsclient.audio.FrameAligner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Audio without a header: samples, of which none is split, or the bytes of a codec as they come. */
final class RawAudio implements AnswerAudio {
    private static final int LEAST_READ = 2 * 1024;
    private static final int MOST_READ = 16 * 1024;

    private final InputStream in;
    private final AudioFormat format;
    private final @Nullable FrameAligner aligner;

    RawAudio(InputStream in, AudioFormat format) {
        this.in = in;
        this.format = format;
        aligner = format.encoding() == Encoding.LINEAR16 ? new FrameAligner(format) : null;
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        while (true) {
            // A new array each time: what is handed out may be kept.
            byte[] bytes = new byte[Math.max(LEAST_READ, Math.min(MOST_READ, in.available()))];
            int count = in.read(bytes);
            if (count < 0) {
                return null;
            }
            ByteBuffer read = ByteBuffer.wrap(bytes, 0, count);
            ByteBuffer whole = aligner == null ? read : aligner.align(read);
            if (whole.hasRemaining()) {
                return whole;
            }
        }
    }

    /** Half a sample at the end; a codec does not tell. */
    @Override
    public boolean truncated() {
        return aligner != null && aligner.carried() > 0;
    }
}
