// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import io.ttsclient.audio.AtomicFile;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.WavReader;
import io.ttsclient.audio.WavWriter;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;

/** Speech into files, which appear under their names only when they are complete. */
final class AudioFiles {
    private AudioFiles() {}

    /** A WAV with true sizes under a name that ends in {@code .wav}, under any other the bytes as they are. */
    static void write(AudioStream stream, Path file) throws IOException {
        if (!isWav(file)) {
            writeAsItIs(stream, file);
        } else if (stream.format().encoding().isCompressed()) {
            throw TtsException.invalidRequest("file: a WAV of " + stream.format()
                    + ", allowed linear16, mulaw and alaw; choose another format or a name without .wav");
        } else if (stream.format().container() == Container.WAV) {
            rewriteWav(stream, file);
        } else {
            writeWav(stream, file);
        }
    }

    private static boolean isWav(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".wav");
    }

    private static void writeAsItIs(AudioStream stream, Path path) throws IOException {
        try (AtomicFile file = AtomicFile.create(path)) {
            for (AudioChunk chunk : stream) {
                file.write(chunk.bytes());
            }
            file.commit();
        }
    }

    private static void writeWav(AudioStream stream, Path path) throws IOException {
        try (WavWriter wav = WavWriter.create(path, stream.format())) {
            for (AudioChunk chunk : stream) {
                wav.write(chunk.bytes());
            }
            wav.commit();
        }
    }

    /** What streams cannot know its length when its header is sent: the samples get a header that does. */
    private static void rewriteWav(AudioStream stream, Path path) throws IOException {
        try {
            WavReader in = WavReader.open(stream.asInputStream());
            try (WavWriter out = WavWriter.create(path, in.format())) {
                for (ByteBuffer audio = in.read(); audio != null; audio = in.read()) {
                    out.write(audio);
                }
                if (in.truncated()) {
                    throw TtsException.builder(Category.TRUNCATED, "the WAV ends before the audio that it announces")
                            .build();
                }
                out.commit();
            }
        } catch (IOException e) {
            if (e.getCause() instanceof TtsException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
