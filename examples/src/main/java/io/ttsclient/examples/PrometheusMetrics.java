// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ttsclient.TtsClient;
import io.ttsclient.local.LocalVoice;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.vits.Dialect;
import io.ttsclient.vits.VitsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** What docs/operations.md is about, to look at: a client that speaks with an {@link UnsteadyServer}, and its metrics for Prometheus. */
public final class PrometheusMetrics {
    private static final int HURRIED_EVERY = 5;
    private static final int OK = 200;
    private static final long PAUSE_MILLIS = 200;

    private PrometheusMetrics() {}

    /** Serves what {@code registry} has at {@code /metrics}, to this machine only; 0 takes any port. */
    public static HttpServer serve(PrometheusMeterRegistry registry, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/metrics", exchange -> {
            try (exchange) {
                byte[] metrics = registry.scrape().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                exchange.sendResponseHeaders(OK, metrics.length);
                exchange.getResponseBody().write(metrics);
            }
        });
        server.start();
        return server;
    }

    /** A client that asks {@code server}, and speaks itself where that does not. */
    public static TtsClient client(String server, PrometheusMeterRegistry registry) {
        return TtsClient.builder()
                .backend(VitsServer.builder()
                        .baseUrl(server)
                        .dialect(Dialect.OPENAI_SPEECH)
                        .build())
                .fallback(LocalVoice.builtIn())
                .meterRegistry(registry)
                .build();
    }

    /** One request; every fifth caller leaves at the first sound. */
    public static void speak(TtsClient tts, int number) {
        try (AudioStream audio = tts.stream("You are number " + number + ".")) {
            if (audio.read() != null && number % HURRIED_EVERY != 0) {
                audio.toBytes();
            }
        }
    }

    /** Speaks until it is ended. {@code args[0]} is the port for Prometheus, 0 for any. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        HttpServer metrics = serve(registry, Integer.parseInt(args[0]));
        System.out.println("http://localhost:" + metrics.getAddress().getPort() + "/metrics");
        try (LocalVoice voice = LocalVoice.builtIn();
                TtsClient maker = TtsClient.of(voice);
                UnsteadyServer server = UnsteadyServer.start(maker.synthesize("Your table is ready."));
                TtsClient tts = client(server.url(), registry)) {
            for (int number = 1; ; number++) {
                speak(tts, number);
                Thread.sleep(PAUSE_MILLIS);
            }
        } finally {
            metrics.stop(0);
        }
    }
}
