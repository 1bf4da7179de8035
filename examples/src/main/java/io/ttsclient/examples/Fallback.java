// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import io.ttsclient.TtsClient;
import io.ttsclient.local.LocalVoice;
import io.ttsclient.speech.Speech;
import io.ttsclient.vits.Dialect;
import io.ttsclient.vits.VitsServer;
import java.io.IOException;
import java.nio.file.Path;

/** Somebody speaks, whether the server does or not: what the README shows of it, word for word. */
public final class Fallback {
    private Fallback() {}

    /** Writes {@code ready.wav} into the working directory; {@code args[0]} is where the server is. */
    public static void main(String[] args) throws IOException {
        String server = args[0];
        // README begins
        try (TtsClient tts = TtsClient.builder()
                .backend(VitsServer.builder()
                        .baseUrl(server)
                        .dialect(Dialect.OPENAI_SPEECH)
                        .build())
                .fallback(LocalVoice.builtIn()) // speaks where the server does not
                .build()) {
            Speech speech = tts.synthesize("Your table is ready.");
            speech.writeTo(Path.of("ready.wav"));
            System.out.println(speech.report().backend().orElse("nobody") + " spoke");
        }
        // README ends
    }
}
