// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.doubles.Console;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.TestSynthesis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(LeakCheck.class)
class TransportTest {
    private static final ApiKey KEY = ApiKey.of("sk-0123456789");

    private final MockWebServer server = new MockWebServer();
    private final Transport transport = Transport.builder().build();
    private final Synthesis synthesis = TestSynthesis.of("Your table is ready.");

    @BeforeEach
    void startServer() throws Exception {
        server.setServerSocketFactory(new NoDelayServerSockets());
        server.start();
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    private String url(String path) {
        return server.url(path).toString();
    }

    private RecordedRequest taken() throws InterruptedException {
        RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    private static MockResponse answer(int status, String body) {
        return new MockResponse.Builder().code(status).body(body).build();
    }

    private HttpResponse get() {
        return transport.execute(synthesis, HttpRequest.get(url("/")).build());
    }

    @Test
    void openConnections_keptForTheNextRequest_areCountedUntilTheTransportIsClosed() {
        int before = Transport.openConnections();
        server.enqueue(answer(200, "audio"));
        try (HttpResponse response = get()) {
            assertThat(Transport.openConnections()).isEqualTo(before + 1);
            readAll(response);
        }
        assertThat(Transport.openConnections()).isEqualTo(before + 1);

        transport.close();
        assertThat(Transport.openConnections()).isEqualTo(before);
    }

    static byte[] readAll(HttpResponse response) {
        var bytes = new ByteArrayOutputStream();
        for (ByteBuffer next = response.read(); next != null; next = response.read()) {
            assertThat(next.remaining()).isBetween(1, 16 * 1024);
            assertThat(next.isReadOnly()).isTrue();
            byte[] copy = new byte[next.remaining()];
            next.get(copy);
            bytes.writeBytes(copy);
        }
        return bytes.toByteArray();
    }

    @Test
    void execute_post_sendsWhatWasSaidAndWhoAsks() throws Exception {
        server.enqueue(answer(200, "audio"));

        try (HttpResponse response = transport.execute(
                synthesis,
                HttpRequest.post(url("/base/"), "application/json", "{\"a\":\"ü\"}")
                        .path("v1/speak")
                        .query("model", "aura 2&x")
                        .credential("Authorization", "Token ", KEY)
                        .header("X-Extra", "1")
                        .build())) {
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.isSuccessful()).isTrue();
            assertThat(readAll(response)).asString().isEqualTo("audio");
        }

        RecordedRequest request = taken();
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getTarget()).isEqualTo("/base/v1/speak?model=aura%202%26x");
        assertThat(request.getBody()).isEqualTo(ByteString.encodeUtf8("{\"a\":\"ü\"}"));
        assertThat(request.getHeaders().values("Content-Type")).containsExactly("application/json");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Token sk-0123456789");
        assertThat(request.getHeaders().get("X-Extra")).isEqualTo("1");
        assertThat(request.getHeaders().get("X-Request-ID")).isEqualTo(synthesis.requestId());
        assertThat(request.getHeaders().get("User-Agent")).matches("tts-client/\\d+\\.\\d+.*");
        assertThat(request.getHeaders().get("Accept-Encoding")).isEqualTo("identity");
    }

    @Test
    void execute_requestIdHeader_isTheOneTheServerTakesOrNone() throws Exception {
        server.enqueue(answer(200, ""));
        server.enqueue(answer(200, ""));

        readAll(transport.execute(
                synthesis, HttpRequest.get(url("/")).requestIdHeader("X-Trace").build()));
        readAll(transport.execute(
                synthesis, HttpRequest.get(url("/")).withoutRequestId().build()));

        RecordedRequest first = taken();
        assertThat(first.getHeaders().get("X-Trace")).isEqualTo(synthesis.requestId());
        assertThat(first.getHeaders().get("X-Request-ID")).isNull();
        assertThat(taken().getHeaders().toString()).doesNotContain(synthesis.requestId());
    }

    @Test
    void execute_providersId_isTakenFromTheHeadersThatMayHoldIt() {
        server.enqueue(new MockResponse.Builder()
                .addHeader("dg-request-id", "dg-7")
                .addHeader("X-Request-ID", "other")
                .build());

        try (HttpResponse response = transport.execute(
                synthesis,
                HttpRequest.get(url("/"))
                        .providerRequestIdHeaders("missing", "dg-request-id", "X-Request-ID")
                        .build())) {
            assertThat(response.providerRequestId()).contains("dg-7");
            assertThat(response.header("DG-Request-Id")).contains("dg-7");
        }
    }

