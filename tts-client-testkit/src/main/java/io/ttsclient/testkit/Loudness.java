// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.FormatConverter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalDouble;

/** How loud audio is: whether there is speech in it, or only silence. */
public final class Loudness {
    private static final double FULL_SCALE = 32_768;

    private Loudness() {}

    /**
     * The root mean square of the samples of {@code audio}, from 0 for silence to 1; speech is mostly between 0.02 and 0.2.
     *
     * @param audio whole samples of {@code format}
     * @return empty where there is no sample, or where the encoding is compressed or in a container
     */
    public static OptionalDouble rms(byte[] audio, AudioFormat format) {
        AudioFormat linear = AudioFormat.linear16(format.sampleRate());
        if (!FormatConverter.canConvert(format, linear)) {
            return OptionalDouble.empty();
        }
        ByteBuffer samples = new FormatConverter(format, linear)
                .convert(ByteBuffer.wrap(audio))
                .order(ByteOrder.LITTLE_ENDIAN);
        int count = samples.remaining() / linear.bytesPerFrame();
        double sum = 0;
        while (samples.remaining() >= linear.bytesPerFrame()) {
            double sample = samples.getShort() / FULL_SCALE;
            sum += sample * sample;
        }
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(sum / count));
    }
}
