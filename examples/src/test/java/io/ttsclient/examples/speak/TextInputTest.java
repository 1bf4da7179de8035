// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextInputTest {
    @TempDir
    private Path folder;

    @Test
    void read_arguments_areJoinedWithSpaces() {
        assertThat(TextInput.read(List.of("Hello,", "big  world"), null)).isEqualTo("Hello, big  world");
    }

    @Test
    void isStandardInput_aDashAlone_isIt() {
        assertThat(TextInput.isStandardInput(List.of("-"), null)).isTrue();
        assertThat(TextInput.isStandardInput(List.of("-"), folder)).isFalse();
        assertThat(TextInput.isStandardInput(List.of("-", "-"), null)).isFalse();
    }

    @Test
    void read_dashAmongWords_isText() {
        assertThat(TextInput.read(List.of("a", "-", "b"), null)).isEqualTo("a - b");
    }

    @Test
    void read_file_isItsText() throws IOException {
        Path file = Files.writeString(folder.resolve("my text.txt"), "First.\nSecond.");

        assertThat(TextInput.read(List.of(), file)).isEqualTo("First.\nSecond.");
    }

    @Test
    void read_nothingGiven_saysWhereTextComesFrom() {
        assertThatThrownBy(() -> TextInput.read(List.of(), null))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--text-file")
                .hasMessageContaining("standard input");
    }

    @Test
    void read_argumentsAndFile_areTooMuch() {
        assertThatThrownBy(() -> TextInput.read(List.of("Hello"), folder.resolve("a.txt")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--text-file");
    }

    @Test
    void read_blankFromAnySource_isRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("blank.txt"), " \n\t\u2003\n");

        assertBlank(() -> TextInput.read(List.of(""), null));
        assertBlank(() -> TextInput.read(List.of(" ", "\t"), null));
        assertBlank(() -> TextInput.read(List.of(), file));
    }

    private static void assertBlank(org.assertj.core.api.ThrowableAssert.ThrowingCallable read) {
        assertThatThrownBy(read).isInstanceOf(UsageException.class).hasMessageContaining("blank");
    }

    @Test
    void read_notUtf8_isRefusedWithoutTheText() throws IOException {
        byte[] latin1 = "secret caf\u00E9".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("latin1.txt"), latin1);

        assertThatThrownBy(() -> TextInput.read(List.of(), file))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("latin1.txt: is not UTF-8")
                .hasMessageNotContaining("secret");
    }

    @Test
    void read_argumentThatTheLocaleCannotRead_isRefused() {
        assertThatThrownBy(() -> TextInput.read(List.of("caf\uFFFD\uFFFD"), null))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("locale")
                .hasMessageNotContaining("caf");
    }

    @Test
    void read_missingFile_isNamed() {
        assertThatThrownBy(() -> TextInput.read(List.of(), folder.resolve("gone.txt")))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith("gone.txt: no such file");
    }

    @Test
    void read_folder_isRefused() {
        assertThatThrownBy(() -> TextInput.read(List.of(), folder))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(folder.toString());
    }
}
