// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * What the bytes of an audio stream mean. Immutable.
 *
 * <p>{@link Container#WAV} holds {@link Encoding#LINEAR16}, {@link Encoding#MULAW} or {@link Encoding#ALAW};
 * {@link Container#OGG} holds {@link Encoding#OPUS}, {@link Encoding#VORBIS} or {@link Encoding#FLAC}.
 *
 * @param encoding how samples become bytes
 * @param container what surrounds them
 * @param sampleRate samples a second of each channel, in Hz, 4000 to 192000
 * @param channels interleaved channels, 1 or 2
 */
public record AudioFormat(Encoding encoding, Container container, int sampleRate, int channels) {
    /** The lowest sample rate, in Hz. */
    public static final int MIN_SAMPLE_RATE = 4_000;
    /** The highest sample rate, in Hz. */
    public static final int MAX_SAMPLE_RATE = 192_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    public AudioFormat {
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(container, "container");
        if (sampleRate < MIN_SAMPLE_RATE || sampleRate > MAX_SAMPLE_RATE) {
            throw new IllegalArgumentException(
                    "sampleRate: " + sampleRate + " Hz, allowed " + MIN_SAMPLE_RATE + " to " + MAX_SAMPLE_RATE);
        }
        if (channels < 1 || channels > 2) {
            throw new IllegalArgumentException("channels: " + channels + ", allowed 1 or 2");
        }
        if (!container.holds(encoding)) {
            throw new IllegalArgumentException("container: " + container + " cannot hold " + encoding);
        }
    }

    /** Raw mono signed 16-bit little-endian PCM at {@code sampleRate} Hz. */
    public static AudioFormat linear16(int sampleRate) {
        return new AudioFormat(Encoding.LINEAR16, Container.RAW, sampleRate, 1);
    }

    /** Raw mono G.711 µ-law at {@code sampleRate} Hz; telephony uses 8000. */
    public static AudioFormat mulaw(int sampleRate) {
        return new AudioFormat(Encoding.MULAW, Container.RAW, sampleRate, 1);
    }

    /** Raw mono G.711 A-law at {@code sampleRate} Hz; telephony uses 8000. */
    public static AudioFormat alaw(int sampleRate) {
        return new AudioFormat(Encoding.ALAW, Container.RAW, sampleRate, 1);
    }

    /** Bytes of one sample of every channel; a chunk never splits them. 1 where the encoding is compressed. */
    public int bytesPerFrame() {
        return encoding.isCompressed() ? 1 : encoding.bytesPerSample() * channels;
    }

    /**
     * How long {@code bytes} bytes play, rounded down to the nanosecond. A part of a sample does not count.
     *
     * @throws IllegalArgumentException if {@code bytes} is negative
     * @throws IllegalStateException if the encoding is compressed
     */
    public Duration durationOf(long bytes) {
        requireCountable();
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: " + bytes + ", allowed 0 or more");
        }
        long frames = bytes / bytesPerFrame();
        return Duration.ofSeconds(frames / sampleRate, frames % sampleRate * NANOS_PER_SECOND / sampleRate);
    }

    /**
     * The bytes that play for {@code duration}, rounded to the nearest whole sample.
     *
     * @throws IllegalArgumentException if {@code duration} is negative
     * @throws IllegalStateException if the encoding is compressed
     * @throws ArithmeticException if the number does not fit a {@code long}
     */
    public long bytesIn(Duration duration) {
        requireCountable();
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration: " + duration + ", allowed 0 or more");
        }
        long whole = Math.multiplyExact(duration.getSeconds(), (long) sampleRate);
        long part = (duration.getNano() * (long) sampleRate + NANOS_PER_SECOND / 2) / NANOS_PER_SECOND;
        return Math.multiplyExact(Math.addExact(whole, part), (long) bytesPerFrame());
    }

    /**
     * Silence of this encoding that plays for {@code duration}, rounded to the nearest whole sample; read-only. It holds
     * samples only, also where the container is not raw.
     *
     * @throws IllegalArgumentException if {@code duration} is negative or takes more than 2 GiB
     * @throws IllegalStateException if the encoding is compressed
     */
    public ByteBuffer silence(Duration duration) {
        long bytes = bytesIn(duration);
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "duration: " + duration + ", allowed up to " + Integer.MAX_VALUE + " bytes");
        }
        byte[] silence = new byte[(int) bytes];
        if (encoding.silence() != 0) {
            Arrays.fill(silence, encoding.silence());
        }
        return ByteBuffer.wrap(silence).asReadOnlyBuffer();
    }

    /** Whether the bytes are samples and nothing else. */
    boolean isRawSamples() {
        return container == Container.RAW && !encoding.isCompressed();
    }

    void requireRawSamples(String field) {
        if (!isRawSamples()) {
            throw new IllegalArgumentException(field + ": " + this + ", allowed raw LINEAR16, MULAW and ALAW");
        }
    }

    /** Refuses a buffer whose last sample is cut; {@code audio} is what messages call it. */
    void requireWholeFrames(ByteBuffer audio) {
        if (audio.remaining() % bytesPerFrame() != 0) {
            throw new IllegalArgumentException("audio: " + audio.remaining() + " bytes, allowed multiples of "
                    + bytesPerFrame() + " (" + this + ")");
        }
    }

    private void requireCountable() {
        if (encoding.isCompressed()) {
            throw new IllegalStateException(encoding + " is compressed: its bytes say nothing about time");
        }
    }

    /** The form users read in messages: {@code mulaw 8000 Hz}, {@code linear16/wav 24000 Hz stereo}. */
    @Override
    public String toString() {
        return encoding.name().toLowerCase(Locale.ROOT)
                + (container == Container.RAW ? "" : "/" + container.name().toLowerCase(Locale.ROOT))
                + " "
                + sampleRate
                + " Hz"
                + (channels == 2 ? " stereo" : "");
    }
}
