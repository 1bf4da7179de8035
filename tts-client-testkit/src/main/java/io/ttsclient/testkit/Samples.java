// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.FormatConverter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;

/** The samples of audio as numbers, one channel after conversion to linear 16 bits. */
final class Samples {
    private static final double FULL_SCALE = 32_768;

    private final short[] values;
    private final int sampleRate;

    private Samples(short[] values, int sampleRate) {
        this.values = values;
        this.sampleRate = sampleRate;
    }

    /** Empty where the encoding is compressed or in a container. */
    static Optional<Samples> of(byte[] audio, AudioFormat format) {
        AudioFormat linear = AudioFormat.linear16(format.sampleRate());
        if (!FormatConverter.canConvert(format, linear)) {
            return Optional.empty();
        }
        ByteBuffer converted = new FormatConverter(format, linear).convert(ByteBuffer.wrap(audio));
        short[] values = new short[converted.remaining() / linear.bytesPerFrame()];
        converted.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(values);
        return Optional.of(new Samples(values, format.sampleRate()));
    }

    int count() {
        return values.length;
    }

    short value(int index) {
        return values[index];
    }

    int sampleRate() {
        return sampleRate;
    }

    /** From -1 to 1. */
    double level(int index) {
        return values[index] / FULL_SCALE;
    }

    /** How far it is from the sample before, from 0 to 2; 0 for the first one. */
    double jump(int index) {
        return index == 0 ? 0 : Math.abs(values[index] - values[index - 1]) / FULL_SCALE;
    }

    /** The root mean square, from 0 to 1; there has to be a sample. */
    double rms() {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += level(i) * level(i);
        }
        return Math.sqrt(sum / values.length);
    }

    /** When a sample is heard, for messages. */
    String timeOf(int index) {
        return Duration.ofMillis(index * 1_000L / sampleRate) + " (sample " + index + ")";
    }
}
