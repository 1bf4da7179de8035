// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.TtsClient;
import io.ttsclient.backend.Deadline;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.Voice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Asks the provider about itself, and puts the answer on standard output. */
final class Inquiry {
    private final Supplier<TtsClient> open;
    private final Duration timeout;
    private final OutputStream out;
    private final Reporter reporter;

    Inquiry(Supplier<TtsClient> open, Duration timeout, OutputStream out, Reporter reporter) {
        this.open = open;
        this.timeout = timeout;
        this.out = out;
        this.reporter = reporter;
    }

    /**
     * Answers which voices there are, or otherwise whether it would speak now.
     *
     * @throws TtsException if the provider cannot tell, or not within the timeout
     */
    ExitStatus answer(boolean voices) {
        try (TtsClient client = open.get()) {
            return voices ? voices(client) : health(client);
        }
    }

    /** A line for each voice: id, name, languages and description, with tabs between. */
    private ExitStatus voices(TtsClient client) {
        List<Voice> voices = inTime(client::voices);
        for (Voice voice : voices) {
            print(String.join(
                    "\t", voice.id(), voice.name(), String.join(",", voice.languages()), voice.description()));
        }
        reporter.succeeded(Summary.withoutRequest(name(client), null, voices.size() + " voices"));
        return ExitStatus.OK;
    }

    private ExitStatus health(TtsClient client) {
        Health health = inTime(client::probe).get(0); // the provider itself, not who would speak for it
        String message = health.status() + " " + health.detail();
        print(message);
        boolean up = health.status() == Health.Status.UP;
        reporter.succeeded(Summary.withoutRequest(name(client), up ? null : Category.UNAVAILABLE.name(), message));
        return up ? ExitStatus.OK : ExitStatus.UNAVAILABLE;
    }

    /** On a thread of its own, which ends with the process: nothing else bounds all that a provider does to find its answer. */
    private <T> T inTime(Supplier<T> question) {
        var answer = new FutureTask<T>(question::get);
        var asking = new Thread(answer, "speak-inquiry");
        asking.setDaemon(true);
        asking.start();
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw Deadline.after(timeout, TimeSource.system()).failure().build();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TtsException.builder(Category.CANCELLED, "the asking thread was interrupted")
                    .cause(e)
                    .build();
        }
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
