// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.speech.AttemptReport;
import io.ttsclient.speech.CacheResult;
import io.ttsclient.speech.SpeechListener.Outcome;
import io.ttsclient.speech.SpeechReport;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(8_000);

    private final VirtualTime time = new VirtualTime();
    private final Journal journal = new Journal("r-1", time);

    private void pass(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    @Test
    void report_nothingHappened_hasOnlyTheId() {
        SpeechReport report = journal.report();

        assertThat(report.requestId()).isEqualTo("r-1");
        assertThat(report.attempts()).isEmpty();
        assertThat(report.backend()).isEmpty();
        assertThat(report.timeToFirstAudio()).isEmpty();
        assertThat(report.total()).isEmpty();
        assertThat(report.audioDuration()).isZero();
    }

    @Test
    void report_aRequestFromBeginningToEnd_tellsWhenWhatHappened() {
        pass(100);
        journal.firstAudio();
        journal.waited(100_000_000);
        journal.delivered(FORMAT, 1_600);
        pass(50);
        journal.firstAudio();
        journal.delivered(FORMAT, 1_600);
        journal.waited(10_000_000);
        pass(50);
        journal.ended(Outcome.COMPLETE, null);
        pass(1_000);
        journal.ended(Outcome.COMPLETE, null);

        SpeechReport report = journal.report();

        assertThat(report.timeToFirstAudio()).contains(Duration.ofMillis(100));
        assertThat(report.total()).contains(Duration.ofMillis(200));
        assertThat(report.processing()).isEqualTo(Duration.ofMillis(110));
        assertThat(report.audioDuration()).isEqualTo(Duration.ofMillis(200));
        assertThat(report.realTimeFactor()).hasValue(0.55);
        assertThat(journal.audioDelivered()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void audioDelivered_compressed_isUnknown() {
        journal.delivered(new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1), 5_000);

        assertThat(journal.audioDelivered()).isZero();
        assertThat(journal.report().realTimeFactor()).isEmpty();
    }

    @Test
    void attempt_everythingTakenDown_isInTheReport() {
        Attempt attempt = journal.attempt("deepgram");
        attempt.voice("anna");
        attempt.sent(10);
        attempt.sent(5);
        attempt.queued(Duration.ofMillis(1));
        attempt.connected(Duration.ofMillis(2));
        attempt.providerRequestId("p-1");
        attempt.spoke();

        SpeechReport report = journal.report();

        assertThat(attempt.backend()).isEqualTo("deepgram");
        assertThat(report.backend()).contains("deepgram");
        assertThat(report.voice()).contains("anna");
        assertThat(report.queueWait()).contains(Duration.ofMillis(1));
        assertThat(report.connect()).contains(Duration.ofMillis(2));
        assertThat(report.attempts()).singleElement().satisfies(one -> {
            assertThat(one.backend()).isEqualTo("deepgram");
            assertThat(one.voice()).contains("anna");
            assertThat(one.charactersSent()).isEqualTo(15);
            assertThat(one.providerRequestId()).contains("p-1");
            assertThat(one.failure()).isEmpty();
        });
    }

    @Test
    void attempts_several_areInTheOrderInWhichTheyBegan() {
        journal.attempt("first").failed(Category.CONNECTION, Origin.PROVIDER);
        journal.attempt("second").spoke();

        assertThat(journal.attempts()).isEqualTo(2);
        assertThat(journal.report().attempts())
                .extracting(AttemptReport::backend)
                .containsExactly("first", "second");
        assertThat(journal.report().attempts().get(0).failure()).contains(Category.CONNECTION);
    }

    @Test
    void report_firstAttemptBrokeOffAndAnotherHeld_namesTheOneThatHeld() {
        Attempt broken = journal.attempt("first");
        broken.spoke();
        broken.failed(Category.TRUNCATED, Origin.PROVIDER);
        journal.attempt("second").spoke();

        assertThat(journal.report().backend()).contains("second");
    }

    @Test
    void report_everyAttemptBrokeOff_namesTheFirstThatSpoke() {
        journal.attempt("silent").failed(Category.NO_AUDIO, Origin.PROVIDER);
        for (String backend : List.of("first", "second")) {
            Attempt broken = journal.attempt(backend);
            broken.spoke();
            broken.failed(Category.TRUNCATED, Origin.PROVIDER);
        }

        assertThat(journal.report().backend()).contains("first");
    }

    @Test
    void report_severalPiecesSpoken_namesTheFirst() {
        journal.attempt("first").spoke();
        journal.attempt("second").spoke();

        assertThat(journal.report().backend()).contains("first");
    }

    private void gave(String backend, int millis) {
        Attempt attempt = journal.attempt(backend);
        attempt.spoke();
        attempt.gave(Duration.ofMillis(millis));
    }

    private void cacheGave(int millis) {
        journal.cacheAnswered("red", CacheResult.HIT, null, null, () -> Duration.ofMillis(millis));
    }

    private void delivered(int millis) {
        journal.delivered(FORMAT, (int) FORMAT.bytesIn(Duration.ofMillis(millis)));
    }

    private List<Long> deliveredOfEach() {
        return journal.report().attempts().stream()
                .map(attempt -> attempt.audioDelivered().toMillis())
                .toList();
    }

    @Test
    void audioDelivered_leftInTheSecondPiece_isAllOfTheFirstAndPartOfTheSecond() {
        gave("red", 100);
        gave("red", 100);
        gave("red", 100);
        delivered(150);

        assertThat(deliveredOfEach()).containsExactly(100L, 50L, 0L);
    }

    @Test
    void audioDelivered_firstPieceFromACache_isOfNoAttempt() {
        cacheGave(100);
        gave("red", 100);
        delivered(150);

        assertThat(deliveredOfEach()).containsExactly(50L);
    }

    @Test
    void audioDelivered_secondPieceFromACache_isOfTheAttemptBefore() {
        gave("red", 100);
        cacheGave(100);
        gave("red", 100);
        delivered(150);

        assertThat(deliveredOfEach()).containsExactly(100L, 0L);
    }

    @Test
    void audioDelivered_anotherBackendWasAsked_isItsOwn() {
        cacheGave(100);
        gave("red", 100);
        journal.fellBack("red", "green", Category.UNAVAILABLE);
        gave("green", 200);
        delivered(200);

        assertThat(deliveredOfEach()).containsExactly(0L, 200L);
    }

    @Test
    void audioDelivered_attemptThatNeverSpoke_isZero() {
        Attempt silent = journal.attempt("red");
        silent.gave(Duration.ofMillis(50)); // whole audio that broke off
        gave("red", 100);
        delivered(100);

        assertThat(deliveredOfEach()).containsExactly(0L, 100L);
    }

    @Test
    void warning_repeated_isTakenDownOnce() {
        journal.warning("RedOptions ignored");
        journal.warning("left out");
        journal.warning("RedOptions ignored");

        assertThat(journal.report().warnings()).containsExactly("RedOptions ignored", "left out");
    }

    @Test
    void report_takenEarlier_doesNotChange() {
        SpeechReport early = journal.report();

        journal.warning("late");
        journal.attempt("late");

        assertThat(early.warnings()).isEmpty();
        assertThat(early.attempts()).isEmpty();
    }

    @Test
    void everything_fromManyThreads_isTakenDown() {
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(CompletableFuture.runAsync(() -> {
                for (int n = 0; n < 500; n++) {
                    journal.attempt("fake").sent(1);
                    journal.delivered(FORMAT, 16);
                    journal.report();
                }
            }));
        }
        threads.forEach(thread -> thread.orTimeout(30, TimeUnit.SECONDS).join());

        assertThat(journal.attempts()).isEqualTo(2_000);
        assertThat(journal.audioDelivered()).isEqualTo(Duration.ofSeconds(2));
    }
}
