// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataStringTest {
    /** Decodes a string, its closing quotation mark included, that arrives in reads of {@code read} bytes. */
    private static byte[] decode(String json, int read) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.ISO_8859_1);
        byte[] window = new byte[DataString.MAX_LEFT + read];
        var decoded = new ByteArrayOutputStream();
        var string = new DataString();
        string.begin();
        int left = 0;
        int at = 0;
        while (!string.ended()) {
            int count = Math.min(read, bytes.length - at);
            assertThat(count).as("bytes left while the string goes on").isPositive();
            System.arraycopy(bytes, at, window, left, count);
            at += count;
            int limit = left + count;
            ByteBuffer piece = string.decode(window, 0, limit);
            if (!string.ended() && !json.matches("(?is).*(=|u003d).*")) {
                assertThat(piece.remaining() % 6).isZero();
            }
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            decoded.writeBytes(copy);
            left = limit - string.position();
            if (!string.ended()) {
                assertThat(left).isLessThanOrEqualTo(DataString.MAX_LEFT);
                System.arraycopy(window, string.position(), window, 0, left);
            }
        }
        return decoded.toByteArray();
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 8, 9, 63, 64, 65, 1000})
    void decode_readsOfAnySize_giveTheBytes(int read) throws IOException {
        var random = new Random(read);
        for (int length = 0; length < 200; length++) {
            byte[] bytes = random(random, length);
            String base64 = Base64.getEncoder().encodeToString(bytes);
            assertThat(decode(base64 + "\"", read)).isEqualTo(bytes);
            assertThat(decode(base64.replace("=", "") + "\"", read)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void decode_escapesAndWhiteSpaceAnywhere_giveTheBytes(long seed) throws IOException {
        var random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            byte[] bytes = random(random, random.nextInt(300));
            var json = new StringBuilder();
            double share = random.nextDouble() * 0.4;
            for (char c : Base64.getEncoder().encodeToString(bytes).toCharArray()) {
                json.append(random.nextDouble() < share ? written(c, random) : String.valueOf(c));
            }
            assertThat(decode(json + "\"", 1 + random.nextInt(40)))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(bytes);
        }
    }

    private static String written(char c, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "\\u%04x".formatted((int) c);
            case 1 -> "\\u%04X".formatted((int) c);
            case 2 -> c == '/' ? "\\/" : " " + c;
            case 3 -> "\\n" + c;
            case 4 -> "\n\t" + c;
            default -> "\\r\\u0020" + c;
        };
    }

    @Test
    void decode_firstGroup_isThereWithItsLastByte() throws IOException {
        byte[] window = "AAAAAAAAAAA".getBytes(StandardCharsets.ISO_8859_1);
        var string = new DataString();
        string.begin();

        assertThat(string.decode(window, 0, 7).remaining()).isZero();
        assertThat(string.decode(window, 0, 8).remaining()).isEqualTo(6);
        assertThat(string.decode(window, 0, 11).remaining()).isEqualTo(6);
        assertThat(string.position()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "A\"",
                "AAAAA\"",
                "AA=A\"",
                "AA==AAAA\"",
                "AAAAAA==AAAAAAAA\"",
                "=\"",
                "AAA!AAAA\"",
                "AA-_\"",
                "AAA\\\"\"",
                "AAA\\\\\"",
                "AAA\\x\"",
                "\\u00e9AAA\"",
                "\\u00g1AAA\"",
                "AA\u00e9A\"",
            })
    void decode_noBase64_isRefusedWithoutQuotingIt(String json) {
        for (int read : new int[] {1, 4, 64}) {
            assertThatThrownBy(() -> decode(json, read))
                    .as("%s in reads of %d", json, read)
                    .isInstanceOf(IOException.class)
                    .hasMessage("the data of an audio part is not base64")
                    .hasNoCause();
        }
    }

    @Test
    void decode_onlyWhiteSpace_leavesNothing() throws IOException {
        byte[] window = " ".repeat(1000).getBytes(StandardCharsets.ISO_8859_1);
        var string = new DataString();
        string.begin();

        assertThat(string.decode(window, 0, 1000).remaining()).isZero();
        assertThat(string.position()).isEqualTo(1000);
        assertThat(string.ended()).isFalse();
    }
}
