// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static io.ttsclient.vits.Emulated.audioOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.TtsClient;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.vits.VitsTtsVietnameseEmulator;
import io.ttsclient.testkit.vits.VitsTtsVietnameseEmulator.Generation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakCheck.class)
class VitsTtsVietnameseTest {
    private static final Dialect DIALECT = Dialect.VITS_TTS_VIETNAMESE;

    private static Emulated emulated(Generation generation) {
        return new Emulated(DIALECT, new VitsTtsVietnameseEmulator(generation));
    }

    private static Emulated scripted(ServerAnswer... answers) {
        var emulated = new Emulated(DIALECT, request -> ServerAnswer.of(501));
        emulated.server.enqueue(answers);
        return emulated;
    }

    @ParameterizedTest
    @EnumSource
    void stream_everyGeneration_speaks(Generation generation) {
        try (Emulated emulated = emulated(generation)) {
            assertThat(emulated.speak("Xin ch\u00e0o")).isEqualTo(audioOf("Xin ch\u00e0o", 22_050));
        }
    }

    @Test
    void stream_oldestGeneration_isRememberedAndItsFileFetched() {
        try (Emulated emulated = emulated(Generation.TORNADO)) {
            emulated.speak("a");
            emulated.speak("a");

            assertThat(emulated.asked())
                    .hasSize(5)
                    .startsWith("GET /tts/stream?text=a&speed=normal", "GET /tts?text=a&speed=normal")
                    .element(2)
                    .asString()
                    .startsWith("GET /audio/");
            assertThat(emulated.asked().get(3)).startsWith("GET /tts?");
        }
    }

    @Test
    void stream_serverUpgraded_findsTheNewRoute() {
        var generation = new Generation[] {Generation.TORNADO};
        var old = new VitsTtsVietnameseEmulator(Generation.TORNADO);
        LoopbackServer.Handler upgraded = request -> generation[0] == Generation.TORNADO
                ? old.answer(request)
                : request.path().equals("/tts/stream")
                        ? new VitsTtsVietnameseEmulator(Generation.INTERIM).answer(request)
                        : ServerAnswer.of(404);
        try (Emulated emulated = new Emulated(DIALECT, upgraded)) {
            emulated.speak("a");
            generation[0] = Generation.INTERIM;

            assertThat(emulated.speak("a")).isEqualTo(audioOf("a", 22_050));
        }
    }

    @Test
    void stream_failureOfTheServer_neverSwitchesTheRoute() {
        try (Emulated emulated = scripted(ServerAnswer.of(500))) {
            TtsException failure = Thrown.by(Category.UNAVAILABLE, () -> emulated.speak("a"));

            assertThat(failure.retryable()).isFalse(); // it may be the text
            assertThat(emulated.asked()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "500, 'TTS streaming generation failed: Text parameter cannot be empty', INVALID_REQUEST",
        "500, 'TTS streaming generation failed: Text too long', INVALID_REQUEST",
        "400, Missing required query parameter, INVALID_REQUEST",
        "500, 'TTS streaming generation failed: out of memory', UNAVAILABLE",
        "503, restarting, UNAVAILABLE",
    })
    void stream_refusal_isToldByItsWords(int status, String detail, Category category) {
        String body = "{\"status_code\":" + status + ",\"detail\":\"" + detail + "\"}";
        try (Emulated emulated = scripted(ServerAnswer.of(status)
                .header("Content-Type", "application/json")
                .body(body))) {
            assertThat(Thrown.by(category, () -> emulated.speak("a"))).hasMessageContaining(detail);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.25, very_slow",
        "0.7, very_slow",
        "0.8, slow",
        "1, normal",
        "1.3, normal",
        "1.4, fast",
        "2, fast",
        "4, very_fast"
    })
    void speed_anyFactor_isTheNearestLabel(double speed, String label) {
        Synthesis synthesis =
                TestSynthesis.of("a", SpeechOptions.builder().speed(speed).build());
        try (Emulated emulated = emulated(Generation.LITESTAR)) {
            emulated.speak(synthesis);

            assertThat(emulated.asked()).containsExactly("GET /tts/stream?text=a&speed=" + label);
            assertThat(synthesis.journal().report().warnings())
                    .hasSize(speed == 1 ? 0 : 1)
                    .allMatch(warning -> warning.contains("'" + label + "'"));
        }
    }

    @Test
    void speed_replacedByTheServer_isAWarning() {
        Synthesis synthesis =
                TestSynthesis.of("a", SpeechOptions.builder().speed(1 / 0.6).build());
        String answer = "{\"hash\":\"1\",\"text\":\"a\",\"speed\":\"normal\",\"audio_url\":\"/audio/1.wav\"}";
        try (Emulated emulated = scripted(
                ServerAnswer.of(404),
                ServerAnswer.of(200).header("Content-Type", "application/json").body(answer),
                ServerAnswer.of(200).body(Wav.saying("a", io.ttsclient.audio.AudioFormat.linear16(22_050))))) {
            emulated.speak(synthesis);
        }

        assertThat(synthesis.journal().report().warnings())
                .containsExactly("speed: asked for 'fast', the server spoke with another one");
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example/audio/1.wav, another origin",
        "https://127.0.0.1/audio/1.wav, another origin",
        "//evil.example/1.wav, another origin",
        "file:///etc/passwd, another origin",
        "'', no address",
        "'http://a b', no address",
    })
    void audioUrl_ofAnotherOrigin_isNotFetched(String address, String message) {
        ServerAnswer answer = ServerAnswer.of(200)
                .header("Content-Type", "application/json")
                .body("{\"audio_url\":\"" + address + "\"}");
        try (Emulated emulated = scripted(ServerAnswer.of(404), answer)) {
            assertThat(Thrown.by(Category.PROTOCOL, () -> emulated.speak("a"))).hasMessageContaining(message);
            assertThat(emulated.asked()).hasSize(2);
        }
    }

