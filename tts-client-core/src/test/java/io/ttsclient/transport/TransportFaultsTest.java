// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on the wire, played by real sockets. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(LeakCheck.class)
class TransportFaultsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final Transport transport = Transport.builder()
            .timeouts(Timeouts.defaults().withConnect(Duration.ofSeconds(10)))
            .build();
    private final VirtualTime time = new VirtualTime();
    private final Synthesis synthesis = TestSynthesis.of("Your table is ready.", SpeechOptions.none(), time);

    @AfterEach
    void close() {
        transport.close();
    }

    private HttpResponse get(RawServer server) {
        return transport.execute(synthesis, HttpRequest.get(server.url("/")).build());
    }

    private TtsException failureOf(Transport with, String url) {
        return catchThrowableOfType(
                TtsException.class,
                () -> with.execute(synthesis, HttpRequest.get(url).build()));
    }

    private static Transport connectingWithin(Duration timeout) {
        return Transport.builder()
                .timeouts(Timeouts.defaults().withConnect(timeout))
                .build();
    }

    @Test
    void connect_refused_isConnection() throws Exception {
        int port;
        try (var unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }

        TtsException failure = failureOf(transport, "http://127.0.0.1:" + port + "/");

        assertThat(failure.category()).isEqualTo(Category.CONNECTION);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining("no connection to 127.0.0.1 could be made");
        assertThat(failure.requestId()).contains(synthesis.requestId());
        assertThat(failure.backend()).contains("test");
    }

    @Test
    void connect_backlogFull_isTimeoutOfTheConnection() throws Exception {
        // A listener that accepts nobody: what is beyond its backlog gets no answer to its SYN.
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var first = new Socket(full.getInetAddress(), full.getLocalPort());
                var second = new Socket(full.getInetAddress(), full.getLocalPort());
                Transport quick = connectingWithin(Duration.ofMillis(150))) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();

            TtsException failure = failureOf(quick, "http://127.0.0.1:" + full.getLocalPort() + "/");

            assertThat(failure.category()).isEqualTo(Category.TIMEOUT);
            assertThat(failure.timeoutPhase()).contains(TimeoutPhase.CONNECT);
            assertThat(failure).hasMessageContaining("within PT0.15S");
        }
    }

    @Test
    void connect_interrupted_isCancelledWithTheFlagKept() throws Exception {
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var first = new Socket(full.getInetAddress(), full.getLocalPort());
                var second = new Socket(full.getInetAddress(), full.getLocalPort());
                var calling = Background.start(() -> {
                    TtsException failure = failureOf(transport, "http://127.0.0.1:" + full.getLocalPort() + "/");
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    return failure;
                })) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            calling.awaitBlockedIn("awaitTcpConnect");
            calling.thread().interrupt();

            assertThat(calling.result().category()).isEqualTo(Category.CANCELLED);
        }
        assertThat(transport).hasToString("Transport[0 running]");
    }

    @Test
    void connect_tlsHandshakeNeverAnswered_isTimeoutOfTheConnection() throws Exception {
        try (var silent = new RawServer(RawServer.Connection::waitForEnd);
                Transport quick = connectingWithin(Duration.ofMillis(150))) {
            TtsException failure = failureOf(quick, silent.url("/").replace("http:", "https:"));

            assertThat(failure.category()).isEqualTo(Category.TIMEOUT);
            assertThat(failure.timeoutPhase()).contains(TimeoutPhase.CONNECT);
        }
    }

    @Test
    void connect_nameNeverResolved_isTimeoutOfTheConnection() {
        var hanging = new CountDownLatch(1);
        OkHttpClient slow = new OkHttpClient.Builder().dns(stuckIn(hanging)).build();

        try (Transport wrapped = Transport.on(new TransportCore(
                slow.newBuilder(), Timeouts.defaults().withConnect(Duration.ofMillis(150)), false, true))) {
            TtsException failure = failureOf(wrapped, "http://speech.example/");

            assertThat(failure.category()).isEqualTo(Category.TIMEOUT);
            assertThat(failure.timeoutPhase()).contains(TimeoutPhase.CONNECT);
        } finally {
            hanging.countDown();
        }
    }

    @Test
    void cancel_whileTheNameIsResolved_endsTheWait() throws Exception {
        var hanging = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        OkHttpClient slow = new OkHttpClient.Builder()
                .dns(host -> {
                    asked.countDown();
                    return stuckIn(hanging).lookup(host);
                })
                .build();

        try (Transport wrapped = Transport.of(slow);
                var calling = Background.start(() -> wrapped.execute(
                        synthesis, HttpRequest.get("http://speech.example/").build()))) {
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            synthesis.cancellation().cancel();

            assertThat(calling.failure(TtsException.class).category()).isEqualTo(Category.CANCELLED);
        } finally {
            hanging.countDown();
        }
    }

    private static Dns stuckIn(CountDownLatch latch) {
        return host -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        };
    }

    @Test
    void resolver_withABug_isConnection() {
        OkHttpClient buggy = new OkHttpClient.Builder()
                .dns(host -> {
                    throw new IllegalStateException("bug");
                })
                .build();

        try (Transport wrapped = Transport.of(buggy)) {
            assertThat(failureOf(wrapped, "http://speech.example/").category()).isEqualTo(Category.CONNECTION);
        }
    }

    @Test
    void tls_spokenToAPlainServer_isConnection() throws Exception {
        try (var plain = new RawServer(connection -> connection.send("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            TtsException failure = failureOf(transport, plain.url("/").replace("http:", "https:"));

            assertThat(failure.category()).isEqualTo(Category.CONNECTION);
            assertThat(failure).hasMessageContaining("no TLS connection");
        }
    }

    @Test
    void answer_neverComes_endsWhenTheCallerLeaves() throws Exception {
        try (var silent = new RawServer(connection -> {
                    connection.readRequest();
                    connection.waitForEnd();
                });
                var calling = Background.start(() -> get(silent))) {
            calling.awaitBlockedIn("readResponseHeaders");
            synthesis.cancellation().cancel();

            assertThat(calling.failure(TtsException.class).category()).isEqualTo(Category.CANCELLED);
        }
    }

    @Test
    void execute_alreadyCancelled_failsBeforeAnyConnection() throws Exception {
        try (var server = new RawServer(RawServer.Connection::waitForEnd)) {
            synthesis.cancellation().cancel();

            TtsException failure = failureOf(transport, server.url("/"));

            assertThat(failure.category()).isEqualTo(Category.CANCELLED);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void connection_resetBeforeAnswer_isConnection() throws Exception {
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            connection.reset();
        })) {
            TtsException failure = failureOf(transport, server.url("/"));

            assertThat(failure.category()).isEqualTo(Category.CONNECTION);
            assertThat(failure).hasMessageContaining("broke before any answer");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void answer_thatIsNoHttp_isProtocolAndNotQuoted() throws Exception {
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            connection.send("220 Your table is ready.\r\n");
            connection.waitForEnd();
        })) {
            TtsException failure = failureOf(transport, server.url("/"));

            assertThat(failure.category()).isEqualTo(Category.PROTOCOL);
            assertThat(failure).hasStackTraceContaining("does not speak HTTP");
            assertThat(failure.getCause()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n5\r\n",
            })
    void body_endsEarly_isTruncatedWithWhatCame(String answer) throws Exception {
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            connection.send(answer);
        })) {
            HttpResponse response = get(server);
            var received = new StringBuilder();
            TtsException failure = catchThrowableOfType(TtsException.class, () -> {
                for (var next = response.read(); next != null; next = response.read()) {
                    received.append(StandardCharsets.US_ASCII.decode(next));
                }
            });

            assertThat(received).hasToString("abc");
            assertThat(failure.category()).isEqualTo(Category.TRUNCATED);
            assertThat(failure).hasMessageContaining("after 3 bytes");
            assertThat(transport).hasToString("Transport[0 running]");
        }
    }

    @Test
    void body_reset_isTruncated() throws Exception {
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
            connection.reset();
        })) {
            TtsException failure = catchThrowableOfType(TtsException.class, () -> {
                try (HttpResponse response = get(server)) {
                    TransportTest.readAll(response);
                }
            });

            assertThat(failure.category()).isIn(Category.TRUNCATED, Category.CONNECTION);
        }
    }

    @Test
    void answer_cutAfterEachByte_isNeverASuccess() throws Exception {
        String whole = "HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\nContent-Length: 12\r\n\r\n0123456789ab";
        var length = new AtomicInteger();
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            connection.send(whole.substring(0, length.get()));
        })) {
            for (int cut = 0; cut < whole.length(); cut++) {
                length.set(cut);
                TtsException failure = catchThrowableOfType(TtsException.class, () -> {
                    try (HttpResponse response = get(server)) {
                        TransportTest.readAll(response);
                    }
                });
                assertThat(failure)
                        .as("cut after %d bytes", cut)
                        .extracting(TtsException::category)
                        .isIn(Category.TRUNCATED, Category.CONNECTION, Category.PROTOCOL);
            }
        }
    }

    @Test
    void bodyType_ofABodyThatBreaksOff_isTruncated() throws Exception {
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nRIFF");
        })) {
            TtsException failure = catchThrowableOfType(TtsException.class, () -> BodyType.of(get(server)));

            assertThat(failure.category()).isEqualTo(Category.TRUNCATED);
            assertThat(transport).hasToString("Transport[0 running]");
        }
    }

    @Test
    void error_ofABodyThatWasRead_isWhatTheStatusSays() throws Exception {
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 400 No\r\nContent-Length: 2\r\n\r\n{}");
        })) {
            HttpResponse response = get(server);
            TransportTest.readAll(response);

            assertThat(response.error().failure(Category.INVALID_REQUEST).build())
                    .hasMessageContaining("answered 400 [");
        }
    }

    @Test
    void read_blocked_endsWhenAnotherThreadCloses() throws Exception {
        try (var server = stallingAfter("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")) {
            HttpResponse response = get(server);
            assertThat(response.read()).isNotNull();
            try (var reading = Background.start(response::read)) {
                reading.awaitBlockedIn("socketRead0", "poll", "park", "read0");
                response.close();
                response.close();

                assertThat(reading.failure(TtsException.class).category()).isEqualTo(Category.CANCELLED);
            }
            assertThat(transport).hasToString("Transport[0 running]");
        }
    }

    @Test
    void read_blocked_endsWhenTheCallerLeaves() throws Exception {
        try (var server = stallingAfter("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")) {
            HttpResponse response = get(server);
            assertThat(response.read()).isNotNull();
            try (var reading = Background.start(response::read)) {
                reading.awaitBlockedIn("socketRead0", "poll", "park", "read0");
                synthesis.cancellation().cancel();

                assertThat(reading.failure(TtsException.class).category()).isEqualTo(Category.CANCELLED);
            }
        }
    }

    @Test
    void close_betweenReads_endsTheExchangeAndLaterReads() throws Exception {
        try (var server = stallingAfter("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")) {
            HttpResponse response = get(server);
            assertThat(response.read()).isNotNull();
            response.close();

            assertThat(catchThrowableOfType(TtsException.class, response::read).category())
                    .isEqualTo(Category.CANCELLED);
            assertThat(transport).hasToString("Transport[0 running]");
        }
    }

    @Test
    void registrations_afterTheEnd_areGone() throws Exception {
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            connection.send(OK);
        })) {
            TransportTest.readAll(get(server));

            assertThat(synthesis.cancellation()).hasToString("Cancellation[0 actions]");
            assertThat(time.scheduled()).isZero();
        }
    }

    private static RawServer stallingAfter(String answer) throws IOException {
        return new RawServer(connection -> {
            connection.readRequest();
            connection.send(answer);
            connection.waitForEnd();
        });
    }

    @Test
    void keptConnection_closedByTheServer_isReplacedUnseen() throws Exception {
        var closed = new CountDownLatch(1);
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            connection.send(OK);
            if (closed.getCount() > 0) {
                connection.reset();
                closed.countDown();
            } else {
                connection.waitForEnd();
            }
        })) {
            TransportTest.readAll(get(server));
            assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(TransportTest.readAll(get(server))).asString().isEqualTo("ok");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void keptConnection_withLeftoversOfTheServer_isReplacedUnseen() throws Exception {
        var asked = new AtomicInteger();
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            connection.send(asked.incrementAndGet() == 1 ? OK + "what no length announced\r\n\r\n" : OK);
            connection.waitForEnd();
        })) {
            TransportTest.readAll(get(server));

            assertThat(TransportTest.readAll(get(server))).asString().isEqualTo("ok");
        }
    }

    @Test
    void keptConnection_thatBreaksAfterAWhile_isNotAskedAgain() throws Exception {
        var second = new CountDownLatch(1);
        var broken = new CountDownLatch(1);
        var requests = new AtomicInteger();
        try (var server = new RawServer(connection -> {
            while (connection.readRequest() != null) {
                if (requests.incrementAndGet() == 1) {
                    connection.send(OK);
                } else {
                    second.countDown();
                    broken.await();
                    connection.reset();
                    return;
                }
            }
        })) {
            TransportTest.readAll(get(server));
            try (var calling = Background.start(() -> get(server))) {
                assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
                time.advance(Duration.ofSeconds(5)); // the server was at work
                broken.countDown();

                assertThat(calling.failure(TtsException.class).category()).isEqualTo(Category.CONNECTION);
            }
            assertThat(requests.get()).isEqualTo(2);
        }
    }

    @Test
    void keptConnections_deadOnEverySide_areTriedOnceMoreOnly() throws Exception {
        var requests = new AtomicInteger();
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            if (requests.incrementAndGet() == 1) {
                connection.send(OK);
            }
            connection.reset();
        })) {
            TransportTest.readAll(get(server));

            TtsException failure = failureOf(transport, server.url("/"));

            assertThat(failure.category()).isEqualTo(Category.CONNECTION);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void keptConnections_ofAClientThatWasPassedIn_areItsOwners() throws Exception {
        var given = new OkHttpClient();
        var bothKept = new CountDownLatch(2);
        var leave = new CountDownLatch(1);
        var gone = new CountDownLatch(2);
        try (var other = new RawServer(connection -> {
                    while (connection.readRequest() != null) {
                        connection.send(OK);
                    }
                });
                var restarting = new RawServer(connection -> {
                    connection.readRequest();
                    boolean early = leave.getCount() > 0;
                    bothKept.countDown();
                    bothKept.await();
                    connection.send(OK);
                    if (early) {
                        leave.await();
                        connection.reset();
                        gone.countDown();
                    }
                });
                Transport wrapped = Transport.of(given)) {
            read(wrapped, other);
            try (var one = Background.start(() -> read(wrapped, restarting));
                    var two = Background.start(() -> read(wrapped, restarting))) {
                assertThat(one.result()).isEqualTo("ok");
                assertThat(two.result()).isEqualTo("ok");
            }
            leave.countDown();
            assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(read(wrapped, restarting)).as("past the second dead one").isEqualTo("ok");
            assertThat(restarting.connections()).isEqualTo(3);
            read(wrapped, other);
            assertThat(other.connections()).as("nobody has ended it").isEqualTo(1);
        } finally {
            TransportTest.end(given);
        }
    }

    /** Answers once on each connection, and then says nothing any more, as if a router on the way had forgotten it. */
    private static RawServer forgotten() throws IOException {
        return new RawServer(connection -> {
            connection.readRequest();
            connection.send(OK);
            connection.waitForEnd();
        });
    }

    private void keepTwoConnections(RawServer server) {
        try (HttpResponse one = get(server);
                HttpResponse two = get(server)) {
            TransportTest.readAll(one);
            TransportTest.readAll(two);
        }
    }

    @Test
    void keptConnections_oneSilentUntilItIsGivenUp_areNotUsedAgain() throws Exception {
        try (RawServer server = forgotten()) {
            keepTwoConnections(server);
            Synthesis silent = TestSynthesis.of("Your table is ready.");
            HttpRequest request = HttpRequest.get(server.url("/")).build();
            try (var calling = Background.start(() -> transport.execute(silent, request))) {
                calling.awaitBlockedIn("readResponseHeaders");
                silent.cancellation().giveUp();
                assertThat(calling.failure(TtsException.class).category()).isEqualTo(Category.CANCELLED);
            }

            assertThat(TransportTest.readAll(get(server))).asString().isEqualTo("ok");
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void keptConnections_oneSilentUntilItsTimeout_areNotUsedAgain() throws Exception {
        try (RawServer server = forgotten()) {
            keepTwoConnections(server);
            HttpRequest request = HttpRequest.get(server.url("/")).build();
            assertThat(catchThrowableOfType(
                                    TtsException.class,
                                    () -> transport.execute("test", request, Duration.ofMillis(100)))
                            .category())
                    .isEqualTo(Category.TIMEOUT);

            assertThat(TransportTest.readAll(get(server))).asString().isEqualTo("ok");
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    private String read(Transport from, RawServer server) {
        HttpRequest request = HttpRequest.get(server.url("/")).build();
        return new String(TransportTest.readAll(from.execute(synthesis, request)), StandardCharsets.US_ASCII);
    }

    @Test
    void errorBody_thatStalls_isGivenUpAndTheStatusCounts() throws Exception {
        try (var server =
                stallingAfter("HTTP/1.1 401 No\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n"
                        + "{\"err_code\":\"INVALID_AUTH\",\"err_")) {
            HttpError error = get(server).error();

            assertThat(error.status()).isEqualTo(401);
            assertThat(error.code()).contains("INVALID_AUTH");
            assertThat(transport).hasToString("Transport[0 running]");
        }
    }

    @Test
    void errorBody_withoutEnd_isReadInPart() throws Exception {
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 500 No\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 10_000; i++) {
                connection.send("400\r\n" + "x".repeat(0x400) + "\r\n");
            }
        })) {
            HttpError error = get(server).error();

            assertThat(error.failure(Category.UNAVAILABLE).build().getMessage().length())
                    .isLessThan(500);
            assertThat(transport).hasToString("Transport[0 running]");
        }
    }

    @Test
    void hosts_manyAtOnce_areNotHeldBack() throws Exception {
        int calls = 80;
        var all = new CountDownLatch(calls);
        try (var server = new RawServer(connection -> {
            connection.readRequest();
            all.countDown();
            all.await();
            connection.send(OK);
        })) {
            List<Background<byte[]>> running = IntStream.range(0, calls)
                    .mapToObj(i -> Background.start(() -> TransportTest.readAll(get(server))))
                    .toList();
            for (Background<byte[]> call : running) {
                assertThat(call.result()).asString().isEqualTo("ok");
            }
        }
    }
}
