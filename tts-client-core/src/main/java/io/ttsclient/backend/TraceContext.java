// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import java.util.Optional;

/** Where a synthesis stands in a distributed trace. Thread-safe. */
public interface TraceContext {
    /** Nowhere: nobody traces. */
    static TraceContext none() {
        return Untraced.INSTANCE;
    }

    /**
     * The <a href="https://www.w3.org/TR/trace-context/#traceparent-header">{@code traceparent}</a> of W3C for a server that is asked
     * on behalf of the synthesis; empty where nobody traces, or in another way.
     */
    Optional<String> traceparent();

    /** Nowhere. */
    enum Untraced implements TraceContext {
        /** The only one. */
        INSTANCE;

        @Override
        public Optional<String> traceparent() {
            return Optional.empty();
        }
    }
}
