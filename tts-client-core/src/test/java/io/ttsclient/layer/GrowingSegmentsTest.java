// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.TextEvent;
import io.ttsclient.layer.SegmentFeed.Demand;
import io.ttsclient.text.Segment;
import io.ttsclient.text.Segment.Boundary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the limits that sessions have: a first clause of 12 to 60, at least 20, joined up to 200, never more than 500. */
class GrowingSegmentsTest {
    /** Nothing sounds. */
    private static final Demand EARLY = new Demand(Integer.MAX_VALUE, true, true, false);

    private static final Demand PAUSED = new Demand(Integer.MAX_VALUE, true, true, true);
    private static final Demand ANY = Demand.ANY;

    /** 49 chars. */
    private static final String SENTENCE = "This is a sentence of the answer, and so it ends.";

    private final Deque<TextEvent> written = new ArrayDeque<>();
    private final GrowingSegments segments =
            new GrowingSegments(written::poll, SegmentingPolicy.defaults().growing(), Locale.ENGLISH);

    private void write(String text) {
        written.add(new TextEvent(TextEvent.Kind.TEXT, text));
    }

    private void flush() {
        written.add(new TextEvent(TextEvent.Kind.FLUSH, ""));
    }

    private void finish() {
        written.add(new TextEvent(TextEvent.Kind.END, ""));
    }

    private void assertNext(Demand demand, String text, Boundary boundary) {
        Segment next = segments.next(demand);
        assertThat(next).isNotNull();
        assertThat(next.text()).isEqualTo(text);
        assertThat(next.boundary()).isEqualTo(boundary);
    }

    private void assertNothing(Demand demand) {
        assertThat(segments.next(demand)).isNull();
    }

    // --- while nothing sounds

    @Test
    void next_clauseOfSomeLength_isTheFirstPiece() {
        write("Sure, I can help");
        assertNothing(EARLY);
        write(",");

        assertNext(EARLY, "Sure, I can help,", Boundary.CLAUSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Well now,", // too short
                "It costs about 3,", // 3,500, perhaps
                "He said \"not today,", // the quotation goes on
                "Sure, I can help, if" // words behind the clause may belong to it
            })
    void next_noClauseThatStandsForItself_isNothing(String text) {
        write(text);

        assertNothing(EARLY);
    }

    @Test
    void next_clauseWhileTheAudioLasts_isNothing() {
        write("Sure, I can help,");

        assertNothing(ANY);
    }

    @Test
    void next_manyWordsWithoutAClause_areAPiece() {
        write("there are many more words here than anybody would wait for to");
        assertThat(written.getFirst().text()).hasSize(61);

        assertNext(EARLY, "there are many more words here than anybody would wait for", Boundary.WORD);
        write(" hear. And");
        assertNext(EARLY, "to hear.", Boundary.SENTENCE);
    }

    @Test
    void next_asManyWordsAsMayBeWaitedFor_areNothing() {
        write("there are many more words here than anybody would wait for t");

        assertNothing(EARLY);
    }

    @Test
    void next_writerPauses_isTheWordsSoFar() {
        write("Let me think ab");
        assertNothing(EARLY);

        assertThat(segments.next(PAUSED)).isEqualTo(new Segment("Let me think", 0, 12, Boundary.WORD));
        write("out it. ");
        finish();
        assertThat(segments.next(ANY)).isEqualTo(new Segment("about it.", 13, 22, Boundary.END));
        assertThat(segments.isOver()).isTrue();
    }

    @Test
    void next_shortSentences_areJoinedButNotWaitedFor() {
        write("Yes. No. A");

        assertNext(EARLY, "Yes. No.", Boundary.SENTENCE);
    }

    // --- without white space

    @ParameterizedTest
    @CsvSource({
        "今天天气很好我们, 今天天气很好我",
        "きょうはとてもいいてんきでしゃ, きょうはとてもいいてんきで",
        "かなデータ, かなデー",
        "かなが\u3099, かな",
        "葛\udb40\udd00城, 葛\udb40\udd00",
        "วันนี้อากาศดีมาก, วันนี้อากาศดี",
        "今天天\ud840, 今天",
        "Wir sagen 今天天, Wir sagen 今天",
        "我用Java, 我用",
        "他说「今天天, 他说「今天"
    })
    void next_pauseInAScriptWithoutGaps_isAllButTheLastWordOrIdeograph(String text, String piece) {
        write(text);
        assertNothing(EARLY);

        assertNext(PAUSED, piece, Boundary.WORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"今", "在2024年", "「今", "Donaudampf", "don’t", "안녕하세요저는"})
    void next_pauseInsideAWord_isNothing(String text) {
        write(text);

        assertNothing(PAUSED);
    }

