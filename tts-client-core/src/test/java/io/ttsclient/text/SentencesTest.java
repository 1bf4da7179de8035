// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where sentences end; {@code ¦} marks the cuts. */
class SentencesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello, world",
                "Hello world. ¦How are you? ¦Fine!",
                "One.  ¦  Two.\t¦Three.\u00a0¦Four.",
                "What?! ¦No... ¦Yes?! ¦Really?? ¦OK.",
                "Hm... and so on… or not. ¦Well… ¦So it goes.",
                "...and then he left. ¦The end.",
                "Wait . . . ¦There it is.",
                // quotes and brackets
                "\"Yes.\" ¦\"No.\" ¦He left.",
                "\"Yes.\" he said. ¦“Stop!” he cried. ¦‘Why?’ she asked.",
                "He said, “Go.” ¦Then he went.",
                "(It was late.) ¦We left. ¦[See note 3.] ¦Next.",
                "He asked (quietly?) and left.",
                "It is (e.g. here) fine.",
                "She said 'no.' ¦I agreed.",
                "**Bold.** ¦Then *more.* ¦_Done._ ¦`code.` ¦End",
                "Hello.) ¦(Again.",
                "Wait. ¦\"Who is it?\" ¦Nobody.",
                // decimals, versions, money, times
                "Pi is 3.14 or so. ¦Version 1.2.3 is out. ¦It costs $5.99. ¦Buy 2.",
                "At 10:30, we had 1,000.50 left. ¦Then 3. ¦After that none.",
                "It is .5 or 0.5. ¦Use .NET 8. ¦Then stop.",
                // addresses and files
                "Visit https://example.com/a.b?c=d!e. ¦Then mail a.b@example.co.uk. ¦Open file.txt now.",
                "See www.example.com. ¦It uses Node.js and ASP.NET. ¦Also main.rs.",
                "Have you seen https://example.com? ¦Yes.",
                "Run a.out; then a != b holds.",
                // lower case after a stop
                "hi! ¦how are you? ¦i am fine. and you",
                "I bought it. ¦iPhone is a name. ¦eBay too.",
                "It ended. then it began again.",
                // numbers and letters that enumerate
                "1. Open it. ¦2. Close it.",
                "Steps: 1. Open it. ¦IV. The end. ¦B. First.",
                "(1) One thing. ¦(2) Another.",
                "Is it 5? ¦It is 5. ¦Good.",
                // emoji belong to what they follow
                "Great! 🎉 ¦Next one. 👍🏽 👨‍👩‍👧 ¦Done.😀 ¦Bye.",
                "Done! ✅ ¦\"Quoted\" text.",
                "Hello . ¦World ! ? ¦Yes .",
                "Thanks. ¦:) Bye.",
                "No speech here: --- *** !!! ¦But here.",
                "!!! Attention. ??? ¦What.",
            })
    void split_englishText_endsSentencesWherePeopleDo(String marked) {
        assertCuts(marked, Locale.ENGLISH);
        assertCuts(marked, Locale.ROOT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dr. Smith met Mr. and Mrs. Jones vs. Prof. Lee. ¦They left.",
                "See e.g. Berlin, i.e. Germany, cf. Paris. ¦Done.",
                "Apples, pears, etc. are fruit. ¦Also plums, etc. ¦Then nuts.",
                "J. R. R. Tolkien and George W. Bush. ¦Franklin D. Roosevelt too.",
                "I met J. A. Smith. ¦So am I. ¦Tom left. ¦It was I. ¦We left.",
                "World War I. ¦The war ended.",
                "He lives in the U.S. Army base. ¦We left the U.S. ¦The end. ¦The U.K. is near.",
                "At 5 p.m. Monday we met. ¦At 5 p.m. ¦Tom left. ¦It is 9 a.m. EST. ¦Or 9 a.m. in Rome.",
                "On Jan. 5 or Feb. ¦Then we rest.",
                "We met on Sat. ¦We left Mon. morning. ¦He sat. ¦Then the sun. ¦Planets.",
                "No. 5 is alive. ¦No. ¦I will not. ¦See Fig. 3 and pp. 4 to 5. ¦It was a fig. ¦Yes.",
                "Main St. is long. ¦She lives on Main St. ¦The house is big. ¦St. John lives there.",
                "Acme Inc. ¦The firm grew. ¦Acme Inc. Chairman Bob. ¦John Jr. left. ¦A Ph.D. thesis.",
                "Smith et al. found it. ¦Smith et al. ¦They found it.",
                "Plan B. ¦The plan works. ¦Take vitamin C. Eat well.",
                "Lt. Col. O'Neil vs. Roe v. Wade. ¦End.",
                "It's in the U.S. ¦It’s big. ¦I’m here.",
                "Dr.\nSmith is in. ¦Mr.\n",
            })
    void split_abbreviations_endSentencesOnlyWhereOneStarts(String marked) {
        assertCuts(marked, Locale.ENGLISH);
        assertCuts(marked, Locale.US);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Xin chào. ¦Bạn khỏe không? ¦Tôi khỏe, cảm ơn!",
                "TS. Nguyễn Văn A sống ở TP. HCM, Q. 1, v.v. ¦Sau đó anh ấy đi.",
                "PGS. TS. Trần B và ThS. Lê C đã đến. ¦Họ vui.",
                "Giá là 1.000.000 đồng. ¦Phiên bản 2.5 đã ra. ¦Tr. 5 và đt. 090.",
                "“Đi thôi!” anh nói. ¦Rồi họ đi… ¦Ừ.",
                "Ông Đ. V. Hậu ở TP.HCM. ¦Trời mưa.",
            })
    void split_vietnameseText_knowsItsAbbreviations(String marked) {
        assertCuts(marked, Locale.forLanguageTag("vi-VN"));
        assertCuts(marked, Locale.ROOT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "你好。¦世界！¦你好吗？¦很好",
                "他说：“好。”¦然后走了。¦“走吧。”¦“好的，再见。”",
                "价格是3.14元。¦版本1.2.3。¦共1,000个；没有了。",
                "真的吗？！¦真的！！！¦（笑）好……然后呢？",
                "他说:\"好。\"¦\"走吧。\"¦走了。",
                "你好!¦我很好.¦再见?¦好,的",
                "访问https://example.com/a.b。¦完成",
                "《书名》很好。¦【注】这是注。¦下一句",
                "第一段。\n¦第二段。 ¦第三段",
                "好的。👍¦走",
                "「好。」¦『嗯！』¦走",
            })
    void split_chineseText_needsNoWhiteSpace(String marked) {
        assertCuts(marked, Locale.SIMPLIFIED_CHINESE);
        assertCuts(marked, Locale.ROOT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "今日は良い天気ですね。¦散歩に行きましょう！¦はい",
                "「はい。」と言った。¦「本当？」って聞いた。¦「うん。」¦彼は笑った。",
                "これはペンです（たぶん）。¦あれは本です｡¦終わり",
                "えっ！？¦なに…そう。",
                "価格は1,980円です。¦安い！ ¦買う",
            })
    void split_japaneseText_goesOnBehindQuotedSentences(String marked) {
        assertCuts(marked, Locale.JAPANESE);
        assertCuts(marked, Locale.ROOT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "de|Am 3. Oktober war es. ¦Er kam am 5. ¦Dann ging er. ¦„Ja.“ ¦Sie ging.",
                "de|Das ist z. B. gut, d. h. ok usw. ¦Herr Dr. Meier, Hr. Schmidt und S. 123. ¦Ende",
                "fr|Bonjour ! ¦Ça va ? ¦« Oui. » ¦M. Dupont et Mme Curie. ¦Fin",
                "es|¡Hola! ¦¿Qué tal? ¦El Sr. Gómez y la Sra. Ruiz, pág. 5. ¦Fin",
                "ko|안녕하세요. ¦반갑습니다! ¦3. 셋",
                "hi|नमस्ते। ¦आप कैसे हैं? ¦ठीक",
                "ar|مرحبا. ¦كيف حالك؟ ¦بخير، شكرا",
                "el|Γεια σου. ¦Καλά.",
                "ru|Привет. ¦Как дела? ¦А. С. Пушкин писал. ¦Конец",
            })
    void split_otherLanguages_followTheSameRules(String languageAndText) {
        String[] parts = languageAndText.split("\\|", 2);
        assertCuts(parts[1], Locale.forLanguageTag(parts[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A line\nthat is wrapped\r\nin prose. ¦Then more.",
                "First paragraph\n\n¦Second\r\n\r\n¦Third\n \t\n¦Fourth\u2029¦Fifth",
                "You need:\n¦- Milk\n¦- Eggs and\n  bread\n¦- Salt\n¦Then cook.",
                "Steps:\n¦1. Open it\n¦2. Close it.\n¦10) Done\n¦a) Or this\n¦(2) That",
                "# Title\n¦Some text\nhere.\n¦## Part\n¦more text",
                "Look:\n¦it is here",
                "* One\n¦* Two\n¦+ Three\n¦• Four\n¦・五\n¦1、六",
                "> quoted\n> text. ¦Yes",
                "| a | b |\n¦| c | d |\n¦Text\nmore",
                "Code:\n¦```java\n¦int x;\n¦```",
                "Price is\n#1 and\n-5 and\n3.14 and\n>x and\n1st",
                "\n\n  Leading. ¦Trailing.  \n\n",
                "Item 😀\n😀 more",
            })
    void split_lines_divideOnlyAroundBlocks(String marked) {
        assertCuts(marked, Locale.ENGLISH);
    }

    private static void assertCuts(String marked, Locale language) {
        String source = marked.replace("¦", "");
        List<String> expected = Arrays.stream(marked.split("¦"))
                .map(piece -> piece.replace('\u00a0', ' ').strip())
                .toList();
        assertThat(Segmenter.split(source, SegmentLimits.sentences(), language))
                .extracting(Segment::text)
                .isEqualTo(expected);
    }
}
