// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import io.ttsclient.TtsClient;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.benchmarks.server.PacedServer;
import io.ttsclient.deepgram.Deepgram;
import io.ttsclient.gemini.Gemini;
import io.ttsclient.layer.AdmissionPolicy;
import io.ttsclient.vits.Dialect;
import io.ttsclient.vits.VitsServer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What one process carries: many callers who listen in real time, over each backend in turn, at a server in another process that cuts
 * off one answer of fifty, before its first audio or in its middle. Each phrase of a second arrives within 320 ms. Beside them one
 * bare socket asks the same all the time. Arguments: how many callers (100 unless given), how many minutes (10), and which backends
 * ({@code deepgram gemini vits}).
 *
 * <p>Aims, with 100: first audio under 200 ms and the whole phrase under 500 ms for 95 % of them, under 0.1 % of failures beyond those
 * that were injected, under 512 MB, under 70 % of the processors. Answers that are cut before their first audio are tried again, so
 * that about 1 % of the phrases end as TRUNCATED, and nothing else.
 */
final class Load {
    private static final String[] SERVER = {"delay=20", "seconds=1", "over=300", "stamp=true", "faulty=50"};
    private static final String[] FOR_BARE_SOCKET = {"delay=20", "seconds=1", "over=300", "faulty=0"};
    private static final int FRAME_BYTES = 960;
    private static final int FRAMES = 50; // of a phrase
    private static final double GOLDEN = 0.618_033_988_75;

    private final int callers;
    private final long minutes;
    private final PacedServer server;

    private Load(int callers, long minutes, PacedServer server) {
        this.callers = callers;
        this.minutes = minutes;
        this.server = server;
    }

    public static void main(String[] args) throws Exception {
        // A line for each injected failure would be all that one sees.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
        int callers = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        long minutes = args.length > 1 ? Long.parseLong(args[1]) : 10;
        List<String> backends =
                args.length > 2 ? List.of(args).subList(2, args.length) : List.of("deepgram", "gemini", "vits");
        try (PacedServer server = PacedServer.start(SERVER)) {
            for (String name : backends) {
                new Load(callers, minutes, server).run(name);
            }
        }
    }

    private TtsBackend backend(String name) {
        String url = server.url().toString();
        return switch (name) {
            case "deepgram" ->
                Deepgram.builder()
                        .apiKey("any")
                        .allowPlainHttp()
                        .baseUrl(url)
                        .model("flux-haley-en")
                        .maxFluxSockets(2 * callers)
                        .build();
            case "gemini" ->
                Gemini.builder()
                        .apiKey("any")
                        .allowPlainHttp()
                        .baseUrl(url)
                        .streaming(true)
                        .build();
            case "vits" ->
                VitsServer.builder().baseUrl(url).dialect(Dialect.OPENAI_SPEECH).build();
            default -> throw new IllegalArgumentException(name + ", allowed deepgram, gemini, vits");
        };
    }

    private void run(String name) throws Exception {
        TtsClient client = TtsClient.builder()
                .backend(backend(name))
                .admission(name, AdmissionPolicy.unlimited())
                .build();
        ExecutorService readers = Readers.start();
        try (client;
                var bystander = new Bystander(server.port(), server.url(FOR_BARE_SOCKET))) {
            long start = System.nanoTime();
            var all = new Callers(client, FRAME_BYTES, FRAMES, start + TimeUnit.MINUTES.toNanos(minutes));
            for (int i = 0; i < callers; i++) {
                double share = i * GOLDEN % 1;
                readers.execute(() -> all.call(share));
            }
            readers.shutdown();
            long cpu = ThisProcess.cpuNanos();
            boolean ended = false;
            while (!ended) {
                ended = readers.awaitTermination(1, TimeUnit.MINUTES);
                progress(name, all);
            }
            report(name, all, bystander, cpu, start);
        }
        System.out.printf(
                Locale.ROOT,
                "%s: after close() %d sockets and %d threads%n",
                name,
                ThisProcess.sockets(),
                Thread.activeCount());
    }

    private static void progress(String name, Callers all) {
        System.out.printf(
                Locale.ROOT,
                "%s: %d phrases, failures %s, first audio %s; %.0f MiB, %d threads%n",
                name,
                all.phrases(),
                all.failures(),
                all.firstAudio,
                ThisProcess.memoryMib(),
                Thread.activeCount());
    }

    private void report(String name, Callers all, Bystander bystander, long cpu, long start) {
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1e3;
        double busy = (ThisProcess.cpuNanos() - cpu)
                / 1e9
                / seconds
                / Runtime.getRuntime().availableProcessors();
        System.out.printf(
                Locale.ROOT,
                "%s, %d callers, %.0f s: %d phrases, failures %s%n  first audio: %s; of the bare socket: %s%n"
                        + "  whole phrase: %s%n  chunks late by: %s%n  %.0f %% of the processors, at most %.0f MiB%n",
                name,
                callers,
                seconds,
                all.phrases(),
                all.failures(),
                all.firstAudio,
                bystander,
                all.wholePhrase,
                all.lateness,
                100 * busy,
                ThisProcess.mostMemoryMib());
    }
}
