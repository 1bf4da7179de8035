// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterToSoundTest {
    @ParameterizedTest
    @CsvSource({
        // One syllable.
        "blick, B L IH1 K",
        "zorp, Z AO1 R P",
        "plake, P L EY1 K",
        "grine, G R AY1 N",
        "thrindle, TH R IH1 N D AH0 L",
        "glay, G L EY1",
        "knoat, N OW1 T",
        "wrell, R EH1 L",
        "phlime, F L AY1 M",
        "splight, S P L AY1 T",
        "quest, K W EH1 S T",
        "chab, CH AE1 B",
        "gnash, N AE1 SH",
        "cell, S EH1 L",
        "gym, JH IH1 M",
        // Stress drawn by endings.
        "glorbification, G L AO2 R B AH0 F AH0 K EY1 SH AH0 N",
        "snorfology, S N AO R F AA1 L AH0 JH IY0",
        "plentity, P L EH1 N T AH0 T IY0",
        "zantic, Z AE1 N T IH0 K",
        "drelician, D R IH0 L IH1 SH AH0 N",
        "mountainette, M AW2 N T EY N EH1 T",
        // Names.
        "nakamura, N AA2 K AH0 M UH1 R AH0",
        "colombo, K AH0 L OW1 M B OW0",
        "goldstein, G OW1 L D S T AY2 N",
        "rosenberg, R AA1 Z AH0 N B ER0 G",
        "zimmermann, Z IH1 M ER0 M AH0 N",
        "schmidt, SH M IH1 T",
        "fischer, F IH1 SH ER0",
        "cumberland, K AH1 M B ER0 L AH0 N D",
        "mcgregor, M AH0 K G R IY1 G ER0",
        "xiao, SH AW1",
        // Verbs of two syllables.
        "deploy, D IH0 P L OY1",
        "reflect, R IH0 F L EH1 K T",
        "compute, K AH0 M P Y UW1 T",
        // Endings taken off first.
        "blazed, B L EY1 Z D",
        "zipping, Z IH1 P IH0 NG",
        "blaking, B L EY1 K IH0 NG",
        "frobbed, F R AA1 B D",
        "zorpness, Z AO1 R P N AH0 S",
        "plickly, P L IH1 K L IY0",
        "quixotically, K W IH0 K S AA1 T IH0 K L IY0",
        "zorps, Z AO1 R P S",
        "blatches, B L AE1 CH IH0 Z",
        "frockries, F R AA1 K R IY0 Z",
        "zorbanizer, Z AO1 R B AH0 N AY2 Z ER0",
        "debuter, D IH0 B Y UW1 T ER0",
        "unzorped, AH2 N Z AO1 R P T",
        "disappoint, D IH2 S AH0 P OY1 N T",
    })
    void sound_unknownWord_followsItsSpelling(String word, String phones) {
        assertThat(SpellingEndings.sound(word)).hasToString(phones);
    }

    @Test
    void sound_noVowelLetter_namesTheLetters() {
        assertThat(SpellingEndings.sound("bcd")).hasToString("B IY2 S IY2 D IY1");
    }

    @Test
    void sound_anyLetters_alwaysEndsInASingleMainStress() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder word = new StringBuilder();
            int length = 1 + random.nextInt(14);
            for (int j = 0; j < length; j++) {
                word.append((char) ('a' + random.nextInt(26)));
            }
            Phones phones = SpellingEndings.sound(word.toString());
            assertThat(phones.primary()).as(word.toString()).isNotNegative();
            assertThat(phones.toString().replaceAll("[^1]", ""))
                    .as(word.toString())
                    .isEqualTo("1");
        }
    }

    /** Words whose spelling is regular enough come out right more often than not; a rule gone wrong shows here first. */
    @Test
    void sound_wordsOfTheLexicon_areMostlyRight() throws IOException {
        List<String> lines;
        try (InputStream in = EnglishLexicon.class.getResourceAsStream("lexicon.txt")) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.matches("[a-z]{3,} .*"))
                    .toList();
        }
        long right = lines.stream().filter(LetterToSoundTest::soundsRight).count();

        assertThat(right * 100 / lines.size()).isGreaterThanOrEqualTo(55);
    }

    private static boolean soundsRight(String line) {
        int space = line.indexOf(' ');
        String sound = SpellingEndings.sound(line.substring(0, space)).toString();
        return plain(sound).equals(plain(line.substring(space + 1)));
    }

    /** Without stress, and weak i as schwa. */
    private static String plain(String phones) {
        return phones.replace("IH0", "AH").replaceAll("[012]", "");
    }
}
