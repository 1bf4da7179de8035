// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.text.TextPreparation.Treatment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextPreparationTest {
    private static final String FENCES =
            "See:\n```java\nint x_y = 1; // **no**\n```\nthen\n~~~~\nA *poem*\n```\n~~~~\nend";

    @Test
    void off_anyText_isLeftAsItIs() {
        String text = "# T\r\n\r\n  **x** `y` 😀 https://a.b e\u0301 \u0007\ud800 ";
        assertThat(TextPreparation.off().prepare(text).text()).isEqualTo(text);
        assertThat(TextPreparation.off().isOff()).isTrue();
        assertThat(TextPreparation.speakable().isOff()).isFalse();
    }

    @Test
    void toBuilder_keepsEverySetting() {
        TextPreparation some = TextPreparation.builder()
                .markdown(Treatment.DROPPED)
                .code(Treatment.SPEAKABLE)
                .emoji(Treatment.DROPPED)
                .urls(Treatment.DROPPED)
                .nfc(true)
                .build();
        TextPreparation copy = some.toBuilder().build();
        assertThat(copy).isEqualTo(some).hasSameHashCodeAs(some).isNotEqualTo(TextPreparation.speakable());
        assertThat(copy.markdown()).isEqualTo(Treatment.DROPPED);
        assertThat(copy.code()).isEqualTo(Treatment.SPEAKABLE);
        assertThat(copy.emoji()).isEqualTo(Treatment.DROPPED);
        assertThat(copy.urls()).isEqualTo(Treatment.DROPPED);
        assertThat(copy.clean()).isFalse();
        assertThat(copy.nfc()).isTrue();
        assertThat(copy)
                .hasToString("TextPreparation[markdown DROPPED, code SPEAKABLE, emoji DROPPED, urls DROPPED, nfc]");
        assertThat(TextPreparation.speakable())
                .hasToString(
                        "TextPreparation[markdown SPEAKABLE, code SPEAKABLE, emoji SPEAKABLE, urls SPEAKABLE, clean, nfc]");
    }

    @Test
    void code_betweenBackticks_isReadAsWordsLeftOrDropped() {
        String text = "Use `max_size` or ``a ` b`` and ``` c ```, `` unclosed";
        assertThat(prepared(text, Treatment.SPEAKABLE)).isEqualTo("Use max size or a ` b and c, `` unclosed");
        assertThat(prepared(text, Treatment.DROPPED)).isEqualTo("Use or and, `` unclosed");
        assertThat(prepared("`a*b*c` *d*", Treatment.OFF)).isEqualTo("`a*b*c` d");
        assertThat(prepared("`a\n\nb_c` d", Treatment.SPEAKABLE)).isEqualTo("`a\n\nb_c` d");
        String endless = "`" + "x".repeat(600) + "`";
        assertThat(prepared(endless, Treatment.DROPPED)).isEqualTo(endless);
    }

    @Test
    void code_inFences_isReadOnlyWhereItSaysItIsText() {
        assertThat(prepared(FENCES, Treatment.SPEAKABLE)).isEqualTo("See:\n\nthen\nA *poem*\n```\n\nend");
        assertThat(prepared(FENCES, Treatment.DROPPED)).isEqualTo("See:\n\nthen\n\nend");
        assertThat(prepared(FENCES, Treatment.OFF)).isEqualTo(FENCES);
        assertThat(prepared(FENCES.replace("\n", "\r\n"), Treatment.DROPPED)).isEqualTo("See:\n\nthen\n\nend");
    }

    @Test
    void code_unclosedFence_goesOnToTheEnd() {
        assertThat(prepared("a\n```py\nx\ny", Treatment.DROPPED)).isEqualTo("a");
        assertThat(prepared("a\n```text\nx\ny", Treatment.SPEAKABLE)).isEqualTo("a\nx\ny");
        assertThat(prepared("```", Treatment.SPEAKABLE)).isEmpty();
        assertThat(prepared("```x" + "y".repeat(1_100) + "\nz", Treatment.DROPPED))
                .endsWith("y\nz");
    }

    @Test
    void code_withoutMarkdown_isTheOnlyThingChanged() {
        TextPreparation code = TextPreparation.builder().code(Treatment.DROPPED).build();
        assertThat(code.prepare("# *a* `b`\n```\nc\n```\n| d").text()).isEqualTo("# *a* \n\n| d");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    see https://www.example.com/a?b=c#d.           | see example.com.
                    (http://user:pw@host.example:8080/x(y)), ok    | (host.example), ok
                    HTTPS://Example.COM and WWW.example.org/x!     | Example.COM and example.org!
                    请访问https://example.com/查看                   | 请访问example.com查看
                    https://example.com/a_b*c*d **x**              | example.com x
                    "https://example.com/path"                     | "example.com"
                    ahttps://example.com                           | ahttps://example.com
                    http://localhost:8080/x?y=http://z.y           | localhost
                    http:// www. http://?x https://!               | http:// www. http://?x https://!
                    https://example.com/?q=a@b.c                   | example.com
                    """)
    void urls_speakable_areReadAsTheirHost(String source, String expected) {
        assertThat(TextPreparation.speakable().prepare(source).text()).isEqualTo(expected);
    }

    @Test
    void urls_offOrDropped_areLeftOrTakenAway() {
        String text = "see https://example.com/a_b_c*d, ok <https://x.y>";
        assertThat(TextPreparation.speakable().toBuilder()
                        .urls(Treatment.OFF)
                        .build()
                        .prepare(text)
                        .text())
                .isEqualTo("see https://example.com/a_b_c*d, ok https://x.y");
        assertThat(TextPreparation.speakable().toBuilder()
                        .urls(Treatment.DROPPED)
                        .build()
                        .prepare(text)
                        .text())
                .isEqualTo("see, ok");
        String endless = "https://example.com/" + "x".repeat(3_000);
        assertThat(TextPreparation.speakable().prepare(endless).text())
                .startsWith("example.com")
                .endsWith("x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Hello 😀 world!              | Hello world!         | Hello world!
                    Great 🎉! Nice 👍🏽.         | Great! Nice.         | Great! Nice.
                    👨‍👩‍👧 family 🇻🇳 flags 🇻   | family flags         | family flags
                    1️⃣ one #️⃣ 2⃣ two            | 1 one # 2 two        | one two
                    ❤️‍🔥 ☎️ ↔️ ©️ ™️ ✅ ⭐       | `                    | `
                    © ™ ® ↔ text                 | © ™ ® ↔ text         | © ™ ® ↔ text
                    use 😀 .NET 🏴󠁧󠁢󠁥󠁮󠁧󠁿 x            | use .NET x           | use .NET x
                    12 3* #4                     | 12 3* #4             | 12 3* #4
                    """)
    void emoji_areLeftOutWithoutATrace(String source, String speakable, String dropped) {
        assertThat(TextPreparation.speakable().prepare(source).text()).isEqualTo(speakable.replace("`", ""));
        assertThat(TextPreparation.speakable().toBuilder()
                        .emoji(Treatment.DROPPED)
                        .build()
                        .prepare(source)
                        .text())
                .isEqualTo(dropped.replace("`", ""));
    }

    @Test
    void emoji_off_stay() {
        String text = "Hi 👨‍👩‍👧 1️⃣ ❤️";
        assertThat(TextPreparation.speakable().toBuilder()
                        .emoji(Treatment.OFF)
                        .build()
                        .prepare(text)
                        .text())
                .isEqualTo(text);
    }

    @Test
    void clean_whiteSpaceAndNoise_areTidied() {
        TextPreparation clean = TextPreparation.builder().clean(true).build();
        assertThat(clean.prepare(" \n a\u00a0 \t b \r\n c\r\n \r\n\n d\u2029e\u3000f \n")
                        .text())
                .isEqualTo("a b\nc\n\nd\n\ne f");
        assertThat(clean.prepare("a\u0000b\u0007c\ufeffd\u00ade\u2060f\ud800g\udfffh")
                        .text())
                .isEqualTo("abcdefgh");
        assertThat(clean.prepare("\u200dक्\u200cष 👨‍👩‍👧").text()).isEqualTo("\u200dक्\u200cष 👨‍👩‍👧");
        assertThat(clean.prepare("a\r\r\nb").text()).isEqualTo("a\n\nb");
    }

    @Test
    void nfc_composesWhateverCanBe() {
        TextPreparation nfc = TextPreparation.builder().nfc(true).build();
        assertThat(nfc.prepare("e\u0323\u0302 \u212b \u1100\u1161\u11a8 か\u3099 \u0301x \uac00\u11a8")
                        .text())
                .isEqualTo("ệ Å 각 が \u0301x 각");
        String noise = "a" + "\u0301".repeat(200);
        assertThat(nfc.prepare(noise).text()).startsWith("á").hasSize(200);
    }

    private static String prepared(String text, Treatment code) {
        return TextPreparation.speakable().toBuilder()
                .code(code)
                .build()
                .prepare(text)
                .text();
    }
}
