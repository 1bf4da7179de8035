// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.TestSynthesis;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(LeakCheck.class)
class WebSocketConnectionTest {
    private final MockWebServer server = new MockWebServer();
    private final Transport transport = Transport.builder().build();
    private final Synthesis turn = TestSynthesis.of("Your table is ready.");
    private final Peer peer = new Peer();

    /** The server's side. */
    private static final class Peer extends WebSocketListener {
        private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
        private final CompletableFuture<Integer> closing = new CompletableFuture<>();
        private final CompletableFuture<Throwable> failed = new CompletableFuture<>();
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

        WebSocket socket() throws Exception {
            return opened.get(10, TimeUnit.SECONDS);
        }

        @Override
        public void onOpen(WebSocket webSocket, Response response) {
            opened.complete(webSocket);
        }

        @Override
        public void onMessage(WebSocket webSocket, String text) {
            received.add(text);
        }

        @Override
        public void onClosing(WebSocket webSocket, int code, String reason) {
            closing.complete(code);
            webSocket.close(code, reason);
        }

        @Override
        public void onFailure(WebSocket webSocket, Throwable t, @Nullable Response response) {
            failed.complete(t);
        }
    }

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

    private WebSocketConnection open() {
        server.enqueue(new MockResponse.Builder().webSocketUpgrade(peer).build());
        return open(transport, url(), Duration.ZERO);
    }

    private WebSocketConnection openFiltered(WebSocketFilter filter) {
        server.enqueue(new MockResponse.Builder()
                .addHeader("dg-request-id", "dg-7")
                .webSocketUpgrade(peer)
                .build());
        HttpRequest request =
                HttpRequest.get(url()).providerRequestIdHeaders("dg-request-id").build();
        return transport.open(turn, request, Duration.ZERO, filter, error -> {
            throw new AssertionError(error.toString());
        });
    }

    private String url() {
        return server.url("/v1/speak").toString().replace("http:", "ws:");
    }

    private WebSocketConnection open(Transport with, String url, Duration ping) {
        return with.open(
                turn,
                HttpRequest.get(url)
                        .credential("Authorization", "Token ", ApiKey.of("sk-0123456789"))
                        .providerRequestIdHeaders("dg-request-id")
                        .build(),
                ping,
                error -> error.failure(StatusCategories.defaults().of(error.status()))
                        .build());
    }

    private TtsException openFailure(Transport with, String url) {
        return catchThrowableOfType(TtsException.class, () -> open(with, url, Duration.ZERO));
    }

    @Test
    void open_countsAsAnOpenConnection() {
        int before = Transport.openConnections();
        try (WebSocketConnection connection = open()) {
            assertThat(connection.isOpen()).isTrue();
            assertThat(Transport.openConnections()).isEqualTo(before + 1);
        }
    }