    @Test
    void execute_echoOfOurId_isNotTheProvidersId() {
        server.enqueue(new MockResponse.Builder()
                .addHeader("X-Request-ID", synthesis.requestId())
                .addHeader("X-Correlation-ID", "has a blank")
                .build());

        try (HttpResponse response = get()) {
            assertThat(response.providerRequestId()).isEmpty();
        }
    }

    @Test
    void read_largeBody_arrivesWholeInSlices() {
        byte[] audio = new byte[300_000];
        new Random(42).nextBytes(audio);
        server.enqueue(new MockResponse.Builder()
                .chunkedBody(new Buffer().write(audio), 7_777)
                .build());

        try (HttpResponse response = get()) {
            assertThat(readAll(response)).isEqualTo(audio);
            assertThat(response.read()).isNull();
        }
    }

    @Test
    void read_slices_areNotWrittenOverByLaterOnes() {
        byte[] audio = new byte[100_000];
        new Random(43).nextBytes(audio);
        server.enqueue(
                new MockResponse.Builder().body(new Buffer().write(audio)).build());

        List<ByteBuffer> slices = new ArrayList<>();
        try (HttpResponse response = get()) {
            for (ByteBuffer next = response.read(); next != null; next = response.read()) {
                slices.add(next);
            }
        }

        var joined = new Buffer();
        slices.forEach(slice -> {
            byte[] copy = new byte[slice.remaining()];
            slice.get(copy);
            joined.write(copy);
        });
        assertThat(joined.readByteArray()).isEqualTo(audio);
    }

