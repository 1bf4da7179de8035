// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.GrowingText;
import io.ttsclient.backend.TextSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AuraTextTest {
    private final GrowingText written = new GrowingText();
    private final AuraText text = new AuraText(written.cursor(), Locale.ENGLISH);

    private void write(String delta) {
        written.append(delta);
        text.poll();
    }

    /** All that may be sent now. */
    private List<String> send() {
        var sent = new ArrayList<String>();
        for (String next = text.next(2_000); !next.isEmpty(); next = text.next(2_000)) {
            text.sent(next.length());
            sent.add(next);
        }
        return sent;
    }

    @Test
    void next_wordsAsTheyCome_goOutUpToTheLastBlank() {
        write("I will che");
        assertThat(send()).containsExactly("I will");
        write("ck that");
        assertThat(send()).containsExactly(" check");
        assertThat(text.isAtPieceEnd()).isFalse();
    }

    @Test
    void next_whatCouldBeAnEnd_waitsUntilItIsCertain() {
        write("It costs 3.");
        assertThat(send()).containsExactly("It costs");
        write("14 in all");
        assertThat(send()).isEmpty();
        write(". The next");
        assertThat(send()).containsExactly(" 3.14 in all.", " The");
    }

    @Test
    void isAtPieceEnd_firstClauseLongEnough_doesNotWaitForTheSentence() {
        write("Of course I can do that for you, just give me a moment. ");
        String first = text.next(2_000);

        assertThat(first).isEqualTo("Of course I can do that for you,");
        text.sent(first.length());
        assertThat(text.isAtPieceEnd()).isTrue();
    }

    @Test
    void next_whiteSpace_isKeptAndNeverSentAlone() {
        write("Hello there.  \n");
        write("How are you?");
        written.finish();
        text.poll();
        assertThat(String.join("", send())).isEqualTo("Hello there.  \nHow are you?");

        neverSent(" \n ", " ");
    }

    private static void neverSent(String... deltas) {
        var blank = new GrowingText();
        var text = new AuraText(blank.cursor(), Locale.ENGLISH);
        for (String delta : deltas) {
            blank.append(delta);
            text.poll();
            assertThat(text.next(2_000)).isEmpty();
        }
        blank.finish();
        text.poll();
        assertThat(text.next(2_000)).isEmpty();
        assertThat(text.isAllSent()).isTrue();
    }

    @Test
    void next_nothingToPronounceAtTheEnd_isLeftOut() {
        write("Well done.\n\n\u2026 ?!");
        assertThat(send()).containsExactly("Well done.");
        text.flushed();
        text.spoken();
        written.finish();
        text.poll();

        assertThat(send()).isEmpty();
        assertThat(text.isAllSent()).isTrue();
        assertThat(text.isAllSpoken()).isTrue();
    }

    @Test
    void flush_behindNothingToPronounce_losesNothingThatFollows() {
        write("Hello.");
        written.flush();
        text.poll();
        assertThat(send()).containsExactly("Hello.");
        text.flushed();
        write("\u2026");
        written.flush();
        text.poll();
        assertThat(send()).isEmpty();

        write("How are you?");
        written.finish();
        text.poll();

        assertThat(send()).containsExactly("\u2026How are you?");
        assertThat(text.isAllSent()).isTrue();
    }

    @Test
    void flush_ofTheWriter_endsThePieceThere() {
        write("One moment please");
        written.flush();
        text.poll();

        assertThat(send()).containsExactly("One moment please");
        assertThat(text.isAtPieceEnd()).isTrue();
    }

    @Test
    void next_pieceThatDoesNotFit_isHeldBackWhole() {
        write("This is the first of some sentences. And this is another one. ");
        assertThat(text.next(10)).isEmpty();
        assertThat(text.next(100)).isEqualTo("This is the first of some sentences.");
    }

    @Test
    void next_longSentenceWithoutStops_goesOutInPiecesThatFitAMessage() {
        write("word ".repeat(2_000));
        written.finish();
        text.poll();
        List<String> sent = send();

        assertThat(sent).allMatch(piece -> piece.length() <= 2_000);
        assertThat(String.join("", sent)).isEqualTo("word ".repeat(2_000).strip());
        assertThat(text.isAllSent()).isTrue();
    }

    @Test
    void rewind_afterAFlush_givesAgainWhatWasNotSpoken() {
        write("The first sentence is this one. The second sentence is here. The third");
        String first = text.next(2_000);
        text.sent(first.length());
        text.flushed();
        text.spoken();
        String second = text.next(2_000);
        text.sent(second.length());
        text.flushed();

        text.rewind();

        assertThat(text.next(2_000)).isEqualTo(second);
        assertThat(text.hasUnflushed()).isFalse();
        assertThat(text).hasToString("AuraText[70 chars, sent 31, flushed 31, spoken 31]");
    }

    @Test
    void anyText_cutAnywhere_isSentVerbatim() {
        var random = new Random(11);
        String alphabet = "abc .,;!?\n\u00e9\u4f60\u3002-'3";
        for (int run = 0; run < 300; run++) {
            var source = new StringBuilder("a");
            int length = random.nextInt(200);
            for (int i = 0; i < length; i++) {
                source.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(sentInPieces(source.toString(), random).strip()).isEqualTo(spoken(source.toString()));
        }
    }

    /** What is left of a text that is whole: what has nothing to pronounce at its end may be left out. */
    private static String spoken(String source) {
        var whole = new AuraText(TextSource.of(source).cursor(), Locale.ENGLISH);
        whole.poll();
        var all = new StringBuilder();
        for (String next = whole.next(2_000); !next.isEmpty(); next = whole.next(2_000)) {
            whole.sent(next.length());
            all.append(next);
        }
        return all.toString().strip();
    }

    private static String sentInPieces(String source, Random random) {
        var growing = new GrowingText();
        var text = new AuraText(growing.cursor(), Locale.ENGLISH);
        var all = new StringBuilder();
        for (int at = 0; at < source.length(); ) {
            int end = Math.min(source.length(), at + 1 + random.nextInt(7));
            growing.append(source.substring(at, end));
            at = end;
            text.poll();
            for (String next = text.next(2_000); !next.isEmpty(); next = text.next(2_000)) {
                text.sent(next.length());
                all.append(next);
            }
        }
        growing.finish();
        text.poll();
        for (String next = text.next(2_000); !next.isEmpty(); next = text.next(2_000)) {
            text.sent(next.length());
            all.append(next);
        }
        return all.toString();
    }
}
