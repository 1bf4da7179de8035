// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/** What the {@code fmt} chunk of a WAV says: the samples in the file, and the format they come out in. */
record WavFormat(WavSamples samples, AudioFormat audio) {
    /** Bytes of the chunk that matter: those of WAVE_FORMAT_EXTENSIBLE. */
    static final int MAX_BYTES = 40;

    private static final int MIN_BYTES = 16;
    private static final int TAG_EXTENSIBLE = 0xFFFE;
    /** The sub-format GUIDs of WAVE_FORMAT_EXTENSIBLE are a format tag followed by these 14 bytes. */
    private static final ByteBuffer SUBFORMAT_TAIL = ByteBuffer.wrap(
            new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71});

    /** Reads the content of a {@code fmt} chunk. The block size and the byte rate are not believed but computed. */
    static WavFormat parse(ByteBuffer content) throws IOException {
        if (content.remaining() < MIN_BYTES) {
            throw new IOException("WAV with a format chunk of " + content.remaining() + " bytes");
        }
        ByteBuffer chunk = content.slice().order(ByteOrder.LITTLE_ENDIAN);
        int tag = chunk.getShort(0) & 0xFFFF;
        int channels = chunk.getShort(2) & 0xFFFF;
        long sampleRate = chunk.getInt(4) & 0xFFFF_FFFFL;
        int bits = chunk.getShort(14) & 0xFFFF;
        if (tag == TAG_EXTENSIBLE) {
            if (chunk.limit() < MAX_BYTES || !chunk.slice(26, 14).equals(SUBFORMAT_TAIL)) {
                throw new IOException("WAV of an unknown extensible sub-format");
            }
            tag = chunk.getShort(24) & 0xFFFF;
        }
        WavSamples samples = WavSamples.of(tag, bits);
        if (samples == null) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "WAV with format tag 0x%04X and %d bits a sample; readable are PCM of 8, 16, 24 and 32 bits, 32-bit float,"
                            + " A-law and µ-law",
                    tag,
                    bits));
        }
        try {
            return new WavFormat(
                    samples,
                    new AudioFormat(
                            samples.encoding(),
                            Container.RAW,
                            (int) Math.min(sampleRate, Integer.MAX_VALUE),
                            channels));
        } catch (IllegalArgumentException e) {
            throw new IOException("WAV with " + e.getMessage(), e);
        }
    }

    /** Bytes of one sample of every channel in the file. */
    int bytesPerFrame() {
        return samples.bytes() * audio.channels();
    }
}
