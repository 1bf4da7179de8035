// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.error.Category;
import io.ttsclient.speech.SpeechListener.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeechReportTest {
    @Test
    void build_onlyAnId_leavesTheRestEmpty() {
        SpeechReport report = SpeechReport.builder("r-1").build();

        assertThat(report.requestId()).isEqualTo("r-1");
        assertThat(report.backend()).isEmpty();
        assertThat(report.voice()).isEmpty();
        assertThat(report.queueWait()).isEmpty();
        assertThat(report.connect()).isEmpty();
        assertThat(report.timeToFirstAudio()).isEmpty();
        assertThat(report.total()).isEmpty();
        assertThat(report.audioDuration()).isZero();
        assertThat(report.realTimeFactor()).isEmpty();
        assertThat(report.attempts()).isEmpty();
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void build_everythingSet_isThere() {
        var attempt = new AttemptReport("local", null, "anna", 5, Duration.ZERO, Duration.ZERO, null, null, null);
        SpeechReport report = SpeechReport.builder("r-1")
                .backend("local")
                .voice("anna")
                .queueWait(Duration.ofMillis(1))
                .connect(Duration.ofMillis(2))
                .timeToFirstAudio(Duration.ofMillis(3))
                .total(Duration.ofMillis(4))
                .audioDuration(Duration.ofMillis(5))
                .attempts(List.of(attempt))
                .warnings(List.of("RedOptions ignored"))
                .build();

        assertThat(report.backend()).contains("local");
        assertThat(report.voice()).contains("anna");
        assertThat(report.queueWait()).contains(Duration.ofMillis(1));
        assertThat(report.connect()).contains(Duration.ofMillis(2));
        assertThat(report.timeToFirstAudio()).contains(Duration.ofMillis(3));
        assertThat(report.total()).contains(Duration.ofMillis(4));
        assertThat(report.audioDuration()).isEqualTo(Duration.ofMillis(5));
        assertThat(report.attempts()).containsExactly(attempt);
        assertThat(report.warnings()).containsExactly("RedOptions ignored");
        assertThat(report.toString()).contains("r-1", "local", "anna", "PT0.004S", "RedOptions ignored");
    }

    @Test
    void realTimeFactor_noDurationOfTheAudio_isEmpty() {
        assertThat(SpeechReport.builder("r")
                        .processing(Duration.ofSeconds(1))
                        .total(Duration.ofSeconds(1))
                        .build()
                        .realTimeFactor())
                .isEmpty();
    }

    @Test
    void realTimeFactor_beforeTheEnd_isEmpty() {
        assertThat(SpeechReport.builder("r")
                        .processing(Duration.ofSeconds(1))
                        .audioDuration(Duration.ofSeconds(2))
                        .build()
                        .realTimeFactor())
                .isEmpty();
    }

    @Test
    void realTimeFactor_slowReader_countsOnlyTheTimeThatWasWaited() {
        SpeechReport report = SpeechReport.builder("r")
                .processing(Duration.ofMillis(500))
                .total(Duration.ofSeconds(60))
                .audioDuration(Duration.ofSeconds(2))
                .build();

        assertThat(report.processing()).isEqualTo(Duration.ofMillis(500));
        assertThat(report.realTimeFactor()).hasValue(0.25);
    }

    @Test
    void attempts_listChangedAfterwards_staysAsItWas() {
        List<AttemptReport> attempts = new ArrayList<>();
        SpeechReport report = SpeechReport.builder("r").attempts(attempts).build();

        attempts.add(new AttemptReport("local", null, null, 0, Duration.ZERO, Duration.ZERO, null, null, null));

        assertThat(report.attempts()).isEmpty();
    }

    @Test
    void attempt_failed_saysWhyAndWhose() {
        var attempt = new AttemptReport(
                "deepgram",
                null,
                "anna",
                12,
                Duration.ofMillis(30),
                Duration.ofMillis(20),
                Outcome.FAILED,
                Category.TRUNCATED,
                "p-1");

        assertThat(attempt.backend()).isEqualTo("deepgram");
        assertThat(attempt.voice()).contains("anna");
        assertThat(attempt.charactersSent()).isEqualTo(12);
        assertThat(attempt.audioDuration()).isEqualTo(Duration.ofMillis(30));
        assertThat(attempt.audioDelivered()).isEqualTo(Duration.ofMillis(20));
        assertThat(attempt.outcome()).contains(Outcome.FAILED);
        assertThat(attempt.failure()).contains(Category.TRUNCATED);
        assertThat(attempt.providerRequestId()).contains("p-1");
        assertThat(attempt)
                .hasToString(
                        "AttemptReport[deepgram, voice=anna, charactersSent=12, TRUNCATED, providerRequestId=p-1]");
    }

    @Test
    void attempt_succeeded_hasNoFailure() {
        var attempt =
                new AttemptReport("local", null, null, 12, Duration.ZERO, Duration.ZERO, Outcome.COMPLETE, null, null);

        assertThat(attempt.failure()).isEmpty();
        assertThat(attempt.voice()).isEmpty();
        assertThat(attempt.providerRequestId()).isEmpty();
        assertThat(attempt).hasToString("AttemptReport[local, voice=null, charactersSent=12, ok]");
    }

    @Test
    void timingMark_shifted_movesInTextAndTime() {
        var mark = new TimingMark(TimingMark.Kind.WORD, 2, 5, Duration.ofMillis(100), Duration.ofMillis(200));

        assertThat(mark.shiftedBy(10, Duration.ofSeconds(1)))
                .isEqualTo(
                        new TimingMark(TimingMark.Kind.WORD, 12, 15, Duration.ofMillis(1100), Duration.ofMillis(1200)));
    }

    @Test
    void timingMark_emptyRanges_areTaken() {
        var mark = new TimingMark(TimingMark.Kind.SEGMENT, 3, 3, Duration.ZERO, Duration.ZERO);

        assertThat(mark.textEnd()).isEqualTo(3);
    }

    @Test
    void timingMark_rangeBackwards_isRefusedWithTheRange() {
        Duration one = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new TimingMark(TimingMark.Kind.WORD, 5, 4, one, one))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 to 4");
        assertThatThrownBy(() -> new TimingMark(TimingMark.Kind.WORD, -1, 4, one, one))
                .hasMessageContaining("-1 to 4");
        assertThatThrownBy(() -> new TimingMark(TimingMark.Kind.WORD, 0, 4, one, Duration.ZERO))
                .hasMessageContaining("PT1S to PT0S");
        assertThatThrownBy(() -> new TimingMark(TimingMark.Kind.WORD, 0, 4, one.negated(), one))
                .hasMessageContaining("PT-1S to PT1S");
    }

    @Test
    void voice_languagesChangedAfterwards_stayAsTheyWere() {
        List<String> languages = new ArrayList<>(List.of("en-US"));
        var voice = new Voice("anna", "Anna", languages, "warm");

        languages.add("de-DE");

        assertThat(voice.languages()).containsExactly("en-US");
    }
}
