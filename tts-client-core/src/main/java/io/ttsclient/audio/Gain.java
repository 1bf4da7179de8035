// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes audio louder or softer. What becomes too loud is clipped. Immutable and thread-safe. */
public final class Gain {
    private static final double MAX_DECIBELS = 40;

    private final double factor;

    private Gain(double factor) {
        this.factor = factor;
    }

    /** {@code decibels} louder, or softer if negative; -40 to 40. 6 dB are about twice the amplitude. */
    public static Gain ofDecibels(double decibels) {
        if (!(decibels >= -MAX_DECIBELS && decibels <= MAX_DECIBELS)) {
            throw new IllegalArgumentException("decibels: " + decibels + ", allowed -40 to 40");
        }
        return new Gain(Math.pow(10, decibels / 20));
    }

    /** Whether audio of {@code format} can be made louder: raw LINEAR16, MULAW and ALAW can. */
    public static boolean canApply(AudioFormat format) {
        return format.isRawSamples();
    }

    /**
     * The same audio, louder or softer.
     *
     * @param audio whole samples in {@code format}; consumed
     * @return read-only, as many bytes
     * @throws IllegalArgumentException unless {@link #canApply} and the samples are whole
     */
    public ByteBuffer apply(ByteBuffer audio, AudioFormat format) {
        format.requireRawSamples("format");
        format.requireWholeFrames(audio);
        ByteBuffer out = ByteBuffer.allocate(audio.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer in = audio.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        audio.position(audio.limit());
        switch (format.encoding()) {
            case LINEAR16 -> {
                while (in.hasRemaining()) {
                    out.putShort(apply(in.getShort()));
                }
            }
            case MULAW -> apply(G711.MULAW, in, out);
            case ALAW -> apply(G711.ALAW, in, out);
            case MP3, OPUS, VORBIS, AAC, FLAC -> throw new IllegalStateException(format + " has no samples");
        }
        return out.flip().asReadOnlyBuffer();
    }

    private void apply(G711 law, ByteBuffer in, ByteBuffer out) {
        while (in.hasRemaining()) {
            out.put(law.encode(apply(law.decode(in.get()))));
        }
    }

    private short apply(short sample) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sample * factor)));
    }
}
