// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberWordsTest {
    @ParameterizedTest
    @CsvSource({
        "0, zero",
        "7, seven",
        "13, thirteen",
        "20, twenty",
        "42, forty two",
        "100, one hundred",
        "342, three hundred forty two",
        "1000, one thousand",
        "1001, one thousand one",
        "12345, twelve thousand three hundred forty five",
        "1000000, one million",
        "2000000001, two billion one",
        "999999999999999, nine hundred ninety nine trillion nine hundred ninety nine billion nine hundred ninety nine"
                + " million nine hundred ninety nine thousand nine hundred ninety nine",
        "1000000000000000, one quadrillion",
        "-5, minus five",
        "-1000000000000000, minus one quadrillion",
    })
    void cardinal_number_saysIt(long number, String words) {
        assertThat(NumberWords.cardinal(number)).isEqualTo(words);
    }

    @Test
    void cardinal_beyondRange_isRefusedNamingIt() {
        assertThatThrownBy(() -> NumberWords.cardinal(1_000_000_000_000_001L))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000000000000001")
                .hasMessageContaining("10^15");
        assertThatThrownBy(() -> NumberWords.cardinal(Long.MIN_VALUE)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1, first",
        "2, second",
        "3, third",
        "5, fifth",
        "8, eighth",
        "9, ninth",
        "11, eleventh",
        "12, twelfth",
        "20, twentieth",
        "21, twenty first",
        "30, thirtieth",
        "100, one hundredth",
        "1000003, one million third",
    })
    void ordinal_number_saysItsRank(long number, String words) {
        assertThat(NumberWords.ordinal(number)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "1984, nineteen eighty four",
        "1905, nineteen oh five",
        "1900, nineteen hundred",
        "2000, two thousand",
        "2005, two thousand five",
        "2010, twenty ten",
        "2024, twenty twenty four",
        "1066, ten sixty six",
        "1000, one thousand",
        "476, four hundred seventy six",
    })
    void year_number_isSaidAsYearsAre(int year, String words) {
        assertThat(NumberWords.year(year)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3.14 | three point one four",
                "0.5 | zero point five",
                "1,234,567 | one million two hundred thirty four thousand five hundred sixty seven",
                "1,234.50 | one thousand two hundred thirty four point five zero",
                "007 | zero zero seven",
                "9999999999999999 | nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine nine",
                "12345678901234567890 | one two three four five six seven eight nine zero one two three four five six seven"
                        + " eight nine zero",
            })
    void written_digits_areCountedOrSpelled(String number, String words) {
        assertThat(NumberWords.written(number)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"747, seven forty seven", "404, four oh four", "100, one hundred", "2616, twenty six sixteen"})
    void inPairs_digits_areSaidTwoByTwo(String digits, String words) {
        assertThat(NumberWords.inPairs(digits)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"nineteen nineties, nineteen ninety", "sixes, six", "fives, five"})
    void plural_words_changesTheLastOne(String plural, String words) {
        assertThat(NumberWords.plural(words)).isEqualTo(plural);
    }
}
