// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit.vits;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.testkit.FakeBackend;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Audio that depends on the text only, in what servers put around it. */
final class EmulatedAudio {
    private static final int RIFF_SIZE_AT = 4;
    private static final int DATA_SIZE_AT = 40;
    private static final int HEADER_BYTES = 44;
    private static final int FMT_END = 36;

    private EmulatedAudio() {}

    static byte[] samples(String text, int sampleRate) {
        return FakeBackend.audioOf(text, AudioFormat.linear16(sampleRate));
    }

    /** With true sizes, as Python's {@code wave} writes it into memory. */
    static byte[] wav(String text, int sampleRate) {
        return FakeBackend.wavOf(samples(text, sampleRate), AudioFormat.linear16(sampleRate));
    }

    /** With a placeholder for both sizes, as who streams writes it. */
    static byte[] streamedWav(String text, int sampleRate, int placeholder) {
        byte[] wav = wav(text, sampleRate);
        ByteBuffer view = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        view.putInt(RIFF_SIZE_AT, placeholder).putInt(DATA_SIZE_AT, placeholder);
        return wav;
    }

    /** The same with a LIST chunk before the samples, as ffmpeg writes it into a pipe. */
    static byte[] pipedWav(String text, int sampleRate) {
        byte[] wav = streamedWav(text, sampleRate, -1);
        byte[] list = "LIST\u001a\0\0\0INFOISFT\u000e\0\0\0Lavf61.7.100\0\0".getBytes(StandardCharsets.ISO_8859_1);
        var piped = new ByteArrayOutputStream();
        piped.write(wav, 0, FMT_END);
        piped.writeBytes(list);
        piped.write(wav, FMT_END, HEADER_BYTES - FMT_END);
        piped.write(wav, HEADER_BYTES, wav.length - HEADER_BYTES);
        return piped.toByteArray();
    }

    /** What begins like an encoded stream, and is noise behind that. */
    static byte[] encoded(String text, String format) {
        String start = switch (format) {
            case "mp3" -> "\u00ff\u00fb\u0090d";
            case "aac" -> "\u00ff\u00f1P\u0080";
            case "flac" -> "fLaC";
            case "silk" -> "\u0002#!SILK_V3";
            case "m4a" -> "\0\0\0\u0018ftypM4A ";
            case "opus", "ogg" -> "OggS" + "\0".repeat(22) + "\u0001\u0013OpusHead";
            default -> throw new IllegalArgumentException("format: " + format);
        };
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(start.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(samples(text, 8_000));
        return bytes.toByteArray();
    }
}
