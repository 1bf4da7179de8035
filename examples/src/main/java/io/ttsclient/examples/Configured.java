// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ttsclient.ReloadableTtsClient;
import io.ttsclient.TtsClientConfig;
import io.ttsclient.speech.SpeechRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A client out of a file, seen and changed while it runs: what the README shows of it, word for word. */
public final class Configured {
    private Configured() {}

    /** Writes {@code hold.wav} into the working directory; {@code args[0]} is the file of the configuration. */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        MeterRegistry registry = new SimpleMeterRegistry();
        // README begins
        try (var tts = ReloadableTtsClient.open(
                () -> TtsClientConfig.fromJson(file, System.getenv()), // backends, keys, voices, limits, cache
                builder -> builder.meterRegistry(registry))) {
            tts.preload(List.of(SpeechRequest.of("Please hold the line."))); // made once
            tts.synthesize("Please hold the line.").writeTo(Path.of("hold.wav")); // out of the cache
            tts.reload(); // to what the file says now; where that is wrong it says so, and all stays as it was
        }
        // README ends
        registry.get("tts.client.cache").counters().stream()
                .map(counter -> counter.getId().getTag("outcome") + " " + (long) counter.count())
                .sorted()
                .forEach(System.out::println);
    }
}
