// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.TtsClient;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** When the engine fails: the right category, who and which request in the exception, and nothing that is nobody's business. */
abstract class FailureConformance extends LifeCycleConformance {
    @Test
    protected void stream_engineFails_failsWithItsCategory() {
        for (FailureCase failing : failureCases()) {
            TtsBackend backend = closedLater(failing.backend().get());
            Synthesis synthesis = synthesis(shortText());
            TtsException failure = failureOf(failing, backend, synthesis);
            assertThat(failure.backend())
                    .as("who failed, in what '%s' fails with", failing.name())
                    .isPresent();
            assertThat(failure.requestId())
                    .as("which request failed, in what '%s' fails with", failing.name())
                    .contains(synthesis.requestId());
        }
    }

    private TtsException failureOf(FailureCase failing, TtsBackend backend, Synthesis synthesis) {
        return failure(
                "speaking while the engine fails with '" + failing.name() + "'",
                () -> {
                    try (AudioSource source = backend.stream(synthesis)) {
                        return readHere(source);
                    }
                },
                failing.category());
    }

    @Test
    protected void stream_engineFailsAgainAndAgain_staysUsable() {
        for (FailureCase failing : failureCases()) {
            TtsBackend backend = closedLater(failing.backend().get());
            for (int i = 0; i < 3; i++) {
                failureOf(failing, backend, synthesis(shortText()));
            }
            close(backend);
        }
    }

    @Test
    protected void sensitive_isInNoFailureOfTheEngine() {
        var shown = new ArrayList<String>();
        for (FailureCase failing : failureCases()) {
            TtsBackend backend = closedLater(failing.backend().get());
            shown.add(everythingIn(failureOf(failing, backend, synthesis(secretText()))));
            shown.add(backend.toString());
        }
        assertThat(shown).as("messages of failures, which may go to a log").noneMatch(this::isSensitive);
    }

    @Test
    protected void sensitive_isInNoLog() {
        try (LogRecorder recorder = LogRecorder.start()) {
            Assumptions.assumeTrue(
                    recorder.seesLogs(),
                    "what is logged cannot be seen: a binding of SLF4J that prints, such as slf4j-simple, is missing");
            speakAndFail();
            List<String> told =
                    recorder.text().lines().filter(this::isSensitive).toList();
            assertThat(told)
                    .as("logged or printed lines with the user's text or a secret in them")
                    .isEmpty();
        }
    }

    private void speakAndFail() {
        TtsBackend backend = open();
        speak(backend, synthesis(secretText()));
        unknownVoice()
                .ifPresent(voice -> failureIfAny(
                        "speaking with an unknown voice",
                        () -> backend.stream(synthesis(secretText(), SpeechOptions.voice(voice)))));
        stream(backend, synthesis(secretText())).close();
        for (FailureCase failing : failureCases()) {
            failureOf(failing, closedLater(failing.backend().get()), synthesis(secretText()));
            try (TtsClient client = TtsClient.builder()
                    .backend(failing.backend().get())
                    .retry(RetryPolicy.none())
                    .build()) {
                failureIfAny("synthesize() while the engine fails", () -> client.synthesize(secretText()));
            }
        }
        try (TtsClient client = TtsClient.of(backend)) {
            bounded("synthesize()", () -> client.synthesize(secretText()));
        }
    }
}
