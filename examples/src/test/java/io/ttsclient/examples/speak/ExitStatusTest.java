// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExitStatusTest {
    @ParameterizedTest
    @CsvSource({
        "CONNECTION, 4",
        "UNAVAILABLE, 4",
        "OVERLOADED, 4",
        "TIMEOUT, 4",
        "NO_AUDIO, 4",
        "TRUNCATED, 4",
        "RATE_LIMIT, 4",
        "CIRCUIT_OPEN, 4",
        "PROTOCOL, 4",
        "AUTHENTICATION, 3",
        "QUOTA, 3",
        "NOT_FOUND, 3",
        "UNSUPPORTED, 2",
        "CONTENT_REJECTED, 3",
        "CANCELLED, 130",
        "CLOSED, 4"
    })
    void of_categoryFromTheProvider_isAsDocumented(Category category, int code) {
        assertThat(ExitStatus.of(TtsException.builder(category, "no").build()).code())
                .isEqualTo(code);
    }

    @Test
    void of_invalidRequest_dependsOnWhoSaysSo() {
        TtsException.Builder failure = TtsException.builder(Category.INVALID_REQUEST, "no");

        assertThat(ExitStatus.of(failure.origin(Origin.CLIENT).build()).code()).isEqualTo(2);
        assertThat(ExitStatus.of(failure.origin(Origin.PROVIDER).build()).code())
                .isEqualTo(3);
        assertThat(ExitStatus.of(new NothingToSpeakException("no")).code()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void of_everyCategory_isAFailureThatIsNoBug(Category category) {
        assertThat(ExitStatus.of(TtsException.builder(category, "no").build())).isNotIn(ExitStatus.OK, ExitStatus.BUG);
    }
}
