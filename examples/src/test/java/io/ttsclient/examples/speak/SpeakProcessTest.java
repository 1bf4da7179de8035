// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.testkit.FakeBackend;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only a process of its own shows: signals, exit statuses and what is on which stream. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpeakProcessTest {
    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SpeakWithFake.class.getName()));
        Collections.addAll(command, args);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        started.add(process);
        return process;
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("stderr"));
    }

    @Test
    void process_textOnStandardInput_onlyAudioOnStandardOutput() throws Exception {
        Process process = start("speak", "-", "-o", "-", "--json");
        try (var in = process.getOutputStream()) {
            in.write("Grüße".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(process.getInputStream().readAllBytes())
                .isEqualTo(FakeBackend.audioOf("Grüße", AudioFormat.linear16(16_000)));
        assertThat(process.waitFor()).isZero();
        assertThat(err().lines()).hasSize(1).first().asString().startsWith("{\"requestId\"");
    }

    @ParameterizedTest
    @CsvSource({"speak, 0", "bug, 1", "unavailable, 4"})
    void process_anyEnd_exitsAsDocumentedWithNothingOnStandardOutput(String behaviour, int status) throws Exception {
        Process process = start(behaviour, "Hello", "-o", "hello.wav");

        assertThat(process.getInputStream().readAllBytes()).isEmpty();
        assertThat(process.waitFor()).isEqualTo(status);
        assertThat(Files.exists(folder.resolve("hello.wav"))).isEqualTo(status == 0);
    }

    @Test
    void process_badUsage_exitsTwo() throws Exception {
        Process process = start("speak", "--nonsense");

        assertThat(process.getInputStream().readAllBytes()).isEmpty();
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(err()).startsWith("speak: Unknown option");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void process_ctrlC_exits130AndLeavesNoHalfFile() throws Exception {
        assumeThat(ignoresCtrlC()).as("started in the background of a shell").isFalse();
        Process process = start("stall", "Hello, world", "-o", "hello.wav", "--json");
        awaitHalfFile();

        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor()).isEqualTo(130);
        assertThat(audioFiles()).isEmpty();
        assertThat(err()).contains("speak: interrupted").contains("\"category\":\"CANCELLED\"");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void process_terminated_exits143AndLeavesNoHalfFile() throws Exception {
        Process process = start("stall", "Hello, world", "-o", "hello.wav");
        awaitHalfFile();

        new ProcessBuilder("kill", "-TERM", Long.toString(process.pid()))
                .start()
                .waitFor();

        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(audioFiles()).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void process_readerOfStandardOutputGone_endsQuietly() throws Exception {
        Process process = start("endless", "Hello", "-o", "-");
        try (InputStream audio = process.getInputStream()) {
            assertThat(audio.readNBytes(1_000)).hasSize(1_000);
        }

        assertThat(process.waitFor()).isEqualTo(130);
        assertThat(err()).isEmpty();
    }

    private void awaitHalfFile() throws IOException {
        while (audioFiles().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private List<Path> audioFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith("stderr")).toList();
        }
    }

    /** A shell has its background jobs ignore it, and their children inherit that. */
    private static boolean ignoresCtrlC() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 0b10) != 0);
    }
}
