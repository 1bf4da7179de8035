// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiProfileTest {
    @ParameterizedTest
    @CsvSource({
        "gemini-3.8-flash-tts, GEMINI_3_8",
        "gemini-3.8-flash-lite-tts, GEMINI_3_8",
        "gemini-3.1-flash-tts-preview, GEMINI_3_1",
        "gemini-2.5-flash-preview-tts, GEMINI_2_5",
        "gemini-2.5-pro-tts, GEMINI_2_5",
        "gemini-4-tts, GEMINI_3_8",
        "something-else, GEMINI_3_8",
    })
    void of_model_isToldByItsBeginning(String model, GeminiProfile profile) {
        assertThat(GeminiProfile.of(model)).isEqualTo(profile);
    }
}
