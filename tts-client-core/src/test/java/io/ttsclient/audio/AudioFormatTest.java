// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioFormatTest {
    private static final AudioFormat MP3 = new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1);

    @Test
    void factories_makeRawMono() {
        assertThat(AudioFormat.linear16(24_000))
                .isEqualTo(new AudioFormat(Encoding.LINEAR16, Container.RAW, 24_000, 1));
        assertThat(AudioFormat.mulaw(8_000)).isEqualTo(new AudioFormat(Encoding.MULAW, Container.RAW, 8_000, 1));
        assertThat(AudioFormat.alaw(8_000)).isEqualTo(new AudioFormat(Encoding.ALAW, Container.RAW, 8_000, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 3_999, 192_001})
    void create_sampleRateOutOfRange_saysRange(int rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AudioFormat.linear16(rate))
                .withMessage("sampleRate: " + rate + " Hz, allowed 4000 to 192000");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3})
    void create_otherThanMonoOrStereo_isRefused(int channels) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AudioFormat(Encoding.LINEAR16, Container.RAW, 8_000, channels))
                .withMessage("channels: " + channels + ", allowed 1 or 2");
    }

    @ParameterizedTest
    @CsvSource({"MP3, WAV", "OPUS, WAV", "LINEAR16, OGG", "MULAW, OGG", "MP3, OGG", "AAC, OGG"})
    void create_containerThatCannotHoldTheEncoding_isRefused(Encoding encoding, Container container) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AudioFormat(encoding, container, 8_000, 1))
                .withMessage("container: " + container + " cannot hold " + encoding);
    }

    @ParameterizedTest
    @CsvSource({"LINEAR16, WAV", "MULAW, WAV", "ALAW, WAV", "OPUS, OGG", "VORBIS, OGG", "FLAC, OGG", "OPUS, RAW"})
    void create_containerThatHoldsTheEncoding_isAllowed(Encoding encoding, Container container) {
        assertThat(new AudioFormat(encoding, container, 48_000, 2).container()).isEqualTo(container);
    }

    @Test
    void bytesPerFrame_countsEveryChannel() {
        assertThat(AudioFormat.linear16(8_000).bytesPerFrame()).isEqualTo(2);
        assertThat(new AudioFormat(Encoding.LINEAR16, Container.RAW, 8_000, 2).bytesPerFrame())
                .isEqualTo(4);
        assertThat(new AudioFormat(Encoding.ALAW, Container.RAW, 8_000, 2).bytesPerFrame())
                .isEqualTo(2);
        assertThat(MP3.bytesPerFrame()).isEqualTo(1);
    }

    @Test
    void durationOf_roundsDownToTheNanosecondAndTheFrame() {
        AudioFormat format = AudioFormat.linear16(22_050);
        assertThat(format.durationOf(0)).isZero();
        assertThat(format.durationOf(3)).isEqualTo(Duration.ofNanos(45_351));
        assertThat(format.durationOf(44_100)).isEqualTo(Duration.ofSeconds(1));
        assertThat(format.durationOf(Long.MAX_VALUE)).isGreaterThan(Duration.ofDays(365));
    }

    @Test
    void bytesIn_roundsToTheNearestFrame() {
        assertThat(AudioFormat.mulaw(8_000).bytesIn(Duration.ofMillis(20))).isEqualTo(160);
        assertThat(AudioFormat.linear16(22_050).bytesIn(Duration.ofMillis(20))).isEqualTo(882);
        assertThat(AudioFormat.linear16(11_025).bytesIn(Duration.ofMillis(20))).isEqualTo(442);
        assertThat(AudioFormat.linear16(8_000).bytesIn(Duration.ofNanos(62_499)))
                .isZero();
        assertThat(AudioFormat.linear16(8_000).bytesIn(Duration.ofNanos(62_500)))
                .isEqualTo(2);
    }

    @Test
    void durations_negative_areRefused() {
        AudioFormat format = AudioFormat.linear16(8_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> format.durationOf(-2))
                .withMessage("bytes: -2, allowed 0 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> format.bytesIn(Duration.ofMillis(-1)))
                .withMessage("duration: PT-0.001S, allowed 0 or more");
    }

    @Test
    void durations_compressed_cannotBeCounted() {
        assertThatIllegalStateException().isThrownBy(() -> MP3.durationOf(100)).withMessageContaining("MP3");
        assertThatIllegalStateException().isThrownBy(() -> MP3.bytesIn(Duration.ofSeconds(1)));
        assertThatIllegalStateException().isThrownBy(() -> MP3.silence(Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @CsvSource({"LINEAR16, 640, 0x00", "MULAW, 320, 0xFF", "ALAW, 320, 0xD5"})
    void silence_isOfTheEncoding(Encoding encoding, int bytes, int value) {
        AudioFormat stereo = new AudioFormat(encoding, Container.RAW, 8_000, 2);
        ByteBuffer silence = stereo.silence(Duration.ofMillis(20));
        assertThat(silence.isReadOnly()).isTrue();
        assertThat(silence.remaining()).isEqualTo(bytes);
        assertThat(Pcm.array(silence)).containsOnly(value);
    }

    @Test
    void silence_tooLong_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AudioFormat.linear16(192_000).silence(Duration.ofHours(2)))
                .withMessageStartingWith("duration: PT2H, allowed up to ");
    }

    @Test
    void toString_isShort() {
        assertThat(AudioFormat.mulaw(8_000)).hasToString("mulaw 8000 Hz");
        assertThat(new AudioFormat(Encoding.LINEAR16, Container.WAV, 24_000, 2))
                .hasToString("linear16/wav 24000 Hz stereo");
    }
}
