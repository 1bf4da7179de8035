// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Samples to test with, and what to do with the results. */
final class Pcm {
    private Pcm() {}

    static ByteBuffer of(int... samples) {
        ByteBuffer buffer = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int sample : samples) {
            buffer.putShort((short) sample);
        }
        return buffer.flip().order(ByteOrder.BIG_ENDIAN);
    }

    static ByteBuffer bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }

    static ByteBuffer noise(long seed, int samples) {
        byte[] bytes = new byte[2 * samples];
        new Random(seed).nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    static ByteBuffer tone(int rate, double frequency, double amplitude, int samples) {
        int[] tone = new int[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (int) Math.round(amplitude * Math.sin(2 * Math.PI * frequency * i / rate));
        }
        return of(tone);
    }

    static int[] samples(ByteBuffer linear16) {
        ByteBuffer in = linear16.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int[] samples = new int[in.remaining() / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = in.getShort();
        }
        return samples;
    }

    static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    static ByteBuffer join(Collection<ByteBuffer> parts) {
        ByteBuffer whole = ByteBuffer.allocate(
                parts.stream().mapToInt(ByteBuffer::remaining).sum());
        parts.forEach(part -> whole.put(part.duplicate()));
        return whole.flip();
    }

    static ByteBuffer join(ByteBuffer... parts) {
        return join(List.of(parts));
    }

    /** Cuts {@code whole} into pieces of 0 to {@code max} units of {@code unit} bytes. */
    static List<ByteBuffer> cut(ByteBuffer whole, int unit, int max, RandomGenerator random) {
        List<ByteBuffer> pieces = new ArrayList<>();
        ByteBuffer rest = whole.duplicate();
        while (rest.hasRemaining()) {
            int size = Math.min(rest.remaining(), unit * random.nextInt(max + 1));
            pieces.add(rest.slice(rest.position(), size));
            rest.position(rest.position() + size);
        }
        return pieces;
    }
}
