// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks;

import io.ttsclient.TtsClient;
import io.ttsclient.local.LocalVoice;

/** What the library adds to the bare ONNX Runtime call, text front end and all layers included. Aim: at most 1.05. */
final class LocalOverhead {
    private static final String TEXT = "The train to the airport leaves from platform four in twenty minutes.";

    private static final int WARM_UP = 2_000;

    private LocalOverhead() {}

    public static void main(String[] args) throws Exception {
        int threads = args.length > 0 ? Integer.parseInt(args[0]) : 1;
        try (var graph = new BuiltInGraph(threads);
                TtsClient client =
                        TtsClient.of(LocalVoice.builder().threads(threads).build())) {
            long[] ids = graph.ids(TEXT);
            // The runtime's code is compiled already; ours is once it has run often enough.
            for (int i = 0; i < WARM_UP; i++) {
                client.synthesize("Hi.");
            }
            new Interleaved(40, 200)
                    .compare(
                            "TtsClient",
                            Interleaved.whole(() -> client.synthesize(TEXT)),
                            "bare ONNX Runtime",
                            Interleaved.whole(() -> graph.run(ids)));
        }
    }
}
