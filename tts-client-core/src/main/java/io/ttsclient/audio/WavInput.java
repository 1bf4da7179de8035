// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A look-ahead buffer on a stream of bytes that hands them out without copying. It reads what is there and never waits for more
 * than was asked for.
 */
final class WavInput {
    private static final int SLAB_BYTES = 16 * 1024;
    /** Less room than this at the end of a slab is not worth a read. */
    private static final int MIN_ROOM = 1024;

    private final InputStream in;
    private byte[] slab = new byte[SLAB_BYTES];
    private ByteBuffer view = viewOf(slab);
    private int start;
    private int end;
    /** Whether slices of the slab are in foreign hands, so that it must not be written over. */
    private boolean shared;

    WavInput(InputStream in) {
        this.in = in;
    }

    /** Bytes that can be had without waiting. */
    int buffered() {
        return end - start;
    }

    /**
     * Waits until {@code count} bytes, at most {@value #MIN_ROOM}, are buffered. False if the stream ends before; then all that
     * is left is buffered.
     */
    boolean require(int count) throws IOException {
        while (buffered() < count) {
            if (slab.length - end < MIN_ROOM) {
                makeRoom();
            }
            int read = in.read(slab, end, slab.length - end);
            if (read < 0) {
                return false;
            }
            end += read;
        }
        return true;
    }

    private void makeRoom() {
        byte[] next = shared ? new byte[SLAB_BYTES] : slab;
        System.arraycopy(slab, start, next, 0, buffered());
        end -= start;
        start = 0;
        if (shared) {
            slab = next;
            view = viewOf(next);
            shared = false;
        }
    }

    /** The little-endian number in the four bytes at {@code offset}, which are buffered. */
    int intAt(int offset) {
        return view.getInt(start + offset);
    }

    long longAt(int offset) {
        return view.getLong(start + offset);
    }

    byte byteAt(int offset) {
        return slab[start + offset];
    }

    /** The {@code count} bytes from {@code offset} on, which are buffered; valid until the next call of another method. */
    ByteBuffer peek(int offset, int count) {
        return view.slice(start + offset, count);
    }

    /** Takes the next {@code count} bytes, which are buffered, as a read-only slice. */
    ByteBuffer take(int count) {
        ByteBuffer taken = ByteBuffer.wrap(slab, start, count).slice().asReadOnlyBuffer();
        start += count;
        shared = true;
        return taken;
    }

    /** Passes over {@code count} bytes, or over as many as there are. */
    void skip(long count) throws IOException {
        for (long left = count; left > 0; ) {
            if (!require(1)) {
                return;
            }
            int step = (int) Math.min(left, buffered());
            start += step;
            left -= step;
        }
    }

    private static ByteBuffer viewOf(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
