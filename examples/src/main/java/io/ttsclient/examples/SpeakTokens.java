// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import io.ttsclient.TtsClient;
import io.ttsclient.audio.LineSink;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.local.LocalVoice;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.speech.SpokenText;
import java.io.FileReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;

/**
 * Speaks what a language model writes to its standard output, while it writes: {@code model | java ... SpeakTokens}. The Enter key
 * of the terminal interrupts it; at the end it prints what was heard.
 */
public final class SpeakTokens {
    private static final String TERMINAL = "/dev/tty";
    private static final int PIECE = 1_024;

    private SpeakTokens() {}

    /** Plays {@code tokens} as they come, to their end or until {@code keys} has one, and tells what was heard. */
    public static SpokenText speak(TtsClient tts, Reader tokens, Reader keys, SourceDataLine line) throws IOException {
        LineSink speaker = LineSink.to(line);
        try (SpeechSession session = tts.open()) {
            inBackground(() -> write(tokens, session));
            inBackground(() -> {
                if (!read(keys).isEmpty()) {
                    session.interrupt();
                    line.flush(); // what the loudspeaker has not played yet
                }
            });
            try {
                session.audio().transferTo(speaker);
            } catch (TtsException e) {
                if (e.category() != Category.CANCELLED) {
                    throw e;
                }
                line.flush(); // the rest of the chunk that was being played, which the key came too early for
            }
            return session.spokenUpTo(speaker.played().orElse(Duration.ZERO));
        }
    }

    /** Nothing but the end of the program ends a wait for input. */
    private static void inBackground(Runnable action) {
        var thread = new Thread(action, "speak-tokens");
        thread.setDaemon(true);
        thread.start();
    }

    private static void write(Reader tokens, SpeechSession session) {
        try {
            session.write(Stream.generate(() -> read(tokens)).takeWhile(piece -> !piece.isEmpty()));
            session.finish();
        } catch (TtsException e) {
            // It was interrupted, or the audio says why.
        }
    }

    /** What is there, as soon as something is; empty at the end. */
    private static String read(Reader in) {
        var piece = new char[PIECE];
        try {
            return new String(piece, 0, Math.max(0, in.read(piece)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys of a terminal by its own name, since standard input has the tokens. */
    static Reader keys(String terminal) throws IOException {
        try {
            return new FileReader(terminal, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IOException(terminal + ": no terminal whose key could interrupt; \"speak -\" needs none", e);
        }
    }

    /** Speaks standard input with the built-in voice on the default loudspeaker. */
    public static void main(String[] args) throws IOException, LineUnavailableException {
        try (TtsClient tts = TtsClient.of(LocalVoice.builtIn());
                Reader keys = keys(TERMINAL);
                SourceDataLine line = AudioSystem.getSourceDataLine(new AudioFormat(22_050, 16, 1, true, false))) {
            SpokenText spoken = speak(tts, new InputStreamReader(System.in, StandardCharsets.UTF_8), keys, line);
            System.out.println(spoken.text());
        }
    }
}
