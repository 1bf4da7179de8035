// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class IncomingTextTest {
    private static IncomingText text(InputStream in) {
        return new IncomingText("standard input", in);
    }

    private static String all(InputStream in) {
        var all = new StringBuilder();
        text(in).forEachRemaining(all::append);
        return all.toString();
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives one byte a read, as a slow pipe does. */
    private static InputStream dripping(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(1, length));
            }
        };
    }

    @Test
    void next_lettersCutAnywhere_areWhole() {
        String text = "Grüße, 世界 \uD83D\uDE00\n";

        assertThat(all(dripping(text.getBytes(StandardCharsets.UTF_8)))).isEqualTo(text);
    }

    @Test
    void next_piece_comesBeforeTheNextIsThere() {
        IncomingText text = text(dripping("Hi".getBytes(StandardCharsets.UTF_8)));

        assertThat(text.next()).isEqualTo("H");
        assertThat(text.next()).isEqualTo("i");
        assertThat(text.hasNext()).isFalse();
        assertThatThrownBy(text::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void next_byteOrderMark_isNoText() {
        assertThat(all(in("\uFEFFHello \uFEFF"))).isEqualTo("Hello \uFEFF");
        assertThat(text(in("\uFEFF")).hasNext()).isFalse();
        assertThat(all(dripping("\uFEFFHello".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("Hello");
    }

    @Test
    void hasNext_notUtf8_isRefusedWithoutTheText() {
        byte[] latin1 = "secret caf\u00E9".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> all(new ByteArrayInputStream(latin1)))
                .isInstanceOf(UsageException.class)
                .hasMessage("standard input: is not UTF-8 text");
    }

    @Test
    void hasNext_cutLetterAtTheEnd_isRefused() {
        byte[] cut = {'a', (byte) 0xE4, (byte) 0xB8};

        assertThatThrownBy(() -> all(new ByteArrayInputStream(cut)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void next_asMuchAsAllowed_isRead() {
        assertThat(all(new Letters(IncomingText.MAX_BYTES))).hasSize(IncomingText.MAX_BYTES);
    }

    @Test
    void hasNext_endlessInput_isRefusedAtTheBound() {
        assertThatThrownBy(() -> all(new Letters(Long.MAX_VALUE)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("10485760 bytes");
    }

    @Test
    void hasNext_brokenInput_isNamed() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Input/output error");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("Input/output error");
            }
        };

        assertThatThrownBy(() -> all(broken))
                .isInstanceOf(UsageException.class)
                .hasMessage("standard input: Input/output error");
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
            Arrays.fill(bytes, offset, offset + count, (byte) 'a');
            left -= count;
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
