// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Puts a WAV together byte by byte, right or wrong. */
final class WavBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A right header for 16-bit mono with {@code dataSize} announced. */
    static WavBytes pcm16(int rate, long dataSize) {
        return new WavBytes().riff("RIFF", 36 + dataSize).fmt(1, 1, rate, 16).data(dataSize);
    }

    WavBytes riff(String id, long size) {
        return ascii(id).int32(size).ascii("WAVE");
    }

    WavBytes fmt(int tag, int channels, long rate, int bits) {
        return ascii("fmt ").int32(16).fmtContent(tag, channels, rate, bits);
    }

    WavBytes extensible(int tag, int channels, long rate, int bits, int validBits) {
        ascii("fmt ").int32(40).fmtContent(0xFFFE, channels, rate, bits);
        int16(22).int16(validBits).int32(4).int16(tag);
        return raw(0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71);
    }

    private WavBytes fmtContent(int tag, int channels, long rate, int bits) {
        int frame = channels * bits / 8;
        return int16(tag)
                .int16(channels)
                .int32(rate)
                .int32(rate * frame)
                .int16(frame)
                .int16(bits);
    }

    WavBytes data(long size) {
        return ascii("data").int32(size);
    }

    WavBytes chunk(String id, int size) {
        ascii(id).int32(size);
        return zeros(size + size % 2);
    }

    WavBytes zeros(int count) {
        return bytes(ByteBuffer.allocate(count));
    }

    WavBytes samples(int... samples) {
        return bytes(Pcm.of(samples));
    }

    WavBytes raw(int... values) {
        return bytes(Pcm.bytes(values));
    }

    WavBytes ascii(String text) {
        return bytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    WavBytes int16(int value) {
        return raw(value, value >> 8);
    }

    WavBytes int32(long value) {
        return bytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, (int) value));
    }

    WavBytes int64(long value) {
        return int32(value).int32(value >> 32);
    }

    WavBytes bytes(ByteBuffer more) {
        bytes.writeBytes(Pcm.array(more));
        return this;
    }

    WavBytes append(WavBytes other) {
        bytes.writeBytes(other.array());
        return this;
    }

    byte[] array() {
        return bytes.toByteArray();
    }

    InputStream stream() {
        return new ByteArrayInputStream(array());
    }

    /** As a network delivers it, {@code step} bytes a read. */
    InputStream stream(int step) {
        return new ByteArrayInputStream(array()) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, step));
            }
        };
    }
}