    @Test
    void next_manyIdeographsWithoutAMark_areAPiece() {
        write("今天天气很好我们".repeat(8).substring(0, 61));

        assertNext(EARLY, "今天天气很好我们".repeat(8).substring(0, 60), Boundary.WORD);
        write("去公园。");
        finish();
        assertNext(ANY, "很去公园。", Boundary.END);
    }

    @Test
    void next_charByChar_tearsNothing() {
        String text = "Ne\u0301 cafe\u0301, 𠀀𠀁𠀂𠀃𠀄𠀅𠀆𠀇𠀈𠀉𠀊𠀋，今天か\u3099き𠀀 tre\u0301s loin, e\u0301. ".repeat(3);
        List<Segment> pieces = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            write(text.substring(i, i + 1));
            for (Segment next = segments.next(PAUSED); next != null; next = segments.next(PAUSED)) {
                pieces.add(next);
            }
        }
        finish();
        for (Segment next = segments.next(ANY); next != null; next = segments.next(ANY)) {
            pieces.add(next);
        }

        var heard = new StringBuilder();
        assertThat(pieces).hasSizeGreaterThan(10).allSatisfy(piece -> {
            assertThat(Character.isLowSurrogate(piece.text().charAt(0))).isFalse();
            assertThat(Character.getType(piece.text().codePointAt(0))).isNotEqualTo((int) Character.NON_SPACING_MARK);
            assertThat(piece.text()).isEqualTo(text.substring(piece.start(), piece.end()));
            heard.append(piece.text());
        });
        assertThat(heard.toString().replace(" ", "")).isEqualTo(text.replace(" ", ""));
    }

    // --- while the audio lasts

    @Test
    void next_laterSentences_areJoinedIntoLongerPieces() {
        write((SENTENCE + " ").repeat(6) + "T");

        assertNext(EARLY, SENTENCE, Boundary.SENTENCE);
        assertNext(ANY, (SENTENCE + " ").repeat(4).strip(), Boundary.SENTENCE); // 199 chars
        assertNext(ANY, SENTENCE, Boundary.SENTENCE);
        assertNothing(ANY);
    }

    @Test
    void next_tooShort_waitsForTheNextSentence() {
        write("Yes. No. A");
        assertNothing(ANY);

        write("nd so we go on. T");

        assertNext(ANY, "Yes. No. And so we go on.", Boundary.SENTENCE);
    }

    @Test
    void next_tooShortAndFlushed_isAPiece() {
        write("Yes. No.");
        flush();

        assertNext(ANY, "Yes. No.", Boundary.SENTENCE);
    }

    @Test
    void next_tooShortAndAllThereIs_isAPiece() {
        write("Yes. No.");
        finish();

        assertNext(ANY, "Yes. No.", Boundary.END);
    }

    @Test
    void next_endlessSentence_isCutAtTheMaximum() {
        write("word ".repeat(150));

        assertNext(ANY, "word ".repeat(100).strip(), Boundary.WORD);
        assertNothing(ANY);
    }

    @Test
    void next_tooShortBeforeAVeryLongOne_staysBelowTheMaximum() {
        String longest = "Word" + " word".repeat(98) + " end.";
        write("Yes. " + longest + " A");

        assertNext(ANY, "Yes.", Boundary.SENTENCE);
        assertNext(ANY, longest, Boundary.SENTENCE);
    }

    // --- how much is wanted

    @Test
    void next_lessIsWantedThanASentence_waitsUntilItIsDue() {
        write(SENTENCE + " A");

        assertNothing(new Demand(48, false, false, false));
        assertNext(new Demand(48, true, false, false), SENTENCE, Boundary.SENTENCE);
    }

    @Test
    void next_lessIsWantedThanThereIs_joinsNoMore() {
        write((SENTENCE + " ").repeat(4) + "A");

        assertNext(new Demand(100, false, false, false), SENTENCE + " " + SENTENCE, Boundary.SENTENCE);
    }

    @Test
    void next_enoughIsCut_readsNoFurther() {
        for (int i = 0; i < 100; i++) {
            write(SENTENCE + " ");
        }

        assertNothing(new Demand(0, false, false, false));

        assertThat(written).as("2000 of 5000 chars are read, and the next word").hasSize(58);
        assertNext(ANY, (SENTENCE + " ").repeat(4).strip(), Boundary.SENTENCE);
        assertNothing(new Demand(0, false, false, false));
        assertThat(written).hasSize(55);
    }

    @Test
    void next_nothingToPronounce_isLeftOut() {
        write("... !!! ");
        write(SENTENCE);
        finish();

        assertThat(segments.hasRest()).isFalse();
        Segment piece = segments.next(ANY);
        assertThat(piece).isNotNull();
        assertThat(piece.text()).endsWith(SENTENCE);
        assertThat(segments.isOver()).isTrue();
    }
}
