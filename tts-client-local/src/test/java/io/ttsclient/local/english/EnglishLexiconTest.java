// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local.english;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnglishLexiconTest {
    /** Written down from no list: what stands in any letter, story or conversation. */
    private static final String FREQUENT =
            "the be to of and a in that have it for not on with he as you do at this but his by from they"
                    + " we say her she or an will my one all would there their what so up out if about who get which go me when"
                    + " make can like time no just him know take people into year your good some could them see other than then"
                    + " now look only come its over think also back after use two how our work first well way even new want"
                    + " because any these give day most us please thank hello yes today tomorrow yesterday order table water"
                    + " money number question answer again always never every morning evening night week month minute hour";

    private static EnglishLexicon of(String lines) {
        return new EnglishLexicon(lines.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> entries(String resource) throws IOException {
        try (InputStream in = EnglishLexicon.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        }
    }

    @Test
    void get_listedWords_areFoundWhereverTheyStand() {
        EnglishLexicon lexicon = of("# top\n\n'em AH0 M\na AH0\nab AE1 B\nabc B\nb B IY1\n# end\n# more\n");

        assertThat(lexicon.get("'em")).isEqualTo(Phones.of("AH0 M"));
        assertThat(lexicon.get("a")).isEqualTo(Phones.of("AH0"));
        assertThat(lexicon.get("ab")).isEqualTo(Phones.of("AE1 B"));
        assertThat(lexicon.get("abc")).isEqualTo(Phones.of("B"));
        assertThat(lexicon.get("b")).isEqualTo(Phones.of("B IY1"));
    }

    @Test
    void get_unlistedWords_areNull() {
        EnglishLexicon lexicon = of("# top\nbb B\nbd B\nd\u00E9j\u00E0 D\nz Z\n# end");

        assertThat(List.of("", "a", "b", "bbb", "bc", "zz", "#", "# top", "top", "d", "end"))
                .allMatch(word -> !lexicon.contains(word))
                .allMatch(word -> lexicon.get(word) == null);
    }

    @Test
    void get_noLineEndAtTheEnd_findsTheLastWord() {
        assertThat(of("a AH0\nb B").get("b")).isEqualTo(Phones.of("B"));
        assertThat(of("b").get("b")).isEqualTo(Phones.of(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "#", "# only comments\n#\n"})
    void get_noWordsAtAll_isNull(String lines) {
        assertThat(of(lines).get("a")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lexicon.txt", "acronyms.txt"})
    void resource_isSortedWithoutDuplicates_andEveryWordIsFound(String resource) throws IOException {
        List<String> words = entries(resource).stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
        EnglishLexicon lexicon = resource.contains("acronyms") ? EnglishLexicon.acronyms() : EnglishLexicon.builtIn();

        assertThat(words).isSortedAccordingTo(Comparator.naturalOrder()).doesNotHaveDuplicates();
        assertThat(words)
                .filteredOn(word -> word.chars().allMatch(c -> c < 0x80))
                .allMatch(lexicon::contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lexicon.txt", "acronyms.txt"})
    void resource_everyEntry_hasPhonesAndAVowel(String resource) throws IOException {
        assertThat(entries(resource)).allSatisfy(line -> {
            Phones phones = Phones.of(line.substring(line.indexOf(' ') + 1));
            assertThat(phones.toString()).isEqualTo(line.substring(line.indexOf(' ') + 1));
            assertThat(phones.toString()).containsPattern("[AEIOU]");
        });
    }

    @Test
    void builtIn_hasTheMostFrequentWords_eachOfSeveralSyllablesWithAStress() throws IOException {
        List<String> lines = entries("lexicon.txt");

        assertThat(lines).hasSizeGreaterThan(1_000);
        assertThat(lines)
                .filteredOn(line -> line.matches(".*[012].*[012].*"))
                .isNotEmpty()
                .allMatch(line -> line.contains("1"));
        assertThat(FREQUENT.split(" ")).allMatch(EnglishLexicon.builtIn()::contains);
    }

    @Test
    void phones_unknownPhone_isRefused() {
        assertThatThrownBy(() -> Phones.of("K XX")).hasMessageContaining("XX");
        assertThatThrownBy(() -> Phones.of("K1")).hasMessageContaining("K1");
    }

    @Test
    void phones_sameSounds_areEqual() {
        assertThat(Phones.of("K AE1 T")).isEqualTo(Phones.of("K AE1 T")).hasSameHashCodeAs(Phones.of("K AE1 T"));
        assertThat(Phones.of("K AE1 T")).isNotEqualTo(Phones.of("K AE2 T")).isNotEqualTo(Phones.of("K AE1 P"));
        assertThat(Phones.of("K AE1 T")).isNotEqualTo("K AE1 T");
    }

    @Test
    void phones_longWord_keepsAllPhones() {
        String phones = "S UW2 P ER0 K AE2 L AH0 F R AE2 JH AH0 L IH2 S T IH0 K EH2 K S P IY0 AE2 L AH0 D OW1 SH AH0 S";

        assertThat(Phones.of(phones)).hasToString(phones);
    }
}
