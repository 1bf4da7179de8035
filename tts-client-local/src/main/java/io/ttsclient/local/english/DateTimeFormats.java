// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.List;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/** Dates and times of day. Where day and month could be either way round, the American order. */
final class DateTimeFormats {
    private static final String[] MONTHS = {
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december"
    };
    private static final String MONTH =
            "(?:January|February|March|April|May|June|July|August|September|October|November"
                    + "|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)";
    private static final String AFTER_MONTH = "(?<=\\b" + MONTH + "\\.?\\s)";
    private static final String SUFFIX = "(?:st|nd|rd|th)?";
    /** Not the start of a longer number, a time or a share. */
    private static final String DAY_ENDS = "(?![\\d:%]|[.,/-]\\d|\\s?(?:[ap]\\.?m\\b|percent|million|billion))";

    private static final String MERIDIEM = "([AaPp])(?:\\.[Mm]\\.|[Mm]\\b)";
    private static final String CLOCK = "(\\d{1,2})(?::(\\d{2}))?";
    private static final String NO_CLOCK_BEHIND = "(?![\\d:]|\\.\\d)";

    static final List<NumberFormat> ALL = List.of(
            NumberFormat.of(
                    "(\\d{4})-(\\d{2})-(\\d{2})(?:[T ](\\d{2}):(\\d{2})(?::\\d{2}(?:\\.\\d+)?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?"
                            + "(?![\\w-])",
                    DateTimeFormats::iso),
            NumberFormat.of("(\\d{1,2})/(\\d{1,2})/(\\d{4}|\\d{2})(?![\\d/])", m -> slashed(m, true)),
            NumberFormat.of("(\\d{1,2})-(\\d{1,2})-(\\d{4})(?![\\d-])", m -> slashed(m, true)),
            NumberFormat.of("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})(?![\\d.]\\d)", m -> slashed(m, false)),
            NumberFormat.of("(0\\d|1[0-2])/(0\\d|[12]\\d|3[01])(?![\\d/])", m -> monthDay(number(m, 1), number(m, 2))),
            NumberFormat.of(
                    AFTER_MONTH + "(\\d{1,2})" + SUFFIX + NumberFormat.TO + "(\\d{1,2})" + SUFFIX + DAY_ENDS,
                    DateTimeFormats::days),
            NumberFormat.of(AFTER_MONTH + "(\\d{1,2})" + SUFFIX + "\\b" + DAY_ENDS, m -> day(number(m, 1))),
            NumberFormat.of(
                    "(\\d{1,2})" + SUFFIX + NumberFormat.TO + "(\\d{1,2})" + SUFFIX + "(?=\\s" + MONTH + "\\b)",
                    DateTimeFormats::daysOf),
            NumberFormat.of("(?<=\\bthe )(\\d{1,2})" + SUFFIX + "(?=\\s" + MONTH + "\\b)", m -> dayOf("", m)),
            NumberFormat.of("(\\d{1,2})" + SUFFIX + "(?=\\s" + MONTH + "\\b)", m -> dayOf("the ", m)),
            NumberFormat.of(
                    CLOCK + "(?:\\s?" + MERIDIEM + ")?" + NumberFormat.TO + CLOCK + "\\s?" + MERIDIEM,
                    DateTimeFormats::range),
            NumberFormat.of(CLOCK + "\\s?" + MERIDIEM, m -> clock(m, 1, letter(m, 3))),
            NumberFormat.of("(\\d{1,2}):([0-5]\\d):([0-5]\\d)" + NO_CLOCK_BEHIND, DateTimeFormats::seconds),
            NumberFormat.of(
                    "(\\d{1,2}):(\\d{2})" + NumberFormat.TO + "(\\d{1,2}):(\\d{2})" + NO_CLOCK_BEHIND,
                    DateTimeFormats::openRange),
            NumberFormat.of("(\\d{1,2}):(\\d{2})" + NO_CLOCK_BEHIND, m -> clock(m, 1, "")),
            NumberFormat.of(
                    "(\\d+):(\\d+)" + NO_CLOCK_BEHIND,
                    m -> NumberWords.written(m.group(1)) + " to " + NumberWords.written(m.group(2))));

