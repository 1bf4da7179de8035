// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket frame, RFC 6455 section 5.2. Messages in several frames are not understood: no client sends its short ones so.
 *
 * @param payload unmasked
 */
record Frame(int opcode, ByteBuffer payload) {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int LENGTH_IN_16_BITS = 126;
    private static final int LENGTH_IN_64_BITS = 127;
    private static final int MASK_BYTES = 4;

    /** Takes a client's frame from the input; null, and nothing taken, while it is not complete. */
    static @Nullable Frame read(ByteBuffer input) {
        ByteBuffer in = input.duplicate();
        if (in.remaining() < 2) {
            return null;
        }
        int first = in.get();
        int second = in.get();
        if ((first & FINAL) == 0 || (second & MASKED) == 0) {
            throw new IllegalStateException("a client's frame is whole and masked");
        }
        int length = second & ~MASKED & 0xFF;
        if (length >= LENGTH_IN_16_BITS) {
            int bytes = length == LENGTH_IN_64_BITS ? Long.BYTES : Short.BYTES;
            if (in.remaining() < bytes) {
                return null;
            }
            length = bytes == Long.BYTES ? Math.toIntExact(in.getLong()) : Short.toUnsignedInt(in.getShort());
        }
        if (in.remaining() < MASK_BYTES + length) {
            return null;
        }
        var mask = new byte[MASK_BYTES];
        in.get(mask);
        var payload = new byte[length];
        in.get(payload);
        for (int i = 0; i < length; i++) {
            payload[i] ^= mask[i % MASK_BYTES];
        }
        input.position(in.position());
        return new Frame(first & 0x0F, ByteBuffer.wrap(payload));
    }

    static Frame text(String text) {
        return new Frame(TEXT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    String text() {
        return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }

    /** As a server sends it: without a mask. */
    ByteBuffer encoded() {
        int length = payload.remaining();
        ByteBuffer bytes = ByteBuffer.allocate(2 + Long.BYTES + length).put((byte) (FINAL | opcode));
        if (length < LENGTH_IN_16_BITS) {
            bytes.put((byte) length);
        } else if (length <= 0xFFFF) {
            bytes.put((byte) LENGTH_IN_16_BITS).putShort((short) length);
        } else {
            bytes.put((byte) LENGTH_IN_64_BITS).putLong(length);
        }
        return bytes.put(payload.duplicate()).flip();
    }
}
