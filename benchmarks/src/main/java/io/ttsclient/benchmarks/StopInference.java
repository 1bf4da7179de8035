// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

import io.ttsclient.TtsClient;
import io.ttsclient.local.LocalVoice;
import io.ttsclient.speech.AudioStream;
import java.util.Locale;

/**
 * How long the local voice goes on computing when a stream is closed while its second piece is being made: a voice that computes one
 * text at a time has its next first audio that much later than one that was idle. Aim: at most 50 ms.
 */
final class StopInference {
    private static final String LONG =
            "Thank you. " + "There is so much to say about what has happened on that day that we ".repeat(6);
    private static final String SHORT = "Yes.";
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 100;
    private static final double NANOS_PER_MILLI = 1e6;

    private StopInference() {}

    public static void main(String[] args) {
        double[] idle = new double[ROUNDS];
        double[] behind = new double[ROUNDS];
        try (TtsClient client =
                TtsClient.of(LocalVoice.builder().maxConcurrentRuns(1).build())) {
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                double nanosIdle = firstAudio(client);
                double nanosBehind = firstAudioBehindAClosedStream(client);
                if (i >= 0) {
                    idle[i] = nanosIdle;
                    behind[i] = nanosBehind;
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "first audio of an idle voice %.2f ms, behind a stream that was closed %.2f ms, p99 %.2f and %.2f ms%n",
                Quantiles.of(idle, 0.5) / NANOS_PER_MILLI,
                Quantiles.of(behind, 0.5) / NANOS_PER_MILLI,
                Quantiles.of(idle, 0.99) / NANOS_PER_MILLI,
                Quantiles.of(behind, 0.99) / NANOS_PER_MILLI);
    }

    private static long firstAudio(TtsClient client) {
        long start = System.nanoTime();
        try (AudioStream stream = client.stream(SHORT)) {
            stream.read();
            return System.nanoTime() - start;
        }
    }

    private static long firstAudioBehindAClosedStream(TtsClient client) {
        try (AudioStream stream = client.stream(LONG)) {
            stream.read(); // the next piece is begun on the executor
        }
        return firstAudio(client);
    }
}
