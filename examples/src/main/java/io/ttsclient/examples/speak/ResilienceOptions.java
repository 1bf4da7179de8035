// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.TtsClient;
import io.ttsclient.TtsClientBuilder;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.AudioSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what happens when the provider does not speak. */
final class ResilienceOptions {
    @Option(
            names = "--fallback",
            paramLabel = "NAME",
            split = ",",
            description = "Who speaks where the provider does not, with a voice of its own: one or several providers.")
    private List<String> fallback = new ArrayList<>();

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            description = "Tries of a provider before the next one, 1 to 10; 3 without it.")
    private @Nullable Integer maxAttempts;

    /**
     * Refuses, before anything is done, what is out of range.
     *
     * @throws UsageException that says what is allowed
     */
    void check() {
        try {
            retry();
        } catch (IllegalArgumentException e) {
            throw new UsageException("--max-attempts: " + e.getMessage());
        }
    }

    /**
     * The client of a call, which the caller closes.
     *
     * @throws UsageException if one of those that the options name cannot be had
     */
    TtsClient client(BackendChoice primary, Backends backends) {
        TtsClientBuilder builder = TtsClient.builder().retry(retry());
        var opened = new ArrayList<TtsBackend>();
        try {
            opened.add(backends.open(primary));
            builder.backend(opened.get(0));
            for (String name : fallback) {
                opened.add(backends.open(BackendChoice.named(name)));
                builder.fallback(new WithoutStyle(opened.get(opened.size() - 1)));
            }
            return builder.build();
        } catch (RuntimeException | Error e) {
            opened.forEach(TtsBackend::close);
            throw e;
        }
    }

    private RetryPolicy retry() {
        RetryPolicy defaults = RetryPolicy.defaults();
        return maxAttempts == null ? defaults : defaults.withMaxAttempts(maxAttempts);
    }

    /** Directions are for the provider that they were written for. */
    private static final class WithoutStyle extends DelegatingBackend {
        WithoutStyle(TtsBackend delegate) {
            super(delegate);
        }

        @Override
        public AudioSource stream(Synthesis synthesis) {
            return super.stream(synthesis.withOptions(synthesis.options().withoutStyle()));
        }
    }
}
