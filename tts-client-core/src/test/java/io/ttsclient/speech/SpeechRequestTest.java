// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.TtsException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechRequestTest {
    @Test
    void of_text_hasNothingElseSet() {
        SpeechRequest request = SpeechRequest.of("Hello");

        assertThat(request.text()).isEqualTo("Hello");
        assertThat(request.requestId()).isEmpty();
        assertThat(request.options()).hasToString("SpeechOptions{}");
    }

    @Test
    void builder_everySetter_reachesTheOptions() {
        SpeechRequest request = SpeechRequest.builder("Hello")
                .requestId("call-17")
                .voice("anna")
                .model("large")
                .language("en-US")
                .speed(2)
                .style("calm")
                .format(AudioFormat.alaw(8_000))
                .timeout(Duration.ofSeconds(4))
                .with(options -> options.cacheable(false))
                .build();

        assertThat(request.requestId()).contains("call-17");
        SpeechOptions options = request.options();
        assertThat(options.voice()).contains("anna");
        assertThat(options.model()).contains("large");
        assertThat(options.language()).contains("en-US");
        assertThat(options.speed()).hasValue(2);
        assertThat(options.style()).contains("calm");
        assertThat(options.format()).contains(AudioFormat.alaw(8_000));
        assertThat(options.timeout()).contains(Duration.ofSeconds(4));
        assertThat(options.cacheable()).isFalse();
    }

    @Test
    void options_setAtOnce_replaceThoseBefore() {
        SpeechRequest request = SpeechRequest.builder("Hello")
                .voice("anna")
                .options(SpeechOptions.builder().model("large").build())
                .build();

        assertThat(request.options().voice()).isEmpty();
        assertThat(request.options().model()).contains("large");
    }

    @Test
    void toBuilder_changedInOneThing_keepsTheRest() {
        SpeechRequest original =
                SpeechRequest.builder("Hello").requestId("r-1").voice("anna").build();

        SpeechRequest copy = original.toBuilder().voice("otto").build();

        assertThat(copy.text()).isEqualTo("Hello");
        assertThat(copy.requestId()).contains("r-1");
        assertThat(copy.options().voice()).contains("otto");
        assertThat(original.options().voice()).contains("anna");
    }

    @Test
    void builder_usedAgain_leavesWhatItBuiltAlone() {
        SpeechRequest.Builder builder = SpeechRequest.builder("Hello").voice("anna");
        SpeechRequest first = builder.build();

        builder.voice("otto");

        assertThat(first.options().voice()).contains("anna");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n\t", "\u3000"})
    void builder_blankText_isRefusedByItsLength(String blank) {
        assertThatThrownBy(() -> SpeechRequest.of(blank))
                .isInstanceOf(NothingToSpeakException.class)
                .hasMessage("text: blank (" + blank.length() + " chars), allowed anything to speak [INVALID_REQUEST]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"r", "~!/", "0123456789abcdef-0123456789ABCDEF"})
    void requestId_visibleAscii_isTaken(String id) {
        assertThat(SpeechRequest.builder("Hi").requestId(id).build().requestId())
                .contains(id);
    }

    @Test
    void requestId_ofTheGreatestLength_isTaken() {
        assertThat(SpeechRequest.builder("Hi")
                        .requestId("x".repeat(128))
                        .build()
                        .requestId())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "line\nbreak", "\u007f", "é", "日本"})
    void requestId_somethingElse_isRefusedWithoutRepeatingIt(String id) {
        assertThatThrownBy(() -> SpeechRequest.builder("Hi").requestId(id))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.INVALID_REQUEST))
                .hasMessage("requestId: " + id.length()
                        + " chars, allowed 1 to 128 visible ASCII characters [INVALID_REQUEST]");
    }

    @Test
    void requestId_tooLong_isRefused() {
        assertThatThrownBy(() -> SpeechRequest.builder("Hi").requestId("x".repeat(129)))
                .hasMessageStartingWith("requestId: 129 chars");
    }

    @Test
    void toString_request_saysTheLengthAndNeverTheText() {
        assertThat(SpeechRequest.builder("My PIN is 1234")
                        .requestId("r-1")
                        .style("whisper it")
                        .build()
                        .toString())
                .isEqualTo("SpeechRequest[14 chars, requestId=r-1, SpeechOptions{styleLength=10}]");
    }
}
