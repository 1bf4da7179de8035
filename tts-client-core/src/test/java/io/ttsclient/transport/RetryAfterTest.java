// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "120, PT2M",
        "' 7 ', PT7S",
        "0.25, PT0.25S",
        ".5, PT0.5S",
        "+3, PT3S",
        "-3, PT0S",
        "999999999999999999, P365D",
        "'Sun, 01 Nov 2026 12:00:30 GMT', PT30S",
        "'Sun, 01 Nov 2026 11:00:00 GMT', PT0S",
        "'Fri, 01 Nov 2126 12:00:00 GMT', P365D",
        "'Sunday, 01-Nov-26 12:00:30 GMT', PT30S",
        "'Sunday, 01-nov-26 11:00:00 gmt', PT0S",
        "'Sunday, 06-Nov-94 08:49:37 GMT', PT0S",
        "'Sunday, 01-Nov-76 12:00:00 GMT', P365D",
        "'Sun Nov  1 12:00:30 2026', PT30S",
        "'Sun Nov 15 12:00:00 2026', P14D",
        "'Sun Nov  6 08:49:37 1994', PT0S",
    })
    void ofHeader_secondsAndDates_areUnderstood(String value, Duration expected) {
        assertThat(RetryAfter.ofHeader(value, NOW)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "NaN",
                "Infinity",
                "1e9",
                "0x10",
                "12s",
                "1,5",
                ".",
                "--1",
                "Sun, 32 Nov 2026 12:00:30 GMT",
                "Sunday, 01-Nov-2026 12:00:30 GMT",
                "Monday, 01-Nov-26 12:00:30 GMT",
                "Sun Nov 1 12:00:30 2026",
                "99999999999999999999999999999999999999999999999999999999999999999999999999"
            })
    void ofHeader_anythingElse_isNothing(String value) {
        assertThat(RetryAfter.ofHeader(value, NOW)).isEmpty();
    }

    @Test
    void ofMillis_numbers_areMilliseconds() {
        assertThat(RetryAfter.ofMillis("1500")).contains(Duration.ofMillis(1_500));
        assertThat(RetryAfter.ofMillis("0.5")).contains(Duration.ofNanos(500_000));
        assertThat(RetryAfter.ofMillis("-1")).contains(Duration.ZERO);
        assertThat(RetryAfter.ofMillis("1s")).isEmpty();
        assertThat(RetryAfter.ofMillis("1".repeat(65))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "41s, PT41S",
        "12.345s, PT12.345S",
        "1h52m56.4s, PT1H52M56.4S",
        "350ms, PT0.35S",
        "1d, P1D",
        "7us, PT0.000007S",
        "7µs, PT0.000007S",
        "7ns, PT0.000000007S",
        "2.s, PT2S",
        "-5s, PT0S",
        "999999999d, P365D",
    })
    void ofUnits_timesWithUnits_areSummed(String value, Duration expected) {
        assertThat(RetryAfter.ofUnits(value)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "41",
                "s",
                "41x",
                "1h then",
                "PT3S",
                "1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s"
            })
    void ofUnits_anythingElse_isNothing(String value) {
        assertThat(RetryAfter.ofUnits(value)).isEmpty();
    }
}
