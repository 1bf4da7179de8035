// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A stream as an iterator; reads one chunk ahead, and only when asked whether there is one. */
final class ChunkIterator implements Iterator<AudioChunk> {
    private final AudioStream stream;
    private @Nullable AudioChunk next;

    ChunkIterator(AudioStream stream) {
        this.stream = stream;
    }

    @Override
    public boolean hasNext() {
        if (next == null || stream.isRevoked()) {
            next = stream.read();
        }
        return next != null;
    }

    @Override
    public AudioChunk next() {
        AudioChunk chunk = hasNext() ? next : null;
        if (chunk == null) {
            throw new NoSuchElementException("the stream has ended");
        }
        next = null;
        return chunk;
    }
}
