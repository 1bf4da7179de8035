// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.doubles.Console;
import io.ttsclient.doubles.ScriptedBackend;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.ServerRequest;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.ApiKeySource;
import io.ttsclient.transport.HttpRequest;
import io.ttsclient.transport.HttpResponse;
import io.ttsclient.transport.KeyRing;
import io.ttsclient.transport.StatusCategories;
import io.ttsclient.transport.Transport;
import io.ttsclient.transport.WebSocketConnection;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that tells everything it was told, in every answer and failure: none of it is in a log, at any level, or an exception. */
@ExtendWith(LeakCheck.class)
class TtsClientSecrecyTest {
    private static final String TEXT = "Xylophone quokka at the harbour";
    private static final String STYLE = "as a wombat would whisper";
    private static final ApiKey KEY = ApiKey.of("sk-f00dcafe8badf00d");
    private static final ApiKey OTHER_KEY = ApiKey.of("sk-0ddba11deadbeef1");

    private final Transport transport = Transport.builder().build();
    private final KeyRing keys = new KeyRing(ApiKeySource.of(List.of(KEY, OTHER_KEY)));

    @AfterEach
    void close() {
        transport.close();
    }

    /** One that sends text and style in the body and in the address, and the key. */
    private TtsBackend asking(String url) {
        return new ScriptedBackend(
                AudioFormat.linear16(8_000), synthesis -> keys.call(synthesis, key -> ask(url, synthesis, key)));
    }

    private AudioSource ask(String url, Synthesis synthesis, ApiKey key) {
        String text = synthesis.text().text();
        HttpRequest request = HttpRequest.post(
                        url, "text/plain", text + synthesis.options().style().orElse(""))
                .query("text", text)
                .header("X-Style", STYLE)
                .credential("Authorization", "Bearer ", key)
                .build();
        try (HttpResponse response = transport.execute(synthesis, request)) {
            if (!response.isSuccessful()) {
                throw response.error()
                        .failure(StatusCategories.defaults().of(response.status()))
                        .build();
            }
            for (ByteBuffer next = response.read(); next != null; next = response.read()) {
                synthesis.attempt().sent(next.remaining());
            }
        }
        return AudioSource.of(AudioFormat.linear16(8_000), List.of(), List.of());
    }

    /** All that the server was told, with the key bare as well. */
    private static String told(ServerRequest request) {
        return request.text() + " " + request.target() + " " + request.headers() + " " + key(request);
    }

    private static String key(ServerRequest request) {
        return request.header("Authorization").orElseThrow().replace("Bearer ", "");
    }

    private static ServerAnswer telling(int status, ServerRequest request) {
        String told = told(request).replace('"', '\'');
        return ServerAnswer.of(status)
                .header("Content-Type", "application/json")
                .header("X-Request-ID", key(request))
                .header("X-Correlation-ID", key(request))
                .header("X-Told", told)
                .header("Location", request.target())
                .body("{\"error\": {\"code\": \"" + key(request) + "\", \"message\": \"" + told + "\"}}");
    }

    static Stream<Function<ServerRequest, ServerAnswer>> failures() {
        Stream<Function<ServerRequest, ServerAnswer>> statuses = IntStream.of(
                        200, 204, 301, 307, 400, 401, 402, 403, 404, 407, 408, 409, 410, 413, 415, 422, 425, 429, 500,
                        501, 502, 503, 504, 511, 529)
                .mapToObj(status -> request -> telling(status, request));
        Stream<Function<ServerRequest, ServerAnswer>> broken = Stream.of(
                request -> ServerAnswer.hangUp(),
                request -> ServerAnswer.raw(told(request) + "\r\n\r\n"),
                request -> ServerAnswer.raw("HTTP/1.1 " + told(request) + "\r\n\r\n"),
                request -> ServerAnswer.raw("HTTP/1.1 200 OK\r\nContent-Length: " + told(request) + "\r\n\r\n"),
                request -> ServerAnswer.raw("HTTP/1.1 200 OK\r\n" + told(request) + "\r\n\r\n"),
                request -> ServerAnswer.raw(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + told(request) + "\r\n"),
                request -> telling(200, request).cutAt(20),
                request -> telling(500, request).cutAt(20),
                request -> telling(200, request).resetAt(20));
        return Stream.concat(statuses, broken);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void request_anyAnswerThatTellsAll_isToldToNobody(Function<ServerRequest, ServerAnswer> failure) {
        try (Console console = Console.open();
                LoopbackServer server = LoopbackServer.start(failure::apply);
                TtsClient client = TtsClient.builder()
                        .backend(asking(server.url("/speak")))
                        .retry(RetryPolicy.defaults().withMaxAttempts(2))
                        .random(() -> 0)
                        .build()) {
            SpeechRequest request = SpeechRequest.builder(TEXT)
                    .with(options -> options.style(STYLE))
                    .build();
            Throwable streamed = catchThrowable(() -> client.stream(request).toBytes());
            Throwable whole = catchThrowable(() -> client.synthesize(request));

            assertThat(streamed).isInstanceOf(TtsException.class);
            assertThat(console.text()).contains("requestId=");
            assertTellsNothing(console.text() + shown(streamed) + shown(whole) + client.health() + keys + transport);
        }
    }

    @Test
    void webSocket_refusalThatTellsAll_isToldToNobody() {
        try (Console console = Console.open();
                LoopbackServer server = LoopbackServer.start(request -> telling(401, request));
                TtsClient client = TtsClient.of(new ScriptedBackend(
                        AudioFormat.linear16(8_000), synthesis -> open(server.webSocketUrl("/speak"), synthesis)))) {
            Throwable thrown = catchThrowable(() -> client.stream(TEXT).toBytes());

            assertThat(thrown).isInstanceOf(TtsException.class);
            assertTellsNothing(console.text() + shown(thrown));
        }
    }

    private AudioSource open(String url, Synthesis synthesis) {
        HttpRequest request = HttpRequest.get(url)
                .query("text", TEXT)
                .credential("Authorization", "Bearer ", KEY)
                .build();
        try (WebSocketConnection connection = transport.open(
                synthesis,
                request,
                Duration.ZERO,
                error -> error.failure(StatusCategories.defaults().of(error.status()))
                        .build())) {
            throw new AssertionError("opened: " + connection);
        }
    }

    /** With its stack, causes and what is suppressed. */
    private static String shown(@Nullable Throwable thrown) {
        var shown = new StringWriter();
        if (thrown != null) {
            thrown.printStackTrace(new PrintWriter(shown));
        }
        return shown.toString();
    }

    private static void assertTellsNothing(String shown) {
        assertThat(shown.toLowerCase(Locale.ROOT))
                .doesNotContain("xylophone", "quokka", "wombat", KEY.value(), OTHER_KEY.value(), "f00dcafe", "0ddba11");
    }
}
