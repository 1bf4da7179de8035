// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import io.ttsclient.TtsClient;
import io.ttsclient.gemini.DialogueLine;
import io.ttsclient.gemini.Gemini;
import io.ttsclient.gemini.GeminiOptions;
import io.ttsclient.speech.SpeechRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What docs/gemini.md shows, word for word. */
public final class GeminiSpeech {
    private GeminiSpeech() {}

    /** Writes {@code cheerful.wav} and {@code dialogue.wav} into the working directory; the key is in {@code GEMINI_API_KEY}. */
    public static void main(String[] args) throws IOException {
        speak(client(gemini(System.getenv("GEMINI_API_KEY"))), Path.of(""));
    }

    static Gemini gemini(@Nullable String key) {
        // gemini.md begins: make
        Gemini gemini = Gemini.builder()
                .apiKey(key)
                .model("gemini-3.8-flash-lite-tts")
                .voice("Leda")
                .build();
        // gemini.md ends
        return gemini;
    }

    static TtsClient client(Gemini gemini) {
        // gemini.md begins: client
        TtsClient tts = TtsClient.builder()
                .backend(gemini)
                .admission("gemini", Gemini.admission()) // 10 requests a minute, 100 a day, 4 at once
                .build();
        // gemini.md ends
        return tts;
    }

    static void speak(TtsClient client, Path folder) throws IOException {
        try (TtsClient tts = client) {
            // gemini.md begins: speak
            SpeechRequest request = SpeechRequest.builder("Your table is ready.")
                    .style("cheerful and friendly")
                    .language("en-US")
                    .build();
            tts.synthesize(request).writeTo(folder.resolve("cheerful.wav"));
            // gemini.md ends
            // gemini.md begins: dialogue
            List<DialogueLine> lines = List.of(
                    new DialogueLine("Joe", "How's it going today, Jane?"),
                    new DialogueLine("Jane", "Not too bad, how about you?"));
            GeminiOptions speakers = GeminiOptions.builder()
                    .dialogue(lines)
                    .speaker("Joe", "Puck")
                    .speaker("Jane", "Kore")
                    .build();
            SpeechRequest dialogue = SpeechRequest.builder(DialogueLine.text(lines))
                    .with(options -> options.provider(speakers))
                    .build();
            tts.synthesize(dialogue).writeTo(folder.resolve("dialogue.wav"));
            // gemini.md ends
        }
    }
}
