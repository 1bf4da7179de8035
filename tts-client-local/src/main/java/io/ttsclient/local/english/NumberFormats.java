// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.List;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/** Numbers by themselves: of telephones, versions, fractions, ranges, years, ranks and counts. */
final class NumberFormats {
    private static final String NUMBER = "(" + NumberFormat.NUMBER + ")";
    private static final String ENDS = "(?![\\d])";
    /** Longer runs of digits without commas name something (an order, an account) rather than count it. */
    private static final int LONGEST_COUNT = 7;

    private static final String YEAR_COMES = "(?<=\\b(?:[Ii]n|[Ss]ince|[Ff]rom|[Uu]ntil|[Bb]y|[Yy]ear|[Cc]irca)\\s)";
    private static final String VERSION_COMES =
            "(?<=\\b(?:[Vv]ersion|[Rr]elease|Python|Java|Node|Ruby|PHP|Go|Rust|Kotlin|Android|Ubuntu|Spring|v)\\s?)";
    private static final String DECADE_COMES = "(?<=\\b(?:the|his|her|their|my|your|our|its|mid|early|late)[ -])";

    /** Telephones and the like come before dates and measures: their groups look like those. */
    static final List<NumberFormat> GROUPED = List.of(
            NumberFormat.of(
                    "(?:\\+?1[-. ]?)?(?:\\(\\d{3}\\)\\s?|\\d{3}[-. ])\\d{3}[-. ]\\d{4}(?![\\d-])",
                    NumberFormats::groups),
            NumberFormat.of("\\+\\d{1,3}(?:[ .-]?\\(?\\d{2,4}\\)?){2,5}(?!\\d)", NumberFormats::groups),
            NumberFormat.of("\\d{3}-\\d{4}(?![\\d-])", NumberFormats::groups),
            NumberFormat.of("\\d{4}(?:[ -]\\d{4}){3}(?![ -]?\\d)", NumberFormats::groups),
            NumberFormat.of("\\d{3}-\\d{2}-\\d{4}(?![\\d-])", NumberFormats::groups));

    /** Before measures: an s behind digits may also be seconds. */
    static final List<NumberFormat> DECADES = List.of(
            NumberFormat.of("(\\d{4})'?s(?!\\w)", m -> NumberWords.plural(year(m.group(1)))),
            NumberFormat.of(
                    DECADE_COMES + "([2-9]0)'?s(?!\\w)", m -> NumberWords.plural(NumberWords.written(m.group(1)))),
            NumberFormat.of("(?<=')([2-9]0)s(?!\\w)", m -> NumberWords.plural(NumberWords.written(m.group(1)))));

    static final List<NumberFormat> PLAIN = List.of(
            NumberFormat.of("\\d{1,3}(?:\\.\\d{1,3}){3}(?!\\.?\\d)", m -> joined(m, " dot ")),
            NumberFormat.of("\\d+(?:\\.\\d+){2,20}", m -> joined(m, " point ")),
            NumberFormat.of(
                    VERSION_COMES + "(\\d+)\\.(\\d+)(?!\\.?\\d)",
                    m -> NumberWords.written(m.group(1)) + " point " + NumberWords.written(m.group(2))),
            NumberFormat.of("(?:(\\d{1,3})\\s)?(\\d{1,4})/(\\d{1,4})(?![\\d/])", NumberFormats::fraction),
            NumberFormat.of("(\\d{1,3}(?:,\\d{3}){1,10}|\\d+)(?:st|nd|rd|th|ST|ND|RD|TH)(?!\\w)", NumberFormats::rank),
            NumberFormat.of(
                    "(1[1-9]\\d\\d|20\\d\\d)" + NumberFormat.TO + "(1[1-9]\\d\\d|20\\d\\d|\\d\\d)(?![\\d,.]*\\d)",
                    m -> year(m.group(1)) + " to " + years(m.group(2))),
            NumberFormat.of("\\d+(?:-\\d+){2,20}(?!\\w)", NumberFormats::groups),
            NumberFormat.of(NUMBER + "(?:[-\u2013]|\\s\u2013\\s)" + NUMBER + ENDS, NumberFormats::range),
            NumberFormat.of("(\\d+)\\s?[x×]\\s?(?=\\d)", m -> side(m.group(1)) + " by"),
            NumberFormat.of("911(?![\\d.,]\\d|\\d)", m -> "nine one one"),
            NumberFormat.of(YEAR_COMES + "(1\\d{3})(?![\\d,.]\\d|\\d)", m -> year(m.group(1))),
            NumberFormat.of("(1[1-9]\\d\\d|20\\d\\d)(?![\\d,.]\\d|\\d)", m -> year(m.group(1))),
            NumberFormat.of("(\\d+)(?!\\d)(?![,.]\\d)", m -> count(m.group(1))),
            NumberFormat.of(NUMBER, m -> NumberWords.written(m.group(1))),
            NumberFormat.of("(\\d+)", m -> count(m.group(1))));

