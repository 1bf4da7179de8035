// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EspeakClauseTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "Hello, world. | Hello[,] world.[.]",
                "Ja? Nein! Gut; so: ja | Ja[?] Nein[!] Gut[;] so[:] ja[]",
                "3,14 und 10:30 | 3,14 und 10:30[]",
                "www.example.com ok | www.example.com ok[]",
                "Dr. M\u00FCller kommt. Gut | Dr. M\u00FCller kommt.[.] Gut[]",
                "z.B. das | z.B. das[]",
                "usw. und so | usw. und so[]",
                "etc.) | etc.[.]",
                "eins \u2013 zwei - drei\u2014vier | eins[,] zwei[,] drei[,] vier[]",
                "Wer?! Ich... gehe... Du | Wer[?] Ich.[,] gehe.[.] Du[]",
                "\u00ABHallo\u00BB, sagte | Hallo[,] sagte[]",
                "\u4F60\u597D\u3002\u4E16\u754C\uFF1F\u597D\uFF0C\u554A | \u4F60\u597D[.] \u4E16\u754C[?] \u597D[,] \u554A[]",
                "\u0645\u0631\u062D\u0628\u0627\u061F \u0646\u0639\u0645\u060C \u0644\u0627 | \u0645\u0631\u062D\u0628\u0627[?] \u0646\u0639\u0645[,] \u0644\u0627[]",
                "\u0928\u092E\u0938\u094D\u0924\u0947\u0964 \u0939\u0940 | \u0928\u092E\u0938\u094D\u0924\u0947[.] \u0939\u0940[]",
                "one\\n\\ntwo\\nthree | one[.] two three[]",
                "[[h@l]] a | h@l   a[]",
                "-5 Grad | -5 Grad[]",
                "... | ",
                "( ) \u2014 ! | ",
            })
    void of_text_isCutAtItsMarks(String text, String clauses) {
        String found = EspeakClause.of(text.replace("\\n", "\n")).stream()
                .map(clause -> clause.line() + "[" + clause.mark() + "]")
                .collect(Collectors.joining(" "));

        assertThat(found).isEqualTo(clauses == null ? "" : clauses);
    }

    @Test
    void of_longText_isCutIntoLinesThatEspeakReadsWhole() {
        String text =
                "word ".repeat(200) + "\uD83D\uDE00\u4F60".repeat(300) + " end, \u4F60" + "\uD840\uDC00".repeat(400);

        List<EspeakClause> clauses = EspeakClause.of(text);

        assertThat(clauses).hasSizeGreaterThan(8);
        assertThat(clauses)
                .allSatisfy(clause -> assertThat(clause.line().getBytes(StandardCharsets.UTF_8))
                        .hasSizeLessThan(1000));
        assertThat(clauses)
                .allSatisfy(clause ->
                        assertThat(clause.line()).doesNotContain("\uFFFD").matches(line -> wellFormed(line)));
        assertThat(clauses.get(0).line()).endsWith("word");
        assertThat(clauses.get(0).mark()).isEmpty();
    }

    private static boolean wellFormed(String line) {
        return line.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    @Test
    void of_controlCharsAndLoneSurrogates_becomeSpaces() {
        assertThat(EspeakClause.of("a\u0000b\u001Bc\uD83Dd\te").get(0).line()).isEqualTo("a b c d e");
    }

    @Test
    void of_anyUnicode_rangesAreInOrderAndLinesAreSingle() {
        Random random = new Random(5);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(400);
            for (int j = 0; j < length; j++) {
                switch (random.nextInt(4)) {
                    case 0 -> text.append((char) random.nextInt(0x10000));
                    case 1 -> text.append(" .,;:!?\n\u2026\u2014\"'".charAt(random.nextInt(12)));
                    default -> text.append((char) ('a' + random.nextInt(26)));
                }
            }
            int reached = 0;
            for (EspeakClause clause : EspeakClause.of(text.toString())) {
                assertThat(clause.start()).isGreaterThanOrEqualTo(reached);
                assertThat(clause.end()).isGreaterThan(clause.start());
                assertThat(clause.markEnd()).isBetween(clause.end(), text.length());
                assertThat(clause.line()).doesNotContain("\n").isNotBlank();
                reached = clause.end();
            }
        }
    }

    @Test
    void toString_neverShowsText() {
        assertThat(EspeakClause.of("secret").get(0)).hasToString("EspeakClause[0..6]");
    }
}
