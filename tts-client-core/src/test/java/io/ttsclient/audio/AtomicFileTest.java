// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.testkit.LeakCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeakCheck.class)
class AtomicFileTest {
    @TempDir
    Path directory;

    @Test
    void commit_bringsTheWholeFileToItsPlace() throws IOException {
        Path path = directory.resolve("audio.raw");
        try (AtomicFile file = AtomicFile.create(path)) {
            file.write(ascii("one "));
            file.write(ascii("two"));
            assertThat(path).doesNotExist();
            file.commit();
            assertThat(path).hasContent("one two");
        }
        assertThat(files()).containsExactly(path);
    }

    @Test
    void close_withoutCommit_leavesNothing() throws IOException {
        Path path = directory.resolve("audio.raw");
        AtomicFile file = AtomicFile.create(path);
        file.write(ascii("half"));
        assertThat(files()).hasSize(1);
        file.close();
        file.close();
        assertThat(files()).isEmpty();
    }

    @Test
    void close_withoutCommit_keepsTheFileThatWasThere() throws IOException {
        Path path = Files.writeString(directory.resolve("audio.raw"), "before");
        try (AtomicFile file = AtomicFile.create(path)) {
            file.write(ascii("half"));
        }
        assertThat(path).hasContent("before");
        assertThat(files()).containsExactly(path);
    }

    @Test
    void commit_replacesTheFileThatWasThere() throws IOException {
        Path path = Files.writeString(directory.resolve("audio.raw"), "before, and longer");
        try (AtomicFile file = AtomicFile.create(path)) {
            file.write(ascii("after"));
            file.commit();
        }
        assertThat(path).hasContent("after");
    }

    @Test
    void commit_thatFails_leavesNothing() throws IOException {
        Path path = directory.resolve("audio.raw");
        AtomicFile file = AtomicFile.create(path);
        file.write(ascii("whole"));
        // A directory with something in it cannot be replaced by a file.
        Files.createDirectory(path);
        Path inside = Files.createFile(path.resolve("something"));
        assertThatThrownBy(file::commit).isInstanceOf(IOException.class);
        assertThat(files()).containsExactly(path);
        assertThat(inside).exists();
    }

    @Test
    void writeOrCommit_afterTheEnd_fails() throws IOException {
        Path path = directory.resolve("audio.raw");
        AtomicFile file = AtomicFile.create(path);
        file.commit();
        assertThatThrownBy(() -> file.write(ascii("x"))).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(file::commit).isInstanceOf(ClosedChannelException.class);
        assertThat(path).exists().isEmptyFile();

        AtomicFile aborted = AtomicFile.create(directory.resolve("other.raw"));
        aborted.close();
        assertThatThrownBy(aborted::commit).isInstanceOf(ClosedChannelException.class);
        assertThat(files()).containsExactly(path);
    }

    @Test
    void create_inAMissingDirectory_namesTheDirectory() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> AtomicFile.create(missing.resolve("audio.raw")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void create_onADirectory_isRefused() {
        assertThatThrownBy(() -> AtomicFile.create(directory))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is a directory");
        assertThatThrownBy(() -> AtomicFile.create(directory.getRoot()))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is a directory");
    }

    @Test
    void create_onADevice_isRefusedSoThatItIsNotReplaced() {
        Path device = Path.of("/dev/null");
        Assumptions.assumeTrue(Files.exists(device));
        assertThatThrownBy(() -> AtomicFile.create(device))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is not a regular file");
    }

    @Test
    void create_onAFileThatMayNotBeWritten_isRefused() throws IOException {
        Path path = Files.writeString(directory.resolve("audio.raw"), "before");
        Assumptions.assumeTrue(path.toFile().setReadOnly() && !Files.isWritable(path));
        assertThatThrownBy(() -> AtomicFile.create(path)).isInstanceOf(AccessDeniedException.class);
        assertThat(files()).containsExactly(path);
    }

    @Test
    void commit_throughASymbolicLink_replacesWhatItPointsTo() throws IOException {
        Path path = Files.writeString(directory.resolve("audio.raw"), "before");
        Path link;
        try {
            link = Files.createSymbolicLink(directory.resolve("link.raw"), path);
        } catch (IOException | UnsupportedOperationException e) {
            Assumptions.abort("no symbolic links here");
            return;
        }
        try (AtomicFile file = AtomicFile.create(link)) {
            file.write(ascii("after"));
            file.commit();
        }
        assertThat(link).isSymbolicLink();
        assertThat(path).hasContent("after").isRegularFile();
    }

    @Test
    void create_relativePath_isBesideTheWorkingDirectory() throws IOException {
        Path relative = Path.of("").toAbsolutePath().relativize(directory.resolve("audio.raw"));
        try (AtomicFile file = AtomicFile.create(relative)) {
            file.commit();
        }
        assertThat(files()).containsExactly(directory.resolve("audio.raw"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
