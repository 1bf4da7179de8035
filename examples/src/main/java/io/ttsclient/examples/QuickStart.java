// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.ttsclient.TtsClient;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.local.LocalVoice;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechRequest;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the README begins with, word for word. */
public final class QuickStart {
    private QuickStart() {}

    /** Writes {@code hello.wav} and {@code call.raw} into the working directory. */
    public static void main(String[] args) throws IOException {
        try (ByteChannel call = Files.newByteChannel(Path.of("call.raw"), CREATE, WRITE)) {
            // README begins
            try (TtsClient tts = TtsClient.of(LocalVoice.builtIn())) { // no key, no network
                tts.synthesize("Hello, world").writeTo(Path.of("hello.wav"));

                SpeechRequest request = SpeechRequest.builder("Your table is ready.")
                        .format(AudioFormat.mulaw(8_000))
                        .build();
                try (AudioStream audio = tts.stream(request)) { // returns at the first audio
                    for (AudioChunk chunk : audio) {
                        call.write(chunk.bytes()); // who writes slowly slows the voice down
                    }
                }
            }
            // README ends
        }
    }
}
