// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PronouncerTest {
    private static final String LEXICON = """
            accept AH0 K S EH1 P T
            act AE1 K T
            activate AE1 K T AH0 V EY2 T
            basic B EY1 S IH0 K
            board B AO1 R D
            box B AA1 K S
            cat K AE1 T
            correct K ER0 EH1 K T
            discuss D IH0 S K AH1 S
            dog D AO1 G
            fire F AY1 ER0
            formal F AO1 R M AH0 L
            happy HH AE1 P IY0
            hero HH IH1 R OW0
            hope HH OW1 P
            horse HH AO1 R S
            key K IY1
            leaf L IY1 F
            man M AE1 N
            need N IY1 D
            option AA1 P SH AH0 N
            police P AH0 L IY1 S
            relate R IH0 L EY1 T
            simple S IH1 M P AH0 L
            stop S T AA1 P
            the DH AH0
            token T OW1 K AH0 N
            tokenize T OW1 K AH0 N AY2 Z
            try T R AY1
            usable Y UW1 Z AH0 B AH0 L
            walk W AO1 K
            """;

    private final Pronouncer pronouncer =
            new Pronouncer(new EnglishLexicon(LEXICON.getBytes(StandardCharsets.UTF_8)), EnglishLexicon.acronyms());

    @ParameterizedTest
    @CsvSource({
        "cats, K AE1 T S",
        "dogs, D AO1 G Z",
        "boxes, B AA1 K S IH0 Z",
        "horses, HH AO1 R S IH0 Z",
        "heroes, HH IH1 R OW0 Z",
        "tries, T R AY1 Z",
        "leaves, L IY1 V Z",
        "cat's, K AE1 T S",
        "dog's, D AO1 G Z",
        "horse's, HH AO1 R S IH0 Z",
        "dog'll, D AO1 G AH0 L",
        "key'll, K IY1 L",
        "dogs've, D AO1 G Z AH0 V",
        "key've, K IY1 V",
        "key're, K IY1 ER0",
        "key'm, K IY1 M",
        "need'd, N IY1 D IH0 D",
        "needn't, N IY1 D AH0 N T",
        "walked, W AO1 K T",
        "needed, N IY1 D IH0 D",
        "hoped, HH OW1 P T",
        "stopped, S T AA1 P T",
        "tried, T R AY1 D",
        "walking, W AO1 K IH0 NG",
        "hoping, HH OW1 P IH0 NG",
        "stopping, S T AA1 P IH0 NG",
        "walker, W AO1 K ER0",
        "happier, HH AE1 P IY0 ER0",
        "happiest, HH AE1 P IY0 IH0 S T",
        "happily, HH AE1 P AH0 L IY0",
        "simply, S IH1 M P L IY0",
        "formally, F AO1 R M AH0 L IY0",
        "basically, B EY1 S IH0 K L IY0",
        "happiness, HH AE1 P IY0 N AH0 S",
        "hopelessness, HH OW1 P L AH0 S N AH0 S",
        "hopeful, HH OW1 P F AH0 L",
        "acceptable, AH0 K S EH1 P T AH0 B AH0 L",
        "unhappy, AH2 N HH AE1 P IY0",
        "rewalk, R IY2 W AO1 K",
        "nonbasic, N AA2 N B EY1 S IH0 K",
        "overact, OW2 V ER0 AE1 K T",
        "informal, IH2 N F AO1 R M AH0 L",
        "keyboard, K IY1 B AO2 R D",
        "keyboards, K IY1 B AO2 R D Z",
        "policeman, P AH0 L IY1 S M AH0 N",
        "activation, AE2 K T AH0 V EY1 SH AH0 N",
        "relation, R IH0 L EY1 SH AH0 N",
        "activator, AE1 K T AH0 V EY2 T ER0",
        "tokenization, T OW2 K AH0 N AH0 Z EY1 SH AH0 N",
        "usability, Y UW2 Z AH0 B IH1 L AH0 T IY0",
        "formality, F AO2 R M AE1 L AH0 T IY0",
        "correction, K ER0 EH1 K SH AH0 N",
        "discussion, D IH0 S K AH1 SH AH0 N",
        "corrective, K ER0 EH1 K T IH0 V",
        "optional, AA1 P SH AH0 N AH0 L",
    })
    void word_knownParts_areJoinedAsSpoken(String word, String phones) {
        assertThat(pronouncer.word(word)).hasToString(phones);
    }

    @Test
    void knows_formsOfListedWords_butNotAnythingElse() {
        assertThat(pronouncer.knows("cat")).isTrue();
        assertThat(pronouncer.knows("cats")).isTrue();
        assertThat(pronouncer.lists("cats")).isFalse();
        assertThat(pronouncer.knows("then")).as("no form of \"the\"").isFalse();
        assertThat(pronouncer.knows("zorp")).isFalse();
        assertThat(pronouncer.knows("biography")).isFalse();
    }

    @Test
    void word_acronymSaidAsWord_hasItsOwnSound() {
        assertThat(pronouncer.word("nasa")).hasToString("N AE1 S AH0");
        assertThat(pronouncer.word("nasa's")).hasToString("N AE1 S AH0 Z");
        assertThat(pronouncer.saysAcronym("nato")).isTrue();
        assertThat(pronouncer.saysAcronym("cat")).isFalse();
    }

    @Test
    void word_apostropheInside_isReadAsOneWord() {
        assertThat(pronouncer.word("o'cat")).isEqualTo(pronouncer.word("ocat"));
        assertThat(pronouncer.word("'cat")).isEqualTo(pronouncer.word("cat"));
        assertThat(pronouncer.word("'s")).isEqualTo(pronouncer.word("s"));
    }

    @Test
    void word_verbWithItsOwnSound_keepsItInItsForms() {
        assertThat(pronouncer.word("recorded")).hasToString("R IH0 K AO1 R D IH0 D");
        assertThat(pronouncer.word("estimating")).hasToString("EH1 S T AH0 M EY2 T IH0 NG");
    }

    @Test
    void letter_name_withAndWithoutEnding() {
        assertThat(pronouncer.letter("w")).hasToString("D AH1 B AH0 L Y UW2");
        assertThat(pronouncer.letter("x's")).hasToString("EH1 K S IH0 Z");
        assertThat(pronouncer.letter("b's")).hasToString("B IY1 Z");
    }
}
