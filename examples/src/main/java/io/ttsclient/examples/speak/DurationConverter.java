// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: {@code 500ms}, {@code 5s}, {@code 1m30s}, {@code 2h}. */
final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern PARTS =
            Pattern.compile("(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
    private static final Duration MAX = Duration.ofHours(24);

    @Override
    public Duration convert(String value) {
        Matcher parts = PARTS.matcher(value.strip());
        if (value.isBlank() || !parts.matches()) {
            throw new TypeConversionException("'" + value + "' is no duration such as 500ms, 5s, 2m or 1m30s");
        }
        Duration duration = Duration.ofHours(number(parts.group(1)))
                .plusMinutes(number(parts.group(2)))
                .plusSeconds(number(parts.group(3)))
                .plusMillis(number(parts.group(4)));
        if (duration.isZero() || duration.compareTo(MAX) > 0) {
            throw new TypeConversionException("'" + value + "' is not allowed, allowed 1ms to 24h");
        }
        return duration;
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
