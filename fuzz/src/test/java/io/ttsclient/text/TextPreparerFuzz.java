// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.fuzz.Pieces;
import io.ttsclient.text.TextPreparation.Treatment;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

class TextPreparerFuzz {
    /** The first byte chooses the settings. */
    @FuzzTest
    void prepare_anyText_isTheSameHoweverItGrows(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        TextPreparation settings = settings(bytes[0] & 0xFF);
        String text = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);

        PreparedText whole = settings.prepare(text);

        assertInOrder(whole, text.length());
        assertGrows(settings, Pieces.of(bytes, text, 1), whole);
        assertGrows(settings, Pieces.of(bytes, text, 9), whole);
        if (settings.nfc()) {
            assertThat(Normalizer.isNormalized(whole.text(), Normalizer.Form.NFC))
                    .isTrue();
        }
    }

    private static void assertInOrder(PreparedText prepared, int length) {
        int before = 0;
        for (int i = 0; i < prepared.text().length(); i++) {
            int from = prepared.sourceIndex(i);
            int to = prepared.sourceEnd(i + 1);
            if (from < before || to < from || to > length) {
                fail("char " + i + " comes from " + from + " to " + to + " of " + length + ", after " + before);
            }
            before = from;
        }
    }

    private static void assertGrows(TextPreparation settings, Iterable<String> pieces, PreparedText whole) {
        TextPreparer preparer = settings.start();
        var grown = new StringBuilder();
        for (String piece : pieces) {
            grown.append(preparer.append(piece));
        }
        grown.append(preparer.finish());
        assertThat(grown.toString()).isEqualTo(whole.text());
        int length = grown.length();
        assertThat(all(length, preparer::sourceIndex)).isEqualTo(all(length, whole::sourceIndex));
        assertThat(all(length, preparer::sourceEnd)).isEqualTo(all(length, whole::sourceEnd));
    }

    private static int[] all(int length, IntUnaryOperator source) {
        return IntStream.rangeClosed(0, length).map(source).toArray();
    }

    private static TextPreparation settings(int choice) {
        Treatment[] treatments = Treatment.values();
        return TextPreparation.builder()
                .markdown(treatments[choice % 3])
                .code(treatments[choice / 3 % 3])
                .emoji(treatments[choice / 9 % 3])
                .urls(treatments[choice / 27 % 3])
                .clean((choice / 81) % 2 == 0)
                .nfc(choice < 162)
                .build();
    }
}
