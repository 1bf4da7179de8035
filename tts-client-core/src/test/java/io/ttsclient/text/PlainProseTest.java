// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that looks a little like markup, and that no preparation may touch. */
class PlainProseTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello, world.",
                "2 * 3 * 4 = 24",
                "2*3*4 and 2**3 and x ** 2 and 2 *3",
                "a * b",
                "5* hotel, 4.5* rating",
                "snake_case_name and another_one",
                "5_000 and 1_000_000",
                "____ is a blank",
                "C# and F#",
                "#1 and #hashtag",
                "a < b and b > c, a<b, x <3",
                "1. First",
                "- 5 degrees",
                "+ 5 degrees",
                "-5 degrees",
                "It costs $5, £3 or 10%.",
                "a | b | c",
                "|x| is the absolute value",
                "| not a table |\nbut a line",
                "[1] is a note, [applause] too, rows[0][1], f[0]",
                "[unclosed",
                "[text] (not a link)",
                "Wait! [quietly]",
                "it's 5 o'clock",
                "~5 minutes, a~b~c",
                "C:\\dir\\file and \\\\server\\share",
                "user_name@example.com",
                "a`b",
                "--- or -- or —",
                "== equal ==",
                "x = y == z",
                "AT&T <tag attr=\"x\">",
                "a <b and c> d",
                "hello www and http and https:// and www.",
                "™ © ® ° § † ← → text",
                "C♯ and B♭",
                "❶ one",
                "Xin chào. Bạn khỏe không? Tôi khỏe, cảm ơn!",
                "你好，世界！「はい。」と言った。（笑）",
                "1、第一",
                "안녕하세요. 반갑습니다!",
                "נָא مرحبا، كيف حالك؟",
                "!important, !x",
                "Really?! (Yes.) \"No.\"",
                "A line\nand another\n\nand a paragraph",
                "2023. That year",
                "first ) second",
            })
    void prepare_plainProse_isLeftAsItIs(String text) {
        assertThat(TextPreparation.speakable().prepare(text).text()).isEqualTo(text);
    }
}
