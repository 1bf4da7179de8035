// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Health.Status;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.BreakerState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {
    private final Health full = Health.builder(Status.DEGRADED, "its latest attempt failed")
            .backend("red")
            .breaker(BreakerState.CLOSED)
            .lastFailure(Category.TRUNCATED)
            .latency(Duration.ofMillis(80))
            .build();

    @Test
    void factories_statuses_saySo() {
        assertThat(Health.up("a").status()).isEqualTo(Status.UP);
        assertThat(Health.degraded("a").status()).isEqualTo(Status.DEGRADED);
        assertThat(Health.down("a").status()).isEqualTo(Status.DOWN);
        assertThat(Health.busy("a").status()).isEqualTo(Status.BUSY);
        assertThat(Health.unknown("a").status()).isEqualTo(Status.UNKNOWN);
        assertThat(Health.up("a").detail()).isEqualTo("a");
        assertThat(Health.up("a").backend()).isEmpty();
        assertThat(Health.up("a").breaker()).isEmpty();
        assertThat(Health.up("a").lastFailure()).isEmpty();
        assertThat(Health.up("a").latency()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"RATE_LIMIT, BUSY", "AUTHENTICATION, DOWN", "CONNECTION, DOWN", "TIMEOUT, DOWN"})
    void of_failedQuestion_saysWhy(Category category, Status status) {
        TtsException failure = TtsException.builder(category, "why").build();

        assertThat(Health.of(failure))
                .isEqualTo(Health.builder(status, failure.getMessage())
                        .lastFailure(category)
                        .build());
    }

    @Test
    void toBuilder_nothingChanged_isEqual() {
        assertThat(full.toBuilder().build()).isEqualTo(full).hasSameHashCodeAs(full);
    }

    @Test
    void equals_oneDifference_isNotEqual() {
        assertThat(full)
                .isNotEqualTo(full.toBuilder(Status.UP, full.detail()).build())
                .isNotEqualTo(full.toBuilder(Status.DEGRADED, "other").build())
                .isNotEqualTo(full.toBuilder().backend(null).build())
                .isNotEqualTo(full.toBuilder().breaker(BreakerState.OPEN).build())
                .isNotEqualTo(full.toBuilder().lastFailure(null).build())
                .isNotEqualTo(full.toBuilder().latency(null).build())
                .isNotEqualTo("Health");
    }

    @Test
    void toString_full_saysAll() {
        assertThat(full)
                .hasToString("Health[red DEGRADED, its latest attempt failed, breaker=CLOSED, lastFailure=TRUNCATED,"
                        + " latency=PT0.08S]");
        assertThat(Health.up("fine")).hasToString("Health[UP, fine]");
    }
}
