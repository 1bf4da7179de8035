// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.audio.AudioFormat;
import java.util.OptionalDouble;

/** How loud audio is: whether there is speech in it, or only silence. */
public final class Loudness {
    private Loudness() {}

    /**
     * The root mean square of the samples of {@code audio}, from 0 for silence to 1; speech is mostly between 0.02 and 0.2.
     *
     * @param audio whole samples of {@code format}
     * @return empty where there is no sample, or where the encoding is compressed or in a container
     */
    public static OptionalDouble rms(byte[] audio, AudioFormat format) {
        return Samples.of(audio, format)
                .filter(samples -> samples.count() > 0)
                .map(samples -> OptionalDouble.of(samples.rms()))
                .orElse(OptionalDouble.empty());
    }
}
