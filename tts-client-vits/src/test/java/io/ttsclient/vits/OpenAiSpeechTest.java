// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.ServerRequest;
import io.ttsclient.testkit.TestSynthesis;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class OpenAiSpeechTest {
    private static final AudioFormat MADE = AudioFormat.linear16(24_000);
    private static final byte[] HELLO = Wav.saying("Hello", MADE);

    private final LoopbackServer server = LoopbackServer.start();
    private final VitsServer backend = VitsServer.builder()
            .baseUrl(server.url(""))
            .dialect(Dialect.OPENAI_SPEECH)
            .build();

    @AfterEach
    void close() {
        backend.close();
        server.close();
    }

    private byte[] speak(Synthesis synthesis) {
        var audio = new ByteArrayOutputStream();
        try (AudioSource source = backend.stream(synthesis)) {
            for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
                byte[] bytes = new byte[chunk.size()];
                chunk.bytes().get(bytes);
                audio.writeBytes(bytes);
            }
        }
        return audio.toByteArray();
    }

    private static ServerAnswer wav(byte[] bytes) {
        return ServerAnswer.of(200).header("Content-Type", "audio/wav").body(bytes);
    }

    @Test
    void stream_nothingButText_asksWithTheDefaultsOfTheProtocol() {
        server.enqueue(wav(HELLO));

        assertThat(speak(TestSynthesis.of("Hello"))).isEqualTo(FakeBackend.audioOf("Hello", MADE));

        ServerRequest request = server.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/v1/audio/speech");
        assertThat(request.header("Content-Type")).contains("application/json");
        assertThat(request.header("X-Request-ID")).contains("test-request");
        assertThat(request.header("User-Agent"))
                .hasValueSatisfying(agent -> assertThat(agent).startsWith("tts-client/"));
        assertThat(request.header("Authorization")).isEmpty();
        assertThat(request.text())
                .isEqualTo("{\"model\":\"tts-1\",\"input\":\"Hello\",\"voice\":\"alloy\",\"response_format\":\"wav\"}");
    }

    @Test
    void stream_everythingSet_isSentAndReported() {
        server.enqueue(wav(HELLO).header("X-Request-ID", "theirs-1"));
        Synthesis synthesis = TestSynthesis.of(
                "Xin cha\u0300o \"b\u1ea1n\"",
                SpeechOptions.builder()
                        .voice("af_heart")
                        .model("kokoro")
                        .speed(1.25)
                        .build());

        speak(synthesis);

        assertThat(server.requests().get(0).text())
                .isEqualTo("{\"model\":\"kokoro\",\"input\":\"Xin ch\u00e0o \\\"b\u1ea1n\\\"\",\"voice\":\"af_heart\","
                        + "\"response_format\":\"wav\",\"speed\":1.25}");
        var attempt = synthesis.journal().report().attempts().get(0);
        assertThat(attempt.voice()).contains("af_heart");
        assertThat(attempt.providerRequestId()).contains("theirs-1");
        assertThat(attempt.charactersSent()).isEqualTo(14);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 0x7FFFFFFF, 2_000_000_000})
    void stream_placeholderForTheSize_readsToTheEnd(int announced) {
        server.enqueue(wav(Wav.announcing(announced, HELLO)).chunked().inPieces(777));

        assertThat(speak(TestSynthesis.of("Hello"))).isEqualTo(FakeBackend.audioOf("Hello", MADE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html; charset=utf-8", "audio/mpeg", "application/octet-stream", "audio/pcm"})
    void stream_wavUnderAnotherName_isAWav(String contentType) {
        server.enqueue(ServerAnswer.of(200).header("Content-Type", contentType).body(HELLO));

        assertThat(speak(TestSynthesis.of("Hello"))).isEqualTo(FakeBackend.audioOf("Hello", MADE));
    }

    @Test
    void stream_otherRate_isThatOfTheWav() {
        AudioFormat other = AudioFormat.linear16(44_100);
        server.enqueue(wav(Wav.saying("Hello", other)));

        try (AudioSource source = backend.stream(TestSynthesis.of("Hello"))) {
            assertThat(source.format()).isEqualTo(other);
        }
    }

    @Test
    void stream_serverStillSpeaking_givesWhatIsThere() {
        int there = 44 + 960;
        server.enqueue(wav(HELLO).chunked().inPieces(there).stallAt(there));

        try (AudioSource source = backend.stream(TestSynthesis.of("Hello"))) {
            assertThat(source.read()).extracting(AudioChunk::size).isEqualTo(960);
        }
        server.awaitNoConnections();
    }

    @ParameterizedTest
    @CsvSource({"0", "44"})
    void stream_noAudioInA200_isAFailure(int bytes) {
        byte[] empty = FakeBackend.wavOf(new byte[0], MADE);
        server.enqueue(wav(java.util.Arrays.copyOf(empty, bytes)));

        Thrown.by(Category.NO_AUDIO, () -> speak(TestSynthesis.of("Hello")));
    }

    @Test
    void stream_endBeforeTheAnnouncedAudio_isTruncatedAfterWhatCame() {
        byte[] half = java.util.Arrays.copyOf(HELLO, HELLO.length / 2);
        server.enqueue(
                wav(half).chunked(),
                wav(HELLO).cutAt(half.length),
                wav(HELLO).chunked().cutAt(half.length));

        for (int i = 0; i < 3; i++) {
            try (AudioSource source = backend.stream(TestSynthesis.of("Hello"))) {
                assertThat(source.read()).isNotNull();
                Thrown.by(Category.TRUNCATED, () -> {
                    while (source.read() != null) {}
                });
            }
        }
    }

    @Test
    void stream_cutInTheHeader_isTruncated() {
        server.enqueue(wav(java.util.Arrays.copyOf(HELLO, 40)));

        Thrown.by(Category.TRUNCATED, () -> speak(TestSynthesis.of("Hello")));
    }

    @ParameterizedTest
    @CsvSource({
        "<html>busy</html>, text/html",
        "'{\"ok\":true}', application/json",
        "'ID3\u0004 and more of it, as an MP3 begins', audio/mpeg",
    })
    void stream_noWavInA200_isAProtocolFailure(String body, String contentType) {
        server.enqueue(ServerAnswer.of(200).header("Content-Type", contentType).body(body));

        TtsException failure = Thrown.by(Category.PROTOCOL, () -> speak(TestSynthesis.of("Hello")));
        assertThat(failure).hasMessageContaining("linear16 24000 Hz was asked for");
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_REQUEST",
        "401, AUTHENTICATION",
        "403, AUTHENTICATION",
        "404, NOT_FOUND",
        "422, INVALID_REQUEST",
        "429, RATE_LIMIT",
        "500, UNAVAILABLE",
        "503, UNAVAILABLE"
    })
    void stream_refused_isOfTheCategoryOfTheStatus(int status, Category category) {
        server.enqueue(ServerAnswer.of(status)
                .header("Content-Type", "application/json")
                .body("{\"detail\":{\"error\":\"validation_error\",\"message\":\"No voice 'x'\"}}"));

        TtsException failure = Thrown.by(category, () -> speak(TestSynthesis.of("Hello")));
        assertThat(failure).hasMessageContaining("No voice 'x'");
        assertThat(failure.requestId()).contains("test-request");
    }

    @Test
    void stream_serverGone_isAConnectionFailure() {
        server.close();

        Thrown.by(Category.CONNECTION, () -> speak(TestSynthesis.of("Hello")));
    }

    @Test
    void stream_cancelledWhileTheServerIsSilent_endsTheExchange() throws Exception {
        server.enqueue(ServerAnswer.silence());
        Synthesis synthesis = TestSynthesis.of("Hello");
        var speaking = CompletableFuture.runAsync(() -> speak(synthesis));
        server.awaitStalled(1);

        synthesis.cancellation().cancel();

        Thrown.by(Category.CANCELLED, () -> {
            try {
                speaking.get(10, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException e) {
                throw e.getCause();
            }
        });
        server.awaitNoConnections();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "...", "\ud83d\ude00"})
    void stream_nothingToPronounce_isRefusedHere(String text) {
        Thrown.by(Category.INVALID_REQUEST, () -> speak(TestSynthesis.of(text)));

        assertThat(server.requests()).isEmpty();
    }

    @Test
    void stream_textTooLong_isRefusedHereInCodePoints() {
        server.enqueue(wav(HELLO));
        String allowed = "a" + "\ud83d\ude00".repeat(4_095);

        speak(TestSynthesis.of(allowed));
        assertThat(Thrown.by(Category.INVALID_REQUEST, () -> speak(TestSynthesis.of(allowed + "b"))))
                .hasMessageContaining("text: 4097 code points, allowed 1 to 4096");

        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void stream_loneSurrogate_isSentAsAReplacement() {
        server.enqueue(wav(HELLO));

        speak(TestSynthesis.of("one \ud83d two"));

        assertThat(server.requests().get(0).text()).contains("\"input\":\"one \ufffd two\"");
    }

    @Test
    void health_answersAlongTheRoutes() {
        server.enqueue(ServerAnswer.of(200), ServerAnswer.of(404), ServerAnswer.of(200));

        assertThat(backend.health().status()).isEqualTo(Health.Status.UP);
        assertThat(backend.health().status()).isEqualTo(Health.Status.UP);
        assertThat(server.requests())
                .extracting(ServerRequest::toString)
                .containsExactly("GET /health (0 bytes)", "GET /health (0 bytes)", "GET /readyz (0 bytes)");
    }

    @Test
    void health_serverGone_isDown() {
        server.close();

        assertThat(backend.health().status()).isEqualTo(Health.Status.DOWN);
    }

    @Test
    void prewarm_before_theFirstRequestFindsAConnection() {
        server.enqueue(ServerAnswer.of(404), wav(HELLO));

        backend.prewarm();
        speak(TestSynthesis.of("Hello"));

        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.requests().get(0).method()).isEqualTo("HEAD");
    }

    @Test
    void factory_allSettings_areTaken() {
        server.enqueue(wav(HELLO));
        Map<String, String> settings = Map.of(
                "baseUrl", server.url("/behind/a/proxy") + " , " + server.url("/behind/a/proxy"),
                "dialect", "openai-speech",
                "apiKey", "sk-1",
                "authentication", "x-api-key",
                "delivery", "pcm",
                "sampleRate", "24000",
                "healthTimeoutMillis", "1000",
                "allowPlainHttp", "true",
                "propagateTrace", "true",
                "streamsPerServer", "3");

        try (TtsBackend made = TtsBackendFactory.named("vits").create(settings)) {
            assertThat(made.capabilities().concurrentStreams()).hasValue(6);
            made.stream(TestSynthesis.of("Hello")).close();
        }

        ServerRequest request = server.requests().get(0);
        assertThat(request.target()).isEqualTo("/behind/a/proxy/v1/audio/speech");
        assertThat(request.header("X-API-KEY")).contains("sk-1");
        assertThat(request.text()).contains("\"response_format\":\"pcm\"");
    }

    @ParameterizedTest
    @CsvSource({
        "baseUrl, localhost:8880, 'baseUrl: no http or https address'",
        "baseUrl, ws://localhost, 'baseUrl: no http or https address'",
        "baseUrl, http://user:secret@localhost, 'user or password'",
        "dialect, klingon, 'dialect: ''klingon'', allowed vits-tts-vietnamese, melo-tts, piper'",
        "apiKey, ' ', 'apiKey: blank'",
        "authentication, basic, 'authentication: ''basic'', allowed bearer, x-api-key'",
        "delivery, mp3, 'delivery: ''mp3'', allowed wav, pcm, events'",
        "sampleRate, high, 'sampleRate: ''high'', allowed whole numbers'",
        "sampleRate, 1, 'sampleRate: ''1'', allowed whole numbers from 4000'",
        "healthTimeoutMillis, 0, 'healthTimeoutMillis: ''0'', allowed whole numbers from 1'",
        "streamsPerServer, 0, 'streamsPerServer: ''0'', allowed whole numbers from 1'",
        "allowPlainHttp, yes, 'allowPlainHttp: ''yes'', allowed true or false'",
        "voice, x, 'voice: unknown, known are baseUrl, dialect'",
    })
    void factory_wrongSetting_isRefusedAndNamed(String name, String value, String message) {
        assertThat(Thrown.by(
                        Category.INVALID_REQUEST,
                        () -> TtsBackendFactory.named("vits").create(Map.of(name, value))))
                .hasMessageContaining(message);
    }

    @Test
    void build_severalThingsWrong_areAllNamed() {
        assertThat(Thrown.by(
                        Category.INVALID_REQUEST, () -> VitsServer.builder().build()))
                .hasMessageStartingWith("2 faults: baseUrl: not set, allowed the server's address; dialect: not set");
        assertThat(Thrown.by(
                        Category.INVALID_REQUEST,
                        () -> TtsBackendFactory.named("vits")
                                .create(Map.of("dialect", "piper", "delivery", "pcm", "apiKey", " ", "baseUri", "x"))))
                .hasMessageStartingWith("5 faults: apiKey: blank, allowed any other value;"
                        + " baseUri: unknown, did you mean baseUrl?; baseUrl: not set, allowed the server's address;"
                        + " delivery: PCM, which piper servers do not send;"
                        + " sampleRate: not set, needed for delivery PCM");
    }
}
