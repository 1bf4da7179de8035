// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.TtsClient;
import io.ttsclient.backend.Health;
import io.ttsclient.error.Category;
import io.ttsclient.speech.Voice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Asks the provider about itself, and puts the answer on standard output. */
final class Inquiry {
    private final Supplier<TtsClient> open;
    private final OutputStream out;
    private final Reporter reporter;

    Inquiry(Supplier<TtsClient> open, OutputStream out, Reporter reporter) {
        this.open = open;
        this.out = out;
        this.reporter = reporter;
    }

    /** Answers which voices there are, or otherwise whether it would speak now. */
    ExitStatus answer(boolean voices) {
        try (TtsClient client = open.get()) {
            return voices ? voices(client) : health(client);
        }
    }

    /** A line for each voice: id, name, languages and description, with tabs between. */
    private ExitStatus voices(TtsClient client) {
        List<Voice> voices = client.voices();
        for (Voice voice : voices) {
            print(String.join(
                    "\t", voice.id(), voice.name(), String.join(",", voice.languages()), voice.description()));
        }
        reporter.succeeded(Summary.withoutRequest(name(client), null, voices.size() + " voices"));
        return ExitStatus.OK;
    }

    private ExitStatus health(TtsClient client) {
        Health health = client.probe().get(0); // the provider itself, not who would speak for it
        String message = health.status() + " " + health.detail();
        print(message);
        boolean up = health.status() == Health.Status.UP;
        reporter.succeeded(Summary.withoutRequest(name(client), up ? null : Category.UNAVAILABLE.name(), message));
        return up ? ExitStatus.OK : ExitStatus.UNAVAILABLE;
    }

    private static String name(TtsClient client) {
        return client.capabilities().backend();
    }

    private void print(String line) {
        try {
            out.write((line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw Output.failed(e);
        }
    }
}
