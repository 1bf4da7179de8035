// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.fuzz.Pieces;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

class FormatConverterFuzz {
    private static final Encoding[] ENCODINGS = {Encoding.LINEAR16, Encoding.MULAW, Encoding.ALAW};
    private static final int[] RATES = {8_000, 16_000, 22_050, 24_000, 44_100, 48_000};

    /** The first two bytes choose the formats. */
    @FuzzTest
    void convert_anySamples_becomeTheSameHoweverTheyAreCut(byte[] bytes) {
        if (bytes.length < 2) {
            return;
        }
        AudioFormat from = format(bytes[0]);
        AudioFormat to = format(bytes[1]);
        int frames = (bytes.length - 2) / from.bytesPerFrame();
        byte[] audio = Arrays.copyOfRange(bytes, 2, 2 + frames * from.bytesPerFrame());

        byte[] whole = convert(from, to, audio, Math.max(1, frames));

        long expected = ((long) frames * to.sampleRate() + from.sampleRate() - 1) / from.sampleRate();
        assertThat(whole).hasSize((int) expected * to.bytesPerFrame());
        assertThat(convert(from, to, audio, 1)).isEqualTo(whole);
        assertThat(convert(from, to, audio, 30)).isEqualTo(whole);
    }

    private static byte[] convert(AudioFormat from, AudioFormat to, byte[] audio, int longest) {
        var converter = new FormatConverter(from, to);
        var out = new ByteArrayOutputStream();
        int at = 0;
        for (int frames : Pieces.lengths(audio, audio.length / from.bytesPerFrame(), longest)) {
            int bytes = frames * from.bytesPerFrame();
            add(converter.convert(ByteBuffer.wrap(audio, at, bytes)), out);
            at += bytes;
        }
        add(converter.finish(), out);
        return out.toByteArray();
    }

    private static void add(ByteBuffer piece, ByteArrayOutputStream out) {
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        out.writeBytes(copy);
    }

    private static AudioFormat format(byte choice) {
        int number = choice & 0xFF;
        Encoding encoding = ENCODINGS[number % ENCODINGS.length];
        int rate = RATES[number / ENCODINGS.length % RATES.length];
        int channels = 1 + number / (ENCODINGS.length * RATES.length) % 2;
        return new AudioFormat(encoding, Container.RAW, rate, channels);
    }
}