    private NumberFormats() {}

    /** Digits one by one, a pause between the groups. */
    private static String groups(MatchResult match) {
        String written = match.group();
        StringBuilder words = new StringBuilder();
        int at = 0;
        while (at < written.length()) {
            int end = at;
            while (end < written.length() && FoldedText.isDigit(written.charAt(end))) {
                end++;
            }
            if (end > at) {
                words.append(words.length() == 0 ? "" : ", ").append(group(written.substring(at, end)));
            }
            at = end + 1;
        }
        return written.startsWith("+") ? "plus " + words : words.toString();
    }

    private static String group(String digits) {
        return digits.equals("800") ? "eight hundred" : NumberWords.digits(digits);
    }

    private static String joined(MatchResult match, String joint) {
        StringBuilder words = new StringBuilder();
        for (String part : match.group().split("\\.", -1)) {
            words.append(words.length() == 0 ? "" : joint).append(NumberWords.written(part));
        }
        return words.toString();
    }

    private static String fraction(MatchResult match) {
        String whole = match.group(1);
        int upper = Integer.parseInt(match.group(2));
        int lower = Integer.parseInt(match.group(3));
        String words = parts(upper, lower);
        if (words != null) {
            boolean half = upper == 1 && (lower == 2 || lower == 4) && whole != null;
            return whole == null
                    ? words
                    : NumberWords.written(whole) + " and " + (half ? "a" + words.substring(3) : words);
        }
        String pair = NumberWords.cardinal(upper) + between(upper, lower) + NumberWords.cardinal(lower);
        return whole == null ? pair : NumberWords.written(whole) + " " + pair;
    }

    private static String between(int upper, int lower) {
        boolean fixed = upper == lower || (upper == 24 && lower == 7) || (upper == 9 && lower == 11);
        return fixed ? " " : upper <= lower && (lower == 10 || lower == 100) ? " out of " : " over ";
    }

    private static @Nullable String parts(int upper, int lower) {
        boolean common = (lower >= 2 && lower <= 9) || lower == 16 || lower == 32 || lower == 64;
        if (!common || upper < 1 || upper >= lower) {
            return null;
        }
        String part = lower == 2 ? "half" : lower == 4 ? "quarter" : NumberWords.ordinal(lower);
        return NumberWords.cardinal(upper) + " " + part + (upper == 1 ? "" : "s");
    }

    private static String year(String digits) {
        return NumberWords.year(Integer.parseInt(digits));
    }

    private static String range(MatchResult match) {
        boolean even = match.group(1).equals(match.group(2));
        return NumberWords.written(match.group(1)) + (even ? " " : " to ") + NumberWords.written(match.group(2));
    }

    private static String side(String digits) {
        return digits.matches("1[1-9]\\d\\d|20[1-9]\\d") ? NumberWords.inPairs(digits) : NumberWords.written(digits);
    }

    private static String years(String digits) {
        return digits.length() == 4 ? year(digits) : NumberWords.written(digits);
    }

    private static @Nullable String rank(MatchResult match) {
        String digits = match.group(1).replace(",", "");
        return digits.length() > 15 ? null : NumberWords.ordinal(Long.parseLong(digits));
    }

    /** A number without commas: counted while short or round, otherwise said digit by digit in threes. */
    private static String count(String digits) {
        boolean round = digits.endsWith("000") && digits.length() <= 16;
        if (digits.length() <= LONGEST_COUNT || round) {
            return NumberWords.written(digits);
        }
        StringBuilder words = new StringBuilder();
        for (int at = 0; at < digits.length(); ) {
            int left = digits.length() - at;
            int end = at + (left == 4 ? 4 : Math.min(3, left));
            words.append(at == 0 ? "" : ", ").append(NumberWords.digits(digits.substring(at, end)));
            at = end;
        }
        return words.toString();
    }
}