    @Test
    void audioUrl_relative_isOfTheServerAndNotBelowThePathBeforeItsRoutes() {
        var litestar = new VitsTtsVietnameseEmulator(Generation.LITESTAR);
        LoopbackServer.Handler withoutStream =
                request -> request.path().equals("/tts/stream") ? ServerAnswer.of(404) : litestar.answer(request);
        try (Emulated emulated = new Emulated(DIALECT, withoutStream)) {
            assertThat(emulated.speak("a")).isEqualTo(audioOf("a", 22_050));
            // SHA-1 of the text and the speed.
            assertThat(emulated.asked()).last().isEqualTo("GET /audio/9b9b4f9ecb0e42a57305228f1dada59da756690a.wav");
        }
        LoopbackServer.Handler behindAProxy =
                request -> ServerAnswer.of(request.path().equals("/tts/tts") ? 200 : 404)
                        .header("Content-Type", "application/json")
                        .body("{\"audio_url\":\"/audio/1.wav\"}");
        try (LoopbackServer server = LoopbackServer.start(behindAProxy);
                VitsServer backend = VitsServer.builder()
                        .baseUrl(server.url("/tts"))
                        .dialect(DIALECT)
                        .build()) {
            Thrown.by(Category.NOT_FOUND, () -> backend.stream(TestSynthesis.of("a")));
            assertThat(server.requests()).last().hasToString("GET /audio/1.wav (0 bytes)");
        }
    }

    @ParameterizedTest
    @CsvSource({"500, 1", "503, 3"})
    void client_failure_isTriedAgainOnlyWhereItCannotBeTheText(int status, int requests) {
        try (Emulated emulated = new Emulated(DIALECT, request -> ServerAnswer.of(status));
                TtsClient client = TtsClient.builder()
                        .backend(emulated.backend)
                        .retry(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(1)))
                        .build()) {
            Thrown.by(Category.UNAVAILABLE, () -> client.synthesize("a"));

            assertThat(emulated.asked()).hasSize(requests);
        }
    }

    @Test
    void text_decomposed_isSentInNormalFormC() {
        try (Emulated emulated = emulated(Generation.LITESTAR)) {
            emulated.speak("cha\u0300o ba\u0323n");

            assertThat(emulated.asked()).containsExactly("GET /tts/stream?text=ch%C3%A0o%20b%E1%BA%A1n&speed=normal");
        }
    }

    @Test
    void text_tooLongForAnAddress_isRefusedHereAndCutByAClient() {
        String text = "Xin ch\u00e0o c\u00e1c b\u1ea1n. ".repeat(300);
        try (Emulated emulated = emulated(Generation.LITESTAR)) {
            assertThat(Thrown.by(Category.INVALID_REQUEST, () -> emulated.speak(text)))
                    .hasMessageContaining("bytes in an address, allowed 1 to 6144");
            assertThat(emulated.asked()).isEmpty();

            try (TtsClient client = TtsClient.of(emulated.backend)) {
                assertThat(client.synthesize(text).format().sampleRate()).isEqualTo(22_050);
            }
            assertThat(emulated.asked()).hasSizeGreaterThan(10).allMatch(target -> target.length() < 6_300);
        }
    }

    @ParameterizedTest
    @CsvSource({"en-US, , UNSUPPORTED", "vi-VN, , ''", ", any, NOT_FOUND"})
    void request_forWhatTheServerHasNot_isRefusedHere(String language, String voice, String category) {
        SpeechOptions.Builder options = SpeechOptions.builder();
        if (language != null) {
            options.language(language);
        }
        if (voice != null) {
            options.voice(voice);
        }
        try (Emulated emulated = emulated(Generation.LITESTAR)) {
            if (category.isEmpty()) {
                assertThat(emulated.speak("a", options.build())).isNotEmpty();
            } else {
                Thrown.by(Category.valueOf(category), () -> emulated.speak("a", options.build()));
                assertThat(emulated.asked()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"LITESTAR, UP", "INTERIM, UP", "TORNADO, UP"})
    void health_everyGeneration_isFound(Generation generation, Health.Status status) {
        try (Emulated emulated = emulated(generation)) {
            assertThat(emulated.backend.health().status()).isEqualTo(status);
        }
    }
}
