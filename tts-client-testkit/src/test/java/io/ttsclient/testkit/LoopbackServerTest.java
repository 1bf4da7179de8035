// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class LoopbackServerTest {
    private static final String OK_HEAD = "HTTP/1.1 200 \r\nContent-Length: 10\r\n\r\n";
    private static final ServerAnswer TEN = ServerAnswer.of(200).body("0123456789");

    private final LoopbackServer server = LoopbackServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    /** All bytes of the answer to one request, until the server closes. */
    private String answerTo(ServerAnswer answer) throws IOException {
        server.enqueue(answer);
        try (var client = new RawClient(server.port())) {
            return client.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").readAll();
        }
    }

    @Test
    void answer_statusHeadersAndBody_areSentAsTheyAre() throws Exception {
        ServerAnswer answer = ServerAnswer.of(429)
                .header("Retry-After", "3")
                .header("Retry-After", "x")
                .body("sl\u00f6w");

        assertThat(answerTo(answer))
                .isEqualTo(
                        "HTTP/1.1 429 \r\nRetry-After: 3\r\nRetry-After: x\r\nContent-Length: 5\r\n\r\nsl\u00c3\u00b6w");
    }

    @Test
    void answer_chunkedInPieces_hasAChunkForEachPiece() throws Exception {
        assertThat(answerTo(TEN.chunked().inPieces(4))).isEqualTo("""
                        HTTP/1.1 200 \r
                        Transfer-Encoding: chunked\r
                        \r
                        4\r
                        0123\r
                        4\r
                        4567\r
                        2\r
                        89\r
                        0\r
                        \r
                        """);
    }

    @Test
    void answer_script_isAChunkForEachWrite() throws Exception {
        ServerAnswer answer = ServerAnswer.of(200).body(body -> {
            body.write(new byte[0]);
            body.write('a');
            body.write("bc".getBytes(StandardCharsets.US_ASCII));
        });

        assertThat(answerTo(answer)).endsWith("\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n");
        assertThat(answerTo(answer.contentLength(3))).endsWith("Content-Length: 3\r\n\r\nabc");
    }

    @Test
    void answer_wrongLength_isSaidAllTheSame() throws Exception {
        assertThat(answerTo(TEN.contentLength(12))).isEqualTo(OK_HEAD.replace("10", "12") + "0123456789");
    }

    @Test
    void answer_untilClose_hasNoLengthAndEndsTheConnection() throws Exception {
        server.enqueue(TEN.untilClose());
        try (var client = new RawClient(server.port())) {
            assertThat(client.get("/").readAll()).isEqualTo("HTTP/1.1 200 \r\nConnection: close\r\n\r\n0123456789");
        }
    }

    @Test
    void answer_toHead_hasNoBody() throws Exception {
        server.enqueue(TEN);
        try (var client = new RawClient(server.port())) {
            client.send("HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n");
            assertThat(client.readAll()).isEqualTo(OK_HEAD);
        }
    }

    @Test
    void answer_raw_isTheseBytesAndTheEnd() throws Exception {
        server.enqueue(ServerAnswer.raw("SSH-2.0\r\n\u00ff"), ServerAnswer.hangUp());
        try (var client = new RawClient(server.port());
                var second = new RawClient(server.port())) {
            assertThat(client.get("/").readAll()).isEqualTo("SSH-2.0\r\n\u00ff");
            assertThat(second.get("/").readAll()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 9, 10, 99})
    void cutAt_position_sendsSoMuchOfTheBody(int position) throws Exception {
        String sent = "0123456789".substring(0, Math.min(position, 10));

        assertThat(answerTo(TEN.inPieces(3).cutAt(position))).isEqualTo(OK_HEAD + sent);
    }

    @Test
    void cutAt_eachByteOfARawAnswer_sendsWhatIsBefore() throws Exception {
        String whole = OK_HEAD + "0123456789";
        for (int cut = 0; cut <= whole.length(); cut++) {
            assertThat(answerTo(TEN.asRaw().cutAt(cut))).isEqualTo(whole.substring(0, cut));
        }
    }

    @Test
    void cutAt_chunked_isInsideOfAChunkOrBeforeTheLastOne() throws Exception {
        String head = "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n";

        assertThat(answerTo(TEN.chunked().inPieces(4).cutAt(5))).isEqualTo(head + "4\r\n0123\r\n4\r\n4");
        assertThat(answerTo(TEN.chunked().inPieces(5).cutAt(5))).isEqualTo(head + "5\r\n01234\r\n");
        assertThat(answerTo(TEN.chunked().cutAt(10))).isEqualTo(head + "a\r\n0123456789\r\n");
    }

    @Test
    void asRaw_answer_hasTheSameBytes() throws Exception {
        ServerAnswer chunked = TEN.chunked().inPieces(7);

        assertThat(answerTo(chunked.asRaw())).isEqualTo(answerTo(chunked));
        assertThat(chunked.asRaw().size()).isEqualTo(answerTo(chunked).length());
        assertThatIllegalStateException()
                .isThrownBy(() -> ServerAnswer.webSocket(socket -> {}).asRaw());
    }

    @Test
    void resetAt_position_resets() throws Exception {
        server.enqueue(TEN.resetAt(4));
        try (var client = new RawClient(server.port())) {
            assertThatThrownBy(client.get("/")::readAll).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void stallAt_position_waitsUntilReleased() throws Exception {
        server.enqueue(TEN.stallAt(4), ServerAnswer.of(204));
        try (var client = new RawClient(server.port())) {
            assertThat(client.get("/").read(OK_HEAD.length() + 4)).isEqualTo(OK_HEAD + "0123");
            server.awaitStalled(1);
            client.get("/next"); // what is sent meanwhile is kept
            assertThat(client.socket().getInputStream().available()).isZero();

            server.release();

            assertThat(client.read(6)).isEqualTo("456789");
            assertThat(client.read(12)).isEqualTo("HTTP/1.1 204");
        }
    }

    @Test
    void stallAt_clientLeaves_endsTheConnection() throws Exception {
        server.enqueue(TEN.stallAt(4), ServerAnswer.silence());
        try (var client = new RawClient(server.port());
                var second = new RawClient(server.port())) {
            client.get("/").read(OK_HEAD.length() + 4);
            second.get("/");
            server.awaitStalled(2);
            assertThat(server.openConnections()).isEqualTo(2);
        }
        server.awaitNoConnections();
        assertThat(server.openConnections()).isZero();
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void connection_keptOpen_takesFurtherRequests() throws Exception {
        server.enqueue(TEN, TEN.chunked(), ServerAnswer.of(204));
        try (var client = new RawClient(server.port())) {
            for (String start : new String[] {"HTTP/1.1 200", "HTTP/1.1 200", "HTTP/1.1 204", "HTTP/1.1 501"}) {
                assertThat(client.get("/" + start.length()).read(12)).isEqualTo(start);
                server.awaitRequests(1);
                drain(client);
            }
        }
        assertThat(server.requests()).extracting(ServerRequest::connection).containsExactly(0, 0, 0, 0);
        assertThat(server.connections()).isEqualTo(1);
    }

    private static void drain(RawClient client) throws IOException {
        var seen = new StringBuilder();
        while (!seen.toString().endsWith("\r\n\r\n")) {
            seen.append(client.read(1));
        }
        if (seen.indexOf("chunked") >= 0) {
            client.read("a\r\n0123456789\r\n0\r\n\r\n".length());
        } else {
            int at = seen.indexOf("Content-Length: ") + "Content-Length: ".length();
            client.read(Integer.parseInt(seen.substring(at, seen.indexOf("\r", at))));
        }
    }

    @Test
    void request_whatCame_isTakenDown() throws Exception {
        server.enqueue(TEN, TEN);
        try (var client = new RawClient(server.port())) {
            client.send(
                    "POST /v1/speak?model=a%20b HTTP/1.1\r\nHost: x\r\nX-Two:  1 \r\nContent-Length: 4\r\n\r\n\u00c3\u00bc\n!");
            client.read(OK_HEAD.length() + 10);
            client.send("PUT / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n");
            client.read(OK_HEAD.length() + 10);
        }
        ServerRequest first = server.awaitRequests(2).get(0);
        assertThat(first.method()).isEqualTo("POST");
        assertThat(first.target()).isEqualTo("/v1/speak?model=a%20b");
        assertThat(first.path()).isEqualTo("/v1/speak");
        assertThat(first.header("x-two")).contains("1");
        assertThat(first.header("absent")).isEmpty();
        assertThat(first.headers()).contains(Map.entry("Host", "x"));
        assertThat(first.text()).isEqualTo("\u00fc\n!");
        assertThat(first).hasToString("POST /v1/speak?model=a%20b (4 bytes)");
        ServerRequest second = server.requests().get(1);
        assertThat(second.path()).isEqualTo("/");
        assertThat(second.body()).asString().isEqualTo("abc");
        assertThat(server).hasToString("LoopbackServer[port " + server.port() + ", 2 requests]");
    }

    @Test
    void request_thatIsNone_endsItsConnection() throws Exception {
        for (String wrong : new String[] {"\u0016\u0003\u0001\n", "GET / HTTP/1.1\r\nno header\r\n\r\n"}) {
            try (var client = new RawClient(server.port())) {
                assertThat(client.send(wrong).readAll()).isEmpty();
            }
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void handler_nothingEnqueued_isAsked() throws Exception {
        try (LoopbackServer echo = LoopbackServer.start(
                request -> ServerAnswer.of(200).body(request.target()).untilClose())) {
            echo.enqueue(ServerAnswer.of(503).untilClose());
            for (String end : new String[] {"503 \r\nConnection: close\r\n\r\n", "\r\n\r\n/b"}) {
                try (var client = new RawClient(echo.port())) {
                    assertThat(client.get("/b").readAll()).endsWith(end);
                }
            }
        }
    }

    @Test
    void close_handlerHadFailed_saysSo() throws Exception {
        LoopbackServer broken = LoopbackServer.start(request -> {
            throw new IllegalStateException("a bug in a test");
        });
        try (var client = new RawClient(broken.port())) {
            assertThat(client.get("/").readAll()).isEmpty();
        }

        assertThatThrownBy(broken::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a bug in a test")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void close_whateverRuns_leavesNoThreadAndNoConnection() throws Exception {
        var never = new CountDownLatch(1);
        LoopbackServer busy = LoopbackServer.start(request -> switch (request.path()) {
            case "/handler" -> {
                never.await();
                yield TEN;
            }
            case "/body" -> ServerAnswer.of(200).body(body -> never.await());
            case "/socket" -> ServerAnswer.webSocket(ServerWebSocket::receive);
            default -> ServerAnswer.silence();
        });
        try (var handler = new RawClient(busy.port());
                var body = new RawClient(busy.port());
                var silent = new RawClient(busy.port());
                var socket = new RawClient(busy.port())) {
            handler.get("/handler");
            body.get("/body").read(12);
            socket.send("GET /socket HTTP/1.1\r\nSec-WebSocket-Key: x\r\n\r\n").read(12);
            silent.get("/silent");
            busy.awaitStalled(1);
            busy.awaitRequests(4);

            busy.close();
            busy.close();

            assertThat(handler.readAll()).isEmpty();
            assertThat(busy.openConnections()).isZero();
        }
        assertThat(threads()).isEmpty();
        assertThatThrownBy(() -> new RawClient(busy.port())).isInstanceOf(ConnectException.class);
    }

    private Stream<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("loopback-server-connection"));
    }

    @Test
    void connections_accepted_sendAtOnce() throws Exception {
        var noDelay = new CompletableFuture<Boolean>();
        try (var listener =
                new LoopbackListener("listener", (socket, number) -> noDelay.complete(socket.getTcpNoDelay()))) {
            listener.start();
            try (var client = new RawClient(listener.port())) {
                assertThat(client.readAll()).isEmpty();
            }
            listener.awaitNoneOpen();
        }
        assertThat(noDelay).isCompletedWithValue(true);
    }

    @Test
    void arguments_outOfRange_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerAnswer.of(99))
                .withMessage("status: 99, allowed 100 to 999");
        assertThatIllegalArgumentException().isThrownBy(() -> TEN.inPieces(0)).withMessageContaining("bytes: 0");
        assertThatIllegalArgumentException().isThrownBy(() -> TEN.cutAt(-1)).withMessageContaining("position: -1");
    }

    @Test
    void toString_answer_saysHowItEnds() {
        assertThat(TEN.stallAt(4)).hasToString("ServerAnswer[200, 10 bytes, STALL at 4]");
        assertThat(ServerAnswer.hangUp()).hasToString("ServerAnswer[raw, 0 bytes]");
    }

    @Test
    void awaitRequests_tooFew_saysWhatCame() throws Exception {
        // A server's patience is ten seconds; an interrupt ends it at once.
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> server.awaitRequests(1))
                    .hasMessage("interrupted while waiting: expected 1 requests, there are 0: []");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
