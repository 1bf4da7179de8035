// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GainTest {
    private static final AudioFormat LINEAR = AudioFormat.linear16(16_000);

    private static ByteBuffer samples(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            buffer.putShort((short) value);
        }
        return buffer.flip();
    }

    private static short[] values(ByteBuffer audio) {
        short[] values = new short[audio.remaining() / 2];
        audio.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(values);
        return values;
    }

    @Test
    void apply_twentyDecibels_isTenTimesTheAmplitude() {
        ByteBuffer in = samples(0, 100, -100, 3, -3);

        ByteBuffer out = Gain.ofDecibels(20).apply(in, LINEAR);

        assertThat(values(out)).containsExactly(0, 1000, -1000, 30, -30);
        assertThat(out.isReadOnly()).isTrue();
        assertThat(in.hasRemaining()).isFalse();
    }

    @Test
    void apply_softer_rounds() {
        assertThat(values(Gain.ofDecibels(-20).apply(samples(1000, -1000, 14, 16), LINEAR)))
                .containsExactly(100, -100, 1, 2);
    }

    @Test
    void apply_tooLoud_isClippedAndDoesNotWrap() {
        assertThat(values(Gain.ofDecibels(40).apply(samples(32_767, -32_768, 400, -400), LINEAR)))
                .containsExactly(32_767, -32_768, 32_767, -32_768);
    }

    @Test
    void apply_nothing_changesNothing() {
        assertThat(values(Gain.ofDecibels(0).apply(samples(1, -1, 32_767, -32_768), LINEAR)))
                .containsExactly(1, -1, 32_767, -32_768);
        assertThat(Gain.ofDecibels(6).apply(ByteBuffer.allocate(0), LINEAR).hasRemaining())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MULAW", "ALAW"})
    void apply_g711_isLouderByAsMuchAsTheCodesAllow(String name) {
        G711 law = G711.valueOf(name);
        AudioFormat format = law == G711.MULAW ? AudioFormat.mulaw(8_000) : AudioFormat.alaw(8_000);
        ByteBuffer in = ByteBuffer.wrap(new byte[] {law.encode((short) 1_000), law.encode((short) -2_000)});

        ByteBuffer out = Gain.ofDecibels(12).apply(in, format);

        assertThat((double) law.decode(out.get())).isCloseTo(3_981, within(130.0));
        assertThat((double) law.decode(out.get())).isCloseTo(-7_962, within(260.0));
    }

    @Test
    void canApply_onlyRawSamples() {
        assertThat(Gain.canApply(LINEAR)).isTrue();
        assertThat(Gain.canApply(AudioFormat.alaw(8_000))).isTrue();
        assertThat(Gain.canApply(new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1)))
                .isFalse();
        assertThat(Gain.canApply(new AudioFormat(Encoding.LINEAR16, Container.WAV, 24_000, 1)))
                .isFalse();
    }

    @Test
    void apply_notItsAudio_isRefused() {
        Gain gain = Gain.ofDecibels(3);
        assertThatIllegalArgumentException().isThrownBy(() -> gain.apply(ByteBuffer.allocate(3), LINEAR));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        gain.apply(ByteBuffer.allocate(4), new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {40.1, -40.1, Double.NaN, Double.POSITIVE_INFINITY})
    void ofDecibels_outOfRange_isRefused(double decibels) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Gain.ofDecibels(decibels))
                .withMessage("decibels: " + decibels + ", allowed -40 to 40");
    }
}
