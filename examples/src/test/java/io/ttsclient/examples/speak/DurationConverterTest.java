// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {
    private final DurationConverter converter = new DurationConverter();

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "5s, PT5S",
        "2m, PT2M",
        "1m30s, PT1M30S",
        "1h, PT1H",
        "1h1m1s1ms, PT1H1M1.001S",
        "90s, PT1M30S",
        "24h, PT24H",
        "1ms, PT0.001S"
    })
    void convert_numberAndUnit_isThatLong(String value, Duration duration) {
        assertThat(converter.convert(value)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "s",
                "5 s",
                "5S",
                "-5s",
                "1.5s",
                "30s1m",
                "5s5s",
                "PT5S",
                "ms5",
                "99999999999s",
                "٣s"
            })
    void convert_anythingElse_saysWhatIsAllowed(String value) {
        assertThatThrownBy(() -> converter.convert(value))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("1m30s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "0ms", "0h0m0s0ms", "24h1ms", "999999999h", "999999999s"})
    void convert_outOfRange_saysTheRange(String value) {
        assertThatThrownBy(() -> converter.convert(value))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + value + "' is not allowed, allowed 1ms to 24h");
    }

    @Test
    void convert_spaceAround_isIgnored() {
        assertThat(converter.convert(" 5s ")).isEqualTo(Duration.ofSeconds(5));
    }
}
