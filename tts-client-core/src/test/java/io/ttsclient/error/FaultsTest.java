// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
    private final Faults faults = new Faults();

    @Test
    void throwIfAny_none_doesNothing() {
        faults.throwIfAny();

        assertThat(faults.isEmpty()).isTrue();
    }

    @Test
    void throwIfAny_one_isItsMessage() {
        faults.add("speed", "9, allowed 0.25 to 4");

        assertThatThrownBy(faults::throwIfAny)
                .isInstanceOfSatisfying(TtsException.class, e -> {
                    assertThat(e.category()).isEqualTo(Category.INVALID_REQUEST);
                    assertThat(e.origin()).isEqualTo(Origin.CLIENT);
                })
                .hasMessage("speed: 9, allowed 0.25 to 4 [INVALID_REQUEST]");
    }

    @Test
    void throwIfAny_several_areCountedAndAllThere() {
        faults.add("speed", "9, allowed 0.25 to 4");
        faults.add("voice", "blank");

        assertThatThrownBy(faults::throwIfAny)
                .hasMessageStartingWith("2 faults: speed: 9, allowed 0.25 to 4; voice: blank");
        assertThat(faults).hasToString("Faults[speed: 9, allowed 0.25 to 4, voice: blank]");
    }

    @Test
    void add_sameFieldTwice_theFirstCounts() {
        faults.add("apiKey", "blank");
        faults.add("apiKey", "not set");

        assertThatThrownBy(faults::throwIfAny).hasMessageStartingWith("apiKey: blank [");
    }

    @Test
    void check_whatIsRefused_isAFault() {
        faults.check(() -> {
            throw new IllegalArgumentException("threads: 0, allowed 1 to 256");
        });
        faults.check("baseUrl", () -> {
            throw TtsException.invalidRequest("url: not an address");
        });
        faults.check("path", () -> {
            throw new IllegalArgumentException("no such thing");
        });

        assertThatThrownBy(faults::throwIfAny)
                .hasMessageStartingWith(
                        "3 faults: threads: 0, allowed 1 to 256; baseUrl: not an address; path: no such thing");
    }

    @Test
    void check_bug_isThrown() {
        assertThatThrownBy(() -> faults.check(() -> {
                    throw new IllegalStateException("a bug");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void throwIfAny_categoriesAgree_itIsTheirs() {
        TtsException gone =
                TtsException.builder(Category.NOT_FOUND, "model: /x").build();
        faults.check(() -> {
            throw gone;
        });

        assertThatThrownBy(faults::throwIfAny)
                .hasMessage("model: /x [NOT_FOUND]")
                .hasCause(gone);

        faults.add("voice", "blank");
        assertThatThrownBy(faults::throwIfAny).hasMessageEndingWith("[INVALID_REQUEST]");
    }

    @Test
    void within_fields_haveTheLongerName() {
        faults.within("backends."::concat).within("0."::concat).add("apiKey", "not set");

        assertThatThrownBy(faults::throwIfAny).hasMessageStartingWith("backends.0.apiKey: not set");
    }

    @Test
    void hide_value_isReplacedAlsoInWhatIsRefused() {
        faults.hide("sk-hush-0123", "${KEY}");
        faults.hide("1", "${ONE}");
        faults.within("a."::concat).add("threads", "'1', allowed 1 to 16");
        faults.check(() -> {
            throw new IllegalArgumentException("model: sk-hush-0123 is not there");
        });

        assertThatThrownBy(faults::throwIfAny)
                .hasMessageStartingWith("2 faults: a.threads: ${ONE}, allowed 1 to 16; model: ${KEY} is not there [")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "modell, model",
        "Model, model",
        "base-url, baseUrl",
        "apikey, apiKey",
        "retry.maxAtempts, retry.maxAttempts",
        "RETRY_MAX_ATEMPTS, retry.maxAttempts",
    })
    void unknown_near_isGuessed(String field, String meant) {
        faults.unknown(field, List.of("apiKey", "baseUrl", "model", "retry.maxAttempts"));

        assertThatThrownBy(faults::throwIfAny)
                .hasMessageStartingWith(field + ": unknown, did you mean " + meant + "? [");
    }

    @ParameterizedTest
    @CsvSource({
        "zzzzzz, 'apiKey, retry'",
        "retry, 'retry.maxAttempts, retry.openFor'",
        "retry.zzzzzzzzzz, 'retry.maxAttempts, retry.openFor'",
        "retry.maxAttempts.zzzzzzzzz, 'retry.maxAttempts, retry.openFor'",
    })
    void unknown_farFromAll_namesThoseBesideIt(String field, String beside) {
        faults.unknown(field, List.of("apiKey", "retry.maxAttempts", "retry.openFor"));

        assertThatThrownBy(faults::throwIfAny).hasMessageStartingWith(field + ": unknown, known are " + beside + " [");
    }
}
