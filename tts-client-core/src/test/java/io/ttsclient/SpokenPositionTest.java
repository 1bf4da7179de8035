// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.speech.SpokenText;
import io.ttsclient.speech.TimingMark;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpokenPositionTest {
    private static final String TEXT = "One two three. Four five six.";
    private static final double CHARS_PER_SECOND = 10;

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static TimingMark mark(TimingMark.Kind kind, int start, int end, long from, long to) {
        return new TimingMark(kind, start, end, ms(from), ms(to));
    }

    private static SpokenText at(long played, long delivered, boolean isWhole, TimingMark... marks) {
        return new SpokenPosition(TEXT, List.of(marks), ms(delivered), isWhole, CHARS_PER_SECOND).at(ms(played));
    }

    private static void assertExactly(SpokenText spoken, String text) {
        assertThat(spoken.text()).isEqualTo(text);
        assertThat(spoken.isEstimate()).isFalse();
    }

    private static void assertAbout(SpokenText spoken, String text) {
        assertThat(spoken.text()).isEqualTo(text);
        assertThat(spoken.isEstimate()).isTrue();
    }

    private static SpokenText atWords(long played) {
        return at(
                played,
                1_100,
                false,
                mark(TimingMark.Kind.WORD, 0, 3, 0, 300),
                mark(TimingMark.Kind.WORD, 4, 7, 300, 600),
                mark(TimingMark.Kind.WORD, 8, 13, 600, 1_100));
    }

    @Test
    void at_timesOfWords_isTheLastWholeWord() {
        assertExactly(atWords(0), "");
        assertExactly(atWords(299), "");
        assertExactly(atWords(300), "One");
        assertExactly(atWords(1_099), "One two");
    }

    @Test
    void at_timesOfWords_punctuationBelongsToItsWord() {
        assertExactly(atWords(1_100), "One two three.");
    }

    @Test
    void at_moreThanWasDelivered_isWhatWasDelivered() {
        assertExactly(atWords(60_000), "One two three.");
    }

    @Test
    void at_endOfTheAudio_isTheWholeText() {
        assertExactly(at(2_000, 2_000, true), TEXT);
        assertExactly(at(2_000, 2_000, true, mark(TimingMark.Kind.WORD, 0, 3, 0, 300)), TEXT);
    }

    @Test
    void at_noTimes_isGuessedFromThePaceOfTheVoice() {
        assertAbout(at(800, 1_000, false), "One two");
        assertAbout(at(750, 1_000, false), "One two");
        assertAbout(at(690, 1_000, false), "One");
    }

    @Test
    void at_noTimesButTheWholeAudio_isGuessedFromItsLength() {
        assertAbout(at(1_500, 2_900, true), "One two three."); // 10 chars a second, as all of it shows
    }

    @Test
    void at_endOfAPiece_isExact() {
        assertExactly(at(700, 1_500, false, mark(TimingMark.Kind.SEGMENT, 0, 14, 0, 700)), "One two three.");
    }

    @Test
    void at_insideAPiece_isGuessedBetweenItsEnds() {
        assertAbout(at(400, 1_500, false, mark(TimingMark.Kind.SEGMENT, 0, 14, 0, 700)), "One two");
    }

    @Test
    void at_behindTheLastPieceWithTimes_isGuessedFromThePaceSoFar() {
        // 14 chars in 0.7 s, so in 0.3 s six more: in the middle of "five".
        assertAbout(at(1_000, 1_500, false, mark(TimingMark.Kind.SEGMENT, 0, 14, 0, 700)), "One two three. Four");
    }

    @Test
    void at_justBehindAPiece_isNotLessThanThatPiece() {
        assertAbout(at(701, 1_500, false, mark(TimingMark.Kind.SEGMENT, 0, 14, 0, 700)), "One two three.");
    }

    private static SpokenText atCompressed(long played, boolean isWhole, TimingMark... marks) {
        return new SpokenPosition(TEXT, List.of(marks), null, isWhole, CHARS_PER_SECOND).at(ms(played));
    }

    @Test
    void at_bytesDoNotTellTheTime_isGuessedFromThePaceOfTheVoice() {
        assertExactly(atCompressed(0, false), "");
        assertExactly(atCompressed(0, true), "");
        assertAbout(atCompressed(800, false), "One two");
        assertAbout(atCompressed(800, true), "One two");
        assertAbout(atCompressed(60_000, true), TEXT);
    }

    @Test
    void at_bytesDoNotTellTheTime_wordsDo() {
        TimingMark[] words = {
            mark(TimingMark.Kind.WORD, 0, 3, 0, 300),
            mark(TimingMark.Kind.WORD, 4, 7, 300, 600),
            mark(TimingMark.Kind.WORD, 8, 13, 600, 1_100)
        };

        assertExactly(atCompressed(0, true, words), "");
        assertExactly(atCompressed(700, false, words), "One two");
        assertExactly(atCompressed(700, true, words), "One two");
    }

    @Test
    void at_bytesDoNotTellTheTimeBehindTheLastWord_isGuessedFromThePaceSoFar() {
        // 13 chars in 1.3 s, so in 0.6 s six more: behind "Four".
        assertAbout(atCompressed(1_900, true, mark(TimingMark.Kind.WORD, 8, 13, 600, 1_300)), "One two three. Four");
    }

    @Test
    void at_silenceBetweenPieces_isExact() {
        assertExactly(
                at(
                        800,
                        1_500,
                        false,
                        mark(TimingMark.Kind.SEGMENT, 0, 14, 0, 700),
                        mark(TimingMark.Kind.SEGMENT, 15, 29, 900, 1_600)),
                "One two three.");
    }
}
