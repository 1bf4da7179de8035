// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.speech.AudioChunk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Samples as s16le bytes. */
final class Pcm {
    private static final float FULL_SCALE = Short.MAX_VALUE;
    /** Lifts the lowest sample to 0, and every one by the half that makes cutting off rounding; a double, to be exact. */
    private static final double ABOVE_ZERO = -Short.MIN_VALUE + 0.5;

    private static final Duration CHUNK = Duration.ofMillis(100);

    private Pcm() {}

    /** Rounds, and saturates what is beyond -1 to 1; what is no number becomes silence. */
    static ByteBuffer linear16(FloatBuffer samples) {
        int count = samples.remaining();
        int first = samples.position();
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(count, Short.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putShort(i * Short.BYTES, rounded(samples.get(first + i) * FULL_SCALE));
        }
        return bytes;
    }

    /** As {@link Math#round} does, at a fraction of its cost: a positive number is rounded by cutting off its fraction. */
    private static short rounded(float sample) {
        if (Float.isNaN(sample)) {
            return 0;
        }
        float inside = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample));
        return (short) ((int) (inside + ABOVE_ZERO) + Short.MIN_VALUE);
    }

    /** Slices of {@code bytes}, short enough that who writes them to a device or a socket can stop soon. */
    static List<AudioChunk> chunks(ByteBuffer bytes, AudioFormat format) {
        int size = Math.toIntExact(format.bytesIn(CHUNK));
        int total = bytes.limit();
        List<AudioChunk> chunks = new ArrayList<>(total / size + 1);
        for (int start = 0; start < total; start += size) {
            chunks.add(new AudioChunk(bytes.slice(start, Math.min(size, total - start))));
        }
        return chunks;
    }
}
