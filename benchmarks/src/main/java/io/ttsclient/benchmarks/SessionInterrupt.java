// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

import io.ttsclient.TtsClient;
import io.ttsclient.benchmarks.layers.PresetBackend;
import io.ttsclient.error.TtsException;
import io.ttsclient.local.LocalVoice;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechSession;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * From {@code interrupt()} to the last byte that is still delivered, to a reader that never rests; aim: below 5 ms. And with the
 * built-in voice the first audio of the turn behind an interruption against that of a fresh session; aim: no later.
 */
final class SessionInterrupt {
    private static final String LONG =
            "Your order has been shipped today and should arrive within three working days. ";
    private static final String ANSWER = "Yes, of course.";
    private static final int WARM_UP = 1_000;
    private static final int ROUNDS = 2_000;
    private static final int CHUNKS_BEFORE = 50;
    private static final double NANOS_PER_MILLI = 1e6;

    private SessionInterrupt() {}

    public static void main(String[] args) throws Exception {
        try (TtsClient client = TtsClient.of(new PresetBackend("endless", Integer.MAX_VALUE))) {
            var late = new double[ROUNDS];
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                double millis = lastDelivered(client) / NANOS_PER_MILLI;
                if (i >= 0) {
                    late[i] = millis;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "interrupt() to the last delivered byte: %.3f ms, median; p99 %.3f ms (%d rounds)%n",
                    Quantiles.of(late, 0.5),
                    Quantiles.of(late, 0.99),
                    ROUNDS);
        }
        try (TtsClient client = TtsClient.of(LocalVoice.builtIn())) {
            new Interleaved(20, 100)
                    .compare("next turn", () -> nextTurn(client), "fresh session", () -> freshSession(client));
        }
    }

    private static long lastDelivered(TtsClient client) throws Exception {
        try (SpeechSession session = client.open()) {
            var chunks = new AtomicLong();
            session.write(LONG);
            AudioStream audio = session.audio();
            CompletableFuture<Long> last = CompletableFuture.supplyAsync(() -> readUntilCancelled(audio, chunks));
            while (chunks.get() < CHUNKS_BEFORE) {
                Thread.onSpinWait();
            }
            long interrupted = System.nanoTime();
            session.interrupt();
            return Math.max(0, last.get() - interrupted);
        }
    }

    /** When the last chunk came. */
    private static long readUntilCancelled(AudioStream audio, AtomicLong chunks) {
        long last = 0;
        try {
            while (audio.read() != null) {
                last = System.nanoTime();
                chunks.incrementAndGet();
            }
        } catch (TtsException e) {
            return last;
        }
        throw new IllegalStateException("the audio ended uninterrupted");
    }

    private static long nextTurn(TtsClient client) {
        try (SpeechSession session = client.open()) {
            session.write(LONG);
            session.flush();
            read(session);
            session.interrupt();
            return answer(session);
        }
    }

    private static long freshSession(TtsClient client) {
        try (SpeechSession session = client.open()) {
            return answer(session);
        }
    }

    private static long answer(SpeechSession session) {
        long start = System.nanoTime();
        session.write(ANSWER);
        session.finish();
        read(session);
        return System.nanoTime() - start;
    }

    private static void read(SpeechSession session) {
        if (session.audio().read() == null) {
            throw new IllegalStateException("no audio");
        }
    }
}
