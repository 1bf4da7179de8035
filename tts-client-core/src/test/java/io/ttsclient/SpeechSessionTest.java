// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.layer.SegmentingPolicy;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechListener;
import io.ttsclient.speech.SpeechListener.Outcome;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.FakeCall;
import io.ttsclient.text.TextPreparation;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written is heard, turn by turn, and nothing is silence. */
class SpeechSessionTest extends SessionFixture {
    // --- writing and hearing

    @ParameterizedTest
    @EnumSource
    void write_tokenByToken_isHeardWholeAndInOrder(Way way) throws Exception {
        FakeBackend fake = way.backend().build();
        SpeechSession session = open(fake);
        CompletableFuture<byte[]> heard = reading(session.audio());

        for (String token : List.of("Well", ",", " that", " is", " it", ".", " And", " more", " to", " come", ".")) {
            session.write(token);
        }
        session.finish();

        assertThat(on(heard)).isEqualTo(audioOf("Well, that is it. And more to come."));
        fake.awaitReleased();
    }

    @ParameterizedTest
    @EnumSource
    void write_allBeforeAnybodyReads_isHeard(Way way) {
        SpeechSession session = open(way.backend().build());

        session.write("First. Second. ");
        session.write("Third.");
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf("First. Second. Third."));
    }

    @ParameterizedTest
    @EnumSource
    void write_afterFinish_isTheNextTurn(Way way) {
        SpeechSession session = open(way.backend().build());
        session.write("One.");
        session.finish();
        session.write("Two.");
        session.finish();

        AudioStream first = session.audio();
        assertThat(session.audio()).as("asked for again").isSameAs(first);
        assertThat(first.toBytes()).isEqualTo(audioOf("One."));
        AudioStream second = session.audio();
        assertThat(second.toBytes()).isEqualTo(audioOf("Two."));
        assertThat(first.report().requestId()).isNotEqualTo(second.report().requestId());
        assertThat(ended()).extracting(end -> end.outcome()).containsOnly(Outcome.COMPLETE);
        assertThat(ended().get(0).report().characters()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void write_firstClause_isSpokenBeforeTheSentenceIsWritten(Way way) throws Exception {
        SpeechSession session = open(way.backend().build());
        AudioStream audio = session.audio();
        CompletableFuture<AudioChunk> first = CompletableFuture.supplyAsync(audio::read, threads);

        session.write("Sure, I can help with that");
        session.write(",");

        assertThat(on(first)).isNotNull();
        session.close();
    }

    @Test
    void write_wordsWithoutAClause_areSpokenWhenTheWriterPauses() throws Exception {
        FakeBackend fake = Way.SEGMENTED.backend().build();
        SpeechSession session = open(fake);
        AudioStream audio = session.audio();
        CompletableFuture<AudioChunk> first = CompletableFuture.supplyAsync(audio::read, threads);
        session.write("Let me think ab");
        time.awaitScheduled(1);

        time.advance(Duration.ofSeconds(1));

        assertThat(on(first)).isNotNull();
        assertThat(fake.awaitCalls(1).get(0).text()).isEqualTo("Let me think");
        session.write("out it.");
        session.finish();
        assertThat(audio.toBytes().length)
                .isEqualTo(
                        audioOf("Let me think about it.").length - first.join().size());
    }

    @ParameterizedTest
    @EnumSource
    void flush_halfASentence_isSpoken(Way way) throws Exception {
        SpeechSession session = open(way.backend().build());
        AudioStream audio = session.audio();
        CompletableFuture<AudioChunk> first = CompletableFuture.supplyAsync(audio::read, threads);
        session.write("Hm");
        session.flush();

        assertThat(on(first)).isNotNull();
        session.write(", yes.");
        session.finish();
        audio.toBytes();
        assertThat(audio.report().audioDuration()).isEqualTo(FORMAT.durationOf(audioOf("Hm, yes.").length));
    }

    @Test
    void write_markdown_isSpokenWithoutItsSigns() {
        FakeBackend fake = Way.SEGMENTED.backend().build();
        SpeechSession session = open(fake);
        for (String token : List.of("This is *", "*very", " good", "** news", ".", " \uD83D", "\uDE00")) {
            session.write(token);
        }
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf("This is very good news."));
    }

    @ParameterizedTest
    @EnumSource
    void write_charByCharWithoutPreparation_tearsNothing(Way way) {
        FakeBackend fake = way.backend().build();
        SpeechSession session = open(
                client(fake),
                SpeechOptions.builder().textPreparation(TextPreparation.off()).build());
        String text = "Tre\u0301s bien, he\u0301. \ud840\udc00\ud840\udc01\ud840\udc02. Et voila\u0300. \ud840\udc00!";
        for (int i = 0; i < text.length(); i++) {
            session.write(text.substring(i, i + 1));
        }
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf(text));
        assertThat(fake.calls()).hasSizeGreaterThan(way == Way.NATIVE ? 0 : 2).allSatisfy(call -> {
            int first = call.text().codePointAt(0);
            assertThat(Character.getType(first)).isNotIn((int) Character.SURROGATE, (int) Character.NON_SPACING_MARK);
            assertThat(Character.isHighSurrogate(call.text().charAt(call.text().length() - 1)))
                    .isFalse();
        });
    }

    @Test
    void read_textFarAhead_onlySoMuchIsMadeAsMayBeAhead() {
        FakeBackend fake = Way.SEGMENTED.backend().build();
        SpeechSession session = open(client(fake)
                .segmenting(SegmentingPolicy.defaults().withWindow(8).withAhead(Duration.ofSeconds(3))));
        session.write("Twenty chars to say. ".repeat(30));
        session.finish();
        AudioStream audio = session.audio();

        audio.read();
        assertThat(fake.awaitCalls(2).stream()
                        .mapToInt(call -> call.text().length())
                        .sum())
                .as("3 s of 15 chars")
                .isLessThanOrEqualTo(45);
        for (int read = 0; read <= audioOf("Twenty chars to say.").length; ) {
            read += Objects.requireNonNull(audio.read()).size();
        }
        fake.awaitCalls(3);
        session.interrupt();

        assertThat(audio.report().audioUndelivered()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(fake.calls()).hasSizeLessThan(30);
    }

    // --- nothing to say

    @ParameterizedTest
    @EnumSource
    void finish_withoutText_isSilence(Way way) {
        FakeBackend fake = way.backend().build();
        SpeechSession session = open(fake);

        session.finish();

        AudioStream audio = session.audio();
        assertThat(audio.format()).isEqualTo(FORMAT);
        assertThat(audio.read()).isNull();
        assertThat(fake.calls()).isEmpty();
        assertThat(ended()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void finish_nothingToPronounce_isSilence(Way way) {
        FakeBackend fake = way.backend().build();
        SpeechSession session = open(fake);

        session.write(" ...\n\n```java\nint x;\n```\n \uD83D\uDE00");
        session.finish();

        AudioStream audio = session.audio();
        assertThat(audio.read()).isNull();
        assertThat(fake.calls()).isEmpty();
        assertThat(audio.report().attempts()).isEmpty();
        assertThat(audio.report().timeToFirstAudio()).isEmpty();
        assertThat(ended()).extracting(end -> end.outcome()).containsExactly(Outcome.COMPLETE);
    }

    @ParameterizedTest
    @EnumSource
    void finish_backendFindsNothingToPronounce_isSilenceAndNobodyElseIsAsked(Way way) {
        FakeBackend fake = way.backend().build();
        FakeBackend other = FakeBackend.builder("other", FORMAT).build();
        SpeechSession session = open(
                client(fake).fallback(other),
                SpeechOptions.builder().textPreparation(TextPreparation.off()).build());

        session.write("... ?!");
        session.finish();

        assertThat(session.audio().read()).isNull();
        assertThat(other.calls()).isEmpty();
        assertThat(listener.events(SpeechListener.FellBack.class)).isEmpty();
        assertThat(ended()).extracting(end -> end.outcome()).containsExactly(Outcome.COMPLETE);
    }

    @Test
    void finish_emptyTurnThatNobodyAskedFor_isReplacedByTheNextOne() {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        session.finish();
        session.finish();
        session.write("Now.");
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf("Now."));
    }

    @Test
    void finish_emptyTurnThatAReaderWaitsFor_endsIt() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        CompletableFuture<byte[]> heard = reading(session.audio());

        session.finish();

        assertThat(on(heard)).isEmpty();
    }

    @Test
    void toString_text_isNotInIt() {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        session.write("secret");

        assertThat(session).hasToString("SpeechSession[1 turns]");
        assertThat(session.audio().toString()).doesNotContain("secret");
    }

    @Test
    void calls_ofASegmentedTurn_arePiecesOfOneRequest() {
        FakeBackend fake = Way.SEGMENTED.backend().build();
        SpeechSession session = open(fake);
        session.write("One sentence. Another sentence.");
        session.finish();
        AudioStream audio = session.audio();
        audio.toBytes();

        assertThat(fake.calls())
                .extracting(FakeCall::requestId)
                .containsOnly(audio.report().requestId());
    }
}
