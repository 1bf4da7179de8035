// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One directory, several processes, and the worst end that one of them can come to, at whatever moment. */
@Timeout(120)
class DirectoryStoreProcessesTest {
    private static final int KILLS = 3;
    private static final int WRITES_BEFORE_A_KILL = 30;

    @TempDir
    Path directory;

    @Test
    void write_processesThatAreKilled_whatIsReadIsWholeOrMissing() throws IOException, InterruptedException {
        AudioStore mine = AudioStore.directory(directory, StoreProgram.MAX_BYTES);
        Process survivor = start(0);
        try (BufferedReader survives = survivor.inputReader()) {
            for (int seed = 1; seed <= KILLS; seed++) {
                Process victim = start(seed);
                try (BufferedReader lines = victim.inputReader()) {
                    for (int i = 0; i < WRITES_BEFORE_A_KILL; i++) {
                        assertThat(lines.readLine()).isEqualTo("written");
                        assertThat(survives.readLine()).isEqualTo("written");
                    }
                } finally {
                    victim.destroyForcibly().waitFor();
                }
                assertAllWholeOrMissing(mine);
            }
        } finally {
            survivor.destroyForcibly().waitFor();
        }

        assertThat(bytes())
                .isPositive()
                .isLessThanOrEqualTo(StoreProgram.MAX_BYTES * 5 / 4); // and a sixteenth for each
        assertAllWholeOrMissing(mine);
        mine.write(StoreProgram.key(1), StoreProgram.audio(1));
        assertThat(mine.read(StoreProgram.key(1))).contains(StoreProgram.audio(1));
    }

    private static void assertAllWholeOrMissing(AudioStore store) throws IOException {
        for (int i = 0; i < StoreProgram.KEYS; i++) {
            assertThat(StoreProgram.isWholeOrMissing(store, i)).as("audio " + i).isTrue();
        }
    }

    /** Of the finished files. */
    private long bytes() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Path::toFile)
                    .filter(file -> file.getName().endsWith(".audio"))
                    .mapToLong(File::length)
                    .sum();
        }
    }

    private Process start(int seed) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        folderOf(StoreProgram.class) + File.pathSeparator + folderOf(DirectoryStore.class),
                        StoreProgram.class.getName(),
                        directory.toString(),
                        String.valueOf(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Where the class files of a module are; those of tests are in another folder although they are in the same module. */
    private static Path folderOf(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        String url = Objects.requireNonNull(type.getResource("/" + file)).toString();
        return Path.of(URI.create(url.substring(0, url.length() - file.length())));
    }
}
