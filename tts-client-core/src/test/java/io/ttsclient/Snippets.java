// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.AudioSink;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The examples in the Javadoc. They are compiled with the tests and run by {@link SnippetsTest}. */
final class Snippets {
    private Snippets() {}

    static void file(TtsBackend backend, Path directory) throws IOException {
        // @start region=file
        try (TtsClient tts = TtsClient.of(backend)) {
            tts.synthesize("Hello, world").writeTo(directory.resolve("hello.wav"));
        }
        // @end
    }

    static void stream(TtsBackend backend, AudioSink speaker) throws IOException {
        // @start region=stream
        try (TtsClient tts = TtsClient.of(backend)) {
            SpeechRequest request = SpeechRequest.builder("Your table is ready.")
                    .format(AudioFormat.mulaw(8_000))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            try (AudioStream audio = tts.stream(request)) {
                for (AudioChunk chunk : audio) { // waits for audio; reading slowly slows the provider down
                    speaker.write(chunk.bytes(), audio.format());
                }
            }
        }
        // @end
    }

    static CompletableFuture<Speech> async(TtsClient tts) {
        // @start region=async
        CompletableFuture<Speech> speech = tts.synthesizeAsync(SpeechRequest.of("Please hold the line."));
        // speech.cancel(true) reaches the provider
        // @end
        return speech;
    }

    static TtsClient builder(TtsBackend backend) {
        // @start region=builder
        TtsClient tts = TtsClient.builder()
                .backend(backend)
                .defaults(SpeechOptions.builder()
                        .language("en-US")
                        .timeout(Duration.ofMinutes(1))
                        .build())
                .build();
        // @end
        return tts;
    }

    static String failure(TtsClient tts, String text) {
        // @start region=failure
        try {
            return tts.synthesize(text).duration() + " of speech";
        } catch (TtsException e) {
            return switch (e.category()) {
                case INVALID_REQUEST, UNSUPPORTED -> "the request is wrong: " + e.getMessage();
                case AUTHENTICATION, QUOTA -> "the account needs a look: " + e.getMessage();
                default -> e.retryable() ? "perhaps later" : "not now: " + e.getMessage();
            };
        }
        // @end
    }
}
