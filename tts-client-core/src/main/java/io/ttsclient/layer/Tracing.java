// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.ttsclient.backend.TraceContext;
import io.ttsclient.backend.TtsBackend;
import java.util.Optional;

/**
 * The spans of a client, as observations of Micrometer: one for each request and, below it, one for each attempt. Where nobody traces,
 * no layer is there for it. Thread-safe.
 */
public final class Tracing {
    private final ObservationRegistry registry;
    private final KnownModels models;

    /** {@link ObservationRegistry#NOOP} where nobody traces. */
    public Tracing(ObservationRegistry registry, KnownModels models) {
        this.registry = registry;
        this.models = models;
    }

    /** What the calling thread is about, for a request that another thread may carry out. */
    public TraceContext caller() {
        Observation current = isOff() ? null : registry.getCurrentObservation();
        return current == null ? TraceContext.none() : new Span(current, Optional.empty());
    }

    /** {@code inner}, with a span of each stream as a request. */
    public TtsBackend ofRequests(TtsBackend inner) {
        return isOff() ? inner : new TracingLayer(inner, TracingLayer.Kind.REQUEST, registry, models);
    }

    /** {@code inner}, with a span of each stream as an attempt. */
    public TtsBackend ofAttempts(TtsBackend inner) {
        return isOff() ? inner : new TracingLayer(inner, TracingLayer.Kind.ATTEMPT, registry, models);
    }

    // Not isNoop, which is true of one that has no handlers yet.
    private boolean isOff() {
        return ObservationRegistry.NOOP.equals(registry);
    }
}
