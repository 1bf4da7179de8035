// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Health;
import io.ttsclient.speech.Voice;
import io.ttsclient.testkit.FakeBackend;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What it answers instead of speaking: voices and health. */
class SpeakAnswersTest {
    @Test
    void listVoices_severalVoices_printsALineEach() {
        var voices = FakeBackend.builder("fake")
                .voices(
                        new Voice("amy", "Amy", List.of("en-US", "en-GB"), "calm"),
                        new Voice("bo", "Bo", List.of(), ""))
                .build();
        var call = new SpeakCall(voices);

        assertThat(call.run("--list-voices", "--json")).isZero();

        assertThat(call.outText().lines()).containsExactly("amy\tAmy\ten-US,en-GB\tcalm", "bo\tBo\t\t");
        assertThat(call.json().get("message").textValue()).isEqualTo("2 voices");
        assertThat(voices.isClosed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"UP, 0", "DOWN, 4", "UNKNOWN, 4"})
    void health_anyStatus_isPrintedAndDecidesTheExit(Health.Status status, int code) {
        var call = new SpeakCall(FakeBackend.builder("fake")
                .health(Health.builder(status, "so it is").build())
                .build());

        assertThat(call.run("--health", "--json")).isEqualTo(code);

        assertThat(call.outText().strip()).isEqualTo(status + " so it is");
        assertThat(call.json().has("category")).isEqualTo(code != 0);
        assertThat(call.json().get("provider").textValue()).isEqualTo("fake");
    }

    @Test
    void listVoices_readerGone_endsQuietly() {
        var call = new SpeakCall(FakeBackend.builder("fake")
                .voices(new Voice("amy", "Amy", List.of(), ""))
                .build());
        call.out = SpeakCall.failing("Broken pipe");

        assertThat(call.run("--list-voices")).isEqualTo(130);

        assertThat(call.err()).isEmpty();
    }
}
