// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Health;
import io.ttsclient.backend.Health.Status;
import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.BreakerState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PassiveHealthTest {
    private final PassiveHealth health = new PassiveHealth("red");

    private void fail(Category category) {
        health.failed(TtsException.builder(category, "told to").build());
    }

    @Test
    void health_unused_isUnknown() {
        assertThat(health.health())
                .isEqualTo(Health.builder(Status.UNKNOWN, "not used yet")
                        .backend("red")
                        .breaker(BreakerState.CLOSED)
                        .build());
    }

    @Test
    void health_spoke_isUpWithLatency() {
        health.succeeded(Duration.ofMillis(40));

        assertThat(health.health())
                .isEqualTo(Health.builder(Status.UP, "its latest attempt spoke")
                        .backend("red")
                        .breaker(BreakerState.CLOSED)
                        .latency(Duration.ofMillis(40))
                        .build());
    }

    @Test
    void health_unmeasuredSuccess_keepsTheLastLatency() {
        health.succeeded(Duration.ofMillis(40));
        health.succeeded(null);

        assertThat(health.health().latency()).contains(Duration.ofMillis(40));
    }

    @Test
    void health_failures_sayWhatTheyMeanForTheNextRequest() {
        Map<Category, Status> expected = new EnumMap<>(Category.class);
        expected.put(Category.RATE_LIMIT, Status.BUSY);
        expected.put(Category.OVERLOADED, Status.BUSY);
        expected.put(Category.AUTHENTICATION, Status.DOWN);
        expected.put(Category.QUOTA, Status.DOWN);
        expected.put(Category.CLOSED, Status.DOWN);
        expected.put(Category.CONNECTION, Status.DEGRADED);
        expected.put(Category.UNAVAILABLE, Status.DEGRADED);
        expected.put(Category.NO_AUDIO, Status.DEGRADED);
        expected.put(Category.TRUNCATED, Status.DEGRADED);
        expected.put(Category.PROTOCOL, Status.DEGRADED);
        expected.put(Category.TIMEOUT, Status.DEGRADED);

        for (Category category : Category.values()) {
            health.succeeded(null);
            fail(category);
            assertThat(health.health().status())
                    .as(category.name())
                    .isEqualTo(expected.getOrDefault(category, Status.UP));
            assertThat(health.health().detail()).isNotBlank();
        }
    }

    @Test
    void health_callersOwnDoing_isNoFailure() {
        fail(Category.CANCELLED);
        fail(Category.CIRCUIT_OPEN);
        health.failed(TtsException.builder(Category.TIMEOUT, "late")
                .timeoutPhase(TimeoutPhase.TOTAL)
                .build());

        assertThat(health.health().status()).isEqualTo(Status.UNKNOWN);
        assertThat(health.health().lastFailure()).isEmpty();
    }

    @Test
    void health_requestsFault_isTheLastFailureAndNoMore() {
        health.succeeded(null);
        fail(Category.INVALID_REQUEST);

        assertThat(health.health().status()).isEqualTo(Status.UP);
        assertThat(health.health().lastFailure()).contains(Category.INVALID_REQUEST);
    }

    @Test
    void health_recovered_isUpAndRemembersTheLastFailure() {
        fail(Category.CONNECTION);
        health.succeeded(null);

        assertThat(health.health().status()).isEqualTo(Status.UP);
        assertThat(health.health().lastFailure()).contains(Category.CONNECTION);
    }

    @Test
    void health_breaker_decides() {
        health.succeeded(null);
        var isTimeOver = new AtomicBoolean();
        health.breaker(BreakerState.OPEN, isTimeOver::get);
        assertThat(health.health().status()).isEqualTo(Status.DOWN);
        assertThat(health.health().detail()).isEqualTo("its circuit breaker is open");

        isTimeOver.set(true);
        assertThat(health.health().status()).isEqualTo(Status.DEGRADED);
        assertThat(health.health().detail()).isEqualTo("its circuit breaker lets the next request see");

        health.breaker(BreakerState.HALF_OPEN, () -> false);
        assertThat(health.health().status()).isEqualTo(Status.DEGRADED);
        assertThat(health.health().detail()).isEqualTo("its circuit breaker is half open");

        fail(Category.QUOTA);
        assertThat(health.health().status()).isEqualTo(Status.DOWN);
    }
}
