// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ttsclient.error.TtsException;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against the real program, where it is installed. */
class EspeakInstalledTest {
    @BeforeAll
    static void needsEspeak() {
        assumeTrue(installed(), "espeak-ng is not installed");
    }

    private static boolean installed() {
        try {
            Process process = new ProcessBuilder("espeak-ng", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.onExit().join().exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String symbols(Phonemizer phonemizer, String text) {
        return phonemizer.phonemize(text).stream().map(PhonemeRun::symbols).collect(Collectors.joining());
    }

    @Test
    void phonemize_german_keepsClausesAndMarks() {
        try (Phonemizer german = Phonemizer.espeak("de")) {
            assertThat(symbols(german, "Guten Tag, wie geht es Ihnen?"))
                    .startsWith("\u0261")
                    .contains(", ")
                    .endsWith("?");
            assertThat(german.phonemize("Guten Tag")).hasSize(4);
        }
    }

    @Test
    void phonemize_strayMarks_keepQuestionsAndAnswersInStep() {
        try (Phonemizer english = Phonemizer.espeak("en-us")) {
            String one = symbols(english, "One.");
            for (String text :
                    new String[] {"etc.)", "...", "a . . . b", "!!!", "\uD83D\uDE00", "\"Is it?\" he asked.", "a,, b"
                    }) {
                english.phonemize(text);
                assertThat(symbols(english, "One.")).as(text).isEqualTo(one);
            }
        }
    }

    @Test
    void phonemize_noSuchVoice_failsNamingIt() {
        try (Phonemizer nobody = Phonemizer.espeak("xx-nobody")) {
            assertThatThrownBy(() -> nobody.phonemize("one"))
                    .isInstanceOf(TtsException.class)
                    .hasMessageContaining("xx-nobody");
        }
    }
}
