// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import io.ttsclient.TtsClient;
import io.ttsclient.benchmarks.server.PacedServer;
import io.ttsclient.deepgram.Deepgram;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Many of Deepgram's WebSockets at once, each with a frame every 20 ms, staggered: the processor time of this process for a second of
 * audio, how late frames are, and what memory it takes. In turn by bare sockets, by OkHttp's listeners, by listeners that hand over to a
 * waiting thread and by a client. Arguments:
 * how many streams (200 unless given), how many seconds (10), how many rounds (3), and who listens ({@code sockets okhttp
 * handover client}).
 *
 * <p>Aims: 200 streams for at most 1.25 times the processor time of OkHttp's listeners; 1 000 with a heap of 384 MB, on a JDK with
 * virtual threads, no error, 99 % of frames less than 20 ms late, less than 512 MB of memory.
 */
final class DeepgramStreams {
    private static final int FRAME_BYTES = 960;
    private static final int FRAMES_A_SECOND = 50;
    private static final double NANOS_PER_MILLI = 1e6;
    private final int streams;
    private final int seconds;

    private DeepgramStreams(int streams, int seconds) {
        this.streams = streams;
        this.seconds = seconds;
    }

    public static void main(String[] args) throws Exception {
        int streams = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        List<String> who = args.length > 3
                ? Arrays.asList(args).subList(3, args.length)
                : List.of("sockets", "okhttp", "handover", "client");
        new DeepgramStreams(streams, seconds).run(rounds, who);
    }

    private void run(int rounds, List<String> who) throws Exception {
        try (PacedServer server = PacedServer.start("delay=20", "stagger=true", "stamp=true", "seconds=" + seconds)) {
            List<Listeners> listeners = new ArrayList<>();
            try {
                for (String name : who) {
                    listeners.add(listeners(name, server.url()));
                }
                for (int round = 0; round <= rounds; round++) {
                    for (int i = 0; i < who.size(); i++) {
                        measure(round, who.get(i), listeners.get(i));
                    }
                }
            } finally {
                for (Listeners each : listeners) {
                    each.close();
                }
            }
        }
    }

    private Listeners listeners(String name, URI url) throws Exception {
        int frames = seconds * FRAMES_A_SECOND;
        return switch (name) {
            case "sockets" -> new SocketListeners(url, streams, FRAME_BYTES, frames);
            case "okhttp" -> new OkHttpListeners(url, streams, FRAME_BYTES, frames, false);
            case "handover" -> new OkHttpListeners(url, streams, FRAME_BYTES, frames, true);
            case "client" -> new ClientListeners(client(url), streams, FRAME_BYTES, frames);
            default -> throw new IllegalArgumentException(name + ", allowed sockets, okhttp, handover, client");
        };
    }

    private TtsClient client(URI url) {
        return TtsClient.of(Deepgram.builder()
                .apiKey("any")
                .allowPlainHttp()
                .baseUrl(url.toString())
                .maxAuraSockets(streams)
                .maxWait(Duration.ofSeconds(30))
                .build());
    }

    private void measure(int round, String name, Listeners listeners) throws Exception {
        long start = ThisProcess.cpuNanos();
        List<Lateness> heard = listeners.listen();
        double millis = (ThisProcess.cpuNanos() - start) / NANOS_PER_MILLI;
        var late = new Tally();
        heard.forEach(each -> each.addTo(late));
        System.out.printf(
                Locale.ROOT,
                "%s %s: %.3f ms of processor time a second of audio, late by %.2f ms at the median, %.2f ms p99, %.2f ms"
                        + " p99.9; %d threads, %.0f MiB%n",
                round == 0 ? "warm-up" : "round " + round,
                name,
                millis / streams / seconds,
                late.millis(0.5),
                late.millis(0.99),
                late.millis(0.999),
                Thread.activeCount(),
                ThisProcess.memoryMib());
    }
}
