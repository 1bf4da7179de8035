// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import io.ttsclient.TtsClient;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Framer;
import io.ttsclient.local.LocalVoice;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechRequest;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Speech as a telephone line wants it: frames of 20 ms, 160 bytes of µ-law each, as soon as they are there. */
public final class TelephonyFrames {
    private static final AudioFormat LINE = AudioFormat.mulaw(8_000);

    private TelephonyFrames() {}

    /** Gives {@code line} every frame in order; the last one is filled up with silence. */
    public static void send(TtsClient tts, String text, Consumer<ByteBuffer> line) {
        SpeechRequest request = SpeechRequest.builder(text).format(LINE).build();
        var framer = new Framer(LINE, Framer.TELEPHONY);
        try (AudioStream audio = tts.stream(request)) {
            for (AudioChunk chunk : audio) {
                framer.frames(chunk.bytes()).forEach(line);
            }
        }
        framer.finish().ifPresent(line);
    }

    /** Counts the frames of a sentence. */
    public static void main(String[] args) {
        var frames = new int[1];
        try (TtsClient tts = TtsClient.of(LocalVoice.builtIn())) {
            send(tts, "Thank you for calling. How can I help you?", frame -> frames[0]++);
        }
        System.out.println(frames[0] + " frames of 20 ms");
    }
}
