// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.TestSynthesis;
import java.net.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** TLS, HTTP/2 and proxies. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(LeakCheck.class)
class TransportTlsTest {
    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).build();

    private final MockWebServer server = new MockWebServer();
    private final Synthesis synthesis = TestSynthesis.of("Your table is ready.");

    @BeforeEach
    void startServer() throws Exception {
        server.setServerSocketFactory(new NoDelayServerSockets());
        HandshakeCertificates certificates = new HandshakeCertificates.Builder()
                .heldCertificate(signed("localhost"))
                .addTrustedCertificate(AUTHORITY.certificate())
                .build();
        server.useHttps(certificates.sslSocketFactory());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static HeldCertificate signed(String name) {
        return new HeldCertificate.Builder()
                .signedBy(AUTHORITY)
                .commonName(name)
                .addSubjectAlternativeName(name)
                .build();
    }

    private static Transport trusting(HeldCertificate... self) {
        var certificates = new HandshakeCertificates.Builder().addTrustedCertificate(AUTHORITY.certificate());
        for (HeldCertificate own : self) {
            certificates.heldCertificate(own);
        }
        HandshakeCertificates built = certificates.build();
        return Transport.builder().tls(built.sslContext(), built.trustManager()).build();
    }

    private HttpResponse get(Transport transport) {
        return get(transport, synthesis);
    }

    private HttpResponse get(Transport transport, Synthesis asking) {
        return transport.execute(
                asking,
                HttpRequest.get("https://localhost:" + server.getPort() + "/")
                        .credential("Authorization", "Bearer ", ApiKey.of("sk-0123456789"))
                        .build());
    }

    private RecordedRequest taken() throws InterruptedException {
        RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    private static MockResponse answer(String body) {
        return new MockResponse.Builder().body(body).build();
    }

    @Test
    void tls_ownAuthority_isTrustedAndSpokenToOverHttp2() throws Exception {
        server.start();
        server.enqueue(answer("audio"));

        try (Transport transport = trusting()) {
            assertThat(TransportTest.readAll(get(transport))).asString().isEqualTo("audio");
        }
        assertThat(taken().getVersion()).startsWith("HTTP/2");
    }

    @Test
    void tls_unknownAuthority_isAConnectionThatNoRepeatMends() throws Exception {
        server.start();
        try (Transport transport = Transport.builder().build()) {
            TtsException failure = catchThrowableOfType(TtsException.class, () -> get(transport));

            assertThat(failure.category()).isEqualTo(Category.CONNECTION);
            assertThat(failure.retryable()).isFalse();
        }
    }

    @Test
    void tls_certificateOfAnotherHost_isAConnectionThatNoRepeatMends() throws Exception {
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(signed("other.example"))
                .build()
                .sslSocketFactory());
        server.start();
        try (Transport transport = trusting()) {
            TtsException failure = catchThrowableOfType(TtsException.class, () -> get(transport));

            assertThat(failure.category()).isEqualTo(Category.CONNECTION);
            assertThat(failure.retryable()).isFalse();
        }
    }

    @Test
    void tls_mutual_showsWhoWeAre() throws Exception {
        server.requireClientAuth();
        server.start();
        server.enqueue(answer("audio"));

        try (Transport transport = trusting(signed("our-client"))) {
            TransportTest.readAll(get(transport));
        }
        var handshake = taken().getHandshake();
        assertThat(handshake).isNotNull();
        assertThat(handshake.peerPrincipal()).asString().contains("our-client");
    }

    @Test
    void tls_mutualWithoutACertificate_isConnection() throws Exception {
        server.requireClientAuth();
        server.start();
        try (Transport transport = trusting()) {
            assertThat(catchThrowableOfType(TtsException.class, () -> TransportTest.readAll(get(transport)))
                            .category())
                    .isIn(Category.CONNECTION, Category.TRUNCATED);
        }
    }

    @Test
    void http2_closedAnswer_leavesTheConnectionToOthers() throws Exception {
        server.start();
        server.enqueue(new MockResponse.Builder()
                .body(new Buffer().write(new byte[1_000_000]))
                .throttleBody(10_000, 1, TimeUnit.SECONDS)
                .build());
        server.enqueue(answer("audio"));

        try (Transport transport = trusting()) {
            HttpResponse first = get(transport);
            assertThat(first.read()).isNotNull();
            first.close();
            assertThat(TransportTest.readAll(get(transport))).asString().isEqualTo("audio");
        }
        int connection = taken().getConnectionIndex();
        assertThat(taken().getConnectionIndex()).isEqualTo(connection);
    }

    @Test
    void http2_readBlocked_endsWhenTheCallerLeaves() throws Exception {
        server.start();
        server.enqueue(new MockResponse.Builder()
                .body(new Buffer().write(new byte[1_000_000]))
                .throttleBody(10_000, 20, TimeUnit.SECONDS)
                .build());

        try (Transport transport = trusting();
                HttpResponse response = get(transport);
                var reading = Background.start(() -> TransportTest.readAll(response))) {
            reading.awaitBlockedIn("waitForIo$okhttp", "await");
            synthesis.cancellation().cancel();
            assertThat(reading.failure(TtsException.class).category()).isEqualTo(Category.CANCELLED);
        }
    }

    @Test
    void http2_silentUntilItIsGivenUp_leavesTheNextRequestANewConnection() throws Exception {
        server.start();
        server.enqueue(answer("audio"));
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        server.enqueue(answer("more"));

        try (Transport transport = trusting()) {
            TransportTest.readAll(get(transport));
            Synthesis silent = TestSynthesis.of("Your table is ready.");
            try (var asking = Background.start(() -> get(transport, silent))) {
                asking.awaitBlockedIn("waitForIo$okhttp");
                silent.cancellation().giveUp();
                assertThat(asking.failure(TtsException.class).category()).isEqualTo(Category.CANCELLED);
            }
            assertThat(TransportTest.readAll(get(transport))).asString().isEqualTo("more");
        }
        int connection = taken().getConnectionIndex();
        assertThat(taken().getConnectionIndex()).isEqualTo(connection);
        assertThat(taken().getConnectionIndex()).isNotEqualTo(connection);
    }

    @Test
    void http2_streamResetInTheBody_isTruncated() throws Exception {
        server.start();
        server.enqueue(new MockResponse.Builder()
                .body(new Buffer().write(new byte[100_000]))
                .onResponseBody(new SocketEffect.CloseStream())
                .build());

        try (Transport transport = trusting()) {
            TtsException failure =
                    catchThrowableOfType(TtsException.class, () -> TransportTest.readAll(get(transport)));
            assertThat(failure.category()).isEqualTo(Category.TRUNCATED);
        }
    }

    @Test
    void prewarm_overHttp2_opensTheConnectionThatTheRequestTakes() throws Exception {
        server.start();
        server.enqueue(answer(""));
        server.enqueue(answer("audio"));

        try (Transport transport = trusting()) {
            transport.prewarm("https://localhost:" + server.getPort() + "/v1/speak");
            TransportTest.readAll(get(transport));
        }
        RecordedRequest ahead = taken();
        assertThat(ahead.getMethod()).isEqualTo("HEAD");
        RecordedRequest request = taken();
        assertThat(request.getConnectionIndex()).isEqualTo(ahead.getConnectionIndex());
    }

    @Test
    void http1_overTls_isSpokenWhereTheServerKnowsNoOther() throws Exception {
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        server.start();
        server.enqueue(answer("audio"));

        try (Transport transport = trusting()) {
            TransportTest.readAll(get(transport));
        }
        assertThat(taken().getVersion()).isEqualTo("HTTP/1.1");
    }

    @Test
    void proxy_withCredentials_isToldThemWhenItAsks() throws Exception {
        try (var proxy = new MockWebServer()) {
            proxy.start();
            proxy.enqueue(new MockResponse.Builder()
                    .code(407)
                    .addHeader("Proxy-Authenticate", "Basic")
                    .build());
            proxy.enqueue(answer("audio"));

            try (Transport transport = Transport.builder()
                    .proxy(new Proxy(Proxy.Type.HTTP, proxy.getSocketAddress()))
                    .proxyCredentials("user", "password")
                    .build()) {
                HttpResponse response = transport.execute(
                        synthesis, HttpRequest.get("http://speech.example/v1").build());
                assertThat(TransportTest.readAll(response)).asString().isEqualTo("audio");
            }
            RecordedRequest first = proxy.takeRequest();
            assertThat(first.getRequestLine()).startsWith("GET http://speech.example/v1 ");
            assertThat(first.getHeaders().get("Proxy-Authorization")).isNull();
            assertThat(proxy.takeRequest().getHeaders().get("Proxy-Authorization"))
                    .startsWith("Basic ");
        }
    }

    @Test
    void proxy_thatRefusesTheCredentials_isConnection() throws Exception {
        try (var proxy = new MockWebServer()) {
            proxy.start();
            for (int i = 0; i < 2; i++) {
                proxy.enqueue(new MockResponse.Builder()
                        .code(407)
                        .addHeader("Proxy-Authenticate", "Basic")
                        .build());
            }

            try (Transport transport = Transport.builder()
                    .proxy(new Proxy(Proxy.Type.HTTP, proxy.getSocketAddress()))
                    .proxyCredentials("user", "wrong")
                    .build()) {
                TtsException failure = catchThrowableOfType(
                        TtsException.class,
                        () -> transport.execute(
                                synthesis,
                                HttpRequest.get("https://speech.example/v1").build()));
                assertThat(failure.category()).isEqualTo(Category.CONNECTION);
                assertThat(failure).hasMessageNotContaining("wrong");
            }
        }
    }
}
