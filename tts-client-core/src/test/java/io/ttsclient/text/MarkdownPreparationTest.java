// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.text.TextPreparation.Treatment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownPreparationTest {
    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
                    **bold** and *italic* and ***both***       ¦ bold and italic and both
                    __bold__ and _italic_ ~~gone~~             ¦ bold and italic gone
                    **Note:** read, *"quoted"* (*p*) "**q**"   ¦ Note: read, "quoted" (p) "q"
                    **S**peech **A**PI                         ¦ Speech API
                    **bold *nested* bold**, *a **b** c*.       ¦ bold nested bold, a b c.
                    这是**重点**内容，*斜体*。**“好”**他说        ¦ 这是重点内容，斜体。“好”他说
                    他**“好”**说                                ¦ 他“好”说
                    _foo_bar_ and *args                        ¦ foo_bar and args
                    a~~b~~c                                    ¦ abc
                    \\*not bold\\* and 1\\. and \\# C:\\a        ¦ *not bold* and 1. and # C:\\a
                    [text](https://example.com)                ¦ text
                    [text](a_(b)_c "title") next               ¦ text next
                    see [**bold** `code`](u), ok               ¦ see bold code, ok
                    [a [b] c](u) and [d][ref] and [e][]        ¦ a [b] c and d and e
                    [https://www.example.com/x](https://e.c)   ¦ example.com
                    ![a cat](cat.png) sits                     ¦ a cat sits
                    [![alt](i.png)](u) x                       ¦ alt x
                    [](u) x ![](u) y                           ¦ x y
                    Fact[^1]. More[^note]                      ¦ Fact. More
                    [^] and [^x y]                             ¦ [^] and [^x y]
                    <https://example.com/x> and <b>bold</b>    ¦ example.com and bold
                    a<br>b<BR />c                              ¦ §a\nb\nc§
                    <br and <bc> and </i>                      ¦ <br and <bc> and
                    a \\[b\\](c)                               ¦ a [b](c)
                    """)
    void prepare_markup_leavesItsText(String source, String expected) {
        assertPrepared(source, expected.replace("\\n", "\n"));
    }

    @Test
    void prepare_headings_becomeSentences() {
        assertPrepared("# Title\nText\n\n## Is it?\nYes\n### 标题\n好", "Title.\nText\n\nIs it?\nYes\n标题。\n好");
        assertPrepared("#\nx\n####### y", "x\n####### y");
        assertPrepared("# Last", "Last");
        assertPrepared("Said.\n# 😀\nx", "Said.\n\nx");
    }

    @Test
    void prepare_listItems_becomeSentences() {
        assertPrepared("- Milk\n* Eggs,\n+ Salt!\n• Oil\n\nDone", "Milk.\nEggs,\nSalt!\nOil.\n\nDone");
        assertPrepared("1. One\n2) Two\n  - in\n10. Ten", "1. One.\n2) Two.\nin.\n10. Ten");
        assertPrepared("- a wrapped\n  item and\nmore\n- next\nText", "a wrapped\nitem and\nmore.\nnext.\nText");
        assertPrepared("- [ ] open\n- [x] done\n- [link](u)", "open.\ndone.\nlink");
        assertPrepared("- eggs\n- 3 apples\n\n- 5 pears", "eggs.\n3 apples.\n\n5 pears");
        assertPrepared("- 5 degrees\nText\n- 5", "- 5 degrees\nText\n- 5");
        assertPrepared("- item\n\ntext\n- 5 up", "item.\n\ntext\n- 5 up");
        assertPrepared("- “quoted.”\n- x)\n-\n- y", "“quoted.”\nx).\n\ny");
        assertPrepared("- a\na) b\n- c", "a.\na) b.\nc");
    }

    @Test
    void prepare_quotesAndRules_areTakenAway() {
        assertPrepared("> one\n> two **x\n> y**\n>\n>> - three", "one\ntwo x\ny\n\nthree");
        assertPrepared("a\n---\nb\n* * *\nc\n___\nd\n====\ne", "a\n\nb\n\nc\n\nd\n\ne");
        assertPrepared("---", "");
        assertPrepared("-- \n- - x", "--\n- x");
    }

    @Test
    void prepare_tables_becomeRowsOfCells() {
        String table = "| Name | Age |\n|------|:---:|\n| Bob | **5** |\n| Ann | |\n|| x |\n";
        assertPrepared(table + "Text | x", "Name, Age.\nBob, 5.\nAnn.\nx.\nText | x");
        assertPrepared("a\n\n" + table + "\n|no|", "a\n\nName, Age.\nBob, 5.\nAnn.\nx.\n\n|no|");
        assertPrepared("| a | b |\n|---|\n| c\\|d | e |", "a, b.\nc|d, e");
        assertThat(TextPreparation.builder()
                        .markdown(Treatment.DROPPED)
                        .clean(true)
                        .build()
                        .prepare("x\n" + table + "y ![alt](i) [t](u)")
                        .text())
                .isEqualTo("x\n\ny t");
    }

    @Test
    void prepare_tableThatNeverGetsItsDivider_isProse() {
        assertPrepared("| a |\n| b |", "| a |\n| b |");
        assertPrepared("| a |\n|-x-|", "| a |\n|-x-|");
        assertPrepared("| a |\n", "| a |");
        String longLine = "| " + "x".repeat(1_100) + " |\n|---|\n";
        assertPrepared(longLine + "y", longLine + "y");
    }

    @Test
    void prepare_unclosedEmphasis_endsWithItsParagraph() {
        assertPrepared("**open\nstill*\n\nnot* here", "open\nstill\n\nnot* here");
    }

    @Test
    void prepare_deeplyNestedLinks_areLeftBeyondTheLimit() {
        String text = "[".repeat(12) + "x" + "](u)".repeat(12);
        assertThat(TextPreparation.speakable().prepare(text).text())
                .contains("x")
                .startsWith("[[[[");
    }

    @Test
    void prepare_markdownOff_leavesEverySign() {
        String text = "# T\n- **x** [l](u) `c_d` | a |\n> *y* https://a.b/c";
        assertThat(TextPreparation.builder().clean(true).build().prepare(text).text())
                .isEqualTo(text);
        assertThat(TextPreparation.builder()
                        .urls(Treatment.SPEAKABLE)
                        .build()
                        .prepare(text)
                        .text())
                .isEqualTo(text.replace("https://a.b/c", "a.b"));
    }

    private static void assertPrepared(String source, String expected) {
        assertThat(TextPreparation.speakable().prepare(source).text()).isEqualTo(expected);
        assertThat(TextPreparation.speakable()
                        .prepare(source.replace("\n", "\r\n"))
                        .text())
                .isEqualTo(expected);
    }
}
