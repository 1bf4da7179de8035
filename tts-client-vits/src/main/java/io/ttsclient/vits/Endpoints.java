// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.transport.ApiKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Equal servers. One that failed lately is only asked where no other is left. A failure that waiting might mend sends the request to
 * the next one at once; one that may be the request's own fault, as a 500 of some servers, to one other only, since two that
 * answer so are right. Thread-safe.
 */
final class Endpoints {
    private final List<Endpoint> all;
    private final Places places;

    /** Of several, each is asked for at most {@code streamsEach} streams at once; of an only one the client knows how many. */
    Endpoints(List<Endpoint> all, int streamsEach) {
        this.all = List.copyOf(all);
        places = new Places(all.size() == 1 ? Integer.MAX_VALUE : streamsEach);
    }

    List<Endpoint> all() {
        return all;
    }

    /** All of them, those that failed lately last. */
    List<Endpoint> bestFirst() {
        return all.stream().sorted(Comparator.comparing(Endpoint::isSuspect)).toList();
    }

    /** Speaks, once; a failure has those of the other servers suppressed. */
    AudioSource ask(Synthesis synthesis, Utterance utterance, @Nullable ApiKey key) {
        var left = new ArrayList<>(all);
        Endpoint doubted = null;
        TtsException earlier = null;
        while (true) {
            Endpoint endpoint = places.enter(synthesis, left);
            left.remove(endpoint);
            try {
                AudioSource source = askOne(endpoint, synthesis, utterance, key);
                if (doubted != null) {
                    doubted.setAside(); // so it was not the request
                }
                return source;
            } catch (TtsException e) {
                if (earlier != null) {
                    e.addSuppressed(earlier);
                }
                boolean doubtful = isDoubtful(e) && doubted == null;
                if (left.isEmpty() || !(doubtful || e.retryable())) {
                    // What one of them may have refused for good is not to be asked of it again.
                    throw doubted == null ? e : e.toBuilder().notRetryable().build();
                }
                doubted = doubtful ? endpoint : doubted;
                earlier = e;
            }
        }
    }

    private AudioSource askOne(Endpoint endpoint, Synthesis synthesis, Utterance utterance, @Nullable ApiKey key) {
        boolean speaks = false;
        try {
            AudioSource source = endpoint.ask(synthesis, utterance, key, () -> places.leave(endpoint));
            speaks = true;
            return source;
        } finally {
            if (!speaks) {
                places.leave(endpoint);
            }
        }
    }

    /** Whether this may be the request's fault or the server's. */
    private static boolean isDoubtful(TtsException failure) {
        return failure.category() == Category.PROTOCOL
                || (failure.category() == Category.UNAVAILABLE && !failure.retryable());
    }
}
