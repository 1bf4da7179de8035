// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

import io.ttsclient.TtsClient;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.benchmarks.server.PacedServer;
import io.ttsclient.deepgram.Deepgram;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.vits.Dialect;
import io.ttsclient.vits.VitsServer;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a thread that waits for audio goes on waiting after another one has closed its stream, over HTTP and over a WebSocket, at a
 * server that has nothing to send for seconds. Aim: at most 10 ms.
 */
final class StopReading {
    private static final int WARM_UP = 50;
    private static final int ROUNDS = 300;
    private static final long UNTIL_IT_WAITS = 2_000_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private StopReading() {}

    public static void main(String[] args) throws Exception {
        // One frame at once, the next one after six seconds.
        try (PacedServer server = PacedServer.start("delay=0", "seconds=2", "over=600000")) {
            measure("HTTP", overHttp(server.url()));
            measure("WebSocket", overWebSocket(server.url()));
        }
    }

    private static TtsBackend overHttp(URI url) {
        return VitsServer.builder()
                .baseUrl(url.toString())
                .dialect(Dialect.OPENAI_SPEECH)
                .build();
    }

    private static TtsBackend overWebSocket(URI url) {
        return Deepgram.builder()
                .apiKey("any")
                .allowPlainHttp()
                .baseUrl(url.toString())
                .model("flux-haley-en")
                .build();
    }

    private static void measure(String way, TtsBackend backend) throws Exception {
        double[] nanos = new double[ROUNDS];
        try (TtsClient client = TtsClient.of(backend)) {
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                double once = nanosToStop(client);
                if (i >= 0) {
                    nanos[i] = once;
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: a read ends %.3f ms after its stream was closed, median; p99 %.3f ms (aim: at most 10)%n",
                way,
                Quantiles.of(nanos, 0.5) / NANOS_PER_MILLI,
                Quantiles.of(nanos, 0.99) / NANOS_PER_MILLI);
    }

    private static long nanosToStop(TtsClient client) throws Exception {
        AudioStream stream = client.stream("Your table is ready.");
        var stopped = new CompletableFuture<Long>();
        var reading = new Thread(() -> stopped.complete(nanosAtTheEnd(stream)), "reading");
        reading.start();
        LockSupport.parkNanos(UNTIL_IT_WAITS);
        long closed = System.nanoTime();
        stream.close();
        long nanos = stopped.get() - closed;
        reading.join();
        return nanos;
    }

    private static long nanosAtTheEnd(AudioStream stream) {
        try {
            while (stream.read() != null) {
                Thread.onSpinWait(); // what has come already
            }
        } catch (TtsException e) {
            return System.nanoTime();
        }
        throw new IllegalStateException("the audio ended before it was closed");
    }
}
