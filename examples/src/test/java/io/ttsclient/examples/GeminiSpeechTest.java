// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.gemini.Gemini;
import io.ttsclient.testkit.gemini.GeminiEmulator;
import io.ttsclient.testkit.gemini.GeminiRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/gemini.md shows, against the emulator. */
class GeminiSpeechTest {
    private static final Path PROGRAM = Path.of("src/main/java/io/ttsclient/examples/GeminiSpeech.java");

    @TempDir
    private Path folder;

    @Test
    void speak_emulator_writesBothFiles() throws IOException {
        try (GeminiEmulator emulator = GeminiEmulator.start()) {
            Gemini gemini = Gemini.builder()
                    .apiKey(GeminiEmulator.KEY)
                    .baseUrl(emulator.url())
                    .build();
            GeminiSpeech.speak(GeminiSpeech.client(gemini), folder);

            List<GeminiRequest> requests = emulator.requests();
            assertThat(requests).hasSize(2);
            assertThat(requests.get(0).style()).contains("cheerful and friendly");
            assertThat(requests.get(1).voices()).containsExactlyInAnyOrder("Puck", "Kore");
        }
        assertThat(folder.resolve("cheerful.wav")).isNotEmptyFile();
        assertThat(folder.resolve("dialogue.wav")).isNotEmptyFile();
    }

    @Test
    void gemini_key_isMadeWithoutIo() {
        try (Gemini gemini = GeminiSpeech.gemini("any-key")) {
            assertThat(gemini).hasToString("Gemini[gemini-3.8-flash-lite-tts]");
        }
    }

    @Test
    void document_everyProgramInIt_isOneThatTestsRun() throws IOException {
        String document = Files.readString(Path.of("../docs/gemini.md"));
        List<String> shown = blocks(document, "```java\n(.*?)```");
        List<String> run = blocks(Files.readString(PROGRAM), "// gemini.md begins: \\w+\n(.*?)// gemini.md ends");

        assertThat(shown).containsExactlyInAnyOrderElementsOf(run);
    }

    private static List<String> blocks(String text, String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(match -> match.group(1).stripIndent().strip())
                .toList();
    }
}
