// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Fails unless a file is a WAV of the built-in voice that can be speech: as long, as loud, and neither a tone nor noise throughout. */
final class CheckSpeech {
    private static final double MIN_SECONDS = 0.5;
    private static final double MAX_SECONDS = 3;
    private static final double MIN_RMS = 300;
    private static final int FRAME = 441; // 20 ms

    private CheckSpeech() {}

    public static void main(String[] args) throws Exception {
        var file = new File(args[0]);
        try (AudioInputStream wav = AudioSystem.getAudioInputStream(file)) {
            AudioFormat format = wav.getFormat();
            byte[] bytes = wav.readAllBytes();
            require(format.getSampleRate() == 22_050, "sample rate", format.getSampleRate());
            require(format.getSampleSizeInBits() == 16 && format.getChannels() == 1, "format", format);
            require(wav.getFrameLength() * 2 == bytes.length && file.length() == 44 + bytes.length, "sizes", bytes.length);
            short[] samples = new short[bytes.length / 2];
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
            check(samples);
        }
    }

    private static void check(short[] samples) {
        double seconds = samples.length / 22_050.0;
        double rms = rms(samples, 0, samples.length);
        int frames = samples.length / FRAME;
        int loud = 0;
        int voiced = 0;
        for (int i = 0; i < frames; i++) {
            boolean isLoud = rms(samples, i * FRAME, FRAME) > rms / 3;
            loud += isLoud ? 1 : 0;
            voiced += isLoud && crossings(samples, i * FRAME) < FRAME / 6 ? 1 : 0;
        }
        System.out.printf(
                "%.2f s, RMS %.0f, %d %% of it loud, %d %% of that voiced%n",
                seconds, rms, 100 * loud / frames, 100 * voiced / Math.max(1, loud));
        require(seconds >= MIN_SECONDS && seconds <= MAX_SECONDS, "duration in seconds", seconds);
        require(rms >= MIN_RMS, "RMS", rms);
        require(loud > frames / 4 && loud < frames, "loud frames", loud);
        require(voiced > loud / 3, "voiced frames", voiced);
    }

    private static double rms(short[] samples, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / count);
    }

    private static int crossings(short[] samples, int from) {
        int crossings = 0;
        for (int i = from + 1; i < from + FRAME; i++) {
            crossings += samples[i - 1] < 0 == samples[i] < 0 ? 0 : 1;
        }
        return crossings;
    }

    private static void require(boolean holds, String what, Object value) {
        if (!holds) {
            System.err.println("this is not speech: " + what + " " + value);
            System.exit(1);
        }
    }
}
