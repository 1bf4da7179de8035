// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
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

    /** What C's {@code asctime} writes: {@code Sun Nov  6 08:49:37 1994}. */
    private static final DateTimeFormatter ASCTIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("EEE MMM ppd HH:mm:ss uuuu")
            .toFormatter(Locale.US)
            .withZone(ZoneOffset.UTC);

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
        return seconds.isPresent() ? seconds : date(trimmed, now).map(at -> bounded(Duration.between(now, at)));
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

    /**
     * The date of an HTTP header, in one of the three forms of RFC 9110, 5.6.7: the one that is preferred, and two obsolete ones that
     * are to be understood all the same.
     *
     * @param now about when it was written: one of the obsolete forms has but two digits of the year
     */
    static Optional<Instant> date(String value, Instant now) {
        return date(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                .or(() -> date(value, rfc850(now)))
                .or(() -> date(value, ASCTIME));
    }

    private static Optional<Instant> date(String value, DateTimeFormatter form) {
        try {
            return Optional.of(form.parse(value.strip(), Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty(); // servers say all kinds of things; this one is not a date of that form
        }
    }

    /** A year that would be more than 50 years ahead is one of the past. */
    private static DateTimeFormatter rfc850(Instant now) {
        LocalDate earliest = LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(49);
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US)
                .withZone(ZoneOffset.UTC);
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
