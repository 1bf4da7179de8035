// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

import io.ttsclient.TtsClient;
import io.ttsclient.audio.AudioSink;
import io.ttsclient.benchmarks.layers.PresetBackend;
import io.ttsclient.speech.SpeechSession;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * 200 sessions at once, each with a reader of its own, over the cheapest backend there is: the writer's processor time for a token,
 * aim below 5 µs, and what a session with a turn under way holds of the heap.
 *
 * <p>That backend is not the kit's {@code FakeBackend}, which makes 320 bytes of noise for each character and keeps every call: a
 * single piece of its audio, 20 KiB for a sentence here, would drown what the session itself holds.
 */
final class ManySessions {
    private static final int SESSIONS = 200;
    private static final int ROUNDS = 60; // the last ones are compiled
    private static final int SENTENCES = 10;
    private static final List<String> TOKENS = List.of(
            "Your",
            " order",
            " has",
            " been",
            " shipped",
            " today",
            " and",
            " should",
            " arrive",
            " within",
            " three",
            " working",
            " days",
            ".",
            " ");
    private static final int CHUNKS = 100; // of 20 ms, for each piece

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final TtsClient client;
    private final ExecutorService readers;

    private ManySessions(TtsClient client, ExecutorService readers) {
        this.client = client;
        this.readers = readers;
    }

    public static void main(String[] args) throws Exception {
        ExecutorService readers = Executors.newCachedThreadPool();
        try (TtsClient client = TtsClient.of(new PresetBackend("preset", CHUNKS))) {
            var many = new ManySessions(client, readers);
            for (int round = 0; round < ROUNDS; round++) {
                many.run();
            }
        } finally {
            readers.shutdown();
        }
    }

    private void run() throws Exception {
        long heapBefore = heap();
        var sessions = new ArrayList<SpeechSession>();
        var playing = new ArrayList<Future<Long>>();
        AudioSink nowhere = (audio, format) -> {};
        for (int i = 0; i < SESSIONS; i++) {
            SpeechSession session = client.open();
            sessions.add(session);
            playing.add(readers.submit(() -> session.audio().transferTo(nowhere)));
        }
        long start = threads.getCurrentThreadCpuTime();
        for (int sentence = 0; sentence < SENTENCES; sentence++) {
            for (String token : TOKENS) {
                sessions.forEach(session -> session.write(token));
            }
        }
        long nanos = threads.getCurrentThreadCpuTime() - start;
        long heapAfter = heap();
        for (SpeechSession session : sessions) {
            session.finish();
        }
        for (Future<Long> each : playing) {
            each.get();
        }
        sessions.forEach(SpeechSession::close);
        System.out.printf(
                Locale.ROOT,
                "%d sessions: %.2f µs of the writer's processor time a token, %.1f KiB of heap a session%n",
                SESSIONS,
                nanos / 1e3 / SESSIONS / SENTENCES / TOKENS.size(),
                (heapAfter - heapBefore) / 1024.0 / SESSIONS);
    }

    /** Bytes in use after a collection. */
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
