// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextInputTest {
    private static final InputStream NO_INPUT = InputStream.nullInputStream();

    @TempDir
    private Path folder;

    @Test
    void read_arguments_areJoinedWithSpaces() {
        assertThat(TextInput.read(List.of("Hello,", "big  world"), null, NO_INPUT))
                .isEqualTo("Hello, big  world");
    }

    @Test
    void read_dashAlone_isStandardInput() {
        assertThat(TextInput.read(List.of("-"), null, in("Grüße, 世界 😀\n"))).isEqualTo("Grüße, 世界 😀\n");
    }

    @Test
    void read_dashAmongWords_isText() {
        assertThat(TextInput.read(List.of("a", "-", "b"), null, in("not this"))).isEqualTo("a - b");
    }

    @Test
    void read_file_isItsText() throws IOException {
        Path file = Files.writeString(folder.resolve("my text.txt"), "First.\nSecond.");

        assertThat(TextInput.read(List.of(), file, NO_INPUT)).isEqualTo("First.\nSecond.");
    }

    @Test
    void read_byteOrderMark_isNoText() {
        assertThat(TextInput.read(List.of("-"), null, in("\uFEFFHello"))).isEqualTo("Hello");
    }

    @Test
    void read_onlyByteOrderMark_isBlank() {
        assertThatThrownBy(() -> TextInput.read(List.of("-"), null, in("\uFEFF")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("blank");
    }

    @Test
    void read_nothingGiven_saysWhereTextComesFrom() {
        assertThatThrownBy(() -> TextInput.read(List.of(), null, in("unasked")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--text-file")
                .hasMessageContaining("standard input");
    }

    @Test
    void read_argumentsAndFile_areTooMuch() {
        assertThatThrownBy(() -> TextInput.read(List.of("Hello"), folder.resolve("a.txt"), NO_INPUT))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--text-file");
    }

    @Test
    void read_blankFromAnySource_isRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("blank.txt"), " \n\t\u2003\n");

        assertBlank(() -> TextInput.read(List.of(""), null, NO_INPUT));
        assertBlank(() -> TextInput.read(List.of(" ", "\t"), null, NO_INPUT));
        assertBlank(() -> TextInput.read(List.of("-"), null, in("")));
        assertBlank(() -> TextInput.read(List.of(), file, NO_INPUT));
    }

    private static void assertBlank(org.assertj.core.api.ThrowableAssert.ThrowingCallable read) {
        assertThatThrownBy(read).isInstanceOf(UsageException.class).hasMessageContaining("blank");
    }

    @Test
    void read_notUtf8_isRefusedWithoutTheText() throws IOException {
        byte[] latin1 = "secret caf\u00E9".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("latin1.txt"), latin1);

        assertThatThrownBy(() -> TextInput.read(List.of(), file, NO_INPUT))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("latin1.txt: is not UTF-8")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> TextInput.read(List.of("-"), null, new ByteArrayInputStream(latin1)))
                .isInstanceOf(UsageException.class)
                .hasMessage("standard input: is not UTF-8 text");
    }

    @Test
    void read_cutCodePointAtTheEnd_isRefused() {
        byte[] cut = {'a', (byte) 0xE4, (byte) 0xB8};

        assertThatThrownBy(() -> TextInput.read(List.of("-"), null, new ByteArrayInputStream(cut)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void read_argumentThatTheLocaleCannotRead_isRefused() {
        assertThatThrownBy(() -> TextInput.read(List.of("caf\uFFFD\uFFFD"), null, NO_INPUT))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("locale")
                .hasMessageNotContaining("caf");
    }

    @Test
    void read_missingFile_isNamed() {
        assertThatThrownBy(() -> TextInput.read(List.of(), folder.resolve("gone.txt"), NO_INPUT))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith("gone.txt: no such file");
    }

    @Test
    void read_folder_isRefused() {
        assertThatThrownBy(() -> TextInput.read(List.of(), folder, NO_INPUT))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void read_asMuchAsAllowed_isRead() {
        assertThat(TextInput.read(List.of("-"), null, new Letters(TextInput.MAX_BYTES)))
                .hasSize(TextInput.MAX_BYTES);
    }

    @Test
    void read_endlessInput_isRefusedAtTheBound() {
        assertThatThrownBy(() -> TextInput.read(List.of("-"), null, new Letters(Long.MAX_VALUE)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("10485760 bytes");
    }

    @Test
    void read_brokenInput_isNamed() {
        InputStream broken = new FilterInputStream(NO_INPUT) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("Input/output error");
            }
        };

        assertThatThrownBy(() -> TextInput.read(List.of("-"), null, broken))
                .isInstanceOf(UsageException.class)
                .hasMessage("standard input: Input/output error");
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** So many letters. */
    private static final class Letters extends InputStream {
        private long left;

        Letters(long count) {
            left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'a' : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int count = (int) Math.min(left, length);
            java.util.Arrays.fill(bytes, offset, offset + count, (byte) 'a');
            left -= count;
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
