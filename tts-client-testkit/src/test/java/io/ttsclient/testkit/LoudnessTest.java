// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LoudnessTest {
    private static final AudioFormat LINEAR16 = AudioFormat.linear16(16_000);

    @Test
    void rms_silence_isZero() {
        assertThat(Loudness.rms(new byte[100], LINEAR16)).hasValue(0);
    }

    @Test
    void rms_squareWave_isItsHeight() {
        byte[] halfOfFullScale = {0, 0x40, 0, (byte) 0xC0, 0, 0x40, 0, (byte) 0xC0};

        assertThat(Loudness.rms(halfOfFullScale, LINEAR16).orElseThrow()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void rms_telephony_isThatOfTheSamples() {
        byte[] silence = new byte[80];
        Arrays.fill(silence, (byte) 0xFF);

        assertThat(Loudness.rms(silence, AudioFormat.mulaw(8_000))).hasValue(0);
        assertThat(Loudness.rms(FakeBackend.audioOf("Hello", AudioFormat.alaw(8_000)), AudioFormat.alaw(8_000))
                        .orElseThrow())
                .isBetween(0.05, 1.0);
    }

    @Test
    void rms_noSampleOrCompressed_isUnknown() {
        assertThat(Loudness.rms(new byte[0], LINEAR16)).isEmpty();
        assertThat(Loudness.rms(new byte[100], new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1)))
                .isEmpty();
    }
}
