// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.FormatConverter;
import io.ttsclient.audio.WavReader;
import io.ttsclient.audio.WavWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** WAV, G.711 and resampling beside the JDK's javax.sound, on a minute of audio in chunks of 20 ms. */
final class AudioThroughput {
    private static final int SECONDS = 60;
    private static final int CHUNK_MILLIS = 20;

    private AudioThroughput() {}

    public static void main(String[] args) throws Exception {
        var harness = new Interleaved(10, 40);
        AudioFormat narrow = AudioFormat.linear16(8_000);
        AudioFormat wide = AudioFormat.linear16(24_000);
        byte[] narrowSamples = tone(narrow);
        byte[] wideSamples = tone(wide);

        harness.compare(
                "µ-law 8 kHz",
                Interleaved.whole(() -> ours(narrowSamples, narrow, AudioFormat.mulaw(8_000))),
                "javax.sound",
                Interleaved.whole(() -> theirs(
                        narrowSamples, narrow, javax.sound.sampled.AudioFormat.Encoding.ULAW, 8_000, 8, Map.of())));
        harness.compare(
                "resample 24 to 8 kHz",
                Interleaved.whole(() -> ours(wideSamples, wide, narrow)),
                "javax.sound with sinc",
                Interleaved.whole(() -> theirs(
                        wideSamples,
                        wide,
                        javax.sound.sampled.AudioFormat.Encoding.PCM_SIGNED,
                        8_000,
                        16,
                        Map.of("interpolation", "sinc"))));
        compareWav(harness, wide, wideSamples);
    }

    private static void compareWav(Interleaved harness, AudioFormat format, byte[] samples) throws Exception {
        Path directory = Files.createTempDirectory("tts-client-benchmark");
        Path file = directory.resolve("speech.wav");
        try {
            harness.compare(
                    "write WAV",
                    Interleaved.whole(() -> writeOurs(file, format, samples)),
                    "javax.sound",
                    Interleaved.whole(() -> writeTheirs(file, format, samples)));
            byte[] wav = Files.readAllBytes(file);
            harness.compare(
                    "read WAV",
                    Interleaved.whole(() -> readOurs(wav)),
                    "javax.sound",
                    Interleaved.whole(() -> AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))
                            .readAllBytes()));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    private static Path writeOurs(Path file, AudioFormat format, byte[] samples) throws IOException {
        try (WavWriter writer = WavWriter.create(file, format)) {
            int chunk = (int) format.bytesIn(Duration.ofMillis(CHUNK_MILLIS));
            for (int at = 0; at < samples.length; at += chunk) {
                writer.write(ByteBuffer.wrap(samples, at, Math.min(chunk, samples.length - at)));
            }
            writer.commit();
        }
        return file;
    }

    /** Brought to the disk as ours is, which is most of what either costs. */
    private static Path writeTheirs(Path file, AudioFormat format, byte[] samples) throws IOException {
        AudioSystem.write(javaStream(samples, format), AudioFileFormat.Type.WAVE, file.toFile());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return file;
    }

    private static byte[] readOurs(byte[] wav) throws IOException {
        WavReader reader = WavReader.open(new ByteArrayInputStream(wav));
        var out = new ByteArrayOutputStream(wav.length);
        for (ByteBuffer chunk = reader.read(); chunk != null; chunk = reader.read()) {
            append(out, chunk);
        }
        return out.toByteArray();
    }

    private static byte[] ours(byte[] samples, AudioFormat from, AudioFormat to) {
        var converter = new FormatConverter(from, to);
        var out = new ByteArrayOutputStream(samples.length);
        int chunk = (int) from.bytesIn(Duration.ofMillis(CHUNK_MILLIS));
        for (int at = 0; at < samples.length; at += chunk) {
            append(out, converter.convert(ByteBuffer.wrap(samples, at, Math.min(chunk, samples.length - at))));
        }
        append(out, converter.finish());
        return out.toByteArray();
    }

    private static void append(ByteArrayOutputStream out, ByteBuffer chunk) {
        var bytes = new byte[chunk.remaining()];
        chunk.get(bytes);
        out.writeBytes(bytes);
    }

    private static byte[] theirs(
            byte[] samples,
            AudioFormat from,
            javax.sound.sampled.AudioFormat.Encoding encoding,
            int sampleRate,
            int bits,
            Map<String, Object> properties)
            throws IOException {
        var target = new javax.sound.sampled.AudioFormat(
                encoding, sampleRate, bits, 1, bits / 8, sampleRate, false, properties);
        return AudioSystem.getAudioInputStream(target, javaStream(samples, from))
                .readAllBytes();
    }

    private static AudioInputStream javaStream(byte[] samples, AudioFormat format) {
        return new AudioInputStream(
                new ByteArrayInputStream(samples),
                new javax.sound.sampled.AudioFormat(format.sampleRate(), 16, 1, true, false),
                samples.length / format.bytesPerFrame());
    }

    private static byte[] tone(AudioFormat format) {
        ByteBuffer samples =
                ByteBuffer.allocate(SECONDS * format.sampleRate() * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; samples.hasRemaining(); i++) {
            samples.putShort((short) (20_000 * Math.sin(2 * Math.PI * 440 * i / format.sampleRate())));
        }
        return samples.array();
    }
}
