// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.error.TtsException;
import io.ttsclient.speech.Priority;
import io.ttsclient.speech.SpeechRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has requests spoken to nobody, so that the cache has their audio. */
final class Preloading {
    private static final int CONCURRENCY = 4;

    private Preloading() {}

    /** Tries all, and then fails if any failed. */
    static void run(TtsClient client, List<SpeechRequest> requests) {
        List<SpeechRequest> ahead = requests.stream()
                .map(request -> request.toBuilder()
                        .with(options -> options.priority(Priority.PREFETCH))
                        .build())
                .toList();
        TtsException failure = null;
        try (SpeechBatch batch = client.synthesizeAll(ahead, CONCURRENCY)) {
            for (SpeechBatch.Result result : batch) {
                failure = first(failure, result.failure().orElse(null));
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable TtsException first(@Nullable TtsException first, @Nullable TtsException next) {
        if (first == null) {
            return next;
        }
        if (next != null) {
            first.addSuppressed(next);
        }
        return first;
    }
}
