// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.TestSynthesis;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Through a SOCKS proxy, whose sockets OkHttp makes by itself. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(LeakCheck.class)
class SocksProxyTest {
    private final Synthesis synthesis = TestSynthesis.of("Your table is ready.");
    private final AtomicReference<String> host = new AtomicReference<>();

    /** A proxy of RFC 1928 that is the server as well. */
    private RawServer proxy() throws IOException {
        return new RawServer(connection -> {
            InputStream in = connection.socket().getInputStream();
            in.readNBytes(1);
            in.readNBytes(in.read()); // the ways to say who one is
            connection.send("\5\0");
            in.readNBytes(4);
            host.set(new String(in.readNBytes(in.read()), StandardCharsets.US_ASCII));
            in.readNBytes(2);
            connection.send("\5\0\0\1\0\0\0\0\0\0");
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            connection.waitForEnd();
        });
    }

    private static Proxy socks(RawServer proxy) {
        return new Proxy(Proxy.Type.SOCKS, new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
    }

    private String get(Transport transport) {
        HttpRequest request = HttpRequest.get("http://speech.example/").build();
        return new String(TransportTest.readAll(transport.execute(synthesis, request)), StandardCharsets.US_ASCII);
    }

    @Test
    void execute_throughTheProxy_leavesTheNameToIt() throws Exception {
        try (RawServer proxy = proxy();
                Transport transport = Transport.builder().proxy(socks(proxy)).build()) {
            assertThat(get(transport)).isEqualTo("ok");
            assertThat(host).hasValue("speech.example");
        }
    }

    @Test
    void sockets_throughTheProxy_sendAtOnce() throws Exception {
        try (RawServer proxy = proxy()) {
            var socket = new AtomicReference<Socket>();
            OkHttpClient watched = new OkHttpClient.Builder()
                    .proxy(socks(proxy))
                    .addNetworkInterceptor(chain -> {
                        socket.set(Objects.requireNonNull(chain.connection()).socket());
                        return chain.proceed(chain.request());
                    })
                    .build();
            try (Transport wrapped = Transport.of(watched)) {
                get(wrapped);
                assertThat(socket.get().getTcpNoDelay()).isTrue();
            }
            TransportTest.end(watched);
        }
    }
}
