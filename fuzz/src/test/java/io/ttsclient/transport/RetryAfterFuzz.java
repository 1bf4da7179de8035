// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

class RetryAfterFuzz {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    /** The first and the last moment that a server's date can name. */
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    @FuzzTest
    void parse_anyValue_isATimeThatCanBeWaitedOrNothing(byte[] bytes) {
        String value = new String(bytes, StandardCharsets.UTF_8);

        assertBounded(RetryAfter.ofHeader(value, NOW));
        assertBounded(RetryAfter.ofHeader(value, EARLIEST));
        assertBounded(RetryAfter.ofHeader(value, LATEST));
        assertBounded(RetryAfter.ofMillis(value));
        assertBounded(RetryAfter.ofUnits(value));
        if (value.matches("[0-9]{1,7}")) {
            long number = Long.parseLong(value);
            assertThat(RetryAfter.ofHeader(value, NOW)).contains(Duration.ofSeconds(number));
            assertThat(RetryAfter.ofMillis(value)).contains(Duration.ofMillis(number));
            assertThat(RetryAfter.ofUnits(value + "s")).contains(Duration.ofSeconds(number));
        }
    }

    private static void assertBounded(Optional<Duration> wait) {
        assertThat(wait.orElse(Duration.ZERO)).isBetween(Duration.ZERO, LONGEST);
    }
}