    private DateTimeFormats() {}

    private static int number(MatchResult match, int group) {
        return Integer.parseInt(match.group(group));
    }

    private static @Nullable String iso(MatchResult match) {
        String date = fullDate(number(match, 1), number(match, 2), number(match, 3));
        if (date == null || match.group(4) == null) {
            return date;
        }
        String time = clock(match, 4, "");
        return time == null ? null : date + ", " + time;
    }

    private static @Nullable String slashed(MatchResult match, boolean monthFirst) {
        int first = number(match, 1);
        int second = number(match, 2);
        int year = number(match, 3);
        if (match.group(3).length() == 2) {
            year += year < 50 ? 2000 : 1900;
        }
        boolean swap = monthFirst ? first > 12 : second <= 12;
        return swap ? fullDate(year, second, first) : fullDate(year, first, second);
    }

    private static @Nullable String fullDate(int year, int month, int day) {
        String words = monthDay(month, day);
        return words == null ? null : words + ", " + NumberWords.year(year);
    }

    private static @Nullable String monthDay(int month, int day) {
        String words = day(day);
        return month < 1 || month > 12 || words == null ? null : MONTHS[month - 1] + " " + words;
    }

    private static @Nullable String day(int day) {
        return day < 1 || day > 31 ? null : NumberWords.ordinal(day);
    }

    private static @Nullable String days(MatchResult match) {
        String first = day(number(match, 1));
        String last = day(number(match, 2));
        return first == null || last == null ? null : first + " to " + last;
    }

    private static @Nullable String dayOf(String article, MatchResult match) {
        String words = day(number(match, 1));
        return words == null ? null : article + words + " of";
    }

    private static @Nullable String daysOf(MatchResult match) {
        String words = days(match);
        return words == null ? null : words + " of";
    }

    private static String letter(MatchResult match, int group) {
        String letter = match.group(group);
        return letter == null ? "" : letter.equalsIgnoreCase("a") ? "AM" : "PM";
    }

    private static @Nullable String range(MatchResult match) {
        String from = clock(match, 1, letter(match, 3));
        String to = clock(match, 4, letter(match, 6));
        return from == null || to == null ? null : from + " to " + to;
    }

    private static @Nullable String openRange(MatchResult match) {
        String from = clock(match, 1, "");
        String to = clock(match, 3, "");
        return from == null || to == null ? null : from + " to " + to;
    }

    /** Hours in {@code group}, minutes in the next, both may be out of range for a time of day. */
    private static @Nullable String clock(MatchResult match, int group, String meridiem) {
        int hour = number(match, group);
        String minutes = match.group(group + 1);
        int minute = minutes == null ? 0 : Integer.parseInt(minutes);
        if (hour > 24 || minute > 59 || (!meridiem.isEmpty() && (hour == 0 || hour > 12))) {
            return null;
        }
        String words = NumberWords.cardinal(hour);
        if (minute > 0) {
            words += (minute < 10 ? " oh " : " ") + NumberWords.cardinal(minute);
        } else if (meridiem.isEmpty() && minutes != null) {
            words += hour >= 1 && hour <= 12 ? " o'clock" : " hundred";
        }
        return meridiem.isEmpty() ? words : words + " " + meridiem;
    }

    private static String seconds(MatchResult match) {
        StringBuilder words = new StringBuilder(NumberWords.cardinal(number(match, 1)));
        for (int group = 2; group <= 3; group++) {
            int part = number(match, group);
            words.append(part < 10 ? " oh " : " ").append(NumberWords.cardinal(part));
        }
        return words.toString();
    }
}
