// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

import io.ttsclient.TtsClient;
import io.ttsclient.benchmarks.server.PacedServer;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.vits.Dialect;
import io.ttsclient.vits.VitsServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Locale;

/**
 * What a client adds to a self-hosted server's own time. First audio, on a kept connection, of a server that sends it 20 ms after
 * the request, in turn with a bare socket that asks the same: aim at most 0.5 ms more at the median and 5 ms more at the 99th
 * percentile. And the live heap while a WAV of ten minutes streams: aim under 2 MB.
 */
final class VitsServerTimings {
    private static final String TEXT = "Your table is ready.";
    /** Asked as fast as they are answered, so that the JIT has compiled what it will in a program that has run for a while. */
    private static final int WARM_UP_REQUESTS = 20_000;

    private static final int WARMUP = 300;
    private static final int ROUNDS = 1_000;
    private static final int MINUTES = 10;

    private VitsServerTimings() {}

    public static void main(String[] args) throws Exception {
        try (PacedServer server = PacedServer.start("over=0", "seconds=1", "delay=20")) {
            firstAudio("in the first minute", server.url());
            warmUp(server.url("over=0", "seconds=1", "delay=0"));
            firstAudio("warm", server.url());
            liveHeap(server.url("over=0", "delay=0", "seconds=" + MINUTES * 60));
        }
    }

    private static TtsClient client(URI url) {
        return TtsClient.of(VitsServer.builder()
                .baseUrl(url.toString())
                .dialect(Dialect.OPENAI_SPEECH)
                .build());
    }

    private static void warmUp(URI url) {
        try (TtsClient client = client(url)) {
            for (int i = 0; i < WARM_UP_REQUESTS; i++) {
                nanosToFirstAudio(client);
            }
        }
    }

    private static void firstAudio(String when, URI url) throws Exception {
        try (var socket = new BareSpeechSocket(url.getPort());
                TtsClient client = client(url)) {
            new BesideBareSocket(WARMUP, ROUNDS)
                    .compare(
                            "first audio, " + when,
                            () -> socket.nanosToFirstAudio(TEXT),
                            () -> nanosToFirstAudio(client));
        }
    }

    private static long nanosToFirstAudio(TtsClient client) {
        long start = System.nanoTime();
        try (AudioStream stream = client.stream(TEXT)) {
            if (stream.read() == null) {
                throw new IllegalStateException("no audio");
            }
            long nanos = System.nanoTime() - start;
            stream.toBytes(); // so that the connection is kept
            return nanos;
        }
    }

    private static void liveHeap(URI url) throws IOException {
        try (TtsClient client = client(url)) {
            long before = usedAfterCollection();
            long most = 0;
            long bytes = 0;
            try (AudioStream stream = client.stream(TEXT)) {
                long nextLook = 0;
                for (var chunk = stream.read(); chunk != null; chunk = stream.read()) {
                    bytes += chunk.size();
                    if (stream.format().durationOf(bytes).toMinutes() >= nextLook) {
                        most = Math.max(most, usedAfterCollection() - before);
                        nextLook++;
                    }
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "a WAV of %d min, %.1f MB: at most %.2f MB of live heap more while it streams (aim: under 2)%n",
                    MINUTES,
                    bytes / 1e6,
                    most / 1e6);
        }
    }

    private static long usedAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
