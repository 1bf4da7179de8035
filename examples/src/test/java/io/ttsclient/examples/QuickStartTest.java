// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.ReloadableTtsClient;
import io.ttsclient.TtsClientConfig;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.WavReader;
import io.ttsclient.error.TtsException;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.ServerWebSocket.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the README shows, as it is, with the built-in voice. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QuickStartTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private String run(Class<?> program, String... args) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).isZero();
        return out;
    }

    @Test
    void quickStart_run_writesSpeech() throws Exception {
        run(QuickStart.class);

        try (InputStream in = Files.newInputStream(folder.resolve("hello.wav"))) {
            WavReader wav = WavReader.open(in);
            assertThat(wav.format()).isEqualTo(AudioFormat.linear16(22_050));
        }
        assertThat(Files.size(folder.resolve("call.raw")))
                .as("bytes of µ-law, 8000 a second")
                .isBetween(4_000L, 24_000L);
    }

    @Test
    void telephonyFrames_run_countsFrames() throws Exception {
        assertThat(run(TelephonyFrames.class)).matches("\\d{2,3} frames of 20 ms\\R");
    }

    @Test
    void phoneCall_run_greetsAndHangsUp() throws Exception {
        var media = new AtomicInteger();
        try (LoopbackServer twilio = LoopbackServer.start(request -> ServerAnswer.webSocket(socket -> {
            for (Message next = socket.receive(); next != null; next = socket.receive()) {
                if (next.text().contains("\"mark\"")) {
                    socket.send(next.text()); // all before it was played
                } else {
                    media.incrementAndGet();
                }
            }
        }))) {
            run(PhoneCall.class, twilio.webSocketUrl("/media"));
        }

        assertThat(media).as("frames of 20 ms").hasValueBetween(25, 150);
    }

    @Test
    void asyncPrefetch_run_writesSpeech() throws Exception {
        run(AsyncPrefetch.class);

        assertThat(Files.size(folder.resolve("prompts.raw"))).isBetween(44_100L, 264_600L);
    }

    @Test
    void fallback_serverGone_theLocalVoiceSpeaks() throws Exception {
        LoopbackServer gone = LoopbackServer.start();
        gone.close();

        assertThat(run(Fallback.class, gone.url(""))).isEqualToIgnoringNewLines("local spoke");

        assertThat(Files.size(folder.resolve("ready.wav"))).isBetween(22_050L, 264_600L);
    }

    @Test
    void configured_run_speaksOutOfTheCacheBeforeAndAfterTheReload() throws Exception {
        Path file = Files.writeString(
                folder.resolve("tts.json"),
                "{\"backends\": [{\"backend\": \"local\"}], \"cache\": {\"maxBytes\": 4000000}}");

        assertThat(run(Configured.class, file.toString()).lines()).containsExactly("hit 1", "miss 1");

        assertThat(Files.size(folder.resolve("hold.wav"))).isBetween(22_050L, 264_600L);
    }

    /** What the program does with its file, where that changes meanwhile. */
    @Test
    void configured_fileChanges_reloadTakesItOrSaysWhyNot() throws Exception {
        Path file = folder.resolve("tts.json");
        Files.writeString(
                file,
                "{\"backends\": [{\"backend\": \"vits\","
                        + " \"settings\": {\"baseUrl\": \"http://localhost:5000\", \"dialect\": \"openai-speech\"}}]}");
        try (var tts = ReloadableTtsClient.open(() -> TtsClientConfig.fromJson(file, System.getenv()))) {
            assertThat(tts.capabilities().backend()).isEqualTo("vits");

            Files.writeString(file, "{\"backends\": [{\"backend\": \"local\"}]}");
            tts.reload();
            assertThat(tts.capabilities().backend()).isEqualTo("local");

            Files.writeString(file, "{\"backends\": [{\"backend\": \"locale\"}]}");
            assertThatThrownBy(tts::reload).isInstanceOf(TtsException.class).hasMessageContaining("backends.0.backend");
            assertThat(tts.capabilities().backend()).isEqualTo("local");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Quick start, QuickStart",
        "When a provider fails, Fallback",
        "'Configured, seen, and changed while it runs', Configured"
    })
    void readme_program_isTheOneThatTestsRun(String heading, String name) throws IOException {
        List<String> program =
                Files.readAllLines(ROOT.resolve("examples/src/main/java/io/ttsclient/examples/" + name + ".java"));
        List<String> readme = Files.readAllLines(ROOT.resolve("README.md"));
        List<String> chapter = readme.subList(readme.indexOf("## " + heading), readme.size());
        List<String> shown = between(chapter, "```java", "```");

        assertThat(shown).isEqualTo(between(program, "// README begins", "// README ends"));
        assertThat(shown).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void readme_length_isThatOfAPageOrTwo() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(120);
    }

    /** The lines between the first two marks, moved to the left margin. */
    private static List<String> between(List<String> lines, String begin, String end) {
        List<String> stripped = lines.stream().map(String::strip).toList();
        int first = stripped.indexOf(begin) + 1;
        int last = first + stripped.subList(first, stripped.size()).indexOf(end);
        String text = String.join("\n", lines.subList(first, last));
        return text.stripIndent().lines().toList();
    }
}
