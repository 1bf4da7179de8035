// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

import io.ttsclient.TtsClient;
import io.ttsclient.local.LocalVoice;
import io.ttsclient.speech.AudioStream;

/** Time to first audio of a paragraph of ten sentences against the time that all of it takes. Aim: at most 1/6. */
final class FirstAudio {
    private static final String PARAGRAPH = "Thank you for calling. Your order has been shipped today. "
            + "It should arrive within three working days. The driver will ring your bell twice. "
            + "If you are out, a neighbour may take the parcel. You will get a message in that case. "
            + "The bill is on its way by email. You can pay it in the app or at your bank. "
            + "Please call us again if anything is missing. We wish you a pleasant afternoon.";

    private FirstAudio() {}

    public static void main(String[] args) throws Exception {
        try (TtsClient client = TtsClient.of(LocalVoice.builtIn())) {
            new Interleaved(10, 60)
                    .compare("first audio", () -> firstAudio(client), "whole paragraph", () -> whole(client));
        }
    }

    private static long firstAudio(TtsClient client) {
        long start = System.nanoTime();
        try (AudioStream stream = client.stream(PARAGRAPH)) {
            if (stream.read() == null) {
                throw new IllegalStateException("no audio");
            }
            return System.nanoTime() - start;
        }
    }

    private static long whole(TtsClient client) {
        long start = System.nanoTime();
        try (AudioStream stream = client.stream(PARAGRAPH)) {
            if (stream.toBytes().length == 0) {
                throw new IllegalStateException("no audio");
            }
            return System.nanoTime() - start;
        }
    }
}
