// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.error.Faults;
import io.ttsclient.speech.Priority;
import io.ttsclient.transport.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private final Faults faults = new Faults();

    private Settings settings(Map<String, String> values) {
        return new Settings(values, faults);
    }

    @Test
    void everyKind_inRange_isRead() {
        Settings settings = settings(Map.of(
                "text",
                "any",
                "flag",
                "true",
                "number",
                "9000000000",
                "integer",
                "-2",
                "millis",
                "250",
                "decimal",
                "0.5",
                "choice",
                "prefetch"));
        var seen = new ArrayList<String>();

        settings.text("text", seen::add);
        assertThat(settings.text("text")).hasValue("any");
        assertThat(settings.flag("flag")).hasValue(true);
        settings.flag("flag", () -> seen.add("flag"));
        assertThat(settings.number("number", 1, Long.MAX_VALUE)).hasValue(9_000_000_000L);
        assertThat(settings.integer("integer", -2, 2)).hasValue(-2);
        assertThat(settings.millis("millis", 1, 250)).hasValue(Duration.ofMillis(250));
        assertThat(settings.decimal("decimal", 0, 2)).hasValue(0.5);
        assertThat(settings.choice("choice", Priority.class)).hasValue(Priority.PREFETCH);
        settings.end();

        assertThat(seen).containsExactly("any", "flag");
        assertThat(settings.known())
                .containsExactly("text", "flag", "number", "integer", "millis", "decimal", "choice");
        faults.throwIfAny();
    }

    @Test
    void notSet_isEmptyAndNoFault() {
        Settings settings = settings(Map.of());

        settings.secret("apiKey", key -> {
            throw new AssertionError("there is none");
        });
        settings.flag("flag", () -> {
            throw new AssertionError("it is not asked for");
        });
        assertThat(settings.text("text")).isEmpty();
        assertThat(settings.flag("flag")).isEmpty();
        assertThat(settings.integer("integer", 1, 2)).isEmpty();
        assertThat(settings.decimal("decimal", 1, 2)).isEmpty();
        assertThat(settings.choice("choice", Priority.class)).isEmpty();
        settings.end();
        faults.throwIfAny();
    }

    @Test
    void wrongValues_areAllNamedWithWhatIsAllowed() {
        Settings settings = settings(Map.of(
                "text",
                " ",
                "flag",
                "yes",
                "number",
                "0",
                "integer",
                "1.0",
                "millis",
                "251",
                "decimal",
                "NaN",
                "choice",
                "LIVE",
                "url",
                "x",
                "modell",
                "secret words"));

        settings.text("text");
        settings.text("url", value -> {
            throw new IllegalArgumentException("address: none");
        });
        settings.flag("flag");
        settings.number("number", 1, 5);
        settings.integer("integer", 1, 5);
        settings.millis("millis", 1, 250);
        settings.decimal("decimal", 0, 2);
        settings.choice("choice", Priority.class);
        settings.text("model");
        settings.end();

        assertThatThrownBy(faults::throwIfAny)
                .hasMessage("9 faults: text: blank, allowed any other value; url: none;"
                        + " flag: 'yes', allowed true or false; number: '0', allowed whole numbers from 1 to 5;"
                        + " integer: '1.0', allowed whole numbers from 1 to 5;"
                        + " millis: '251', allowed whole numbers from 1 to 250;"
                        + " decimal: 'NaN', allowed numbers from 0.0 to 2.0;"
                        + " choice: 'LIVE', allowed live, prefetch, batch;"
                        + " modell: unknown, did you mean model? [INVALID_REQUEST]");
    }

    @Test
    void secret_whateverItsSetterSays_isNotShown() {
        Settings settings = settings(Map.of("apiKey", "two words", "token", "hush"));

        settings.secret("apiKey", ApiKey::of);
        settings.secret("token", value -> {
            throw new IllegalArgumentException("token: " + value + " is wrong");
        });

        assertThatThrownBy(faults::throwIfAny)
                .hasMessageContaining("apiKey: 9 chars, allowed visible ASCII characters without blanks")
                .hasMessageContaining("token: 4 chars, not allowed")
                .hasStackTraceContaining("token: 4 chars")
                .satisfies(e -> assertThat(String.valueOf(e.getCause())).doesNotContain("two words", "hush"));
    }

    @Test
    void toString_namesOnly() {
        assertThat(settings(Map.of("model", "m", "apiKey", "sk-1"))).hasToString("Settings[apiKey, model]");
    }
}
