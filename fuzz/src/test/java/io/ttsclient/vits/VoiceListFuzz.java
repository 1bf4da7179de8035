// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.speech.Voice;
import java.util.List;
import java.util.Locale;

class VoiceListFuzz {
    @FuzzTest
    void of_anyJson_isAListOfVoicesThatCanBeAskedFor(byte[] bytes) {
        Wire.parsed(bytes).ifPresent(json -> {
            for (String field : List.of("", "voices", "VITS")) {
                List<Voice> voices = VoiceList.of(json, field);
                assertThat(voices.size()).isLessThanOrEqualTo(bytes.length);
                assertThat(voices).extracting(Voice::id).doesNotHaveDuplicates();
                assertThat(voices).allSatisfy(voice -> {
                    assertThat(voice.id()).isNotBlank();
                    assertThat(voice.name()).isNotBlank();
                    assertThat(voice.languages())
                            .allSatisfy(
                                    tag -> assertThat(Locale.forLanguageTag(tag).toLanguageTag())
                                            .isEqualTo(tag));
                });
            }
        });
    }
}
