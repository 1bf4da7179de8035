// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ttsclient.text.Segment.Boundary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmenterGrowthTest {
    private final Segmenter segmenter = new Segmenter(SegmentLimits.sentences(), Locale.ENGLISH);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    Pi is 3.        | 14 or so. And | Pi is 3.14 or so.
                    I saw Dr        | . Smith. He   | I saw Dr. Smith.
                    I saw Dr.       | `Smith. He`   | I saw Dr.Smith.
                    He said "Yes    | ." Then       | He said "Yes."
                    Wait.           | .. So         | Wait...
                    Go!             | ?" She        | Go!?"
                    In the U.S.     | ` The man`    | In the U.S.
                    In the U.S. Th  | e man         | In the U.S.
                    In the U.S. Th  | ornton. A     | In the U.S. Thornton.
                    One             | . i           |
                    One. i          | Phone         | One.
                    Great.          | ` 🎉 N`       | Great. 🎉
                    a.b             | .c d. E       | a.b.c d.
                    """)
    void poll_undecidedEnd_waitsForWhatFollows(String first, String second, String expected) {
        segmenter.append(first);
        assertThat(segmenter.poll()).isNull();
        segmenter.append(second);
        Segment segment = segmenter.poll();
        assertThat(segment == null ? null : segment.text()).isEqualTo(expected);
    }

    @Test
    void poll_nextWordBegun_givesTheSentenceAtOnce() {
        segmenter.append("Hello there. ");
        assertThat(segmenter.poll()).isNull();
        segmenter.append("H");
        assertThat(segmenter.poll()).isEqualTo(new Segment("Hello there.", 0, 12, Boundary.SENTENCE));
        assertThat(segmenter.poll()).isNull();
        segmenter.append("ow");
        segmenter.finish();
        assertThat(segmenter.poll()).isEqualTo(new Segment("How", 13, 16, Boundary.END));
        assertThat(segmenter.poll()).isNull();
    }

    @Test
    void poll_longFirstSentence_givesItsClauseOnceTheTargetIsPassed() {
        Segmenter early =
                new Segmenter(SegmentLimits.builder().firstSegment(8, 16).build());
        early.append("As I told you, it");
        assertThat(early.poll()).isEqualTo(new Segment("As I told you,", 0, 14, Boundary.CLAUSE));
    }

    @Test
    void poll_hardLimitPassed_givesAPieceBeforeAnySentenceEnds() {
        Segmenter bounded =
                new Segmenter(SegmentLimits.builder().maxCodePoints(10).build());
        bounded.append("One two thr");
        assertThat(bounded.poll()).isEqualTo(new Segment("One two", 0, 7, Boundary.WORD));
        assertThat(bounded.poll()).isNull();
    }

    @Test
    void append_insideSurrogatePairsAndGraphemes_changesNothing() {
        String text = "Hi 👨‍👩‍👧! Né\u0301 🇻🇳. 𠀀。你好";
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            segmenter.append(text.substring(i, i + 1));
            drain(segments);
        }
        segmenter.finish();
        drain(segments);
        assertThat(segments).isEqualTo(Segmenter.split(text, SegmentLimits.sentences(), Locale.ENGLISH));
    }

    @Test
    void flush_unfinishedSentence_isCutNow() {
        segmenter.append("One. Two thr");
        segmenter.flush();
        segmenter.append("ee. Four,");
        segmenter.flush();
        segmenter.append("five\n\n");
        segmenter.flush();
        segmenter.append(" ");
        segmenter.flush();
        segmenter.append("Dr.");
        segmenter.flush();
        segmenter.append(" Six.");
        segmenter.finish();
        List<Segment> segments = new ArrayList<>();
        drain(segments);
        assertThat(segments)
                .containsExactly(
                        new Segment("One.", 0, 4, Boundary.SENTENCE),
                        new Segment("Two thr", 5, 12, Boundary.WORD),
                        new Segment("ee.", 12, 15, Boundary.SENTENCE),
                        new Segment("Four,", 16, 21, Boundary.CLAUSE),
                        new Segment("five", 21, 25, Boundary.PARAGRAPH),
                        new Segment("Dr.", 28, 31, Boundary.SENTENCE),
                        new Segment("Six.", 32, 36, Boundary.END));
    }

    @Test
    void flush_halfASurrogatePairAtTheEnd_staysForItsPartner() {
        segmenter.append("Hi \ud83d");
        segmenter.flush();
        assertThat(segmenter.poll()).isEqualTo(new Segment("Hi", 0, 2, Boundary.WORD));
        segmenter.append("\ude00 x");
        segmenter.flush();
        assertThat(segmenter.poll()).isEqualTo(new Segment("😀 x", 3, 7, Boundary.WORD));
        segmenter.append("\ud83d");
        segmenter.finish();
        assertThat(segmenter.poll()).isEqualTo(new Segment("\ud83d", 7, 8, Boundary.END));
    }

    @Test
    void flush_nothingBuffered_givesNothing() {
        segmenter.flush();
        segmenter.append(" \n");
        segmenter.flush();
        assertThat(segmenter.poll()).isNull();
        segmenter.finish();
        segmenter.flush();
        assertThat(segmenter.poll()).isNull();
    }

    @Test
    void flush_afterFinish_givesTheRest() {
        segmenter.append("One. Two");
        segmenter.finish();
        segmenter.flush();
        assertThat(segmenter.poll()).isEqualTo(new Segment("One.", 0, 4, Boundary.SENTENCE));
        assertThat(segmenter.poll()).isEqualTo(new Segment("Two", 5, 8, Boundary.END));
        assertThat(segmenter.poll()).isNull();
    }

    @Test
    void append_afterFinish_isRefused() {
        segmenter.finish();
        segmenter.finish();
        assertThatIllegalStateException()
                .isThrownBy(() -> segmenter.append("x"))
                .withMessageContaining("finished");
    }

    private void drain(List<Segment> segments) {
        for (Segment segment; (segment = segmenter.poll()) != null; ) {
            segments.add(segment);
        }
    }
}
