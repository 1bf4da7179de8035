// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

import io.ttsclient.TtsClient;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.local.LocalVoice;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechSession;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A writer of 20 tokens a second: from the token that completes the first clause to the first audio, of a session and, in turn with
 * it, of a client that is given whole sentences. Aim: at most 60 ms, median.
 */
final class SessionFirstAudio {
    private static final List<String> TOKENS =
            List.of("Thank ", "you ", "for ", "calling, ", "your ", "order ", "has ", "been ", "shipped ", "today. ");
    private static final String CLAUSE = "calling, ";
    private static final Duration BETWEEN_TOKENS = Duration.ofMillis(50);
    private static final int WARM_UP = 10;
    private static final int ROUNDS = 100;
    private static final double NANOS_PER_MILLI = 1e6;

    private final TtsClient client;
    private final TimeSource clock;

    private SessionFirstAudio(TtsClient client, TimeSource clock) {
        this.client = client;
        this.clock = clock;
    }

    public static void main(String[] args) throws Exception {
        try (TtsClient client = TtsClient.of(LocalVoice.builtIn());
                TimeSource clock = TimeSource.system()) {
            new SessionFirstAudio(client, clock).run();
        }
    }

    private void run() throws Exception {
        var session = new double[ROUNDS];
        var sentence = new double[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            double ofSession = session() / NANOS_PER_MILLI;
            double ofSentence = wholeSentence() / NANOS_PER_MILLI;
            if (i >= 0) {
                session[i] = ofSession;
                sentence[i] = ofSentence;
            }
        }
        print("session", session);
        print("whole sentences", sentence);
    }

    private static void print(String name, double[] millis) {
        System.out.printf(
                Locale.ROOT,
                "%s: first audio %.1f ms after the first clause, median; p99 %.1f ms (%d rounds)%n",
                name,
                Quantiles.of(millis, 0.5),
                Quantiles.of(millis, 0.99),
                ROUNDS);
    }

    private long session() throws Exception {
        try (SpeechSession session = client.open()) {
            AudioStream audio = session.audio();
            CompletableFuture<Long> heard = CompletableFuture.supplyAsync(() -> firstAudio(audio));
            long clause = write(session::write);
            session.finish();
            return heard.get() - clause;
        }
    }

    private long wholeSentence() throws InterruptedException {
        var text = new StringBuilder();
        long clause = write(text::append);
        try (AudioStream audio = client.stream(text.toString())) {
            return firstAudio(audio) - clause;
        }
    }

    /** When the first audio was there. */
    private static long firstAudio(AudioStream audio) {
        if (audio.read() == null) {
            throw new IllegalStateException("no audio");
        }
        return System.nanoTime();
    }

    /** When the clause was complete. */
    private long write(Consumer<String> writer) throws InterruptedException {
        long clause = 0;
        for (String token : TOKENS) {
            clock.sleep(BETWEEN_TOKENS);
            if (token.equals(CLAUSE)) {
                clause = System.nanoTime();
            }
            writer.accept(token);
        }
        return clause;
    }
}
