// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Deadline;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AttemptReport;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechReport;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.speech.Voice;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.text.SegmentLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class LocalVoiceTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(ToyVoice.RATE);

    @TempDir
    Path folder;

    private final ArrayDeque<TtsBackend> opened = new ArrayDeque<>();

    @AfterEach
    void closeVoices() {
        opened.forEach(TtsBackend::close);
    }

    private LocalVoice open(LocalVoiceBuilder builder) {
        LocalVoice voice = builder.build();
        opened.push(voice);
        return voice;
    }

    private LocalVoice load(ToyVoice toy) {
        return open(LocalVoice.builder().model(toy.in(folder)));
    }

    private static List<Integer> idsOf(LocalVoice voice, Synthesis synthesis) {
        return ToyVoice.idsIn(Listening.samples(Listening.to(voice, synthesis)));
    }

    private static List<Integer> idsOf(LocalVoice voice, String text) {
        return idsOf(voice, TestSynthesis.of(text));
    }

    @Test
    void stream_text_theGraphGetsTheIdsOfPipersContract() {
        assertThat(idsOf(load(new ToyVoice()), "abd.")).containsExactly(1, 0, 10, 0, 11, 0, 13, 14, 0, 4, 0, 2);
    }

    @Test
    void stream_otherNamesAndIntegerTypes_areReadFromTheGraph() {
        assertThat(idsOf(load(new ToyVoice().exportedElsewhere()), "ab.")).containsExactly(1, 0, 10, 0, 11, 0, 4, 0, 2);
    }

    @Test
    void stream_phonemizer_isAskedForItsSymbols() {
        var voice = open(LocalVoice.builder()
                .model(new ToyVoice().replace("\"text\"", "\"espeak\"").in(folder))
                .phonemizer(text -> List.of(new PhonemeRun("ba.", 0, text.length()))));
        assertThat(idsOf(voice, "anything")).containsExactly(1, 0, 11, 0, 10, 0, 4, 0, 2);
    }

    @Test
    void stream_combiningMarks_areTheirOwnSymbols() {
        assertThat(idsOf(load(new ToyVoice()), "\u00e1.")).containsExactly(1, 0, 10, 0, 40, 0, 4, 0, 2);
    }

    @Test
    void stream_audio_isInChunksOfTheVoicesFormat() {
        try (AudioSource source = load(new ToyVoice()).stream(TestSynthesis.of("a".repeat(99) + "."))) {
            assertThat(source.format()).isEqualTo(FORMAT);
            AudioChunk first = Objects.requireNonNull(source.read());
            assertThat(first.size()).isEqualTo(3_200);
            assertThat(Listening.to(source)).hasSize(203 * ToyVoice.SAMPLES * 2 - 3_200);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.5, 2", "1, 1", "2, 0.5", "4, 0.25"})
    void stream_speed_stretchesTheAudio(double speed, double factor) {
        var options = SpeechOptions.builder().speed(speed).build();
        assertThat(Listening.to(load(new ToyVoice()), TestSynthesis.of("ab", options)))
                .hasSize((int) (9 * ToyVoice.SAMPLES * 2 * factor));
    }

    @Test
    void stream_lengthScaleOfTheConfig_isDividedBySpeed() {
        var options = SpeechOptions.builder().speed(4).build();
        var voice = load(new ToyVoice().replace("\"length_scale\": 1", "\"length_scale\": 2"));
        assertThat(Listening.to(voice, TestSynthesis.of("ab", options))).hasSize(9 * ToyVoice.SAMPLES * 2 / 2);
    }

    @Test
    void timings_graphThatTellsDurations_marksEachWord() {
        // Two frames of 32 samples at 16 kHz are 4 ms for each id.
        try (AudioSource source = load(new ToyVoice()).stream(TestSynthesis.of("ab, (cd)"))) {
            assertThat(source.timings()).containsExactly(mark(0, 2, 8, 24), mark(5, 7, 32, 52));
        }
    }

    private static TimingMark mark(int textStart, int textEnd, int startMillis, int endMillis) {
        return new TimingMark(
                TimingMark.Kind.WORD, textStart, textEnd, Duration.ofMillis(startMillis), Duration.ofMillis(endMillis));
    }

    @Test
    void timings_graphWithoutDurations_areNone() {
        try (AudioSource source = load(new ToyVoice().withoutDurations()).stream(TestSynthesis.of("ab"))) {
            assertThat(source.timings()).isEmpty();
        }
    }

    @Test
    void timings_secondOutputIsSomethingElse_areNone() {
        var toy = new ToyVoice().withoutDurations().otherSecondOutput();
        try (AudioSource source = load(toy).stream(TestSynthesis.of("ab"))) {
            assertThat(source.timings()).isEmpty();
        }
    }

    @Test
    void stream_graphMakesTwoChannels_isAProtocolFailure() {
        var voice = load(new ToyVoice().stereo());
        assertThat(Thrown.by(Category.PROTOCOL, () -> voice.stream(TestSynthesis.of("a."))))
                .hasMessageContaining("[1, 1, 2, ");
    }

    @Test
    void stream_report_saysVoiceCharactersAndWait() {
        Synthesis synthesis = TestSynthesis.of("ab ab");
        Listening.to(load(new ToyVoice()), synthesis);
        synthesis.attempt().spoke();
        SpeechReport report = synthesis.journal().report();
        assertThat(report.voice()).contains("toy");
        assertThat(report.queueWait()).contains(Duration.ZERO);
        assertThat(report.attempts()).extracting(AttemptReport::charactersSent).containsExactly(5);
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void stream_punctuationWithoutSymbol_isLeftOutWithAWarning() {
        Synthesis synthesis = TestSynthesis.of("a\u2014b \ud83d\ude00");
        assertThat(idsOf(load(new ToyVoice()), synthesis)).containsExactly(1, 0, 10, 0, 11, 0, 3, 0, 4, 0, 2);
        assertThat(synthesis.journal().report().warnings())
                .singleElement()
                .asString()
                .startsWith("2 characters left out");
    }

    @Test
    void stream_letterWithoutSymbol_isUnsupportedWithoutTheText() {
        var voice = load(new ToyVoice());
        TtsException failure = Thrown.by(Category.UNSUPPORTED, () -> voice.stream(TestSynthesis.of("ab \u0416")));
        assertThat(failure.toString()).contains("CYRILLIC").doesNotContain("\u0416", "ab");
        assertThat(failure.requestId()).contains("test-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "...", "\u2026 \u2014", "\ud83d\ude00"})
    void stream_nothingToPronounce_saysSo(String text) {
        var voice = load(new ToyVoice());
        assertThatThrownBy(() -> voice.stream(TestSynthesis.of(text)))
                .isInstanceOf(NothingToSpeakException.class)
                .hasMessageContaining("test-request");
    }

    @Test
    void stream_severalSpeakers_byNameByNumberAndTheDefaultOne() {
        var voice = load(new ToyVoice().speakers(3));
        assertThat(idsOf(voice, "a.")).containsExactly(101, 100, 110, 100, 104, 100, 102);
        assertThat(idsOf(voice, TestSynthesis.of("a", SpeechOptions.voice("high"))))
                .startsWith(201, 200, 210);
        assertThat(idsOf(voice, TestSynthesis.of("a", SpeechOptions.voice("0"))))
                .startsWith(1, 0, 10);
        assertThat(voice.voices()).extracting(Voice::id).containsExactly("low", "1", "high");
    }

    @Test
    void stream_speakerOfTheBuilder_isTheDefaultOne() {
        var model = new ToyVoice().speakers(3).in(folder);
        assertThat(idsOf(open(LocalVoice.builder().model(model).speaker("high")), "a"))
                .startsWith(201);
    }

    @Test
    void build_unknownSpeaker_isNotFound() {
        var builder = LocalVoice.builder().model(new ToyVoice().in(folder)).speaker("nobody");
        assertThat(Thrown.by(Category.NOT_FOUND, builder::build)).hasMessageContaining("voice: 'nobody'");
    }

    @Test
    void stream_unknownVoice_isNotFoundAndNamesSome() {
        var voice = load(new ToyVoice());
        Synthesis synthesis = TestSynthesis.of("a", SpeechOptions.voice("nobody"));
        assertThat(Thrown.by(Category.NOT_FOUND, () -> voice.stream(synthesis)))
                .hasMessageContaining("voice: 'nobody', this model has toy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "en-US", "en-GB"})
    void stream_languageOfTheVoice_speaks(String tag) {
        var options = SpeechOptions.builder().language(tag).build();
        assertThat(Listening.to(load(new ToyVoice()), TestSynthesis.of("a", options)))
                .isNotEmpty();
    }

    @Test
    void stream_otherLanguage_isUnsupported() {
        var voice = load(new ToyVoice());
        var options = SpeechOptions.builder().language("de-DE").build();
        assertThat(Thrown.by(Category.UNSUPPORTED, () -> voice.stream(TestSynthesis.of("a", options))))
                .hasMessageContaining("language: de-DE, the voice toy speaks en-US");
    }

    @ParameterizedTest
    @CsvSource({"nb_NO, no", "zh_CN, cmn", "no_NO, nn"})
    void stream_anotherTagOfTheSameLanguage_speaks(String code, String tag) {
        var options = SpeechOptions.builder().language(tag).build();
        var voice = load(new ToyVoice().replace("en_US", code));
        assertThat(Listening.to(voice, TestSynthesis.of("a", options))).isNotEmpty();
    }

    @Test
    void stream_voiceThatDoesNotTellItsLanguage_takesAny() {
        var options = SpeechOptions.builder().language("vi").build();
        var voice = load(new ToyVoice().replace("\"code\": \"en_US\"", "").replace("\"voice\": \"en-us\"", ""));
        assertThat(Listening.to(voice, TestSynthesis.of("a", options))).isNotEmpty();
        assertThat(voice.voices().get(0).languages()).isEmpty();
    }

    @Test
    void stream_otherFormat_isUnsupported() {
        var voice = load(new ToyVoice());
        var options = SpeechOptions.builder().format(AudioFormat.mulaw(8_000)).build();
        assertThat(Thrown.by(Category.UNSUPPORTED, () -> voice.stream(TestSynthesis.of("a", options))))
                .hasMessageContaining("mulaw 8000 Hz")
                .hasMessageContaining("linear16 16000 Hz");
    }

    @Test
    void stream_itsOwnFormatAndModel_speaks() {
        var options = SpeechOptions.builder().format(FORMAT).model("toy").build();
        assertThat(Listening.to(load(new ToyVoice()), TestSynthesis.of("a", options)))
                .isNotEmpty();
    }

    @Test
    void stream_otherModel_isNotFound() {
        var voice = load(new ToyVoice());
        var options = SpeechOptions.builder().model("large").build();
        assertThat(Thrown.by(Category.NOT_FOUND, () -> voice.stream(TestSynthesis.of("a", options))))
                .hasMessageContaining("model: 'large', this one is toy");
    }

    @Test
    void stream_style_isIgnoredWithAWarning() {
        Synthesis synthesis =
                TestSynthesis.of("a", SpeechOptions.builder().style("whisper").build());
        assertThat(Listening.to(load(new ToyVoice()), synthesis)).isNotEmpty();
        assertThat(synthesis.journal().report().warnings())
                .singleElement()
                .asString()
                .startsWith("style ignored");
    }

    @Test
    void stream_deadlineHasPassed_isATimeout() {
        var time = new VirtualTime();
        Synthesis synthesis = TestSynthesis.of("a", SpeechOptions.none(), time)
                .withDeadline(Deadline.after(Duration.ofSeconds(1), time));
        time.advance(Duration.ofSeconds(1));
        var voice = load(new ToyVoice());
        Thrown.by(Category.TIMEOUT, () -> voice.stream(synthesis));
    }

    @Test
    void stream_graphMakesNoSample_isNoAudio() {
        var voice = load(new ToyVoice().silent());
        assertThat(Thrown.by(Category.NO_AUDIO, () -> voice.stream(TestSynthesis.of("a")))
                        .retryable())
                .isFalse();
    }

    @Test
    void stream_graphFails_isAProtocolFailureAndTheVoiceGoesOn() {
        var voice = load(new ToyVoice().failing());
        for (int i = 0; i < 2; i++) {
            assertThat(Thrown.by(Category.PROTOCOL, () -> voice.stream(TestSynthesis.of("a"))))
                    .hasRootCauseInstanceOf(OrtException.class);
        }
    }

    @Test
    void stream_phonemizerFails_isItsFailure() {
        var voice = open(LocalVoice.builder().model(new ToyVoice().in(folder)).phonemizer(text -> {
            throw Failures.unsupported("not today");
        }));
        assertThat(Thrown.by(Category.UNSUPPORTED, () -> voice.stream(TestSynthesis.of("a"))))
                .hasMessageContaining("not today")
                .hasMessageContaining("test-request");
    }

    @Test
    void stream_phonemizerHasABug_theBugIsSeen() {
        var voice = open(LocalVoice.builder().model(new ToyVoice().in(folder)).phonemizer(text -> {
            throw new ArithmeticException("a bug");
        }));
        assertThatThrownBy(() -> voice.stream(TestSynthesis.of("a"))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void stream_voiceIsClosedWhilePhonemizing_isClosed() {
        var gone = new IllegalStateException("the process has gone");
        var closing = new AtomicReference<Runnable>();
        var voice = open(LocalVoice.builder().model(new ToyVoice().in(folder)).phonemizer(text -> {
            closing.get().run();
            throw gone;
        }));
        closing.set(voice::close);
        assertThat(Thrown.by(Category.CLOSED, () -> voice.stream(TestSynthesis.of("a"))))
                .hasCause(gone);
    }

    @Test
    void capabilities_tellFormatLimitsAndPauses() {
        var voice = open(LocalVoice.builder()
                .model(new ToyVoice().in(folder))
                .sentencePause(Duration.ZERO)
                .paragraphPause(Duration.ofSeconds(2)));
        assertThat(voice.capabilities().backend()).isEqualTo("local");
        assertThat(voice.capabilities().formats()).containsExactly(FORMAT);
        assertThat(voice.capabilities().growingText()).isFalse();
        assertThat(voice.capabilities().segmentLimits())
                .hasValueSatisfying(limits -> assertThat(limits)
                        .returns(20, SegmentLimits::firstMinimum)
                        .returns(80, SegmentLimits::firstTarget));
        assertThat(voice.capabilities().sentencePause()).isZero();
        assertThat(voice.capabilities().paragraphPause()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void prewarm_askedTwice_asksThePhonemizerAndRunsTheGraph() {
        var asked = new AtomicInteger();
        var voice = open(LocalVoice.builder().model(new ToyVoice().in(folder)).phonemizer(text -> {
            asked.incrementAndGet();
            return List.of();
        }));
        voice.prewarm();
        voice.prewarm();
        assertThat(asked).hasValue(2);
    }

    @Test
    void prewarm_graphFails_saysSo() {
        Thrown.by(Category.PROTOCOL, () -> load(new ToyVoice().failing()).prewarm());
    }

    @Test
    void health_openThenClosed_isUpThenDown() {
        var voice = load(new ToyVoice());
        assertThat(voice.health().status()).isEqualTo(Health.Status.UP);
        assertThat(voice.health().detail()).matches("toy on ONNX Runtime \\d+\\.\\d+\\.\\d+");
        voice.close();
        assertThat(voice.health()).isEqualTo(Health.down("the voice is closed"));
    }

    @Test
    void close_givenPhonemizer_isNotClosed() {
        var closed = new AtomicInteger();
        var voice = open(LocalVoice.builder().model(new ToyVoice().in(folder)).phonemizer(new Phonemizer() {
            @Override
            public List<PhonemeRun> phonemize(String text) {
                return List.of();
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        }));
        voice.close();
        assertThat(closed).hasValue(0);
    }

    @Test
    void close_audioThatWasHandedOut_staysValid() {
        var voice = load(new ToyVoice());
        AudioSource source = voice.stream(TestSynthesis.of("ab"));
        voice.close();
        assertThat(Listening.to(source)).hasSize(9 * ToyVoice.SAMPLES * 2);
    }

    @Test
    void close_later_everythingElseIsClosed() {
        var voice = load(new ToyVoice());
        voice.close();
        voice.close();
        Thrown.by(Category.CLOSED, () -> voice.stream(TestSynthesis.of("a")));
        Thrown.by(Category.CLOSED, () -> voice.stream(TestSynthesis.of("")));
        Thrown.by(Category.CLOSED, voice::prewarm);
        assertThat(voice.voices()).hasSize(1);
    }

    @Test
    void toString_namesTheVoice() {
        assertThat(load(new ToyVoice())).hasToString("LocalVoice[toy, linear16 16000 Hz]");
    }
}
