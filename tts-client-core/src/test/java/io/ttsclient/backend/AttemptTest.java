// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptTest {
    private final VirtualTime time = new VirtualTime();
    private final Attempt attempt = new Journal("r", time).attempt("fake");

    @Test
    void owingSince_neverRested_isWhatWasAsked() {
        assertThat(attempt.isResting()).isFalse();
        attempt.resumed();
        assertThat(attempt.owingSince(time.nanoTime() - 5)).isEqualTo(time.nanoTime() - 5);
    }

    @Test
    void owingSince_restedMeanwhile_isTheEndOfTheRest() {
        long since = time.nanoTime();
        attempt.resting();
        time.advance(Duration.ofSeconds(9));
        assertThat(attempt.isResting()).isTrue();
        attempt.resumed();
        long resumed = time.nanoTime();
        time.advance(Duration.ofSeconds(1));

        assertThat(attempt.isResting()).isFalse();
        assertThat(attempt.owingSince(since)).isEqualTo(resumed);
        assertThat(attempt.owingSince(resumed + 1)).isEqualTo(resumed + 1);
    }
}
