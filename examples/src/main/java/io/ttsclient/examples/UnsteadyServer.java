// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ttsclient.audio.WavWriter;
import io.ttsclient.speech.Speech;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A speech server that is not what it should be: it says the same whatever it is asked, refuses every seventh request, and is down for
 * 60 requests of each 120.
 */
final class UnsteadyServer implements AutoCloseable {
    private static final int REFUSED_EVERY = 7;
    private static final int PERIOD = 120;
    private static final int DOWN_FROM = 20;
    private static final int UP_FROM = 80;
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    private final byte[] wav;
    private final AtomicInteger asked = new AtomicInteger();

    private UnsteadyServer(HttpServer server, byte[] wav) {
        this.server = server;
        this.wav = wav;
    }

    /** One that says {@code speech}, on this machine. */
    static UnsteadyServer start(Speech speech) throws IOException {
        ByteBuffer header = WavWriter.header(speech.format(), speech.size());
        byte[] wav = ByteBuffer.allocate(header.remaining() + (int) speech.size())
                .put(header)
                .put(speech.toBytes())
                .array();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var unsteady = new UnsteadyServer(server, wav);
        server.createContext("/v1/audio/speech", unsteady::answer);
        server.start();
        return unsteady;
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            int number = asked.getAndIncrement() % PERIOD;
            if (number >= DOWN_FROM && number < UP_FROM || number % REFUSED_EVERY == REFUSED_EVERY - 1) {
                exchange.sendResponseHeaders(UNAVAILABLE, -1);
            } else {
                exchange.getResponseHeaders().set("Content-Type", "audio/wav");
                exchange.sendResponseHeaders(OK, wav.length);
                exchange.getResponseBody().write(wav);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
