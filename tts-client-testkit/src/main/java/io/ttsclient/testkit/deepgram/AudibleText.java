// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.deepgram;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Encoding;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Audio that says what it says: each {@code char} is 6 ms of samples that are all alike, from which it can be told. However a text
 * was cut for speaking, its audio is the same.
 */
public final class AudibleText {
    private static final int CHARS_A_SECOND = 160;
    /** An odd factor, which spreads letters over the whole range of samples, and its inverse modulo 2 to the 16. */
    private static final int SPREAD = 0x4E6D;

    private static final int GATHER = inverse(SPREAD);

    private AudibleText() {}

    private static int inverse(int odd) {
        int inverse = odd;
        for (int i = 0; i < 4; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse & 0xFFFF;
    }

    /** The audio of {@code text}; in a compressed encoding just as many bytes as in 8 kHz G.711. */
    static byte[] encode(String text, AudioFormat format) {
        var audio = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            audio.writeBytes(encode(text.charAt(i), format));
        }
        return audio.toByteArray();
    }

    private static byte[] encode(char c, AudioFormat format) {
        int samples = samplesOf(format);
        ByteBuffer bytes = ByteBuffer.allocate(samples * bytesPerSample(format)).order(ByteOrder.LITTLE_ENDIAN);
        int spread = c * SPREAD & 0xFFFF;
        for (int i = 0; i < samples; i++) {
            if (format.encoding() == Encoding.LINEAR16) {
                bytes.putShort((short) spread);
            } else {
                bytes.put((byte) (i < samples / 2 ? spread >> 8 : spread));
            }
        }
        return bytes.array();
    }

    private static int samplesOf(AudioFormat format) {
        return (format.encoding().isCompressed() ? 8_000 : format.sampleRate()) / CHARS_A_SECOND;
    }

    private static int bytesPerSample(AudioFormat format) {
        return format.encoding() == Encoding.LINEAR16 ? Short.BYTES : 1;
    }

    /**
     * What {@code audio}, raw LINEAR16, MULAW or ALAW, says.
     *
     * @throws AssertionError if it is not what the emulator sends for whole characters: a part is lost, or out of place
     */
    public static String decode(byte[] audio, AudioFormat format) {
        int size = samplesOf(format) * bytesPerSample(format);
        var text = new StringBuilder();
        for (int at = 0; at < audio.length; at += size) {
            if (audio.length - at < size) {
                throw new AssertionError("the audio ends in the middle of character " + text.length());
            }
            char c = charAt(audio, at, size, format);
            byte[] whole = encode(c, format);
            for (int i = 0; i < size; i++) {
                if (whole[i] != audio[at + i]) {
                    throw new AssertionError("character " + text.length() + " is not whole at byte " + (at + i));
                }
            }
            text.append(c);
        }
        return text.toString();
    }

    private static char charAt(byte[] audio, int at, int size, AudioFormat format) {
        int spread = format.encoding() == Encoding.LINEAR16
                ? audio[at] & 0xFF | (audio[at + 1] & 0xFF) << 8
                : (audio[at] & 0xFF) << 8 | audio[at + size - 1] & 0xFF;
        return (char) (spread * GATHER & 0xFFFF);
    }
}
