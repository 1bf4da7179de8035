// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.local.english.OwnWords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LexiconTest {
    @Test
    void find_smallEntry_matchesAnyCase() {
        Lexicon lexicon = Lexicon.builder().respell("nginx", "engine x").build();

        assertThat(lexicon.words().find("nginx")).isEqualTo(new OwnWords.Entry(false, "engine x"));
        assertThat(lexicon.words().find("NginX")).isNotNull();
        assertThat(lexicon.words().find("nginxs")).isNull();
    }

    @Test
    void find_capitalEntry_matchesOnlyItself_andIsPreferred() {
        Lexicon lexicon = Lexicon.builder()
                .respell("polish", "pollish")
                .respell("Polish", "poe lish")
                .respell("IT", "eye tee")
                .build();

        assertThat(lexicon.words().find("Polish")).isEqualTo(new OwnWords.Entry(false, "poe lish"));
        assertThat(lexicon.words().find("POLISH")).isEqualTo(new OwnWords.Entry(false, "pollish"));
        assertThat(lexicon.words().find("it")).isNull();
    }

    @Test
    void find_accentedEntry_matchesAsFolded() {
        Lexicon lexicon = Lexicon.builder()
                .phonemes("Z\u00FCrich", "z\u02C8\u028A\u0279\u026Ak")
                .build();

        assertThat(lexicon.words().find("Zurich")).isNotNull();
        assertThat(lexicon.words().longest()).isEqualTo(6);
    }

    @Test
    void phonemes_composedSymbols_areDecomposed() {
        Lexicon lexicon = Lexicon.builder().phonemes("x", " \u00E3 ").build();

        assertThat(lexicon.words().find("x")).isEqualTo(new OwnWords.Entry(true, "a\u0303"));
    }

    @Test
    void respell_sameWordTwice_keepsTheLater() {
        Lexicon lexicon =
                Lexicon.builder().respell("a", "one").respell("a", "two").build();

        assertThat(lexicon.size()).isEqualTo(1);
        assertThat(lexicon.words().find("a")).isEqualTo(new OwnWords.Entry(false, "two"));
    }

    @Test
    void build_laterEntries_doNotReachTheBuiltOne() {
        Lexicon.Builder builder = Lexicon.builder().respell("a", "one");
        Lexicon lexicon = builder.build();
        builder.respell("b", "two");

        assertThat(lexicon.words().find("b")).isNull();
    }

    @Test
    void empty_hasNoWords() {
        assertThat(Lexicon.empty().size()).isZero();
        assertThat(Lexicon.empty().words().longest()).isZero();
        assertThat(Lexicon.builder().build()).isSameAs(Lexicon.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "\u4F60\u597D", "tab\tword", "\u06E3"})
    void respell_unusableWord_isRefusedWithoutQuotingIt(String word) {
        Lexicon.Builder builder = Lexicon.builder();

        assertThatThrownBy(() -> builder.respell(word, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("word");
    }

    @Test
    void builder_unusablePronunciation_isRefusedNamingTheField() {
        Lexicon.Builder builder = Lexicon.builder();

        assertThatThrownBy(() -> builder.respell("x", " ")).hasMessageStartingWith("words: 1 chars, allowed 1 to 100");
        assertThatThrownBy(() -> builder.respell("x".repeat(101), "x")).hasMessageStartingWith("word: 101 chars");
        assertThatThrownBy(() -> builder.phonemes("x", "")).hasMessageStartingWith("phonemes: 0 chars");
        assertThatThrownBy(() -> builder.phonemes("x", "a\nb")).hasMessageContaining("control");
    }

    @Test
    void toString_neverShowsWords() {
        Lexicon lexicon = Lexicon.builder()
                .respell("secret", "word")
                .phonemes("other", "h")
                .build();

        assertThat(lexicon).hasToString("Lexicon[2 words]");
        assertThat(lexicon.words().find("secret")).hasToString("respelling[4 chars]");
        assertThat(lexicon.words().find("other")).hasToString("phonemes[1 chars]");
    }
}
