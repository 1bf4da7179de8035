// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.nio.ByteBuffer;

/**
 * Mends a stream of samples whose chunks split frames, as networks do: what a chunk holds of a frame is put before the next one.
 * A chunk that begins where a frame does is not copied. Not thread-safe.
 */
public final class FrameAligner {
    private final byte[] carry;
    private int carried;

    /**
     * For one stream.
     *
     * @throws IllegalArgumentException unless {@code format} is of raw samples
     */
    public FrameAligner(AudioFormat format) {
        format.requireRawSamples("format");
        carry = new byte[format.bytesPerFrame()];
    }

    /**
     * The frames that are whole with this chunk.
     *
     * @param chunk any number of bytes; consumed
     * @return read-only, perhaps empty
     */
    public ByteBuffer align(ByteBuffer chunk) {
        int rest = (carried + chunk.remaining()) % carry.length;
        int whole = carried + chunk.remaining() - rest;
        ByteBuffer frames = Slices.EMPTY;
        if (whole > 0) {
            ByteBuffer tail = Slices.take(chunk, whole - carried);
            frames = carried == 0
                    ? tail
                    : ByteBuffer.allocate(whole)
                            .put(carry, 0, carried)
                            .put(tail)
                            .flip()
                            .asReadOnlyBuffer();
            carried = 0;
        }
        chunk.get(carry, carried, rest - carried);
        carried = rest;
        return frames;
    }

    /** Bytes held back, fewer than a frame; not 0 at the end of a stream means that it was cut. */
    public int carried() {
        return carried;
    }
}
