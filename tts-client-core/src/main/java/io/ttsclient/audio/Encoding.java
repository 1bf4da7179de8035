// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

/** How one sample, or a packet of them, becomes bytes. */
public enum Encoding {
    /** Signed 16-bit PCM, little-endian. */
    LINEAR16(2, 0),
    /** G.711 µ-law, eight bits a sample. */
    MULAW(1, 0xFF),
    /** G.711 A-law, eight bits a sample. */
    ALAW(1, 0xD5),
    /** MPEG audio layer III. */
    MP3(0, 0),
    /** Opus, as a rule inside {@link Container#OGG}. */
    OPUS(0, 0),
    /** Vorbis inside {@link Container#OGG}. */
    VORBIS(0, 0),
    /** Advanced Audio Coding. */
    AAC(0, 0),
    /** Free Lossless Audio Codec. */
    FLAC(0, 0);

    private final int bytesPerSample;
    private final byte silence;

    Encoding(int bytesPerSample, int silence) {
        this.bytesPerSample = bytesPerSample;
        this.silence = (byte) silence;
    }

    /** Whether the bytes are packets of a codec, so that neither samples nor durations can be counted in them. */
    public boolean isCompressed() {
        return bytesPerSample == 0;
    }

    /** Bytes of one sample of one channel; 0 where {@link #isCompressed()}. */
    public int bytesPerSample() {
        return bytesPerSample;
    }

    /** The byte that silent samples consist of; without meaning where {@link #isCompressed()}. */
    byte silence() {
        return silence;
    }
}
