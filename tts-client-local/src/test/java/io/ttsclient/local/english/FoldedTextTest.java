// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "plain text | plain text",
                "caf\u00E9 | cafe",
                "\u00C5ngstr\u00F6m | Angstrom",
                "\u2018it\u2019s\u2019 \u201Cso\u201D | 'it's' \"so\"",
                "a\u2013b\u2014c | a\u2013b\u2013c",
                "wait\u2026 | wait...",
                "\u00C6on \u0152uvre | Aeon Oeuvre",
                "\u00DEor \u00F0\u00FE | Thor dth",
                "\u0110 \u0111 \u0141 \u00D8 \u00F8 \u0131 | D d L O o i",
                "\uFB01ne | fine",
                "\uFF21\uFF11\uFF1F | A1?",
                "\u0661\u0662 | 12",
                "x\u00B2 5\u00B0 \u20AC \u00B5m \u03BCm | x\u00B2 5\u00B0 \u20AC \u00B5m \u00B5m",
                "\u03A9 \u2126 \u03C0 | \u03C9 \u03C9 \u03C0",
                "2\u00BD \u00BC | 2 1/2 1/4",
                "\u2116 5 | No.  5",
                "a\u3001b\u3002 | a,b.",
                "\u2022 \u25CF | \u2022 \u2022",
            })
    void of_text_keepsWhatEnglishReads(String text, String folded) {
        assertThat(FoldedText.of(text).chars()).isEqualTo(folded);
    }

    @Test
    void of_otherScriptsAndEmoji_becomeSpaces() {
        assertThat(FoldedText.of("\u041F\u4F60\uD83D\uDE00\u2122\u0000").chars())
                .isBlank();
    }

    @Test
    void of_joiners_belongToTheCharBefore() {
        FoldedText text = FoldedText.of("\u0301e\u0301x\u00ADy\u200D");

        assertThat(text.chars()).isEqualTo("exy");
        assertThat(text.sourceStart(0)).isEqualTo(1);
        assertThat(text.sourceEnd(1)).isEqualTo(3);
        assertThat(text.sourceEnd(2)).isEqualTo(5);
        assertThat(text.sourceEnd(3)).isEqualTo(7);
    }

    @Test
    void sourceIndices_longerAndShorterFolds_pointIntoTheSource() {
        String source = "\uD83D\uDE00 \u00E6on\u2026 z\u00FCrich\u2026\u2026\u2026\u2026\u2026\u2026\u2026\u2026";
        FoldedText text = FoldedText.of(source);

        int word = text.chars().indexOf("zurich");
        assertThat(source.substring(text.sourceStart(word), text.sourceEnd(word + 6)))
                .isEqualTo("z\u00FCrich");
        int aeon = text.chars().indexOf("aeon");
        assertThat(source.substring(text.sourceStart(aeon), text.sourceEnd(aeon + 4)))
                .isEqualTo("\u00E6on");
        assertThat(text.sourceStart(text.length())).isEqualTo(source.length());
        assertThat(text.sourceEnd(text.length())).isEqualTo(source.length());
        assertThat(text.sourceEnd(0)).isZero();
    }

    @Test
    void at_outsideTheText_isASpace() {
        FoldedText text = FoldedText.of("a");

        assertThat(text.at(-1)).isEqualTo(' ');
        assertThat(text.at(1)).isEqualTo(' ');
    }
}
