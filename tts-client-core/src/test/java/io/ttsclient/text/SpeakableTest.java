// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeakableTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"a", " 7 ", "Ấ", "你", "ー", "한", "ก", "½", "①", "Ⅻ", "𝒳", "𠀀", "1️⃣", "!?x", "5%", "\ud800a"})
    void anythingIn_aLetterOrNumber_isTrue(String text) {
        assertThat(Speakable.anythingIn(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \t\n\u00a0\u3000",
                "...",
                "?!",
                "—",
                "%",
                "$",
                "&",
                "🙂",
                "👨‍👩‍👧",
                "🇻🇳",
                "\u0301",
                "。、",
                "***\n---",
                "\ud800",
                "\udc00"
            })
    void anythingIn_onlySignsOrNothing_isFalse(String text) {
        assertThat(Speakable.anythingIn(text)).isFalse();
    }
}
