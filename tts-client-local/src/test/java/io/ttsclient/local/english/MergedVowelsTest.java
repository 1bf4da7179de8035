// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergedVowelsTest {
    @ParameterizedTest
    @CsvSource({
        "ticket, T IH1 K AH0 T, T IH1 K IH0 T",
        "difficult, D IH1 F AH0 K AH0 L T, D IH1 F IH0 K AH0 L T",
        "palace, P AE1 L AH0 S, P AE1 L IH0 S",
        "minute, M IH1 N AH0 T, M IH1 N IH0 T",
        "forest, F AO1 R AH0 S T, F AO1 R IH0 S T",
        "sacred, S EY1 K R AH0 D, S EY1 K R IH0 D",
        "enjoy, IH0 N JH OY1, EH N JH OY1",
        "expect, IH0 K S P EH1 K T, EH K S P EH1 K T",
        "carry, K EH1 R IY0, K AE1 R IY0",
        "paragraph, P EH1 R AH0 G R AE2 F, P AE1 R AH0 G R AE2 F",
        "quality, K W AA1 L AH0 T IY0, K W AA1 L IH0 T IY0",
    })
    void apart_mergedVowel_isToldByItsLetter(String word, String merged, String apart) {
        assertThat(MergedVowels.apart(word, Phones.of(merged))).hasToString(apart);
    }

    @ParameterizedTest
    @CsvSource({
        "about, AH0 B AW1 T",
        "pencil, P EH1 N S AH0 L",
        "table, T EY1 B AH0 L",
        "children, CH IH1 L D R AH0 N",
        "hopeless, HH OW1 P L AH0 S",
        "private, P R AY1 V AH0 T",
        "vary, V EH1 R IY0",
        "elect, IH0 L EH1 K T",
        "event, IH0 V EH1 N T",
        "rhythm, R IH1 DH AH0 M",
        "business, B IH1 Z N AH0 S",
        "lion, L AY1 AH0 N",
        "yes, Y EH1 S",
        "s, EH1 S",
    })
    void apart_anythingElse_staysAsItIs(String word, String phones) {
        Phones sound = Phones.of(phones);

        assertThat(MergedVowels.apart(word, sound)).isSameAs(sound);
    }

    @Test
    void apart_fewerVowelLettersThanVowels_staysAsItIs() {
        Phones sound = Phones.of("D AH1 B AH0 L Y UW2");

        assertThat(MergedVowels.apart("w", sound)).isSameAs(sound);
    }
}
