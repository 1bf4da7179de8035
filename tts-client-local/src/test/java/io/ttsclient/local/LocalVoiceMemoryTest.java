// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What one synthesis leaves behind, many thousands leave behind visibly. */
@EnabledOnOs(OS.LINUX)
class LocalVoiceMemoryTest {
    private static final long ALLOWED_KIB = 20 * 1024;

    @TempDir
    Path folder;

    private static long residentKib() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void repeat(LocalVoice voice, String text, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(Listening.to(voice, text)).isNotEmpty();
        }
    }

    private static void assertStaysSmall(LocalVoice voice, String text, int warmUp, int times) throws IOException {
        repeat(voice, text, warmUp);
        long before = residentKib();
        repeat(voice, text, times);
        assertThat(residentKib() - before)
                .as("KiB that %d syntheses left behind", times)
                .isLessThan(ALLOWED_KIB);
    }

    @Test
    void stream_tenThousandOfAToyGraph_leaveNothingBehind() throws IOException {
        try (LocalVoice voice = LocalVoice.load(new ToyVoice().in(folder))) {
            // Long enough that the inputs of all runs, if they were left behind, would be more than is allowed.
            assertStaysSmall(voice, "hello world ".repeat(16), 1_000, 10_000);
        }
    }

    @Test
    void stream_fiveHundredOfTheBuiltInVoice_leaveNothingBehind() throws IOException {
        try (LocalVoice voice = LocalVoice.builtIn()) {
            assertStaysSmall(voice, "Hello.", 50, 500);
        }
    }
}
