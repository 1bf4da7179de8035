// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.text.Segment.Boundary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmenterLimitsTest {
    private static final String FAMILY = "👨‍👩‍👧";

    @Test
    void split_boundaries_sayWhatEndsEachSegment() {
        List<Segment> segments = split("One, two three. Four five\n\nSix seven", limits -> limits.maxCodePoints(10));
        assertThat(segments)
                .containsExactly(
                        new Segment("One,", 0, 4, Boundary.CLAUSE),
                        new Segment("two three.", 5, 15, Boundary.SENTENCE),
                        new Segment("Four five", 16, 25, Boundary.PARAGRAPH),
                        new Segment("Six seven", 27, 36, Boundary.END));
    }

    @Test
    void split_nothingButWhiteSpace_hasNoSegments() {
        assertThat(split("", limits -> limits)).isEmpty();
        assertThat(split(" \n\n\u3000 ", limits -> limits)).isEmpty();
    }

    @Test
    void split_nothingToPronounce_isOneSegment() {
        assertThat(texts("... !!! 🙂\n\n---", limits -> limits)).containsExactly("... !!! 🙂\n\n---");
        assertThat(texts("Done.\n\n---", limits -> limits)).containsExactly("Done.", "---");
        assertThat(texts("---\n\nStart", limits -> limits)).containsExactly("---\n\nStart");
    }

    @Test
    void maxCodePoints_longSentence_isCutAtItsLastClauseThenAtWords() {
        assertThat(texts("One two, three four five six seven", limits -> limits.maxCodePoints(18)))
                .containsExactly("One two,", "three four five", "six seven");
        assertThat(texts("a, b, c, d, e", limits -> limits.maxCodePoints(8))).containsExactly("a, b, c,", "d, e");
        assertThat(texts("well—then–now – here; there", limits -> limits.maxCodePoints(14)))
                .containsExactly("well—", "then–now –", "here; there");
        assertThat(texts("abc    def", limits -> limits.maxCodePoints(3))).containsExactly("abc", "def");
    }

    @Test
    void maxCodePoints_limitInsideOfATag_cutsBeforeIt() {
        assertThat(texts("One two <short pause> three four", limits -> limits.maxCodePoints(16)))
                .containsExactly("One two", "<short pause>", "three four");
        assertThat(texts("One two [whispers softly] three", limits -> limits.maxCodePoints(24)))
                .containsExactly("One two", "[whispers softly] three");
        assertThat(texts("One two<short pause>three four", limits -> limits.maxCodePoints(16)))
                .containsExactly("One", "two<short pause>", "three four");
        assertThat(texts("你好世界你好<short pause>世界", limits -> limits.maxCodePoints(15)))
                .containsExactly("你好世界你好", "<short pause>世界");
    }

    @Test
    void maxCodePoints_whatIsNoTagOrTooLong_isCutAtWords() {
        assertThat(texts("a < b and c", limits -> limits.maxCodePoints(6))).containsExactly("a < b", "and c");
        assertThat(texts("<a very long tag> x", limits -> limits.maxCodePoints(8)))
                .containsExactly("<a very", "long", "tag> x");
        String open = "[note " + "word ".repeat(9) + "word";
        assertThat(texts("See " + open, limits -> limits.maxCodePoints(50)))
                .containsExactly("See " + open.substring(0, 45), "word word");
    }

    @Test
    void maxCodePoints_exactFit_isNotCut() {
        assertThat(texts("abcde fgh", limits -> limits.maxCodePoints(9))).containsExactly("abcde fgh");
        assertThat(texts("abcde fgh.", limits -> limits.maxCodePoints(9))).containsExactly("abcde", "fgh.");
    }

    @Test
    void maxCodePoints_runWithoutSpaces_isCutWhereLinesBreak() {
        assertThat(texts("ภาษาไทยเป็นภาษาที่มีระดับเสียง", limits -> limits.maxCodePoints(14)))
                .containsExactly("ภาษาไทยเป็น", "ภาษาที่", "มีระดับเสียง");
        assertThat(texts("一二三四五（六七八）", limits -> limits.maxCodePoints(6))).containsExactly("一二三四五", "（六七八）");
        assertThat(texts("x 一二三四五六七八九十", limits -> limits.maxCodePoints(7))).containsExactly("x 一二三四五", "六七八九十");
        assertThat(texts("see abcdefghijklmnop", limits -> limits.maxCodePoints(8)))
                .containsExactly("see", "abcdefgh", "ijklmnop");
        assertThat(texts("你好，世界和平万岁", limits -> limits.maxCodePoints(5))).containsExactly("你好，", "世界和平万", "岁");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FAMILY,
                "🇻🇳",
                "👍🏽",
                "e\u0301",
                "ệ",
                "\u1100\u1161\u11a8",
                "क्षि",
                "ক্ষ",
                "กำ",
                "🏴\udb40\udc67\udb40\udc62\udb40\udc7f",
                "1️⃣",
                "❤️‍🔥"
            })
    void hardLimits_cutBetweenGraphemes(String grapheme) {
        int codePoints = grapheme.codePointCount(0, grapheme.length());
        assertThat(texts(grapheme.repeat(5), limits -> limits.maxCodePoints(2 * codePoints + codePoints - 1)))
                .containsExactly(grapheme.repeat(2), grapheme.repeat(2), grapheme);
        int bytes = grapheme.getBytes(StandardCharsets.UTF_8).length;
        assertThat(texts(grapheme.repeat(3), limits -> limits.maxBytes(Math.max(4, bytes))))
                .allSatisfy(
                        text -> assertThat(text.length() % grapheme.length()).isZero());
    }

    @Test
    void hardLimits_graphemeThatExceedsThem_isCutBetweenItsCodePoints() {
        assertThat(texts(FAMILY, limits -> limits.maxBytes(8))).containsExactly("👨\u200d", "👩\u200d", "👧");
        assertThat(texts(FAMILY, limits -> limits.maxCodePoints(1))).hasSize(5);
    }

    @Test
    void maxBytes_countsUtf8() {
        assertThat(texts("ééééé éé", limits -> limits.maxBytes(10))).containsExactly("ééééé", "éé");
        assertThat(texts("你好世界", limits -> limits.maxBytes(6))).containsExactly("你好", "世界");
        assertThat(texts("😀😀", limits -> limits.maxBytes(4))).containsExactly("😀", "😀");
        assertThat(texts("\ud800\ud800", limits -> limits.maxBytes(4))).containsExactly("\ud800", "\ud800");
    }

    @Test
    void minCodePoints_shortSentence_waitsForTheNextOfItsParagraph() {
        assertThat(texts("Yes. No. Why would I? Oh.\n\nOK. Bye", limits -> limits.minCodePoints(8)))
                .containsExactly("Yes. No.", "Why would I?", "Oh.", "OK. Bye");
        assertThat(texts(
                        "Yes. A sentence too long.",
                        limits -> limits.minCodePoints(8).maxCodePoints(20)))
                .containsExactly("Yes.", "A sentence too long.");
    }

    @Test
    void packUpTo_joinsWholeSentences() {
        String text = "One two. Three. Four five six.\n\nSeven. A sentence that is longer than all that. End.";
        assertThat(texts(text, limits -> limits.packUpTo(29)))
                .containsExactly(
                        "One two. Three.",
                        "Four five six.\n\nSeven.",
                        "A sentence that is longer than all that.",
                        "End.");
        assertThat(texts("One two. Three.", limits -> limits.packUpTo(15))).containsExactly("One two. Three.");
        assertThat(texts("One two. Three.", limits -> limits.packUpTo(14))).containsExactly("One two.", "Three.");
    }

    @Test
    void packUpTo_bytesAreTheTighterBound_endsAtTheLastSentenceWithin() {
        assertThat(texts("éé. éé. éé.", limits -> limits.packUpTo(100).maxBytes(11)))
                .containsExactly("éé. éé.", "éé.");
    }

    @Test
    void firstSegment_longFirstSentence_isCutAtItsFirstClauseNotTooShort() {
        String text = "Well, as I said before, this goes on, and on. Then, as you see, it does not.";
        assertThat(texts(text, limits -> limits.firstSegment(10, 30)))
                .containsExactly("Well, as I said before,", "this goes on, and on.", "Then, as you see, it does not.");
        assertThat(texts(text, limits -> limits.firstSegment(5, 30))).first().isEqualTo("Well,");
        assertThat(texts(text, limits -> limits.firstSegment(5, 60)))
                .first()
                .isEqualTo("Well, as I said before, this goes on, and on.");
        assertThat(texts("Hi there. Then, one, two, three.", limits -> limits.firstSegment(2, 12)))
                .containsExactly("Hi there.", "Then, one, two, three.");
    }

    @Test
    void firstSegment_noClauseBeforeTheTarget_isCutAtTheNextOne() {
        assertThat(texts("No clause for such a long time, then one, and more.", limits -> limits.firstSegment(4, 10)))
                .containsExactly("No clause for such a long time,", "then one, and more.");
        assertThat(texts("No clause at all in here", limits -> limits.firstSegment(4, 10)))
                .hasSize(1);
    }

    @Test
    void firstSegment_withPacking_packsTheFirstOnlyToItsTarget() {
        assertThat(texts(
                        "One. Two. Three. Four. Five.",
                        limits -> limits.firstSegment(0, 9).packUpTo(20)))
                .containsExactly("One. Two.", "Three. Four. Five.");
    }

    @Test
    void firstSegment_clauseWithNothingToPronounce_isNoCut() {
        assertThat(texts("—, — one two three, four", limits -> limits.firstSegment(1, 5)))
                .containsExactly("—, — one two three,", "four");
    }

    private static List<Segment> split(String text, UnaryOperator<SegmentLimits.Builder> limits) {
        return Segmenter.split(text, limits.apply(SegmentLimits.builder()).build(), Locale.ROOT);
    }

    private static List<String> texts(String text, UnaryOperator<SegmentLimits.Builder> limits) {
        return split(text, limits).stream().map(Segment::text).toList();
    }
}