    @Test
    void messages_bothWays_arriveInOrder() throws Exception {
        try (WebSocketConnection connection = open()) {
            assertThat(connection.isOpen()).isTrue();
            assertThat(connection).hasToString("WebSocketConnection[localhost, open]");
            connection.send(turn, "{\"type\":\"Speak\"}");
            connection.send(turn, "{\"type\":\"Flush\"}");
            assertThat(peer.received.poll(10, TimeUnit.SECONDS)).isEqualTo("{\"type\":\"Speak\"}");
            assertThat(peer.received.poll(10, TimeUnit.SECONDS)).isEqualTo("{\"type\":\"Flush\"}");

            peer.socket().send(ByteString.of((byte) 1, (byte) 2));
            peer.socket().send("Flushed");

            var audio = (WebSocketMessage.Binary) connection.read(turn);
            assertThat(audio).isNotNull().hasToString("Binary[2 bytes]");
            assertThat(audio.bytes()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
            assertThat(audio.bytes().isReadOnly()).isTrue();
            var text = (WebSocketMessage.Text) connection.read(turn);
            assertThat(text).isNotNull().hasToString("Text[7 chars]");
            assertThat(text.text()).isEqualTo("Flushed");
        }
        RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Token sk-0123456789");
        assertThat(request.getHeaders().get("X-Request-ID")).isEqualTo(turn.requestId());
    }

    @Test
    void read_serverCloses_givesWhatCameAndThenTheReason() throws Exception {
        WebSocketConnection connection = open();
        peer.socket().send("last");
        peer.socket().close(1011, "NET-0001");

        assertThat(connection.read(turn)).isEqualTo(new WebSocketMessage.Text("last"));
        assertThat(connection.read(turn)).isNull();
        assertThat(connection.closeCode()).isEqualTo(1011);
        assertThat(connection.closeReason()).isEqualTo("NET-0001");
        assertThat(connection.isOpen()).isFalse();
        TtsException failure = catchThrowableOfType(TtsException.class, () -> connection.send(turn, "more"));
        assertThat(failure.category()).isEqualTo(Category.CONNECTION);
    }

    @Test
    void filter_seesEachMessageAsItArrives_andMayAnswerAndKeepItFromTheReader() throws Exception {
        var replying = new CompletableFuture<WebSocketConnection>();
        try (WebSocketConnection connection = openFiltered(message -> {
            if (message instanceof WebSocketMessage.Text text && text.text().equals("ask")) {
                replying.join().send(turn, "answer");
                return false;
            }
            return true;
        })) {
            replying.complete(connection);
            assertThat(connection.providerRequestId()).contains("dg-7");
            peer.socket().send("first");
            peer.socket().send("ask");
            peer.socket().send("second");

            assertThat(peer.received.poll(10, TimeUnit.SECONDS)).isEqualTo("answer"); // before anything was read
            assertThat(connection.read(turn)).isEqualTo(new WebSocketMessage.Text("first"));
            assertThat(connection.read(turn)).isEqualTo(new WebSocketMessage.Text("second"));
        }
    }

    @Test
    void drop_forgetsWhatHasCome_alsoWhatWaitsForRoom() throws Exception {
        var arrived = new CountDownLatch(2);
        try (WebSocketConnection connection = openFiltered(message -> {
            arrived.countDown();
            return true;
        })) {
            byte[] audio = new byte[WebSocketInbox.MAX_BYTES];
            peer.socket().send(ByteString.of(audio));
            peer.socket().send(ByteString.of(audio));
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            connection.drop();
            peer.socket().send("afterwards");

            assertThat(connection.read(turn)).isEqualTo(new WebSocketMessage.Text("afterwards"));
        }
    }

    @Test
    void read_enough_endsTheWaitOnWakeAndKeepsTheConnection() throws Exception {
        var enough = new AtomicBoolean();
        try (WebSocketConnection connection = open()) {
            try (var reading = Background.start(() -> Optional.ofNullable(connection.read(turn, enough::get)))) {
                reading.awaitBlockedIn("await");
                enough.set(true);
                connection.wake();
                assertThat(reading.result()).isEmpty();
            }
            peer.socket().send("still here");
            enough.set(false);
            assertThat(connection.read(turn, enough::get)).isEqualTo(new WebSocketMessage.Text("still here"));
        }
    }

    @Test
    void onGone_closedByThisSide_waitsForTheServer() throws Exception {
        var gone = new CountDownLatch(1);
        WebSocketConnection connection = open();
        connection.onGone(gone::countDown);
        peer.socket();
        assertThat(gone.getCount()).isEqualTo(1);
        connection.close();
        assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();

        var again = new CountDownLatch(1);
        connection.onGone(again::countDown);
        assertThat(again.getCount()).isZero();
    }

    @Test
    void onGone_serverCutsTheConnection_isTold() throws Exception {
        try (var breaking = new RawServer(connection -> connection.send(upgrade(connection)))) {
            var gone = new CountDownLatch(1);
            open(transport, breaking.url("/").replace("http:", "ws:"), Duration.ZERO)
                    .onGone(gone::countDown);
            assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void read_connectionBreaks_saysWhetherAudioHadCome() throws Exception {
        assertThat(failureAfter("\u0082\u0001a")).isEqualTo(Category.TRUNCATED);
        assertThat(failureAfter("\u0081\u0001a")).isEqualTo(Category.CONNECTION);
    }

    /** What reading ends with after one frame and a reset. */
    private Category failureAfter(String frame) throws Exception {
        var read = new CountDownLatch(1);
        try (var breaking = new RawServer(connection -> {
            connection.send(upgrade(connection) + frame);
            read.await();
            connection.reset();
        })) {
            WebSocketConnection connection = open(transport, breaking.url("/").replace("http:", "ws:"), Duration.ZERO);
            assertThat(connection.read(turn)).isNotNull();
            read.countDown();
            return catchThrowableOfType(TtsException.class, () -> connection.read(turn))
                    .category();
        }
    }

    private static String upgrade(RawServer.Connection connection) throws IOException {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + connection.readWebSocketKey() + "\r\n\r\n";
    }

    @Test
    void read_callerOfTheTurnLeaves_endsTheWaitAndKeepsTheConnection() throws Exception {
        try (WebSocketConnection connection = open()) {
            try (var reading = Background.start(() -> connection.read(turn))) {
                reading.awaitBlockedIn("await");
                turn.cancellation().cancel();
                assertThat(reading.failure(TtsException.class).category()).isEqualTo(Category.CANCELLED);
            }

            Synthesis next = TestSynthesis.of("Next.");
            peer.socket().send("still here");
            assertThat(connection.read(next)).isEqualTo(new WebSocketMessage.Text("still here"));
        }
    }

    @Test
    void read_closedByAnotherThread_isCancelledAndTheServerIsTold() throws Exception {
        WebSocketConnection connection = open();
        try (var reading = Background.start(() -> connection.read(turn))) {
            reading.awaitBlockedIn("await");
            connection.close();
            connection.close();

            assertThat(reading.failure(TtsException.class).category()).isEqualTo(Category.CANCELLED);
        }
        assertThat(peer.closing.get(10, TimeUnit.SECONDS)).isEqualTo(1000);
        assertThat(transport).hasToString("Transport[0 running]");
    }

    @Test
    void read_interrupted_isCancelledWithTheFlagKept() throws Exception {
        try (WebSocketConnection connection = open();
                var reading = Background.start(() -> {
                    TtsException failure = catchThrowableOfType(TtsException.class, () -> connection.read(turn));
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    return failure;
                })) {
            reading.awaitBlockedIn("await");
            reading.thread().interrupt();

            assertThat(reading.result().category()).isEqualTo(Category.CANCELLED);
        }
    }

    @Test
    void cancel_cutsTheConnection() throws Exception {
        WebSocketConnection connection = open();
        peer.socket();
        connection.cancel();

        assertThat(peer.failed.get(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(connection).hasToString("WebSocketConnection[localhost, closed]");
        assertThat(transport).hasToString("Transport[0 running]");
    }

    @Test
    void transportClosed_cutsItsConnections() throws Exception {
        WebSocketConnection connection = open();
        peer.socket();
        transport.close();

        assertThat(peer.failed.get(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(catchThrowableOfType(TtsException.class, () -> connection.read(turn))
                        .category())
                .isEqualTo(Category.CANCELLED);
        assertThat(openFailure(transport, url()).category()).isEqualTo(Category.CLOSED);
    }

    @Test
    void inbox_full_holdsTheReaderBackUntilSomethingIsRead() throws Exception {
        try (WebSocketConnection connection = open()) {
            var inbox = new WebSocketInbox(WebSocketFilter.all());
            WebSocket socket = peer.socket();
            inbox.onOpen(
                    socket,
                    new Response.Builder()
                            .request(socket.request())
                            .protocol(Protocol.HTTP_1_1)
                            .code(101)
                            .message("")
                            .build());
            ByteString half = ByteString.of(new byte[WebSocketInbox.MAX_BYTES / 2]);
            inbox.onMessage(socket, half);
            inbox.onMessage(socket, half);
            try (var third = Background.start(() -> {
                inbox.onMessage(socket, half);
                return "taken";
            })) {
                third.awaitBlockedIn("await");
                assertThat(inbox.await(() -> false)).isNotNull();
                assertThat(third.result()).isEqualTo("taken");
            }
            try (var fourth = Background.start(() -> {
                inbox.onMessage(socket, half);
                return Thread.currentThread().isInterrupted();
            })) {
                fourth.awaitBlockedIn("await");
                inbox.close();
                assertThat(fourth.result()).isFalse();
            }
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Test
    void messages_moreThanFitTheInbox_allArriveInOrder() throws Exception {
        int messages = 600;
        try (WebSocketConnection connection = open()) {
            WebSocket socket = peer.socket();
            for (int i = 0; i < messages; i++) {
                byte[] audio = new byte[16 * 1024];
                audio[0] = (byte) i;
                assertThat(socket.send(ByteString.of(audio))).isTrue();
            }
            for (int i = 0; i < messages; i++) {
                var message = (WebSocketMessage.Binary) connection.read(turn);
                assertThat(message).isNotNull();
                assertThat(message.bytes().get()).isEqualTo((byte) i);
            }
        }
    }

    @Test
    void message_largerThanTheInbox_arrives() throws Exception {
        try (WebSocketConnection connection = open()) {
            byte[] large = new byte[2 * WebSocketInbox.MAX_BYTES];
            peer.socket().send(ByteString.of(large));

            var message = (WebSocketMessage.Binary) connection.read(turn);
            assertThat(message).isNotNull().hasToString("Binary[" + large.length + " bytes]");
        }
    }

    @Test
    void close_whileTheReaderIsHeldBack_freesIt() throws Exception {
        WebSocketConnection connection = open();
        byte[] audio = new byte[WebSocketInbox.MAX_BYTES];
        peer.socket().send(ByteString.of(audio));
        peer.socket().send(ByteString.of(audio));
        assertThat(connection.read(turn)).isNotNull();
        connection.close();

        assertThat(peer.closing.get(10, TimeUnit.SECONDS)).isEqualTo(1000);
    }

    @Test
    void open_refused_isWhatTheTableOfTheBackendSays() {
        server.enqueue(new MockResponse.Builder()
                .code(401)
                .addHeader("dg-request-id", "dg-1")
                .addHeader("Content-Type", "application/json")
                .body("{\"err_code\":\"INVALID_AUTH\",\"err_msg\":\"Invalid credentials sk-0123456789.\"}")
                .build());

        TtsException failure = openFailure(transport, url());

        assertThat(failure.category()).isEqualTo(Category.AUTHENTICATION);
        assertThat(failure.providerRequestId()).contains("dg-1");
        assertThat(failure)
                .hasMessageContaining("answered 401 INVALID_AUTH: Invalid credentials <key>.")
                .hasMessageNotContaining("0123456789");
        assertThat(transport).hasToString("Transport[0 running]");
    }

    @Test
    void open_refusedWithABodyThatBreaksOff_isWhatTheStatusSays() throws Exception {
        try (var refusing = new RawServer(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 429 No\r\nRetry-After: 7\r\nContent-Length: 99\r\n\r\n{\"err_code\":\"X\"");
        })) {
            TtsException failure = openFailure(transport, refusing.url("/").replace("http:", "ws:"));

            assertThat(failure.category()).isEqualTo(Category.RATE_LIMIT);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        }
    }

    @Test
    void open_upgradeNeverAnswered_isTimeoutOfTheConnection() throws Exception {
        try (var silent = new RawServer(RawServer.Connection::waitForEnd);
                Transport quick = Transport.builder()
                        .timeouts(Timeouts.defaults().withConnect(Duration.ofMillis(150)))
                        .build()) {
            TtsException failure = openFailure(quick, silent.url("/").replace("http:", "ws:"));

            assertThat(failure.category()).isEqualTo(Category.TIMEOUT);
            assertThat(failure.timeoutPhase()).contains(TimeoutPhase.CONNECT);
            assertThat(quick).hasToString("Transport[0 running]");
        }
    }

    @Test
    void open_upgradeNeverAnsweredOnAKeptConnection_isTimeoutOfTheConnection() throws Exception {
        try (var refusing = new RawServer(connection -> {
                    connection.readRequest();
                    connection.send("HTTP/1.1 429 No\r\nContent-Length: 0\r\n\r\n");
                    connection.waitForEnd();
                });
                Transport quick = Transport.builder()
                        .timeouts(Timeouts.defaults().withConnect(Duration.ofMillis(150)))
                        .build()) {
            String url = refusing.url("/").replace("http:", "ws:");
            TtsException refused = openFailure(quick, url);
            while (refused.category() == Category.TIMEOUT) { // on a loaded machine
                refused = openFailure(quick, url);
            }
            assertThat(refused.category()).isEqualTo(Category.RATE_LIMIT);

            assertThat(openFailure(quick, url).timeoutPhase()).contains(TimeoutPhase.CONNECT);
        }
    }

    @Test
    void open_callerLeaves_endsTheWait() throws Exception {
        try (var silent = new RawServer(RawServer.Connection::waitForEnd);
                var opening = Background.start(
                        () -> open(transport, silent.url("/").replace("http:", "ws:"), Duration.ZERO))) {
            opening.awaitBlockedIn("awaitOpen");
            turn.cancellation().cancel();

            assertThat(opening.failure(TtsException.class).category()).isEqualTo(Category.CANCELLED);
        }
    }

    @Test
    void open_interrupted_isCancelledWithTheFlagKept() throws Exception {
        try (var silent = new RawServer(RawServer.Connection::waitForEnd);
                var opening = Background.start(() -> {
                    TtsException failure =
                            openFailure(transport, silent.url("/").replace("http:", "ws:"));
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    return failure;
                })) {
            opening.awaitBlockedIn("awaitOpen");
            opening.thread().interrupt();

            assertThat(opening.result().category()).isEqualTo(Category.CANCELLED);
        }
    }

    @Test
    void frames_thatAreNone_areProtocolAndNotQuoted() throws Exception {
        try (var wrong = new RawServer(connection -> {
            connection.send(upgrade(connection) + "\u00FF\u00FF\u00FF\u00FF");
            connection.waitForEnd();
        })) {
            WebSocketConnection connection = open(transport, wrong.url("/").replace("http:", "ws:"), Duration.ZERO);

            TtsException failure = catchThrowableOfType(TtsException.class, () -> connection.read(turn));
            assertThat(failure.category()).isEqualTo(Category.PROTOCOL);
            assertThat(failure.getCause()).isNull();
        }
    }

    @Test
    void ping_serverThatDoesNotAnswer_isGivenUp() throws Exception {
        try (var mute = new RawServer(connection -> {
            connection.send(upgrade(connection));
            connection.waitForEnd();
        })) {
            WebSocketConnection connection =
                    open(transport, mute.url("/").replace("http:", "ws:"), Duration.ofMillis(100));

            TtsException failure = catchThrowableOfType(TtsException.class, () -> connection.read(turn));
            assertThat(failure.category()).isEqualTo(Category.CONNECTION);
        }
    }

    @Test
    void ping_negative_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(transport, url(), Duration.ofMillis(-1)))
                .withMessageContaining("ping");
    }

    @Test
    void binary_bytes_areAViewOfTheirOwn() {
        var binary = new WebSocketMessage.Binary(ByteBuffer.wrap("ab".getBytes(StandardCharsets.US_ASCII)));
        binary.bytes().get();

        assertThat(binary.bytes().remaining()).isEqualTo(2);
    }

    @Test
    void sockets_moreThanOkHttpAllows_openAtOnce() throws Exception {
        int count = 70;
        for (int i = 0; i < count; i++) {
            server.enqueue(
                    new MockResponse.Builder().webSocketUpgrade(new Peer()).build());
        }
        for (int i = 0; i < count; i++) {
            assertThat(open(transport, url(), Duration.ZERO).isOpen()).isTrue();
        }
        assertThat(transport).hasToString("Transport[" + count + " running]");
    }
}
