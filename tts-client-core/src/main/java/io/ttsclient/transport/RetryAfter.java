// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a server asks to wait, in the forms that servers use. What cannot be understood is as if it had not been said; a time
 * in the past is zero; no answer is longer than a year.
 */
final class RetryAfter {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int MAX_CHARS = 64;
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d{1,18}(\\.\\d{0,18})?|\\.\\d{1,18})");
    private static final Pattern UNITS = Pattern.compile("(\\d{1,18}(?:\\.\\d{0,18})?)(ns|us|µs|ms|s|m|h|d)");

    private RetryAfter() {}

    /**
     * The value of a {@code Retry-After} header: seconds, with or without a fraction, or a date.
     *
     * @param now the server's {@code Date} where it gave one, since its clock may not be ours
     */
    static Optional<Duration> ofHeader(String value, Instant now) {
        String trimmed = value.strip();
        if (trimmed.length() > MAX_CHARS) {
            return Optional.empty();
        }
        Optional<Duration> seconds = number(trimmed, Duration.ofSeconds(1));
        return seconds.isPresent() ? seconds : date(trimmed).map(at -> bounded(Duration.between(now, at)));
    }

    /** The value of a {@code retry-after-ms} header: milliseconds, with or without a fraction. */
    static Optional<Duration> ofMillis(String value) {
        return value.length() > MAX_CHARS ? Optional.empty() : number(value.strip(), Duration.ofMillis(1));
    }

    /** A time with units, as in Google's {@code RetryInfo}: {@code 3.5s}, {@code 41s}, {@code 1h52m56.4s}, {@code 350ms}. */
    static Optional<Duration> ofUnits(String value) {
        String trimmed = value.strip();
        if (trimmed.isEmpty() || trimmed.length() > MAX_CHARS) {
            return Optional.empty();
        }
        boolean negative = trimmed.startsWith("-");
        Matcher part = UNITS.matcher(trimmed);
        part.region(negative ? 1 : 0, trimmed.length());
        Duration sum = Duration.ZERO;
        while (part.lookingAt()) {
            sum = bounded(sum.plus(times(unit(part.group(2)), new BigDecimal(part.group(1)))));
            part.region(part.end(), trimmed.length());
        }
        boolean all = part.regionStart() == trimmed.length();
        return all ? Optional.of(negative ? Duration.ZERO : sum) : Optional.empty();
    }

    /** The date of an HTTP header, in the form that RFC 9110 prefers. */
    static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty(); // servers say all kinds of things; this one is not a date
        }
    }

    private static Optional<Duration> number(String value, Duration unit) {
        return NUMBER.matcher(value).matches() ? Optional.of(times(unit, new BigDecimal(value))) : Optional.empty();
    }

    private static Duration times(Duration unit, BigDecimal factor) {
        BigDecimal nanos = factor.multiply(BigDecimal.valueOf(unit.toNanos()));
        if (nanos.compareTo(BigDecimal.valueOf(LONGEST.toNanos())) > 0) {
            return LONGEST;
        }
        return bounded(Duration.ofNanos(nanos.max(BigDecimal.ZERO).longValue()));
    }

    private static Duration bounded(Duration duration) {
        if (duration.isNegative()) {
            return Duration.ZERO;
        }
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ns" -> Duration.ofNanos(1);
            case "us", "µs" -> Duration.ofNanos(1_000);
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }
}
