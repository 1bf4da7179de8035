// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Some audio, in the format of its stream, as it arrived. It never splits a sample. Immutable: it may be kept, shared and
 * read by many threads.
 *
 * @param bytes the audio; {@link #bytes()} gives a view of its own each time
 */
public record AudioChunk(ByteBuffer bytes) {
    /** Takes over what remains of {@code bytes}, which must not be written to afterwards. Nothing is copied. */
    public AudioChunk {
        if (!bytes.hasRemaining()) {
            throw new IllegalArgumentException("bytes: 0, allowed at least 1");
        }
        bytes = bytes.slice().asReadOnlyBuffer();
    }

    /** A read-only, little-endian view from the first byte to the last, whose position is the caller's own. */
    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** How many bytes there are, at least 1. */
    public int size() {
        return bytes.limit();
    }

    @Override
    public String toString() {
        return "AudioChunk[" + size() + " bytes]";
    }
}
