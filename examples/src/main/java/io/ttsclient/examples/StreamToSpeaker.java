// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import io.ttsclient.TtsClient;
import io.ttsclient.audio.LineSink;
import io.ttsclient.local.LocalVoice;
import io.ttsclient.speech.AudioStream;
import java.io.IOException;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;

/** Plays speech while it is made: the first sentence is heard while the next one is being spoken. */
public final class StreamToSpeaker {
    private StreamToSpeaker() {}

    /** Plays {@code text} on {@code line} to its end. */
    public static void play(TtsClient tts, String text, SourceDataLine line) throws IOException {
        try (AudioStream audio = tts.stream(text)) {
            audio.transferTo(LineSink.to(line));
        }
    }

    /** Plays on the default loudspeaker. */
    public static void main(String[] args) throws IOException, LineUnavailableException {
        try (TtsClient tts = TtsClient.of(LocalVoice.builtIn());
                SourceDataLine line = AudioSystem.getSourceDataLine(new AudioFormat(22_050, 16, 1, true, false))) {
            play(tts, "This is the first sentence. You hear it while the second one is made.", line);
        }
    }
}
