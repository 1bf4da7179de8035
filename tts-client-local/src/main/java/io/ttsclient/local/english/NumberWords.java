// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

/** Numbers as words separated by single spaces, the American way: "three hundred forty two", without "and". */
final class NumberWords {
    /** Beyond it a number is read digit by digit. */
    static final long LARGEST = 1_000_000_000_000_000L;

    private static final String[] SMALL = {
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen"
    };
    private static final String[] TENS = {
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
    };
    private static final String[] SCALES = {"", " thousand", " million", " billion", " trillion", " quadrillion"};

    private NumberWords() {}

    /** {@code number}, from -10^15 to 10^15. */
    static String cardinal(long number) {
        if (number < -LARGEST || number > LARGEST) {
            throw new IllegalArgumentException("number: " + number + ", allowed -10^15 to 10^15");
        }
        if (number < 0) {
            return "minus " + cardinal(-number);
        }
        if (number < 1000) {
            return belowThousand((int) number);
        }
        StringBuilder words = new StringBuilder();
        long unit = LARGEST;
        for (int scale = SCALES.length - 1; scale >= 0; scale--) {
            int group = (int) (number / unit % 1000);
            if (group > 0) {
                words.append(words.length() == 0 ? "" : " ")
                        .append(belowThousand(group))
                        .append(SCALES[scale]);
            }
            unit /= 1000;
        }
        return words.toString();
    }

    private static String belowThousand(int number) {
        if (number < 100) {
            return belowHundred(number);
        }
        String hundreds = SMALL[number / 100] + " hundred";
        return number % 100 == 0 ? hundreds : hundreds + " " + belowHundred(number % 100);
    }

    private static String belowHundred(int number) {
        if (number < 20) {
            return SMALL[number];
        }
        return number % 10 == 0 ? TENS[number / 10] : TENS[number / 10] + " " + SMALL[number % 10];
    }

    /** First, second, twenty first. */
    static String ordinal(long number) {
        String words = cardinal(number);
        int last = words.lastIndexOf(' ') + 1;
        return words.substring(0, last) + ordinalOf(words.substring(last));
    }

    private static String ordinalOf(String word) {
        return switch (word) {
            case "one" -> "first";
            case "two" -> "second";
            case "three" -> "third";
            case "five" -> "fifth";
            case "eight" -> "eighth";
            case "nine" -> "ninth";
            case "twelve" -> "twelfth";
            default -> (word.endsWith("y") ? word.substring(0, word.length() - 1) + "ie" : word) + "th";
        };
    }

    /** Each digit by itself; what is no digit is left out. */
    static String digits(String number) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < number.length(); i++) {
            if (FoldedText.isDigit(number.charAt(i))) {
                words.append(words.length() == 0 ? "" : " ").append(SMALL[number.charAt(i) - '0']);
            }
        }
        return words.toString();
    }

    /** A year from 0 to 9999: nineteen eighty four, nineteen oh five, two thousand five, twenty twenty four. */
    static String year(int year) {
        boolean asNumber = year < 1000 || (year >= 2000 && year < 2010) || year % 1000 == 0;
        return asNumber ? cardinal(year) : inPairs(Integer.toString(year));
    }

    /** Three or four digits the way people say flight, room and model numbers: seven forty seven, four oh four, twenty six hundred. */
    static String inPairs(String digits) {
        int cut = digits.length() - 2;
        int high = Integer.parseInt(digits.substring(0, cut));
        int low = Integer.parseInt(digits.substring(cut));
        String head = belowHundred(high);
        if (low == 0) {
            return head + " hundred";
        }
        return head + (low < 10 ? " oh " : " ") + belowHundred(low);
    }

    /** The plural of the last word, as in "nineteen nineties". */
    static String plural(String words) {
        if (words.endsWith("y")) {
            return words.substring(0, words.length() - 1) + "ies";
        }
        return words + (words.endsWith("x") ? "es" : "s");
    }

    /**
     * A number as written: digits with or without thousands commas, perhaps a decimal part. A leading zero or too many
     * digits make it a string of digits.
     */
    static String written(String number) {
        String plain = number.indexOf(',') < 0 ? number : number.replace(",", "");
        int point = plain.indexOf('.');
        String whole = point < 0 ? plain : plain.substring(0, point);
        String words = whole.isEmpty() ? "" : whole(whole);
        return point < 0 ? words : words + (words.isEmpty() ? "" : " ") + "point " + digits(plain.substring(point));
    }

    private static String whole(String digits) {
        if ((digits.length() > 1 && digits.charAt(0) == '0') || digits.length() > 16) {
            return digits(digits);
        }
        long value = Long.parseLong(digits);
        return value > LARGEST ? digits(digits) : cardinal(value);
    }

    /** Whether {@code number} as written is one, so that its unit stays singular. */
    static boolean isOne(String number) {
        return number.equals("1");
    }
}
