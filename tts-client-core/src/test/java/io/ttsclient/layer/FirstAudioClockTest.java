// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Attempt;
import io.ttsclient.backend.Cancellation;
import io.ttsclient.backend.GrowingText;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.doubles.Requests;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FirstAudioClockTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration NANO = Duration.ofNanos(1);

    private final VirtualTime time = new VirtualTime();
    private final GrowingText text = new GrowingText();
    private final Cancellation scope = new Cancellation();
    private final Synthesis synthesis = synthesis(text);
    private final FirstAudioClock clock = new FirstAudioClock(synthesis, scope, TIMEOUT);

    private Synthesis synthesis(TextSource source) {
        return new Requests(time).attempted(Synthesis.builder(source, "r-1", time));
    }

    private void assertLateAfter(Duration left) {
        time.advance(left.minus(NANO));
        assertThat(clock.isLate()).isFalse();
        assertThat(scope.isCancelled()).isFalse();
        time.advance(NANO);
        assertThat(clock.isLate()).isTrue();
        assertThat(scope.isCancelled()).isTrue();
        assertThat(clock.arrived()).isFalse();
    }

    @Test
    void start_wholeText_countsAtOnce() {
        var whole = new FirstAudioClock(synthesis(TextSource.of("Hello")), scope, TIMEOUT);
        whole.start();

        time.advance(TIMEOUT);

        assertThat(whole.isLate()).isTrue();
    }

    @Test
    void start_noSentenceYet_doesNotCount() {
        clock.start();
        text.append("Your table");

        time.advance(Duration.ofHours(1));

        assertThat(clock.isLate()).isFalse();
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void append_theFirstSentenceIsComplete_countsFromThereOn() {
        clock.start();
        text.append("Your table is ready");
        time.advance(Duration.ofHours(1));

        text.append(". Please");

        assertLateAfter(TIMEOUT);
    }

    @Test
    void append_moreSentences_doNotBeginItAnew() {
        clock.start();
        text.append("One. Two. ");
        time.advance(TIMEOUT.dividedBy(3));

        text.append("Three. Four. ");

        assertLateAfter(TIMEOUT.minus(TIMEOUT.dividedBy(3)));
    }

    @Test
    void flush_halfASentence_counts() {
        clock.start();
        text.append("Your table");
        time.advance(Duration.ofHours(1));

        text.flush();

        assertLateAfter(TIMEOUT);
    }

    @Test
    void finish_halfASentence_counts() {
        clock.start();
        text.append("Your table");
        time.advance(Duration.ofHours(1));

        text.finish();

        assertLateAfter(TIMEOUT);
    }

    @Test
    void start_sentenceIsThereAlready_countsAtOnce() {
        text.append("Your table is ready. Please");

        clock.start();

        assertLateAfter(TIMEOUT);
    }

    @Test
    void resting_backendThatWaitsForText_countsFromTheEndOfItsRest() {
        Attempt attempt = synthesis.attempt();
        text.append("One. Two");
        clock.start();
        attempt.resting();
        time.advance(TIMEOUT.multipliedBy(10));
        assertThat(clock.isLate()).isFalse();

        attempt.resumed();

        assertLateAfter(TIMEOUT);
    }

    @Test
    void stop_audioArrived_isNeverLate() {
        clock.start();
        text.append("One. Two");
        assertThat(clock.arrived()).isTrue();

        clock.stop();

        assertThat(time.scheduled()).isZero();
        text.finish();
        time.advance(TIMEOUT);
        assertThat(clock.isLate()).isFalse();
    }

    @Test
    void append_clockOfTheClientIsClosed_cancelsTheAttempt() {
        clock.start();
        time.close();

        text.append("One. Two");

        assertThat(scope.isCancelled()).isTrue();
        assertThat(clock.isLate()).isFalse();
    }
}
