// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.TestSynthesis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestSpeechTest {
    private static final SpeechOptions OVER_REST = SpeechOptions.builder()
            .provider(DeepgramOptions.builder().rest().build())
            .build();

    @ParameterizedTest
    @CsvSource({
        "application/json, '{\"request_id\":\"dg-7\"}',   JSON",
        "text/html,        '<html>Please log in.</html>', TEXT",
        "'',               '<!doctype html><p>Hotel</p>', TEXT",
    })
    void answer_successWithWordsInPlaceOfAudio_isAProtocolFailureWithoutThoseWords(
            String contentType, String body, String what) {
        try (var server = LoopbackServer.start(request -> ServerAnswer.of(200)
                        .header("Content-Type", contentType)
                        .header("dg-request-id", "dg-7")
                        .body(body));
                Deepgram deepgram =
                        Deepgram.builder().apiKey("key").baseUrl(server.url("")).build()) {
            TtsException failure = catchThrowableOfType(
                    TtsException.class,
                    () -> deepgram.stream(TestSynthesis.of("Hello.", OVER_REST)).close());

            assertThat(failure.category()).isEqualTo(Category.PROTOCOL);
            assertThat(failure).hasMessageContaining("answered with " + what + " in place of audio");
            assertThat(failure.providerRequestId()).contains("dg-7");
        }
    }
}
