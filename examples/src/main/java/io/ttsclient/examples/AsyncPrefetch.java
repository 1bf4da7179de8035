// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import io.ttsclient.TtsClient;
import io.ttsclient.audio.AudioSink;
import io.ttsclient.local.LocalVoice;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Prompts one after the other, without a gap: the next one is made while the current one plays. */
public final class AsyncPrefetch {
    private AsyncPrefetch() {}

    /** Plays all {@code prompts}, at least one, in order. A failure cancels the prompt that is being made. */
    public static void play(TtsClient tts, List<String> prompts, AudioSink sink) throws IOException {
        CompletableFuture<Speech> next = make(tts, prompts.get(0));
        try {
            for (String following : prompts.subList(1, prompts.size())) {
                Speech current = next.join();
                next = make(tts, following);
                current.transferTo(sink);
            }
            next.join().transferTo(sink);
        } finally {
            next.cancel(true);
        }
    }

    private static CompletableFuture<Speech> make(TtsClient tts, String prompt) {
        return tts.synthesizeAsync(SpeechRequest.of(prompt));
    }

    /** Writes two prompts into {@code prompts.raw}. */
    public static void main(String[] args) throws IOException {
        try (TtsClient tts = TtsClient.of(LocalVoice.builtIn());
                OutputStream out = Files.newOutputStream(Path.of("prompts.raw"))) {
            play(tts, List.of("Please hold the line.", "You are next."), AudioSink.to(out));
        }
    }
}
