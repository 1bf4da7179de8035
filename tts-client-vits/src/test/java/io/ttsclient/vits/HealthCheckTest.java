// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Health;
import io.ttsclient.error.Category;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.testkit.vits.MeloTtsEmulator;
import io.ttsclient.transport.ApiKeySource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakCheck.class)
class HealthCheckTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | {"status":"healthy"}                   | UP
            200 | {"status":"ok","models_loaded":["EN"]} | UP
            200 | {"message":"OK"}                       | UP
            200 | OK                                     | UP
            200 | ''                                     | UP
            200 | {"status":"loading"}                   | BUSY
            200 | {"status":"initializing"}              | BUSY
            200 | {"status":"unk"}                       | UNKNOWN
            200 | {"status":"error"}                     | DOWN
            200 | {"status":{"code":1}}                  | UP
            503 | {"status":"starting"}                  | BUSY
            500 | ''                                     | DOWN
            401 | ''                                     | DOWN
            """)
    void health_anyAnswer_isReadAndNotOnlyItsStatus(int status, String body, Health.Status health) {
        try (Emulated emulated = new Emulated(
                Dialect.MELO_TTS, request -> ServerAnswer.of(status).body(body))) {
            assertThat(emulated.backend.health().status()).isEqualTo(health);
        }
    }

    @Test
    void health_anyAnswer_saysHowLongItTook() {
        var time = new VirtualTime();
        LoopbackServer.Handler slow = request -> {
            time.advance(Duration.ofMillis(250));
            return ServerAnswer.of(503);
        };
        try (Emulated emulated = new Emulated(Dialect.MELO_TTS, slow, builder -> builder.time(time))) {
            assertThat(emulated.backend.health().latency()).contains(Duration.ofMillis(250));
        }
    }

    @Test
    void keySourceThatFails_isSaidWithoutItsWords() {
        ApiKeySource failing = () -> {
            throw new IllegalStateException("the vault said hunter2");
        };
        try (Emulated emulated =
                new Emulated(Dialect.MELO_TTS, request -> ServerAnswer.of(200), builder -> builder.apiKeys(failing))) {
            Health health = emulated.backend.health();
            assertThat(health.status()).isEqualTo(Health.Status.DOWN);
            assertThat(health.lastFailure()).contains(Category.AUTHENTICATION);
            assertThat(health.detail()).doesNotContain("hunter2");
            assertThat(Thrown.by(Category.AUTHENTICATION, () -> emulated.backend.voices()))
                    .hasMessageNotContaining("hunter2")
                    .hasNoCause();
        }
    }

    @Test
    void health_noAnswerWhileItSpeaks_isBusy() {
        var melo = new MeloTtsEmulator();
        LoopbackServer.Handler oneAtATime = request -> request.method().equals("GET")
                ? ServerAnswer.silence()
                : melo.answer(request).stallAt(5_000);
        try (Emulated emulated =
                new Emulated(Dialect.MELO_TTS, oneAtATime, builder -> builder.healthTimeout(Duration.ofMillis(100)))) {
            try (AudioSource speaking = emulated.backend.stream(TestSynthesis.of("Hello there"))) {
                assertThat(speaking).isNotNull();
                assertThat(emulated.backend.health().status()).isEqualTo(Health.Status.BUSY);
            }
            assertThat(emulated.backend.health().status()).isEqualTo(Health.Status.DOWN);
        }
    }
}
