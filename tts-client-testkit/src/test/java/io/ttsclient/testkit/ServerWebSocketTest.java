// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.transport.HttpRequest;
import io.ttsclient.transport.Transport;
import io.ttsclient.transport.WebSocketConnection;
import io.ttsclient.transport.WebSocketMessage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class ServerWebSocketTest {
    private static final String UPGRADE = "GET /ws HTTP/1.1\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private final LoopbackServer server = LoopbackServer.start();
    private final Transport transport = Transport.builder().build();
    private final Synthesis turn = TestSynthesis.of("Your table is ready.");

    @AfterEach
    void close() {
        transport.close();
        server.close();
    }

    private WebSocketConnection open(ServerAnswer.WebSocketScript script) {
        server.enqueue(ServerAnswer.webSocket(script));
        return transport.open(
                turn,
                HttpRequest.get(server.webSocketUrl("/v1/speak?model=m")).build(),
                Duration.ZERO,
                error -> error.failure(Category.UNAVAILABLE).build());
    }

    private RawClient openRaw(ServerAnswer.WebSocketScript script) throws IOException {
        server.enqueue(ServerAnswer.webSocket(script));
        var client = new RawClient(server.port());
        // The key and its answer are the example of RFC 6455, 1.3.
        String head = """
                HTTP/1.1 101 \r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
                \r
                """;
        assertThat(client.send(UPGRADE).read(head.length())).isEqualTo(head);
        return client;
    }

    private static String masked(int first, String payload) {
        var frame = new StringBuilder().append((char) first);
        if (payload.length() < 126) {
            frame.append((char) (0x80 | payload.length()));
        } else {
            frame.append('\u00fe').append((char) (payload.length() >> 8)).append((char) (payload.length() & 0xFF));
        }
        frame.append("\1\2\3\4");
        for (int i = 0; i < payload.length(); i++) {
            frame.append((char) (payload.charAt(i) ^ "\1\2\3\4".charAt(i % 4)));
        }
        return frame.toString();
    }

    @Test
    void messages_bothWays_arriveInOrder() throws Exception {
        int[] sizes = {0, 125, 126, 65_535, 65_536, 200_000};
        try (WebSocketConnection connection = open(socket -> {
            socket.send("said: " + received(socket).text());
            for (int size : sizes) {
                socket.send(new byte[size]);
            }
        })) {
            connection.send(turn, "{\"type\":\"Speak\",\"text\":\"" + "\u00fc".repeat(40_000) + "\"}");

            var text = (WebSocketMessage.Text) Objects.requireNonNull(connection.read(turn));
            assertThat(text.text()).hasSize(6 + 40_000 + 26);
            for (int size : sizes) {
                assertThat(connection.read(turn)).isEqualTo(new WebSocketMessage.Binary(ByteBuffer.allocate(size)));
            }
            assertThat(connection.read(turn)).isNull();
            assertThat(connection.closeCode()).isEqualTo(1_000);
        }
        assertThat(server.requests().get(0).target()).isEqualTo("/v1/speak?model=m");
    }

    private static ServerWebSocket.Message received(ServerWebSocket socket) throws IOException {
        ServerWebSocket.Message message = socket.receive();
        if (message == null) {
            throw new EOFException("no message");
        }
        return message;
    }

    @Test
    void receive_fragmentsPingsAndBytes_areTakenTogether() throws Exception {
        var messages = new CompletableFuture<List<ServerWebSocket.Message>>();
        try (RawClient client = openRaw(socket -> {
            var received = new ArrayList<ServerWebSocket.Message>();
            for (var next = socket.receive(); next != null; next = socket.receive()) {
                received.add(next);
            }
            messages.complete(received);
        })) {
            client.send(masked(0x01, "Hel") + masked(0x89, "ping") + masked(0x8a, "pong") + masked(0x80, "lo"));
            client.send(masked(0x82, "x".repeat(300)));
            client.send(masked(0x88, "\u0003\u00e9bye"));

            assertThat(client.readAll()).isEqualTo("\u008a\4ping" + "\u0088\2\u0003\u00e9");
        }
        List<ServerWebSocket.Message> received = messages.get(10, TimeUnit.SECONDS);
        assertThat(received).extracting(ServerWebSocket.Message::text).containsExactly("Hello", "x".repeat(300));
        assertThat(received).extracting(ServerWebSocket.Message::isText).containsExactly(true, false);
    }

    @Test
    void close_byTheClient_tellsItsCode() throws Exception {
        var codes = new CompletableFuture<List<OptionalInt>>();
        WebSocketConnection connection = open(socket -> {
            OptionalInt before = socket.closeCode();
            socket.receive();
            codes.complete(List.of(before, socket.closeCode()));
        });
        connection.close();

        assertThat(codes.get(10, TimeUnit.SECONDS)).containsExactly(OptionalInt.empty(), OptionalInt.of(1_000));
        server.awaitNoConnections();
    }

    @Test
    void close_byTheServer_tellsItsCodeOnce() throws Exception {
        WebSocketConnection connection = open(socket -> {
            socket.close(1_011, "NET-0001");
            socket.close(1_000, "again");
        });

        assertThat(connection.read(turn)).isNull();
        assertThat(connection.closeCode()).isEqualTo(1_011);
        assertThat(connection.closeReason()).isEqualTo("NET-0001");
        server.awaitNoConnections();
    }

    @Test
    void cutAndReset_withoutAGoodbye_areFailures() {
        for (ServerAnswer.WebSocketScript script :
                List.<ServerAnswer.WebSocketScript>of(ServerWebSocket::cut, ServerWebSocket::reset)) {
            WebSocketConnection connection = open(script);
            assertThatThrownBy(() -> connection.read(turn))
                    .isInstanceOfSatisfying(
                            TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.CONNECTION));
        }
    }

    @Test
    void sendRaw_bytes_areNoFrameUnlessTheyAre() throws Exception {
        try (RawClient client = openRaw(socket -> {
            socket.sendRaw(new byte[] {1, 2, 3});
            socket.cut();
        })) {
            assertThat(client.readAll()).isEqualTo("\1\2\3");
        }
    }

    @Test
    void sendSplit_message_isContinuedInFramesAndTakenTogether() throws Exception {
        byte[] bytes = {1, 2, 3, 4, 5};
        try (RawClient client = openRaw(socket -> socket.sendSplit(bytes, 2))) {
            assertThat(client.read(11)).isEqualTo("\2\2\1\2" + "\0\2\3\4" + "\u0080\1\5");
        }
        try (WebSocketConnection connection = open(socket -> socket.sendSplit(bytes, 2))) {
            WebSocketMessage message = connection.read(turn);
            assertThat(message)
                    .isInstanceOfSatisfying(
                            WebSocketMessage.Binary.class,
                            binary -> assertThat(binary.bytes()).isEqualTo(ByteBuffer.wrap(bytes)));
        }
    }

    @Test
    void stall_released_goesOn() throws Exception {
        WebSocketConnection connection = open(socket -> {
            socket.send("before");
            socket.stall();
            socket.send("after " + received(socket).text());
        });
        assertThat(connection.read(turn)).isEqualTo(new WebSocketMessage.Text("before"));
        connection.send(turn, "meanwhile");
        server.awaitStalled(1);

        server.release();

        assertThat(connection.read(turn)).isEqualTo(new WebSocketMessage.Text("after meanwhile"));
    }

    @Test
    void stall_clientLeavesBehindAMessage_endsTheConnection() throws Exception {
        try (RawClient client = openRaw(ServerWebSocket::stall)) {
            client.send("what nobody reads");
            server.awaitStalled(1);
        }

        server.awaitNoConnections();
    }

    @Test
    void hasMore_messageOnItsWay_isNoticed() throws Exception {
        var before = new CompletableFuture<Boolean>();
        try (RawClient client = openRaw(socket -> {
            before.complete(socket.hasMore());
            while (!socket.hasMore()) {
                Thread.onSpinWait();
            }
            socket.send("got " + received(socket).text());
        })) {
            assertThat(before.get(10, TimeUnit.SECONDS)).isFalse();

            client.send(masked(0x81, "it"));

            assertThat(client.read(8)).isEqualTo("\u0081\6got it");
        }
    }

    @Test
    void frames_thatAreNone_endTheConnection() throws Exception {
        for (String wrong : new String[] {
            "\u0081\2hi", masked(0x83, "x"), "\u0081\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff"
        }) {
            try (RawClient client = openRaw(ServerWebSocket::receive)) {
                assertThat(client.send(wrong).readAll()).isEmpty();
            }
        }
    }

    @Test
    void webSocket_notAskedFor_isRefused() throws Exception {
        server.enqueue(ServerAnswer.webSocket(ServerWebSocket::receive));
        try (var client = new RawClient(server.port())) {
            assertThat(client.get("/").read(12)).isEqualTo("HTTP/1.1 426");
        }
    }
}
