// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static io.ttsclient.layer.FourSentences.FORMAT;
import static io.ttsclient.layer.FourSentences.FOUR;
import static io.ttsclient.layer.FourSentences.ONE;
import static io.ttsclient.layer.FourSentences.TEXT;
import static io.ttsclient.layer.FourSentences.THREE;
import static io.ttsclient.layer.FourSentences.TWO;
import static io.ttsclient.layer.FourSentences.audioOf;
import static io.ttsclient.layer.FourSentences.readAll;
import static io.ttsclient.layer.FourSentences.stream;
import static io.ttsclient.layer.FourSentences.unspeakable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.doubles.ScriptedBackend;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.ProviderOptions;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.FakeCall;
import io.ttsclient.text.SegmentLimits;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentingLayerTest {
    private final FourSentences four = new FourSentences();

    @AfterEach
    void close() {
        four.close();
    }

    private static byte[] silence(Duration duration) {
        byte[] bytes = new byte[FORMAT.silence(duration).remaining()];
        FORMAT.silence(duration).get(bytes);
        return bytes;
    }

    private static byte[] join(byte[]... parts) {
        var bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    // --- what is cut

    @Test
    void stream_backendTakesAnyText_passesTheWholeOn() {
        FakeBackend whole = FakeBackend.create();

        stream(whole, 2, four.manual, four.synthesis(TEXT)).close();

        assertThat(whole.calls()).extracting(FakeCall::text).containsExactly(TEXT);
        assertThat(four.manual.executed()).isZero();
    }

    /** Such as a dialogue's. */
    private record Whole(String backend) implements ProviderOptions {
        @Override
        public boolean keepsTextWhole() {
            return true;
        }
    }

    @Test
    void stream_optionsOfTheBackendKeepTheTextWhole_passesTheWholeOn() {
        Synthesis synthesis = four.synthesis(TEXT);
        String name = four.fake.capabilities().backend();

        for (String backend : List.of(name, "another")) {
            SpeechOptions options =
                    SpeechOptions.builder().provider(new Whole(backend)).build();
            stream(four.fake, 2, four.manual, synthesis.withOptions(options)).close();
        }

        assertThat(four.spoken()).startsWith(TEXT, ONE).doesNotHaveDuplicates();
    }

    @Test
    void stream_oneSentence_isPassedOnAsTheCallerWroteIt() {
        four.stream(four.manual, "  Only one. \n").close();

        assertThat(four.spoken()).containsExactly("  Only one. \n");
        assertThat(four.manual.executed()).isZero();
    }

    @Test
    void stream_severalSentences_areSpokenInOrder() {
        try (AudioSource source = four.stream(Runnable::run, TEXT)) {
            assertThat(readAll(source)).isEqualTo(audioOf(TEXT));
        }

        assertThat(four.spoken()).containsExactly(ONE, TWO, THREE, FOUR);
        four.fake.awaitReleased();
        assertThat(four.caller).hasToString("Cancellation[0 actions]");
    }

    @Test
    void stream_longFirstSentence_isCutEarlyAtAClause() {
        String clause = "Thank you very much for your patience,";
        String rest = " and for telling us in so many words what exactly went wrong with the parcel on its way to you.";
        SegmentLimits limits =
                SegmentLimits.builder().maxCodePoints(500).firstSegment(20, 80).build();
        FakeBackend early = FakeBackend.builder("early").segmentLimits(limits).build();

        try (AudioSource source = stream(early, 1, Runnable::run, four.synthesis(clause + rest + clause + rest))) {
            assertThat(readAll(source)).isEqualTo(audioOf(clause + rest + clause + rest));
        }

        assertThat(early.calls()).extracting(FakeCall::text).startsWith(clause);
    }

    @Test
    void stream_languageOfTheRequest_decidesWhereItIsCut() {
        Synthesis german = four.synthesis("Das ist z. B. Anna. Und das ist Otto.");
        Synthesis synthesis =
                german.withOptions(german.options().toBuilder().language("de").build());

        try (AudioSource source = stream(four.fake, 2, four.manual, synthesis)) {
            readAll(source);
        }

        assertThat(four.spoken()).containsExactly("Das ist z. B. Anna.", "Und das ist Otto.");
    }

    // --- pieces with nothing to pronounce

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void read_onePieceUnspeakable_isLeftOutWithAWarning(int which) {
        String[] pieces = {ONE, TWO, THREE, FOUR};
        for (int i = 0; i < pieces.length; i++) {
            four.fake.enqueue(i == which ? unspeakable() : Behaviour.speak());
        }
        String left = pieces[which];
        pieces[which] = "";
        Synthesis synthesis = four.synthesis(TEXT);

        try (AudioSource source = stream(four.fake, 2, Runnable::run, synthesis)) {
            assertThat(readAll(source)).isEqualTo(audioOf(pieces));
        }

        int start = TEXT.indexOf(left);
        assertThat(synthesis.journal().report().warnings())
                .containsExactly(
                        "nothing to pronounce in chars " + start + " to " + (start + left.length()) + ", left out");
        four.fake.awaitReleased();
    }

    @Test
    void stream_everyPieceUnspeakable_failsAsTheLastOne() {
        four.fake.always(unspeakable());

        assertThatThrownBy(() -> four.stream(four.manual, TEXT)).isInstanceOf(NothingToSpeakException.class);

        assertThat(four.fake.calls()).hasSize(4);
        assertThat(four.caller).hasToString("Cancellation[0 actions]");
    }

    // --- silence between pieces

    private static final Duration SENTENCE_PAUSE = Duration.ofMillis(30);
    private static final Duration PARAGRAPH_PAUSE = Duration.ofMillis(70);

    private byte[] readWithPauses(FakeBackend backend, String text) {
        try (AudioSource source = stream(backend, 2, four.manual, four.synthesis(text))) {
            return readAll(source);
        }
    }

    @Test
    void read_backendWithPauses_getsSilenceByWhatEndsThePiece() {
        FakeBackend pausing =
                FourSentences.builder().pauses(SENTENCE_PAUSE, PARAGRAPH_PAUSE).build();

        assertThat(readWithPauses(pausing, ONE + " " + TWO + "\n\n" + THREE))
                .isEqualTo(join(
                        audioOf(ONE), silence(SENTENCE_PAUSE), audioOf(TWO), silence(PARAGRAPH_PAUSE), audioOf(THREE)));
    }

    @Test
    void read_piecesCutInsideASentence_haveNoSilenceBetweenThem() {
        FakeBackend pausing = FakeBackend.builder("fake", FORMAT)
                .segmentLimits(SegmentLimits.builder().maxCodePoints(12).build())
                .pauses(SENTENCE_PAUSE, PARAGRAPH_PAUSE)
                .build();

        assertThat(readWithPauses(pausing, "one two three four five six seven"))
                .isEqualTo(audioOf("one two three four five six seven"));
        assertThat(pausing.calls()).hasSizeGreaterThan(2);
    }

    @Test
    void read_pieceLeftOutBetweenTwo_leavesTheLongestPauseOnce() {
        FakeBackend pausing =
                FourSentences.builder().pauses(SENTENCE_PAUSE, PARAGRAPH_PAUSE).build();
        pausing.enqueue(Behaviour.speak());
        pausing.enqueue(unspeakable());

        assertThat(readWithPauses(pausing, ONE + " " + TWO + "\n\n" + THREE))
                .isEqualTo(join(audioOf(ONE), silence(PARAGRAPH_PAUSE), audioOf(THREE)));
    }

    @Test
    void read_lastPieceLeftOut_endsWithoutSilence() {
        FakeBackend pausing =
                FourSentences.builder().pauses(SENTENCE_PAUSE, PARAGRAPH_PAUSE).build();
        pausing.enqueue(Behaviour.speak());
        pausing.enqueue(unspeakable());

        assertThat(readWithPauses(pausing, ONE + " " + TWO)).isEqualTo(audioOf(ONE));
    }

    @Test
    void read_pauseShorterThanHalfASample_isNone() {
        FakeBackend pausing = FourSentences.builder()
                .pauses(Duration.ofNanos(1), Duration.ofNanos(1))
                .build();

        assertThat(readWithPauses(pausing, TEXT)).isEqualTo(audioOf(TEXT));
    }

    @Test
    void read_mulaw_getsTheSilenceOfItsEncoding() {
        AudioFormat mulaw = AudioFormat.mulaw(8_000);
        FakeBackend pausing = FakeBackend.builder("fake", mulaw)
                .segmentLimits(SegmentLimits.sentences())
                .pauses(SENTENCE_PAUSE, PARAGRAPH_PAUSE)
                .build();
        byte[] silence = new byte[240];
        Arrays.fill(silence, (byte) 0xFF);

        assertThat(readWithPauses(pausing, ONE + " " + TWO))
                .isEqualTo(join(FakeBackend.audioOf(ONE, mulaw), silence, FakeBackend.audioOf(TWO, mulaw)));
    }

    @Test
    void read_compressed_hasNoSilenceBetweenPieces() {
        AudioFormat mp3 = new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1);
        FakeBackend pausing = FakeBackend.builder("fake", mp3)
                .segmentLimits(SegmentLimits.sentences())
                .pauses(SENTENCE_PAUSE, PARAGRAPH_PAUSE)
                .build();

        assertThat(readWithPauses(pausing, TEXT)).isEqualTo(FakeBackend.audioOf(TEXT, mp3));
    }

    // --- timings

    @Test
    void timings_everyPiece_pointIntoTheWholeTextAndTheWholeAudio() {
        FakeBackend timed = FourSentences.builder()
                .pauses(SENTENCE_PAUSE, PARAGRAPH_PAUSE)
                .behaviour(Behaviour.speak().withTimings())
                .build();
        String text = "  " + ONE + " " + TWO + "\n\n" + THREE;
        byte[] audio;
        List<TimingMark> timings;

        try (AudioSource source = stream(timed, 2, four.manual, four.synthesis(text))) {
            audio = readAll(source);
            timings = source.timings();
        }

        List<String> words = new ArrayList<>();
        for (TimingMark mark : timings) {
            String word = text.substring(mark.textStart(), mark.textEnd());
            words.add(word);
            byte[] sound =
                    Arrays.copyOfRange(audio, (int) FORMAT.bytesIn(mark.start()), (int) FORMAT.bytesIn(mark.end()));
            assertThat(sound).as(word).isEqualTo(audioOf(word));
        }
        assertThat(String.join(" ", words)).isEqualTo(ONE + " " + TWO + " " + THREE);
    }

    @Test
    void timings_inTheMiddle_areThoseThatHaveArrived() {
        FakeBackend timed = FourSentences.builder()
                .behaviour(Behaviour.speak().withTimings().chunks(100_000))
                .build();

        try (AudioSource source = stream(timed, 2, four.manual, four.synthesis(TEXT))) {
            assertThat(source.timings()).isEmpty();
            source.read();
            assertThat(source.timings()).hasSize(3);
            source.read();
            assertThat(source.timings()).hasSize(7);
        }
    }

    @Test
    void timings_pieceLeftOut_doNotMoveTheOnesBehind() {
        FakeBackend timed = FourSentences.builder()
                .behaviour(Behaviour.speak().withTimings())
                .build();
        timed.enqueue(unspeakable());

        try (AudioSource source = stream(timed, 2, four.manual, four.synthesis(TEXT))) {
            readAll(source);
            assertThat(source.timings().get(0)).satisfies(mark -> {
                assertThat(mark.textStart()).isEqualTo(TEXT.indexOf(TWO));
                assertThat(mark.start()).isZero();
            });
        }
    }

    @Test
    void timings_compressedAudio_areOnlyThoseWhoseTimeIsKnown() {
        AudioFormat mp3 = new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1);
        var mark = new TimingMark(TimingMark.Kind.WORD, 0, 3, Duration.ZERO, Duration.ofMillis(9));
        TtsBackend backend = new ScriptedBackend(
                TtsCapabilities.builder("scripted", mp3)
                        .segmentLimits(SegmentLimits.sentences())
                        .build(),
                synthesis -> new ScriptedSource(mp3).gives(1, 2).timings(mark));

        try (AudioSource source = stream(backend, 2, four.manual, four.synthesis(TEXT))) {
            readAll(source);
            assertThat(source.timings()).as("of the first piece").containsExactly(mark);
        }
    }

    @Test
    void policy_windowOutOfRange_isRefused() {
        assertThatThrownBy(() -> SegmentingPolicy.defaults().withWindow(0)).hasMessage("window: 0, allowed 1 to 8");
        assertThatThrownBy(() -> SegmentingPolicy.defaults().withWindow(9)).hasMessage("window: 9, allowed 1 to 8");
        assertThat(SegmentingPolicy.defaults().window()).isEqualTo(2);
    }
}
