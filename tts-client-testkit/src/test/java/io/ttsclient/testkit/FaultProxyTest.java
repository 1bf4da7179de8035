// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static io.ttsclient.testkit.WireFault.Direction.TO_CLIENT;
import static io.ttsclient.testkit.WireFault.Direction.TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class FaultProxyTest {
    private static final String REQUEST = "POST /echo HTTP/1.1\r\nContent-Length: 10\r\n\r\n0123456789";
    private static final String ANSWER = "HTTP/1.1 200 \r\nConnection: close\r\n\r\n0123456789";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final LoopbackServer server = LoopbackServer.start(
            request -> ServerAnswer.of(200).body(request.body()).untilClose());
    private final VirtualTime time = new VirtualTime();
    private final FaultProxy proxy = FaultProxy.start(server.port(), time);

    @AfterEach
    void close() {
        proxy.close();
        server.close();
    }

    private RawClient request(WireFault... faults) throws IOException {
        proxy.inject(faults);
        return new RawClient(proxy.port()).send(REQUEST);
    }

    @Test
    void noFault_bothWays_carriesAllAndTheEnd() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (RawClient client = request()) {
                assertThat(client.readAll()).isEqualTo(ANSWER);
            }
        }
        proxy.awaitNoConnections();
        server.awaitNoConnections();
        assertThat(proxy.connections()).isEqualTo(3);
    }

    @Test
    void client_leaves_theServerSeesIt() throws Exception {
        server.enqueue(ServerAnswer.silence());
        try (RawClient client = request()) {
            server.awaitStalled(1);
            assertThat(client.socket().isConnected()).isTrue();
        }
        server.awaitNoConnections();
        proxy.awaitNoConnections();
    }

    @Test
    void server_resets_theClientSeesIt() throws Exception {
        server.enqueue(ServerAnswer.of(200).resetAt(0));
        try (RawClient client = request()) {
            assertThatThrownBy(client::readAll).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void server_absent_theClientIsTurnedAway() throws Exception {
        int unused;
        try (var socket = new ServerSocket(0)) {
            unused = socket.getLocalPort();
        }
        try (FaultProxy alone = FaultProxy.start(unused);
                var client = new RawClient(alone.port())) {
            assertThat(client.readAll()).isEmpty();
        }
    }

    @Test
    void latency_eachWay_waitsThatLong() throws Exception {
        try (RawClient client = request(WireFault.latency(SECOND))) {
            time.awaitSleeping(1);
            assertThat(server.requests()).isEmpty();
            time.advance(SECOND);
            server.awaitRequests(1);
            time.awaitSleeping(1);
            assertThat(client.socket().getInputStream().available()).isZero();
            while (time.sleeping() > 0) { // the answer may come in two pieces
                time.advance(SECOND);
            }
            assertThat(client.read(12)).isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void bandwidth_narrow_letsSlicesThrough() throws Exception {
        // The request has 53 bytes: at 1000 a second two slices of 20 and one of 13.
        try (RawClient client = request(WireFault.bandwidth(1_000))) {
            for (int slice : new int[] {20, 20, REQUEST.length() - 40}) {
                time.awaitSleeping(1);
                assertThat(server.requests()).isEmpty();
                assertThat(time.untilNext()).contains(Duration.ofMillis(slice));
                time.advance(Duration.ofMillis(slice));
            }
            server.awaitRequests(1);
            assertThat(client.socket().isConnected()).isTrue();
        }
    }

    @Test
    void slowAccept_connected_isKeptFromTheServer() throws Exception {
        try (RawClient client = request(WireFault.slowAccept(SECOND))) {
            time.awaitSleeping(1);
            assertThat(server.connections()).isZero();

            time.advance(SECOND);

            assertThat(client.readAll()).isEqualTo(ANSWER);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 12, 30, 45})
    void cutAfter_towardsTheClient_givesSoMuch(int bytes) throws Exception {
        try (RawClient client = request(WireFault.cutAfter(TO_CLIENT, bytes))) {
            assertThat(client.readAll()).isEqualTo(ANSWER.substring(0, bytes));
        }
        proxy.awaitNoConnections();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 12, 52})
    void cutAfter_towardsTheServer_theRequestNeverComes(int bytes) throws Exception {
        try (RawClient client = request(WireFault.cutAfter(TO_SERVER, bytes))) {
            endOf(client);
        }
        proxy.awaitNoConnections();
        server.awaitConnections(1);
        server.awaitNoConnections();
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.requests()).isEmpty();
    }

    /** Nothing, and then the end, which is a reset where bytes were on their way to the one who closed. */
    private static void endOf(RawClient client) throws IOException {
        try {
            assertThat(client.readAll()).isEmpty();
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    @Test
    void resetAfter_eitherWay_resets() throws Exception {
        for (WireFault.Direction direction : WireFault.Direction.values()) {
            try (RawClient client = request(WireFault.resetAfter(direction, 5))) {
                assertThatThrownBy(client::readAll).isInstanceOf(SocketException.class);
            }
        }
        server.awaitConnections(2);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void silenceAfter_towardsTheServer_takesAllAndForwardsNone() throws Exception {
        try (RawClient client = request(WireFault.silenceAfter(TO_SERVER, 10))) {
            client.send(new byte[1_000_000]); // more than buffers hold: someone takes it
            client.socket().setSoTimeout(100);
            assertThatThrownBy(client::readAll).isInstanceOf(SocketTimeoutException.class);
            assertThat(server.openConnections()).isEqualTo(1);
            assertThat(server.requests()).isEmpty();
        }
        proxy.awaitNoConnections();
    }

    @Test
    void silenceAfter_towardsTheClient_hidesTheRestAndTheEnd() throws Exception {
        try (RawClient client = request(WireFault.silenceAfter(TO_CLIENT, ANSWER.length() - 4))) {
            assertThat(client.read(ANSWER.length() - 4)).isEqualTo(ANSWER.substring(0, ANSWER.length() - 4));
            server.awaitNoConnections();
            client.socket().setSoTimeout(100);
            assertThatThrownBy(client::readAll).isInstanceOf(SocketTimeoutException.class);
        }
        proxy.awaitNoConnections();
    }

    @Test
    void corruptAt_positions_invertsTheseBytesOnly() throws Exception {
        int body = REQUEST.length() - 10;
        try (RawClient client =
                request(WireFault.corruptAt(TO_SERVER, body), WireFault.corruptAt(TO_CLIENT, ANSWER.length() - 1))) {
            assertThat(client.readAll())
                    .isEqualTo(ANSWER.replace('0', '\u00cf')
                            .replace("H\u00cf", "H0")
                            .replace("2\u00cf\u00cf", "200")
                            .replace('9', '\u00c6'));
        }
        assertThat(server.requests().get(0).body()).startsWith(0xCF).hasSize(10);
    }

    @Test
    void inject_again_countsForLaterConnectionsOnly() throws Exception {
        server.enqueue(ServerAnswer.of(200).body("0123456789").stallAt(3).untilClose());
        try (RawClient first = request()) {
            server.awaitStalled(1);
            try (RawClient second = request(WireFault.cutAfter(TO_CLIENT, 0))) {
                endOf(second);
            }
            server.release();
            assertThat(first.readAll()).isEqualTo(ANSWER);
        }
    }

    @Test
    void severalEnds_oneDirection_theFirstCounts() throws Exception {
        try (RawClient client = request(WireFault.silenceAfter(TO_CLIENT, 30), WireFault.cutAfter(TO_CLIENT, 12))) {
            assertThat(client.readAll()).isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void close_whileItCarries_leavesNoThread() throws Exception {
        server.enqueue(ServerAnswer.silence());
        try (RawClient carried = request()) {
            server.awaitStalled(1); // its faults are settled: they are those of the moment when it is accepted
            try (RawClient waiting = request(WireFault.slowAccept(SECOND))) {
                time.awaitSleeping(1);

                proxy.close();

                assertThat(carried.socket().getInputStream().read()).isEqualTo(-1);
                endOf(waiting);
            }
        }
        assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                .noneMatch(name -> name.equals("fault-proxy-connection-0"));
    }

    @Test
    void faults_outOfRange_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> WireFault.cutAfter(TO_CLIENT, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> WireFault.latency(SECOND.negated()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WireFault.bandwidth(49))
                .withMessage("bytesPerSecond: 49, allowed at least 50");
    }

    @Test
    void toString_faults_areNamed() {
        proxy.inject(WireFault.latency(SECOND), WireFault.bandwidth(1_000), WireFault.corruptAt(TO_SERVER, 7));

        assertThat(proxy)
                .hasToString("FaultProxy[port " + proxy.port()
                        + ", [LATENCY of PT1S, BANDWIDTH of 1000 bytes per second, CORRUPTION at 7 TO_SERVER]]");
        assertThat(Stream.of(proxy.url("/a"), proxy.webSocketUrl("/a")))
                .containsExactly("http://127.0.0.1:" + proxy.port() + "/a", "ws://127.0.0.1:" + proxy.port() + "/a");
    }
}