    @Test
    void asInputStream_sharesItsPositionWithRead() throws Exception {
        server.enqueue(answer(200, "abcdef"));

        try (HttpResponse response = get()) {
            InputStream in = response.asInputStream();
            assertThat(in.read()).isEqualTo('a');
            assertThat(in.read(new byte[0], 0, 0)).isZero();
            assertThat(in.readNBytes(2)).asString().isEqualTo("bc");
            assertThat(in.available()).isBetween(0, 3);
            assertThat(readAll(response)).asString().isEqualTo("def");
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.available()).isZero();
        }
    }

    @Test
    void asInputStream_closed_closesTheAnswer() throws Exception {
        server.enqueue(answer(200, "abcdef"));

        HttpResponse response = get();
        response.asInputStream().close();

        assertThat(catchThrowableOfType(TtsException.class, response::read).category())
                .isEqualTo(Category.CANCELLED);
    }

    @Test
    void error_inASuccessfulAnswer_isOneOfItsOwnStatus() {
        server.enqueue(answer(200, "..."));
        byte[] inside = "{\"error\":{\"code\":503,\"status\":\"UNAVAILABLE\"}}".getBytes(StandardCharsets.UTF_8);

        try (HttpResponse response = get()) {
            HttpError error = response.error(503, inside);

            assertThat(error.status()).isEqualTo(503);
            assertThat(error.code()).contains("UNAVAILABLE");
            assertThat(response.status()).isEqualTo(200);
        }
    }

    @Test
    void execute_answersReadToTheirEnd_shareOneConnection() throws Exception {
        server.enqueue(answer(200, "one"));
        server.enqueue(answer(503, "two"));
        server.enqueue(answer(200, "three"));

        readAll(get());
        assertThat(get().error().status()).isEqualTo(503);
        readAll(get());

        taken();
        assertThat(taken().getExchangeIndex()).isEqualTo(1);
        assertThat(taken().getExchangeIndex()).isEqualTo(2);
    }

    @Test
    void execute_redirect_isNotFollowed() {
        server.enqueue(new MockResponse.Builder()
                .code(307)
                .addHeader("Location", url("/elsewhere"))
                .build());

        try (HttpResponse response = get()) {
            assertThat(response.status()).isEqualTo(307);
            assertThat(response.isSuccessful()).isFalse();
        }
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void execute_refusalsThatOkHttpWouldRepeat_areAskedOnce() {
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", "0")
                .build());
        server.enqueue(answer(408, ""));
        server.enqueue(answer(200, ""));

        HttpError unavailable = get().error();
        assertThat(unavailable.status()).isEqualTo(503);
        assertThat(unavailable.retryAfter()).as("what the server asked for").contains(Duration.ZERO);
        assertThat(get().error().status()).isEqualTo(408);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void execute_plainHttpBeyondThisMachine_isLoggedOnce() {
        HttpRequest request =
                HttpRequest.get("http://speech.invalid/?text=secret").build();
        try (Console console = Console.open()) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> transport.execute(synthesis, request)).isInstanceOf(TtsException.class);
            }
            assertThat(console.operatorsLines())
                    .singleElement()
                    .asString()
                    .contains("WARN", "requestId=", synthesis.requestId(), "speech.invalid goes over plain HTTP")
                    .doesNotContain("secret");
        }
    }

    @Test
    void execute_plainHttpOnThisMachine_isNotLogged() {
        server.enqueue(answer(200, "audio"));
        try (Console console = Console.open()) {
            readAll(get());
            assertThat(console.operatorsLines()).isEmpty();
        }
    }

    @Test
    void execute_nameIsLookedUp_onAVirtualThreadWhereTheJdkHasThem() {
        var resolving = new AtomicReference<Thread>();
        OkHttpClient given = new OkHttpClient.Builder()
                .dns(host -> {
                    resolving.set(Thread.currentThread());
                    throw new UnknownHostException(host);
                })
                .build();

        try (Transport wrapped = Transport.of(given)) {
            HttpRequest request = HttpRequest.get("http://speech.invalid/").build();
            assertThatThrownBy(() -> wrapped.execute(synthesis, request)).isInstanceOf(TtsException.class);
        }

        boolean virtual = resolving.get().getClass().getName().contains("Virtual");
        assertThat(virtual).isEqualTo(Runtime.version().feature() >= 21);
        assertThat(resolving.get().isDaemon()).isTrue();
    }

    @Test
    void execute_plainHttpWithCredential_isRefusedBeyondThisMachine() {
        HttpRequest request = HttpRequest.get("http://speech.example/v1?text=secret")
                .credential("X-API-Key", "", KEY)
                .build();

        TtsException refusal = catchThrowableOfType(TtsException.class, () -> transport.execute(synthesis, request));

        assertThat(refusal.category()).isEqualTo(Category.INVALID_REQUEST);
        assertThat(refusal.origin()).isEqualTo(Origin.CLIENT);
        assertThat(refusal)
                .hasMessageContaining("speech.example")
                .hasMessageContaining("allowPlainHttp()")
                .hasMessageNotContaining("0123456789")
                .hasMessageNotContaining("secret");
    }

    @Test
    void execute_plainHttpAllowed_isTried() {
        // A name that never exists: that it is looked up shows that the request was not refused.
        HttpRequest allowed = HttpRequest.get("http://speech.invalid/")
                .credential("X-API-Key", "", KEY)
                .allowPlainHttp()
                .build();
        HttpRequest keyless = HttpRequest.get("http://speech.invalid/").build();
        HttpRequest withKey = HttpRequest.get("http://speech.invalid/")
                .credential("X-API-Key", "", KEY)
                .build();

        try (Transport trusting = Transport.builder().allowPlainHttp().build()) {
            for (Runnable attempt : List.<Runnable>of(
                    () -> transport.execute(synthesis, allowed),
                    () -> transport.execute(synthesis, keyless),
                    () -> trusting.execute(synthesis, withKey))) {
                TtsException failure = catchThrowableOfType(TtsException.class, attempt::run);
                assertThat(failure.category()).isEqualTo(Category.CONNECTION);
                assertThat(failure).hasMessageContaining("speech.invalid was not found");
            }
        }
    }

    @Test
    void prewarm_opensTheConnectionThatTheRequestTakes() throws Exception {
        server.enqueue(answer(404, ""));
        server.enqueue(answer(200, "audio"));

        transport.prewarm(url("/v1/speak?model=x"));
        readAll(get());

        RecordedRequest ahead = taken();
        assertThat(ahead.getRequestLine()).isEqualTo("HEAD / HTTP/1.1");
        assertThat(ahead.getHeaders().get("Authorization")).isNull();
        RecordedRequest request = taken();
        assertThat(request.getConnectionIndex()).isEqualTo(ahead.getConnectionIndex());
        assertThat(request.getExchangeIndex()).isEqualTo(1);
    }

    @Test
    void executeOutsideSynthesis_serverSilent_endsAtItsTimeout() throws Exception {
        try (var silent = new RawServer(RawServer.Connection::waitForEnd)) {
            TtsException failure = catchThrowableOfType(
                    TtsException.class,
                    () -> transport.execute(
                            "vits", HttpRequest.get(silent.url("/voices")).build(), Duration.ofMillis(100)));

            assertThat(failure.category()).isEqualTo(Category.TIMEOUT);
            assertThat(failure.timeoutPhase()).contains(TimeoutPhase.TOTAL);
            assertThat(failure.backend()).contains("vits");
        }
    }

    @Test
    void executeOutsideSynthesis_bodyStops_endsAtItsTimeout() throws Exception {
        try (var stopping = new RawServer(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            connection.waitForEnd();
        })) {
            HttpResponse response = transport.execute(
                    "vits", HttpRequest.get(stopping.url("/voices")).build(), Duration.ofMillis(200));

            TtsException failure = catchThrowableOfType(TtsException.class, () -> readAll(response));
            assertThat(failure.category()).isEqualTo(Category.TIMEOUT);
            assertThat(failure.timeoutPhase()).contains(TimeoutPhase.TOTAL);
        }
    }

    @Test
    void executeOutsideSynthesis_timeoutZero_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        transport.execute("vits", HttpRequest.get(url("/")).build(), Duration.ZERO))
                .withMessageContaining("timeout");
    }

    @Test
    void sockets_sendAtOnce() throws Exception {
        server.enqueue(answer(200, "audio"));
        var socket = new AtomicReference<Socket>();
        OkHttpClient watched = new OkHttpClient.Builder()
                .addNetworkInterceptor(chain -> {
                    socket.set(Objects.requireNonNull(chain.connection()).socket());
                    return chain.proceed(chain.request());
                })
                .build();

        try (Transport wrapped = Transport.of(watched)) {
            HttpResponse response =
                    wrapped.execute(synthesis, HttpRequest.get(url("/")).build());
            assertThat(socket.get().getTcpNoDelay()).isTrue();
            readAll(response);
        }
        end(watched);
    }

    @Test
    void socketFactory_everyWayToMakeOne_sendsAtOnce() throws Exception {
        var sockets = new NoDelaySocketFactory(SocketFactory.getDefault());
        var local = InetAddress.getLoopbackAddress();

        try (Socket unconnected = sockets.createSocket();
                Socket byName = sockets.createSocket("127.0.0.1", server.getPort());
                Socket byNameFrom = sockets.createSocket("127.0.0.1", server.getPort(), local, 0);
                Socket byAddress = sockets.createSocket(local, server.getPort());
                Socket byAddressFrom = sockets.createSocket(local, server.getPort(), local, 0)) {
            for (Socket socket : List.of(unconnected, byName, byNameFrom, byAddress, byAddressFrom)) {
                assertThat(socket.getTcpNoDelay()).isTrue();
            }
        }
    }

    @Test
    void of_givenClient_isNeitherChangedNorClosed() throws Exception {
        var given = new OkHttpClient();
        server.enqueue(answer(200, "one"));
        server.enqueue(answer(200, "two"));

        Transport wrapped = Transport.of(given);
        readAll(wrapped.execute(synthesis, HttpRequest.get(url("/")).build()));
        wrapped.close();

        assertThat(given.connectionPool().idleConnectionCount()).isEqualTo(1);
        assertThat(given.dispatcher().executorService().isShutdown()).isFalse();
        assertThat(given.dispatcher().getMaxRequests()).isEqualTo(64);
        try (var response =
                given.newCall(new Request.Builder().url(url("/")).build()).execute()) {
            assertThat(response.body().string()).isEqualTo("two");
        }
        end(given);
    }

    /** What whoever passes a client in does when it is no longer needed. */
    static void end(OkHttpClient client) {
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    @Test
    void shared_handles_closeTogetherWithTheLast() throws Exception {
        server.enqueue(answer(200, "one"));
        server.enqueue(answer(200, "two"));
        server.enqueue(answer(200, "three"));
        HttpRequest request = HttpRequest.get(url("/")).build();

        Transport first = Transport.shared();
        Transport second = Transport.shared();
        readAll(first.execute(synthesis, request));
        first.close();
        first.close();
        readAll(second.execute(synthesis, request));
        second.close();
        try (Transport third = Transport.shared()) {
            readAll(third.execute(synthesis, request));
        }

        int firstConnection = taken().getConnectionIndex();
        assertThat(taken().getConnectionIndex()).isEqualTo(firstConnection);
        assertThat(taken().getConnectionIndex()).isNotEqualTo(firstConnection);
        assertThat(catchThrowableOfType(TtsException.class, () -> second.execute(synthesis, request))
                        .category())
                .isEqualTo(Category.CLOSED);
    }

    @Test
    void close_handle_endsOnlyWhatItBegan() throws Exception {
        try (var slow = new RawServer(connection -> {
                    connection.readRequest();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab");
                    connection.readRequest();
                });
                Transport other = transport.share()) {
            HttpResponse mine =
                    transport.execute(synthesis, HttpRequest.get(slow.url("/")).build());
            HttpResponse others =
                    other.execute(synthesis, HttpRequest.get(slow.url("/")).build());
            transport.close();

            assertThat(others.read()).isNotNull();
            TtsException failure = catchThrowableOfType(TtsException.class, () -> readAll(mine));
            assertThat(failure.category()).isEqualTo(Category.CLOSED);
            assertThat(transport.toString()).isEqualTo("Transport[0 running, closed]");
            assertThat(other.toString()).isEqualTo("Transport[1 running]");
            others.close();
            assertThat(other.toString()).isEqualTo("Transport[0 running]");
        }
    }

    @Test
    void share_handle_hasTheSameTimes() {
        try (Transport other = transport.share()) {
            assertThat(other.timeouts()).isEqualTo(Timeouts.defaults());
        }
    }

    @Test
    void share_ofAClosedOne_isRefused() {
        transport.close();

        assertThatIllegalStateException().isThrownBy(transport::share);
    }

    @Test
    void close_lastHandle_leavesNoThreadAndNoConnection() throws Exception {
        server.enqueue(answer(200, "audio"));
        readAll(get());
        transport.close();

        // The server sees the end of the connection, so its next one is another.
        server.enqueue(answer(200, "audio"));
        try (Transport next = Transport.builder().build()) {
            readAll(next.execute(synthesis, HttpRequest.get(url("/")).build()));
        }
        taken();
        assertThat(taken().getExchangeIndex()).isZero();
        assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                .noneMatch(name -> name.startsWith("tts-client-timer"));
    }

    @Test
    void read_fromTwoThreadsAtOnce_isRefused() throws Exception {
        try (var silent = new RawServer(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
            connection.waitForEnd();
        })) {
            HttpResponse response = transport.execute(
                    synthesis, HttpRequest.get(silent.url("/")).build());
            try (var reading = Background.start(response::read)) {
                reading.awaitBlockedIn("socketRead0", "poll", "park", "read0");
                assertThatIllegalStateException().isThrownBy(response::read);
                response.close();
                assertThat(reading.failure(TtsException.class).category()).isEqualTo(Category.CANCELLED);
            }
        }
    }

    @Test
    void interruptedThread_isCancelledWithItsFlagKept() throws Exception {
        server.enqueue(answer(200, "audio"));

        try {
            Thread.currentThread().interrupt();
            TtsException failure = catchThrowableOfType(TtsException.class, this::get);
            assertThat(failure.category()).isEqualTo(Category.CANCELLED);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void request_string_holdsNeitherQueryNorBodyNorKey() throws IOException {
        HttpRequest request = HttpRequest.post("https://api.example/v1?text=hello", "text/plain", "my words")
                .credential("Authorization", "Bearer ", KEY)
                .build();

        assertThat(request).hasToString("POST https://api.example/v1 (8 bytes)");
        assertThat(HttpRequest.get("https://api.example/").build()).hasToString("GET https://api.example/");
    }
}
