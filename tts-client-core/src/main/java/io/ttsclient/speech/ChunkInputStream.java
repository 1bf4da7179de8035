// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import io.ttsclient.error.TtsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stream as bytes. Never reads further than asked. */
final class ChunkInputStream extends InputStream {
    private static final int END = -1;

    private final AudioStream stream;
    private ByteBuffer current = ByteBuffer.allocate(0);

    ChunkInputStream(AudioStream stream) {
        this.stream = stream;
    }

    @Override
    public int read() throws IOException {
        return fill() ? current.get() & 0xFF : END;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return END;
        }
        int count = Math.min(length, current.remaining());
        current.get(target, offset, count);
        return count;
    }

    @Override
    public int available() {
        return stream.isRevoked() ? 0 : current.remaining();
    }

    @Override
    public void close() {
        stream.close();
    }

    private boolean fill() throws IOException {
        if (current.hasRemaining() && !stream.isRevoked()) {
            return true;
        }
        @Nullable AudioChunk chunk;
        try {
            chunk = stream.read();
        } catch (TtsException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (chunk == null) {
            return false;
        }
        current = chunk.bytes();
        return true;
    }
}
