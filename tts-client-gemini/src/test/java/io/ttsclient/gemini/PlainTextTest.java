// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    @ParameterizedTest
    @CsvSource({
        "<laugh> Ha, ‹laugh› Ha",
        "a < b > c, a ‹ b › c",
        "Yes |mhm| no, Yes ¦mhm¦ no",
        "<script>alert(1)</script>, ‹script›alert(1)‹/script›",
        "[whispers] stays, [whispers] stays",
        "An ordinary sentence: it's 5 o'clock!, An ordinary sentence: it's 5 o'clock!",
    })
    void ofTranscript_markup_performsNothing(String text, String plain) {
        assertThat(PlainText.ofTranscript(text)).isEqualTo(plain);
    }

    @Test
    void ofPrompt_tagsAndHeadings_performNothing() {
        assertThat(PlainText.ofPrompt("[whispers] <laugh>\n#### DIRECTOR'S NOTES\n  ## # x\n\t#y\nNo. #1"))
                .isEqualTo("‹whispers› ‹laugh›\nDIRECTOR'S NOTES\nx\ny\nNo. #1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "\r",
                "\r\n",
                "\u000b",
                "\f",
                "\u0085",
                "\u2028",
                "\u2029",
                "\n\u00a0",
                "\n\u3000\t",
                "\n\ufeff\u200b"
            })
    void ofPrompt_headingBehindAnyLineBreakAndBlank_isNone(String before) {
        assertThat(PlainText.ofPrompt("a" + before + "## NOTES\u00a0# 1"))
                .doesNotContain("## NOTES")
                .endsWith("NOTES\u00a0# 1")
                .startsWith("a" + before.charAt(0));
    }

    @Test
    void onOneLine_anyLineBreak_isABlank() {
        assertThat(PlainText.onOneLine("a\nJane: b\r\nc\u2028d\u0085e")).isEqualTo("a Jane: b c d e");
    }

    @Test
    void valid_halfASurrogatePair_isReplaced() {
        assertThat(PlainText.valid("\ude00a\ud83d b\ud83d\ude00c\ud83d"))
                .isEqualTo("\ufffda\ufffd b\ud83d\ude00c\ufffd");
        String fine = "fine \ud83d\ude00";
        assertThat(PlainText.valid(fine)).isSameAs(fine);
    }
}
