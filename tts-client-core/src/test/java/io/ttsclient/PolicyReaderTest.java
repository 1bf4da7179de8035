// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Settings;
import io.ttsclient.error.Faults;
import io.ttsclient.layer.AdmissionPolicy;
import io.ttsclient.layer.AttemptTimeouts;
import io.ttsclient.layer.BreakerPolicy;
import io.ttsclient.layer.CachePolicy;
import io.ttsclient.layer.FallbackPolicy;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.layer.SegmentingPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which value of a configuration becomes which of a policy, and what holds for those that are not set. */
class PolicyReaderTest {
    private final Faults faults = new Faults();

    /** Names and values in turn. */
    private PolicyReader reading(String... set) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < set.length; i += 2) {
            values.put(set[i], set[i + 1]);
        }
        return new PolicyReader(new Settings(values, faults), faults, values.keySet());
    }

    @Test
    void policies_nothingSet_areNone() {
        PolicyReader reader = reading("maxWholeAudioBytes", "1");

        assertThat(reader.admission("admission.", null)).isNull();
        assertThat(reader.attemptTimeouts("attemptTimeouts.", null)).isNull();
        assertThat(reader.retry()).isNull();
        assertThat(reader.circuitBreaker()).isNull();
        assertThat(reader.fallback()).isNull();
        assertThat(reader.segmenting()).isNull();
        assertThat(reader.cache()).isNull();
        assertThat(faults.isEmpty()).isTrue();
    }

    @Test
    void admission_everyValue_isTaken() {
        PolicyReader reader = reading(
                "admission.maxConcurrent", "1",
                "admission.requestsPerMinute", "2",
                "admission.requestsPerDay", "3",
                "admission.charactersPerMinute", "4",
                "admission.maxQueued", "5",
                "admission.maxWaitMillis", "6");

        assertThat(reader.admission("admission.", null))
                .isEqualTo(new AdmissionPolicy(1, 2, 3, 4, 5, Duration.ofMillis(6)));
    }

    @Test
    void admission_ofOneBackend_hasTheRestFromTheGeneralOne() {
        AdmissionPolicy general = new AdmissionPolicy(1, 2, 3, 4, 5, Duration.ofMillis(6));

        assertThat(reading("backends.0.admission.requestsPerDay", "30").admission("backends.0.admission.", general))
                .isEqualTo(new AdmissionPolicy(1, 2, 30, 4, 5, Duration.ofMillis(6)));
        assertThat(reading("backends.0.admission.maxQueued", "0").admission("backends.0.admission.", null))
                .isEqualTo(AdmissionPolicy.unlimited()
                        .withQueue(0, AdmissionPolicy.unlimited().maxWait()));
    }

    @Test
    void attemptTimeouts_bothOrTheRestOfTheGeneralOnes_areTaken() {
        AttemptTimeouts general = reading(
                        "attemptTimeouts.firstAudioMillis", "1000", "attemptTimeouts.stallMillis", "2000")
                .attemptTimeouts("attemptTimeouts.", null);

        assertThat(general).isEqualTo(new AttemptTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(2)));
        assertThat(reading("backends.1.attemptTimeouts.stallMillis", "3000")
                        .attemptTimeouts("backends.1.attemptTimeouts.", general))
                .isEqualTo(new AttemptTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(3)));
    }

    @Test
    void retry_everyValueOrSome_isTaken() {
        RetryPolicy usual = RetryPolicy.defaults();

        assertThat(reading(
                                "retry.maxAttempts", "2",
                                "retry.baseDelayMillis", "3",
                                "retry.maxDelayMillis", "4",
                                "retry.maxRetryAfterMillis", "5")
                        .retry())
                .isEqualTo(new RetryPolicy(2, Duration.ofMillis(3), Duration.ofMillis(4), Duration.ofMillis(5)));
        assertThat(reading("retry.maxAttempts", "7").retry()).isEqualTo(usual.withMaxAttempts(7));
    }

    @Test
    void circuitBreaker_everyValueOrSome_isTaken() {
        BreakerPolicy usual = BreakerPolicy.defaults();

        assertThat(reading(
                                "circuitBreaker.failureRate", "40",
                                "circuitBreaker.window", "30",
                                "circuitBreaker.minimumAttempts", "20",
                                "circuitBreaker.openForMillis", "10",
                                "circuitBreaker.probes", "2")
                        .circuitBreaker())
                .isEqualTo(new BreakerPolicy(40, 30, 20, Duration.ofMillis(10), 2));
        assertThat(reading("circuitBreaker.openForMillis", "1").circuitBreaker())
                .isEqualTo(new BreakerPolicy(
                        usual.failureRate(),
                        usual.window(),
                        usual.minimumAttempts(),
                        Duration.ofMillis(1),
                        usual.probes()));
    }

    @Test
    void fallbackAndSegmenting_everyValue_isTaken() {
        SegmentingPolicy usual = SegmentingPolicy.defaults();

        assertThat(reading("fallbackPolicy.afterContentRejected", "true").fallback())
                .isEqualTo(new FallbackPolicy(true));
        assertThat(reading(
                                "segmenting.window", "3",
                                "segmenting.aheadMillis", "4",
                                "segmenting.patienceMillis", "5")
                        .segmenting())
                .isEqualTo(new SegmentingPolicy(3, Duration.ofMillis(4), Duration.ofMillis(5), usual.growing()));
    }

    @Test
    void cache_everyValueOrSome_isTaken() {
        assertThat(reading(
                                "cache.maxBytes", "1000",
                                "cache.maxRecordingBytes", "100",
                                "cache.timeToLiveMillis", "10",
                                "cache.directory", "somewhere",
                                "cache.directoryMaxBytes", "5000")
                        .cache())
                .isEqualTo(new CacheConfig(
                        new CachePolicy(1_000, 100, Duration.ofMillis(10), null), Path.of("somewhere"), 5_000));
        assertThat(reading("cache.maxBytes", "1000").cache())
                .isEqualTo(new CacheConfig(CachePolicy.inMemory(1_000), null, 0));
    }

    @Test
    void values_thatDoNotGoTogether_areFaults() {
        PolicyReader reader = reading(
                "retry.baseDelayMillis", "10",
                "retry.maxDelayMillis", "5",
                "circuitBreaker.window", "2",
                "circuitBreaker.minimumAttempts", "3",
                "cache.maxBytes", "10",
                "cache.maxRecordingBytes", "11",
                "attemptTimeouts.stallMillis", "1");

        assertThat(reader.retry()).isNull();
        assertThat(reader.circuitBreaker()).isNull();
        assertThat(reader.cache()).isNull();
        reader.attemptTimeouts("attemptTimeouts.", null);

        assertThat(faults.toString())
                .contains(
                        "retry.maxDelayMillis",
                        "circuitBreaker.minimumAttempts",
                        "cache.maxRecordingBytes",
                        "attemptTimeouts.firstAudioMillis: not set");
    }
}
