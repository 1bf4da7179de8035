// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/** Numbers with something counted: money, shares, measures. */
final class QuantityFormats {
    /** How an amount of it is named: one, several, one hundredth, several hundredths; the last two empty where it has none. */
    private record Currency(String one, String many, String cent, String cents) {}

    private static final Currency DOLLAR = new Currency("dollar", "dollars", "cent", "cents");
    private static final Map<String, Currency> CURRENCIES = Map.ofEntries(
            Map.entry("$", DOLLAR),
            Map.entry("USD", new Currency("US dollar", "US dollars", "cent", "cents")),
            Map.entry("CAD", new Currency("canadian dollar", "canadian dollars", "cent", "cents")),
            Map.entry("AUD", new Currency("australian dollar", "australian dollars", "cent", "cents")),
            Map.entry("€", new Currency("euro", "euros", "cent", "cents")),
            Map.entry("EUR", new Currency("euro", "euros", "cent", "cents")),
            Map.entry("£", new Currency("pound", "pounds", "penny", "pence")),
            Map.entry("GBP", new Currency("pound", "pounds", "penny", "pence")),
            Map.entry("¥", new Currency("yen", "yen", "", "")),
            Map.entry("JPY", new Currency("yen", "yen", "", "")),
            Map.entry("CHF", new Currency("swiss franc", "swiss francs", "", "")),
            Map.entry("₹", new Currency("rupee", "rupees", "", "")),
            Map.entry("INR", new Currency("rupee", "rupees", "", "")));

    private static final String SYMBOL = "[$€£¥₹]";
    private static final String NUMBER = "(" + NumberFormat.NUMBER + ")";
    private static final String SCALE =
            "(?:\\s?(hundred|thousand|million|billion|trillion|[kK]|mn?|M|bn?|B|tn|T)(?![\\w]))?";
    private static final String SPELLED_SCALE = "(?:\\s?(thousand|million|billion|trillion|k|M|bn|B)(?!\\w))?";
    private static final String UNIT =
            "(\\s?|-)((?:sq|cu)\\.?\\s(?:ft|in|mi|m|km)|[a-zA-Zµ°ω/]+[²³]?)(?![\\w²³])(?:\\.(?=\\s[a-z]))?";

    static final List<NumberFormat> ALL = List.of(
            NumberFormat.of(
                    "(?:US|A|C|NZ|HK)?(" + SYMBOL + ")\\s?(-?)" + NUMBER + SCALE + "(?:" + NumberFormat.TO + SYMBOL
                            + "?" + NUMBER + SCALE + ")?(?![\\d])",
                    QuantityFormats::symbolFirst),
            NumberFormat.of(
                    "()()" + NUMBER + SPELLED_SCALE + "\\s?([€£¥₹]|(?:USD|EUR|GBP|JPY|CHF|CAD|AUD|INR)\\b)",
                    m -> amount(m.group(3), m.group(4), currency(m.group(5)))),
            NumberFormat.of(
                    "(\\d+)\\s?¢",
                    m -> amount("0." + (m.group(1).length() == 1 ? "0" : "") + m.group(1), null, DOLLAR)),
            NumberFormat.of(
                    NUMBER + "\\s?%?" + NumberFormat.TO + NUMBER + "\\s?%",
                    m -> NumberWords.written(m.group(1)) + " to " + NumberWords.written(m.group(2)) + " percent"),
            NumberFormat.of(NUMBER + "\\s?%", m -> NumberWords.written(m.group(1)) + " percent"),
            NumberFormat.of("(\\d{1,2})'\\s?(\\d{1,2})(?:\"|''|(?=\\s|$))", QuantityFormats::feetAndInches),
            NumberFormat.of(NUMBER + NumberFormat.TO + NUMBER + UNIT, m -> measured(m, true)),
            NumberFormat.of(NUMBER + UNIT, m -> measured(m, false)),
            NumberFormat.of(NUMBER + "(k|M|bn|B)(?!\\w)", m -> NumberWords.written(m.group(1)) + scale(m.group(2))));

    private QuantityFormats() {}

    private static Currency currency(String name) {
        return CURRENCIES.getOrDefault(name, DOLLAR);
    }

    private static String symbolFirst(MatchResult match) {
        Currency currency = currency(match.group(1));
        String sign = match.group(2).isEmpty() ? "" : "minus ";
        String upTo = match.group(5);
        if (upTo == null) {
            return sign + amount(match.group(3), match.group(4), currency);
        }
        return sign + NumberWords.written(match.group(3)) + scale(match.group(4)) + " to "
                + amount(upTo, match.group(6), currency);
    }

    private static String amount(String number, @Nullable String scale, Currency currency) {
        int point = number.indexOf('.');
        boolean hundredths = scale == null
                && point >= 0
                && number.length() - point == 3
                && !currency.cent().isEmpty();
        if (!hundredths) {
            boolean one = scale == null && NumberWords.isOne(number);
            return NumberWords.written(number) + scale(scale) + " " + (one ? currency.one() : currency.many());
        }
        String whole = number.substring(0, point);
        int cents = Integer.parseInt(number.substring(point + 1));
        String small = NumberWords.cardinal(cents) + " " + (cents == 1 ? currency.cent() : currency.cents());
        if (whole.equals("0")) {
            return small;
        }
        String large = NumberWords.written(whole) + " " + (NumberWords.isOne(whole) ? currency.one() : currency.many());
        return cents == 0 ? large : large + " and " + small;
    }

    private static String scale(@Nullable String written) {
        if (written == null) {
            return "";
        }
        return switch (written) {
            case "k", "K" -> " thousand";
            case "m", "mn", "M" -> " million";
            case "b", "bn", "B" -> " billion";
            case "tn", "T" -> " trillion";
            default -> " " + written;
        };
    }

    private static String feetAndInches(MatchResult match) {
        return NumberWords.written(match.group(1)) + " foot " + NumberWords.written(match.group(2));
    }

    private static @Nullable String measured(MatchResult match, boolean range) {
        int at = range ? 3 : 2;
        boolean glued = match.group(at).isEmpty();
        Units.Unit unit = Units.find(match.group(at + 1), glued);
        if (unit == null) {
            return null;
        }
        String number = NumberWords.written(match.group(1));
        if (range) {
            return number + " to " + NumberWords.written(match.group(2)) + " " + unit.many();
        }
        boolean singular = NumberWords.isOne(match.group(1)) || match.group(at).equals("-");
        return number + " " + (singular ? unit.one() : unit.many());
    }
}
