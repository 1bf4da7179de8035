// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.speech.Voice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownVoicesTest {
    @ParameterizedTest
    @CsvSource({
        "aura-[a-z]+-en,   12",
        "aura-2-[a-z]+-en, 41",
        "aura-2-[a-z]+-es, 17",
        "aura-2-[a-z]+-de, 7",
        "aura-2-[a-z]+-nl, 9",
        "aura-2-[a-z]+-fr, 2",
        "aura-2-[a-z]+-it, 9",
        "aura-2-[a-z]+-ja, 5",
        "flux-[a-z]+-en,   36",
    })
    void all_ofEachKind_areAsManyAsTheDocumentationNames(String ids, int count) {
        assertThat(KnownVoices.all()).extracting(Voice::id).doesNotHaveDuplicates();
        assertThat(KnownVoices.all())
                .filteredOn(voice -> voice.id().matches(ids))
                .hasSize(count);
    }

    @Test
    void all_haveTheirNamesAndLanguages() {
        assertThat(KnownVoices.all())
                .contains(
                        new Voice("aura-2-selena-es", "Selena", List.of("es", "en"), ""),
                        new Voice("aura-2-uzume-ja", "Uzume", List.of("ja"), ""));
    }

    @Test
    void defaultFor_eachLanguage_isOneOfThem() {
        assertThat(KnownVoices.languages())
                .hasSize(7)
                .allSatisfy(language -> assertThat(KnownVoices.all())
                        .extracting(Voice::id)
                        .contains(KnownVoices.defaultFor(language).orElseThrow()));
        assertThat(KnownVoices.defaultFor("tlh")).isEqualTo(Optional.empty());
    }
}
