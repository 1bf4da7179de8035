// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharacterPhonemizerTest {
    private static List<PhonemeRun> runs(String text) {
        try (var phonemizer = new CharacterPhonemizer()) {
            return phonemizer.phonemize(text);
        }
    }

    @Test
    void phonemize_sentence_separatesWordsFromWhatIsAroundThem() {
        assertThat(runs("Xin ch\u00e0o,  (b\u1ea1n)!"))
                .containsExactly(
                        new PhonemeRun("Xin", 0, 3),
                        new PhonemeRun(" ", 3, 4),
                        new PhonemeRun("ch\u00e0o", 4, 8),
                        new PhonemeRun(",", 8, 9),
                        new PhonemeRun(" ", 9, 11),
                        new PhonemeRun("(", 11, 12),
                        new PhonemeRun("b\u1ea1n", 12, 15),
                        new PhonemeRun(")!", 15, 17));
    }

    @Test
    void phonemize_apostropheInsideAWord_staysInIt() {
        assertThat(runs("l'eau")).containsExactly(new PhonemeRun("l'eau", 0, 5));
    }

    @Test
    void phonemize_lettersBeyondTheFirstPlane_areWhole() {
        assertThat(runs("\ud835\udd18 a")).extracting(PhonemeRun::symbols).containsExactly("\ud835\udd18", " ", "a");
    }

    @Test
    void phonemize_empty_hasNoRuns() {
        assertThat(runs("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"  a ", "...", "\n\u00a0\u3000", "a-b/c d.", "\ud83d\ude00 \ud83d x\ude00", "e\u0301 \u0301"})
    void phonemize_anyText_isCoveredInOrderWithoutGaps(String text) {
        List<PhonemeRun> runs = runs(text);
        assertThat(runs.stream()
                        .map(run -> text.substring(run.start(), run.end()))
                        .collect(Collectors.joining()))
                .isEqualTo(text);
    }
}
