// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

import io.ttsclient.TtsClient;
import io.ttsclient.benchmarks.server.PacedServer;
import io.ttsclient.deepgram.Deepgram;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechSession;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Turns over Deepgram's WebSockets that are open already, at a server that answers 20 ms after the Flush. From the text to the first
 * audio, in turn with a bare socket: aim at most 0.5 ms more at the median and 5 ms more at the 99th percentile. From
 * {@code interrupt()} to silence: aim below 5 ms. And the first audio of the turn behind an interruption against that of a fresh one:
 * aim no later.
 */
final class DeepgramFirstAudio {
    /** Asked as fast as they are answered, so that the JIT has compiled what it will in a program that has run for a while. */
    private static final int WARM_UP_TURNS = 10_000;

    private static final int WARM_UP = 100;
    private static final int ROUNDS = 500;
    /** Each Aura socket may be flushed 20 times a minute. */
    private static final int TURNS_PER_SOCKET = 18;

    private static final int INTERRUPTIONS = 300;
    private static final double NANOS_PER_MILLI = 1e6;

    private static final String AURA = "aura-2-thalia-en";
    private static final String FLUX = "flux-haley-en";

    private DeepgramFirstAudio() {}

    public static void main(String[] args) throws Exception {
        try (PacedServer server = PacedServer.start("over=0", "seconds=1", "delay=20")) {
            for (String when : List.of("in the first minute", "warm")) {
                firstAudio(server, "Aura, " + when, AURA, "/v1/speak", "Flushed");
                firstAudio(server, "Flux, " + when, FLUX, "/v2/speak", "SpeechMetadata");
                warmUp(server.url("over=0", "seconds=1", "delay=0"), AURA);
                warmUp(server.url("over=0", "seconds=1", "delay=0"), FLUX);
            }
            interruptions(server.url("over=-1", "seconds=60", "delay=20"));
        }
    }

    private static void warmUp(URI url, String model) {
        try (TtsClient client = client(url, model, sockets(WARM_UP_TURNS));
                SpeechSession session = client.open()) {
            for (int i = 0; i < WARM_UP_TURNS; i++) {
                nanosToFirstAudio(session);
            }
        }
    }

    private static int sockets(int turns) {
        return 1 + turns / TURNS_PER_SOCKET;
    }

    private static TtsClient client(URI url, String model, int sockets) {
        return TtsClient.of(Deepgram.builder()
                .apiKey("any")
                .allowPlainHttp()
                .baseUrl(url.toString())
                .model(model)
                .maxAuraSockets(2 * sockets)
                .maxFluxSockets(2 * sockets)
                .build());
    }

    private static void firstAudio(PacedServer server, String name, String model, String path, String end)
            throws Exception {
        int sockets = sockets(WARM_UP + ROUNDS);
        String target = path + "?model=" + model + "&encoding=linear16&sample_rate=24000";
        try (var socket = new BareWebSocket(server.port(), target);
                TtsClient client = client(server.url(), model, sockets);
                SpeechSession session = client.open()) {
            socket.read(); // its greeting
            connect(client, sockets);
            new BesideBareSocket(WARM_UP, ROUNDS)
                    .compare(
                            name + ", first audio",
                            () -> nanosToFirstAudio(socket, end),
                            () -> nanosToFirstAudio(session));
        }
    }

    private static void connect(TtsClient client, int sockets) {
        List<AudioStream> streams = new ArrayList<>();
        for (int i = 0; i < sockets; i++) {
            streams.add(client.stream(DeepgramTurn.TEXT));
        }
        streams.forEach(AudioStream::toBytes);
        streams.forEach(AudioStream::close);
    }

    private static long nanosToFirstAudio(BareWebSocket socket, String end) throws IOException {
        long start = System.nanoTime();
        socket.send(DeepgramTurn.SPEAK, DeepgramTurn.FLUSH);
        int opcode = socket.read();
        while (opcode != BareWebSocket.BINARY) {
            opcode = socket.read();
        }
        long nanos = System.nanoTime() - start;
        while (opcode != BareWebSocket.TEXT || !socket.text().contains(end)) {
            opcode = socket.read();
        }
        return nanos;
    }

    private static long nanosToFirstAudio(SpeechSession session) {
        long nanos = nanosToFirstOfMany(session);
        session.audio().toBytes();
        return nanos;
    }

    private static void interruptions(URI url) {
        double[] silence = new double[INTERRUPTIONS];
        double[] fresh = new double[INTERRUPTIONS];
        double[] next = new double[INTERRUPTIONS];
        try (TtsClient client = client(url, FLUX, sockets(WARM_UP + ROUNDS))) {
            for (int i = -INTERRUPTIONS / 5; i < INTERRUPTIONS; i++) {
                double ofFresh;
                try (SpeechSession session = client.open()) {
                    ofFresh = nanosToFirstOfMany(session);
                    session.interrupt();
                }
                try (SpeechSession session = client.open()) {
                    nanosToFirstOfMany(session);
                    double ofSilence = nanosToSilence(session);
                    double ofNext = nanosToFirstOfMany(session);
                    if (i >= 0) {
                        fresh[i] = ofFresh;
                        silence[i] = ofSilence;
                        next[i] = ofNext;
                    }
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "interrupt() to silence: %.3f ms, median; p99 %.3f ms (aim: below 5)%n",
                Quantiles.of(silence, 0.5) / NANOS_PER_MILLI,
                Quantiles.of(silence, 0.99) / NANOS_PER_MILLI);
        System.out.printf(
                Locale.ROOT,
                "first audio behind an interruption %.3f ms, of a fresh turn %.3f ms, medians; p99 %.3f and %.3f ms%n",
                Quantiles.of(next, 0.5) / NANOS_PER_MILLI,
                Quantiles.of(fresh, 0.5) / NANOS_PER_MILLI,
                Quantiles.of(next, 0.99) / NANOS_PER_MILLI,
                Quantiles.of(fresh, 0.99) / NANOS_PER_MILLI);
    }

    private static long nanosToFirstOfMany(SpeechSession session) {
        long start = System.nanoTime();
        session.write(DeepgramTurn.TEXT);
        session.finish();
        if (session.audio().read() == null) {
            throw new IllegalStateException("no audio");
        }
        return System.nanoTime() - start;
    }

    private static long nanosToSilence(SpeechSession session) {
        AudioStream audio = session.audio();
        long start = System.nanoTime();
        session.interrupt();
        try {
            while (audio.read() != null) {
                Thread.onSpinWait(); // what comes now comes too late
            }
        } catch (TtsException e) {
            return System.nanoTime() - start;
        }
        throw new IllegalStateException("the audio ended uninterrupted");
    }
}
