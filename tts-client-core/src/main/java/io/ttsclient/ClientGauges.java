// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.ttsclient.transport.Transport;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What a registry shows as it is now. A registry takes a gauge of one name and one set of tags once, and a client may be followed by
 * another, or stand beside it; so all clients of one registry share its gauges.
 */
final class ClientGauges {
    private static final Map<MeterRegistry, ClientGauges> BY_REGISTRY =
            Collections.synchronizedMap(new WeakHashMap<>());

    private final ConcurrentMap<String, AtomicInteger> clients = new ConcurrentHashMap<>();
    private final AtomicInteger active = new AtomicInteger();
    private final ConcurrentMap<String, AtomicInteger> breakers = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AtomicInteger> queues = new ConcurrentHashMap<>();

    private ClientGauges() {}

    static ClientGauges of(MeterRegistry registry) {
        ClientGauges gauges = BY_REGISTRY.computeIfAbsent(registry, unknown -> new ClientGauges());
        register(registry, "streams.active", Tags.empty(), gauges.active::get);
        register(registry, "connections.open", Tags.empty(), Transport::openConnections);
        return gauges;
    }

    /** Shows the breaker of {@code backend} as closed and its queue as empty, for a new client. */
    void register(MeterRegistry registry, String backend) {
        clients.computeIfAbsent(backend, unknown -> new AtomicInteger()).incrementAndGet();
        perBackend(registry, "breaker.state", breakers, backend);
        perBackend(registry, "queue.depth", queues, backend);
        breaker(backend, 0);
    }

    /** A client shows nothing any more; where it was the last one with {@code backend}, nothing is wrong with that any more. */
    void unregister(String backend) {
        AtomicInteger left = clients.get(backend);
        if (left != null && left.decrementAndGet() == 0) {
            breaker(backend, 0);
            queue(backend, 0);
        }
    }

    private static void perBackend(
            MeterRegistry registry, String name, ConcurrentMap<String, AtomicInteger> values, String backend) {
        AtomicInteger value = values.computeIfAbsent(backend, unknown -> new AtomicInteger());
        register(registry, name, Tags.of("backend", backend), value::get);
    }

    /** Unless a client before has done so, of which Micrometer would warn. */
    private static void register(MeterRegistry registry, String name, Tags tags, Supplier<Number> value) {
        if (registry.find(ClientMetrics.PREFIX + name).tags(tags).gauge() == null) {
            Gauge.builder(ClientMetrics.PREFIX + name, value).tags(tags).register(registry);
        }
    }

    /** How many requests have begun and not ended. */
    AtomicInteger active() {
        return active;
    }

    void breaker(String backend, int state) {
        set(breakers, backend, state);
    }

    void queue(String backend, int waiting) {
        set(queues, backend, waiting);
    }

    private static void set(ConcurrentMap<String, AtomicInteger> values, String backend, int value) {
        AtomicInteger known = values.get(backend);
        if (known != null) {
            known.set(value);
        }
    }
}
