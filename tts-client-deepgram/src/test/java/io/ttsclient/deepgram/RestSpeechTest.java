// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechReport;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.testkit.deepgram.Fault;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
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

    private static SpeechOptions overRest(String voice) {
        return SpeechOptions.builder()
                .voice(voice)
                .provider(DeepgramOptions.builder().rest().build())
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aura-2-thalia-en", "flux-haley-en"})
    void speech_overRest_isHeardAndItsHeadersAreInTheReport(String voice) {
        try (var scene = new Scene()) {
            scene.emulator.next(Fault.warn("INPUT_MARKUP_STRIPPED"));
            Synthesis synthesis = scene.synthesis("Your table is ready.", overRest(voice));

            assertThat(scene.say(synthesis)).isEqualTo("Your table is ready.");
            SpeechReport report = synthesis.journal().report();
            assertThat(report.warnings()).containsExactly("Deepgram warned, INPUT_MARKUP_STRIPPED");
            assertThat(report.attempts().get(0).voice()).contains(voice);
            assertThat(report.attempts().get(0).charactersSent()).isEqualTo(20);
            assertThat(report.attempts().get(0).providerRequestId()).contains("dg-1");
            assertThat(scene.emulator.requests().get(0).path())
                    .isEqualTo(voice.startsWith("flux") ? "/v2/speak" : "/v1/speak");
            scene.closeInOrder();
        }
    }

    @Test
    void headers_whatTheServiceBillsCounts_andItsWordsAreNotShown() {
        ServerAnswer answer = ServerAnswer.of(200)
                .header("Content-Type", "audio/l16;rate=24000")
                .header("dg-model-name", "aura-2-luna-en")
                .header("dg-char-count", "7")
                .header("dg-warnings", "[{\"code\":\"BREAKS_LIMIT_EXCEEDED\",\"near\":\"Hello\"}]")
                .body(new byte[4_800])
                .chunked();
        Synthesis synthesis = TestSynthesis.of("Hello.", OVER_REST);
        try (var server = LoopbackServer.start(request -> answer);
                Deepgram deepgram =
                        Deepgram.builder().apiKey("key").baseUrl(server.url("")).build();
                AudioSource source = deepgram.stream(synthesis)) {
            assertThat(Scene.bytes(source)).hasSize(4_800);
        }
        SpeechReport report = synthesis.journal().report();
        assertThat(report.warnings()).containsExactly("Deepgram warned, BREAKS_LIMIT_EXCEEDED");
        assertThat(report.attempts().get(0).charactersSent()).isEqualTo(7);
        assertThat(report.attempts().get(0).voice()).contains("aura-2-luna-en");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {\"err_code\":\"INVALID_AUTH\",\"err_msg\":\"No.\",\"request_id\":\"dg-7\"}"
                        + " | answered 401 INVALID_AUTH: No.",
                "application/json | {\"category\":\"INVALID_JSON\",\"message\":\"No.\",\"details\":\"x\",\"request_id\":\"dg-7\"}"
                        + " | answered 401 INVALID_JSON: No.",
                "application/json | {\"error_code\":\"Not Now\",\"err_msg\":\"No.\"} | answered 401 Not Now: No.",
                "text/plain       | UUID parsing failed: no   | answered 401: UUID parsing failed: no",
                "text/plain       | ''                        | answered 401: as the header says",
            })
    void refusal_inEachDialect_isInTheExceptionAndInTheReport(String type, String body, String message) {
        ServerAnswer answer = ServerAnswer.of(401)
                .header("Content-Type", type)
                .header("dg-request-id", "dg-7")
                .header("dg-error", "as the header says")
                .body(body);
        Synthesis synthesis = TestSynthesis.of("Hello.", OVER_REST);
        try (var server = LoopbackServer.start(request -> answer);
                Deepgram deepgram =
                        Deepgram.builder().apiKey("key").baseUrl(server.url("")).build()) {
            TtsException failure = catchThrowableOfType(
                    TtsException.class, () -> deepgram.stream(synthesis).close());

            assertThat(failure).hasMessageContaining(message);
            assertThat(failure.category()).isEqualTo(Category.AUTHENTICATION);
            assertThat(failure.providerRequestId()).contains("dg-7");
        }
        assertThat(synthesis.journal().report().warnings())
                .singleElement(as(STRING))
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource({"'', 120, 120", "7, 120, 7", "'', -5, "})
    void refusal_saysWhenToComeBack_byEitherHeader(String retryAfter, long resetIn, @Nullable Long seconds) {
        var time = new VirtualTime();
        long reset = time.now().plusSeconds(resetIn).getEpochSecond();
        ServerAnswer answer = ServerAnswer.of(429)
                .header("dg-request-id", "dg-7")
                .header("Retry-After", retryAfter)
                .header("X-RateLimit-Reset", Long.toString(reset));
        try (var server = LoopbackServer.start(request -> answer);
                Deepgram deepgram =
                        Deepgram.builder().apiKey("key").baseUrl(server.url("")).build()) {
            Synthesis synthesis = TestSynthesis.of("Hello.", OVER_REST, time);
            TtsException failure = catchThrowableOfType(
                    TtsException.class, () -> deepgram.stream(synthesis).close());

            assertThat(failure.category()).isEqualTo(Category.RATE_LIMIT);
            assertThat(failure.retryAfter().map(Duration::toSeconds)).isEqualTo(Optional.ofNullable(seconds));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aura-2-thalia-en", "flux-haley-en"})
    void formats_allOfTheMatrix_areAskedForAsTheServiceWantsThem(String voice) {
        try (var scene = new Scene(builder -> builder.model(voice))) {
            for (AudioFormat format : Formats.overRest(Product.of(voice))) {
                SpeechOptions options = SpeechOptions.builder()
                        .format(format)
                        .provider(DeepgramOptions.builder().rest().build())
                        .build();
                try (AudioSource source = scene.deepgram.stream(scene.synthesis("One.", options))) {
                    assertThat(source.format()).isEqualTo(format);
                    assertThat(Scene.bytes(source)).as("%s", format).isNotEmpty();
                }
            }
            assertThat(scene.emulator.received()).as("WebSockets").isEmpty();
            scene.closeInOrder();
        }
    }

    @Test
    void wav_headerWithoutASample_isNoAudio() {
        AudioFormat wav = new AudioFormat(Encoding.LINEAR16, Container.WAV, 24_000, 1);
        try (var scene = new Scene()) {
            scene.emulator.next(Fault.noAudio());
            Synthesis synthesis =
                    scene.synthesis("One.", SpeechOptions.builder().format(wav).build());

            assertThat(scene.failure(synthesis).category()).isEqualTo(Category.NO_AUDIO);
            scene.closeInOrder();
        }
    }

    @Test
    void bitRate_ofACompressedEncoding_isAskedFor() {
        AudioFormat mp3 = new AudioFormat(Encoding.MP3, Container.RAW, 22_050, 1);
        SpeechOptions options = SpeechOptions.builder()
                .format(mp3)
                .provider(DeepgramOptions.builder().bitRate(32_000).build())
                .build();
        try (var scene = new Scene();
                AudioSource source = scene.deepgram.stream(scene.synthesis("One.", options))) {
            assertThat(Scene.bytes(source)).isNotEmpty();
            assertThat(scene.emulator.requests().get(0).target()).contains("encoding=mp3&bit_rate=32000");
        }
    }
}
