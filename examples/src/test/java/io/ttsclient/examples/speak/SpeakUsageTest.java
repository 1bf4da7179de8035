// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.testkit.FakeBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How it is called, how it is not, and what it says about that. */
class SpeakUsageTest {
    private final FakeBackend backend = FakeBackend.create();
    private final SpeakCall speak = new SpeakCall(backend);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Hello -o a.mp3                          | .wav
            Hello -o wav                            | .wav
            Hello --speed 9                         | speed: 9.0, allowed 0.25 to 4.0
            Hello --speed fast                      | --speed
            Hello --speed NaN                       | speed: NaN
            Hello --sample-rate 3999                | --sample-rate: sampleRate: 3999 Hz, allowed 4000 to 192000
            Hello --sample-rate -8000               | --sample-rate
            Hello --encoding mp3                    | [linear16, mulaw, alaw]
            Hello --timeout 0s                      | allowed 1ms to 24h
            Hello --timeout soon                    | 1m30s
            Hello --language !!                     | language
            Hello --nonsense                        | --nonsense
            Hello -o                                | --output
            Hello -o a.raw -o b.raw                 | --output
            Hello --style cheerful                  | the local voice takes no style
            Hello --base-url http://localhost       | the local voice has no server
            Hello --dialect piper                   | only the provider vits has dialects
            Hello --max-attempts 0                  | maxAttempts: 0, allowed 1 to 10
            Hello --max-attempts few                | --max-attempts
            Hello --list-voices                     | --list-voices
            --list-voices --health                  | --list-voices
            --health -o a.wav                       | --health
            --health --text-file a.txt              | --health
            -o a.wav                                | text: none given
            Hello --text-file a.txt                 | one of them
            --text-file missing.txt                 | missing.txt: no such file
            """)
    void speak_badUsage_exitsTwoAndSaysWhy(String line, String message) {
        int status = speak.run(line.split(" "));

        assertThat(status).isEqualTo(2);
        assertThat(speak.err()).startsWith("speak: ").contains(message).doesNotContain("Exception");
        assertThat(speak.out()).isEmpty();
        assertThat(backend.calls()).isEmpty();
    }

    @Test
    void speak_unknownOptionLikeText_tellsOfTheTwoDashes() {
        assertThat(speak.run("-5 degrees")).isEqualTo(2);

        assertThat(speak.err()).contains("put -- before");
    }

    @Test
    void json_badUsage_isThereToo() {
        assertThat(speak.run("--json", "--nonsense")).isEqualTo(2);

        assertThat(speak.json().get("category").textValue()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void help_always_namesEveryOptionOfTheManual() {
        assertThat(speak.run("--help")).isZero();

        assertThat(speak.outText())
                .contains("TEXT", "--text-file", "-o, --output", "-p, --provider", "--base-url", "--dialect", "--voice")
                .contains("--model", "--language", "--speed", "--style", "--encoding", "--sample-rate", "--fallback")
                .contains("--max-attempts", "--timeout", "--list-voices", "--health", "--json", "130");
    }

    @Test
    void readme_command_hasOnlyOptionsThatThereAre() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        String command = readme.substring(readme.indexOf("## The command"));
        String block = command.substring(command.indexOf("```"), command.lastIndexOf("```"));
        speak.run("--help");

        assertThat(Pattern.compile("--[a-z-]+").matcher(block).results())
                .extracting(MatchResult::group)
                .isNotEmpty()
                .allMatch(speak.outText()::contains);
    }

    @Test
    void version_always_isOneLine() {
        assertThat(speak.run("--version")).isZero();

        assertThat(speak.outText().lines()).hasSize(1).first().asString().startsWith("speak ");
    }
}
