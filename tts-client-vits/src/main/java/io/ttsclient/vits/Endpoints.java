// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.transport.ApiKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Equal servers. The one with the least to do is asked, of several such the next in turn; one that failed lately comes last. A
 * failure that waiting might mend sends the request to the next one at once. Thread-safe.
 */
final class Endpoints {
    private final List<Endpoint> all;
    private final AtomicInteger turn = new AtomicInteger();

    Endpoints(List<Endpoint> all) {
        this.all = List.copyOf(all);
    }

    List<Endpoint> all() {
        return all;
    }

    /** Speaks, once; a failure has those of the servers asked before suppressed. */
    AudioSource ask(Synthesis synthesis, Utterance utterance, @Nullable ApiKey key) {
        TtsException failure = null;
        for (Endpoint endpoint : inOrder(synthesis)) {
            try {
                return endpoint.ask(synthesis, utterance, key);
            } catch (TtsException e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                if (!e.retryable()) {
                    throw e;
                }
                failure = e;
            }
        }
        if (failure == null) {
            throw new IllegalStateException("no endpoint");
        }
        throw failure;
    }

    private List<Endpoint> inOrder(Synthesis synthesis) {
        if (all.size() == 1) {
            return all;
        }
        var order = new ArrayList<>(all);
        Collections.rotate(order, -Math.floorMod(turn.getAndIncrement(), order.size()));
        order.sort(Comparator.comparing((Endpoint endpoint) -> endpoint.isSuspect(synthesis))
                .thenComparingInt(Endpoint::running));
        return order;
    }
}
