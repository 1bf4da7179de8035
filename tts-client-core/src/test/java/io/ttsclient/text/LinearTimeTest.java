// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading costs the same for each char, however long the text, and whatever it is made of. */
class LinearTimeTest {
    private static final int WHOLE = 20_000;
    private static final int GROWING = 6_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "This is a sentence, as people write. ",
                "word ",
                "a",
                "一",
                "ก",
                "一二，",
                ".",
                ". ",
                "Dr. ",
                "U.S. ",
                "J.",
                "e.g.",
                "...a ",
                " ",
                "\n",
                "\r\n",
                "a\n\n",
                "- a\n",
                "1",
                "1. ",
                "a, ",
                ",",
                "(",
                "\"",
                ")",
                "! ",
                "。",
                "👨‍👩‍👧",
                "e\u0301",
                "\u0301",
                "\ud800",
                "🇻🇳",
                "क्ष",
                "—",
                "x—"
            })
    void segmenter_wholeOrCharByChar_readsEachCharAFewTimes(String unit) {
        for (SegmentLimits limits : new SegmentLimits[] {
            SegmentLimits.sentences(),
            SegmentLimits.builder().maxCodePoints(200).firstSegment(10, 60).build(),
            SegmentLimits.builder().maxBytes(50).minCodePoints(5).packUpTo(40).build()
        }) {
            assertThat(segmenting(unit, WHOLE, WHOLE, limits)).isLessThan(16L * WHOLE);
            assertThat(segmenting(unit, GROWING, 1, limits)).isLessThan(32L * GROWING);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "This is **prose**, as [people](https://example.com) write `it`. ",
                "a",
                " ",
                "\n",
                "*",
                "**a",
                "_",
                "[",
                "[a]",
                "[a](",
                "![",
                "](",
                "`",
                "`a",
                "`` ",
                "```\n",
                "~~~\na\n",
                "https://",
                "http://a.b/",
                "www.",
                "h",
                "w",
                "<",
                "<b",
                "<br>",
                "\\",
                "|",
                "| a ",
                "| a |\n",
                "|-|\n",
                "-",
                "- ",
                "- a\n",
                "- - ",
                "# a\n",
                "> ",
                ">",
                "1. a\n",
                "1",
                "=",
                "👨‍👩‍👧",
                "1️⃣",
                "🇻",
                "\u200d",
                "e\u0301",
                "\u0301",
                "\u1100\u1161",
                "\ud800",
                "a\r",
                "\t",
                "[^1]",
                "(",
                "a\n\n"
            })
    void preparation_wholeOrCharByChar_readsEachCharABoundedNumberOfTimes(String unit) {
        // An unclosed bracket is looked behind for 400 chars, a link's target for 2000.
        assertThat(preparing(unit, 10_000, 10_000)).isLessThan(600L * 10_000);
        assertThat(preparing(unit, GROWING, 1)).isLessThan(600L * GROWING);
    }

    @Test
    void preparation_commonMarkup_readsEachCharAFewTimes() {
        String text = "This is **prose**, as [people](https://example.com) write `it`, 1 or 2 times.\n- One\n- Two\n\n";
        assertThat(preparing(text, WHOLE, WHOLE)).isLessThan(16L * WHOLE);
        assertThat(preparing(text, WHOLE, 3)).isLessThan(24L * WHOLE);
    }

    @Test
    void segmenter_aMillionChars_readsEachCharAFewTimes() {
        int length = 1_000_000;
        assertThat(segmenting("This is a sentence, as people write. ", length, length, SegmentLimits.sentences()))
                .isLessThan(8L * length);
        assertThat(segmenting(
                        "一二三",
                        length,
                        length,
                        SegmentLimits.builder().maxCodePoints(100).build()))
                .isLessThan(16L * length);
    }

    @Test
    void segmenter_textAlreadyGiven_isForgotten() {
        CountingWindow window = new CountingWindow();
        Segmenter segmenter = new Segmenter(SegmentLimits.sentences(), Locale.ROOT, window);
        for (int i = 0; i < 1_000; i++) {
            segmenter.append("A short sentence. ");
            segmenter.poll();
        }
        assertThatThrownBy(() -> window.substring(10_000, 10_001)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void preparation_textAlreadyGiven_isForgotten() {
        CountingWindow window = new CountingWindow();
        TextPreparer preparer = new TextPreparer(TextPreparation.speakable(), window);
        for (int i = 0; i < 1_000; i++) {
            preparer.append("A short sentence. ");
        }
        assertThatThrownBy(() -> window.substring(10_000, 10_001)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static long segmenting(String unit, int length, int delta, SegmentLimits limits) {
        CountingWindow window = new CountingWindow();
        Segmenter segmenter = new Segmenter(limits, Locale.ROOT, window);
        String text = unit.repeat(length / unit.length());
        for (int i = 0; i < text.length(); i += delta) {
            segmenter.append(text.substring(i, Math.min(text.length(), i + delta)));
            drain(segmenter);
        }
        segmenter.finish();
        drain(segmenter);
        return window.reads();
    }

    private static void drain(Segmenter segmenter) {
        Segment segment;
        do {
            segment = segmenter.poll();
        } while (segment != null);
    }

    private static long preparing(String unit, int length, int delta) {
        CountingWindow window = new CountingWindow();
        TextPreparer preparer = new TextPreparer(TextPreparation.speakable(), window);
        String text = unit.repeat(length / unit.length());
        for (int i = 0; i < text.length(); i += delta) {
            preparer.append(text.substring(i, Math.min(text.length(), i + delta)));
        }
        preparer.finish();
        return window.reads();
    }
}
