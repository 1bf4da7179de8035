// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.nio.ByteBuffer;

/** Parts of chunks without a copy. */
final class Slices {
    static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private Slices() {}

    /** Consumes {@code chunk} wholly and returns its bytes, read-only. */
    static ByteBuffer take(ByteBuffer chunk) {
        return take(chunk, chunk.remaining());
    }

    /** Consumes the next {@code count} bytes of {@code chunk} and returns them, read-only. */
    static ByteBuffer take(ByteBuffer chunk, int count) {
        ByteBuffer taken = chunk.slice(chunk.position(), count).asReadOnlyBuffer();
        chunk.position(chunk.position() + count);
        return taken;
    }
}
