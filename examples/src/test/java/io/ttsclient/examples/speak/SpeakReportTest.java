// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.error.Category;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import org.junit.jupiter.api.Test;

/** What it tells of a call: a line of JSON, and how far it is. */
class SpeakReportTest extends SpeakFixture {
    @Test
    void json_success_hasAllKeysButTheCategory() {
        speak.run("Hello", "-o", "-", "--json", "--voice", "amy");

        assertThat(speak.err().lines()).hasSize(1);
        assertThat(speak.json().fieldNames())
                .toIterable()
                .containsExactly(
                        "requestId",
                        "provider",
                        "voice",
                        "timeToFirstAudioMillis",
                        "audioMillis",
                        "attempts",
                        "message");
        assertThat(speak.json().get("requestId").textValue()).isNotBlank();
        assertThat(speak.json().get("provider").textValue()).isEqualTo("fake");
        assertThat(speak.json().get("voice").textValue()).isEqualTo("amy");
        assertThat(speak.json().get("timeToFirstAudioMillis").isIntegralNumber())
                .isTrue();
        assertThat(speak.json().get("audioMillis").longValue())
                .isEqualTo(MADE.durationOf(FakeBackend.audioOf("Hello", MADE).length)
                        .toMillis());
        assertThat(speak.json().get("attempts").intValue()).isEqualTo(1);
    }

    @Test
    void json_failure_hasAllKeys() {
        backend.always(Behaviour.fail(Category.QUOTA));

        speak.run("Hello", "-o", "-", "--json");

        assertThat(speak.json().fieldNames())
                .toIterable()
                .containsExactly(
                        "requestId",
                        "provider",
                        "voice",
                        "timeToFirstAudioMillis",
                        "audioMillis",
                        "attempts",
                        "category",
                        "message");
        assertThat(speak.json().get("requestId").textValue()).isNotBlank();
        assertThat(speak.json().get("attempts").intValue()).isEqualTo(1);
        assertThat(speak.json().get("voice").isNull()).isTrue();
        assertThat(speak.json().get("timeToFirstAudioMillis").isNull()).isTrue();
    }

    @Test
    void json_text_isInNoMessage() {
        backend.always(Behaviour.fail(Category.CONTENT_REJECTED));

        speak.run("Xylophone", "-o", "-", "--json");

        assertThat(speak.err()).doesNotContain("Xylophone");
    }

    @Test
    void progress_onATerminal_isShownAndClearedAtTheEnd() {
        speak.terminal = true;
        backend.always(Behaviour.speak().chunks(8_000));

        speak.run("a long text ".repeat(50), "-o", file("a.wav"));

        assertThat(speak.err())
                .contains(" s spoken")
                .endsWith("a.wav: "
                        + Progress.seconds(MADE.durationOf(FakeBackend.audioOf("a long text ".repeat(50), MADE).length))
                        + " of linear16 16000 Hz" + System.lineSeparator());
    }

    @Test
    void progress_elsewhere_isNotShown() {
        backend.always(Behaviour.speak().chunks(8_000));

        speak.run("a long text ".repeat(50), "-o", file("a.wav"));

        assertThat(speak.err()).isEmpty();
    }
}
