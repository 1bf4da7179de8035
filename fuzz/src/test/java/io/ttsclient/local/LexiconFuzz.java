// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.local.english.OwnWords;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

class LexiconFuzz {
    /** A line is a word and how it is said, with an equals sign between, or two for phonemes. */
    @FuzzTest
    void builder_anyWords_areFoundOrRefused(byte[] bytes) {
        Lexicon.Builder builder = Lexicon.builder();
        Set<String> taken = new HashSet<>();
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
            String[] entry = line.split("=", 2);
            if (entry.length == 2 && add(entry[0], entry[1], builder)) {
                taken.add(OwnWords.folded(entry[0]));
            }
        }

        Lexicon lexicon = builder.build();

        assertThat(lexicon.size()).isEqualTo(taken.size());
        assertThat(lexicon).hasToString("Lexicon[" + taken.size() + " words]");
        for (String word : taken) {
            assertThat(lexicon.words().find(word)).isNotNull();
            assertThat(word.length()).isBetween(1, lexicon.words().longest());
            assertThat(OwnWords.folded(word)).isEqualTo(word);
        }
    }

    private static boolean add(String word, String said, Lexicon.Builder builder) {
        try {
            if (said.startsWith("=")) {
                builder.phonemes(word, said.substring(1));
            } else {
                builder.respell(word, said);
            }
            return true;
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).matches("(word|words|phonemes): [ -~]+");
            return false;
        }
    }
}
