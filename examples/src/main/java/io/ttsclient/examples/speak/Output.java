// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.audio.AtomicFile;
import io.ttsclient.audio.AudioSink;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the speech goes. Made before anything is spoken, so that what is wrong with it costs nothing. */
interface Output extends AutoCloseable {
    /**
     * Takes the speech as it arrives.
     *
     * @throws TtsException if it breaks off
     * @throws UsageException if it cannot be written or played
     */
    void take(AudioStream speech);

    /** For people, such as a file's name. */
    String name();

    /** Gives up what still goes on; from any thread. */
    @Override
    void close();

    /**
     * The output that {@code option} names.
     *
     * @param option a file, {@code -} for standard output, or null to play
     * @throws UsageException if it cannot be used
     */
    static Output of(@Nullable String option, Surroundings surroundings) {
        if (option == null) {
            return new Player(surroundings.loudspeaker());
        }
        return option.equals("-") ? new ToStream(surroundings.out()) : ToFile.of(option);
    }

    /** What it means that standard output takes nothing. */
    static RuntimeException failed(IOException e) {
        // Only the message tells that the reader went away; systems in other languages keep the word.
        String message = e.getMessage();
        boolean brokenPipe = message != null && message.toLowerCase(Locale.ROOT).contains("pipe");
        return brokenPipe ? new BrokenPipeException(e) : UsageException.file("standard output", e);
    }

    /** A WAV, or raw samples. */
    record ToFile(Path path) implements Output {
        static ToFile of(String option) {
            String lower = option.toLowerCase(Locale.ROOT);
            if (!lower.endsWith(".wav") && !lower.endsWith(".raw")) {
                throw new UsageException("--output " + option + ": allowed are names that end in .wav (a WAV) or .raw"
                        + " (raw samples), and - (raw samples to standard output)");
            }
            try {
                Path path = Path.of(option);
                AtomicFile.create(path).close();
                return new ToFile(path);
            } catch (InvalidPathException e) {
                throw new UsageException("--output " + option + ": " + e.getReason());
            } catch (IOException e) {
                throw UsageException.file("--output " + option, e);
            }
        }

        @Override
        public void take(AudioStream speech) {
            try {
                speech.writeTo(path);
            } catch (IOException e) {
                throw UsageException.file("--output " + path, e);
            }
        }

        @Override
        public String name() {
            return path.toString();
        }

        @Override
        public void close() {}
    }

    /** Raw samples, each chunk at once. */
    record ToStream(OutputStream out) implements Output {
        @Override
        public void take(AudioStream speech) {
            try {
                speech.transferTo(AudioSink.to(out));
            } catch (IOException e) {
                throw failed(e);
            }
        }

        @Override
        public String name() {
            return "standard output";
        }

        @Override
        public void close() {}
    }
}
