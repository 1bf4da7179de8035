// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import io.ttsclient.backend.Journal;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to servers: connections, threads and TLS settings that all backends of an application share.
 *
 * <p>A transport is a handle. Several may stand for the same connections ({@link #shared()}, {@link #share()}); closing one ends
 * what was begun through it, and the last one ends the connections and threads. What was passed in is never closed.
 *
 * <p>Thread-safe. After {@link #close()} calls fail with category {@code CLOSED}.
 */
public final class Transport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
    private static final ReentrantLock SHARED_LOCK = new ReentrantLock();
    private static @Nullable TransportCore sharedCore; // guarded by SHARED_LOCK

    private final TransportCore core;
    private final Set<Runnable> running = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean closed; // written under lock

    /** The core counts it already. */
    private Transport(TransportCore core) {
        this.core = core;
    }

    static Transport on(TransportCore core) {
        if (!core.retain()) {
            throw new IllegalStateException("the transport is closed");
        }
        return new Transport(core);
    }

    /**
     * A handle on the transport that all who ask here share, with default settings. It comes into being with the first handle and
     * ends with the last.
     */
    public static Transport shared() {
        SHARED_LOCK.lock();
        try {
            TransportCore core = sharedCore;
            if (core == null || !core.retain()) {
                core = builder().core();
                sharedCore = core;
                core.retain();
            }
            return new Transport(core);
        } finally {
            SHARED_LOCK.unlock();
        }
    }

    /** Starts a transport of its own. */
    public static TransportBuilder builder() {
        return new TransportBuilder();
    }

    /**
     * A transport with the connections, proxy, TLS and name resolution of {@code client}, which is neither changed nor closed. What
     * follows from this library's own rules is set on top: no redirects, no repeats, no timeouts but the one to connect,
     * TCP_NODELAY, and threads for WebSockets that are this transport's own.
     */
    public static Transport of(OkHttpClient client) {
        return on(new TransportCore(client.newBuilder(), Timeouts.defaults(), false, false));
    }

    /**
     * Another handle on the same connections.
     *
     * @throws IllegalStateException if this one is closed
     */
    public Transport share() {
        if (closed) {
            throw new IllegalStateException("the transport is closed");
        }
        return on(core);
    }

    /**
     * How many connections to servers all transports of this process have open together: in use, among them WebSockets, or kept for the next
     * request. Connections that an {@link OkHttpClient} which was passed in has for others are counted too.
     */
    public static int openConnections() {
        return TransportCore.openConnections();
    }

    /** The times that bound its calls. */
    public Timeouts timeouts() {
        return core.timeouts();
    }

    /**
     * Asks a server. Returns when status and headers have come, whatever the status; the body is still on its way. The caller of
     * {@code synthesis} leaving ends the wait, and later reading, within milliseconds.
     *
     * <p>The request is sent once. The one exception is a connection that was kept from an earlier request and turns out to be dead
     * as soon as it is used, which every server that was restarted or has grown tired of waiting causes: then it is sent once more,
     * on a new connection.
     *
     * @throws TtsException with category {@code CONNECTION}, {@code TIMEOUT} (connect), {@code PROTOCOL}, {@code CANCELLED} or
     *     {@code CLOSED}; with {@code INVALID_REQUEST} if a credential would go over plain HTTP beyond this machine
     */
    public HttpResponse execute(Synthesis synthesis, HttpRequest request) {
        return call(synthesis, request, Duration.ZERO).execute();
    }

    /**
     * Asks a server outside any synthesis, such as for its voices or its health.
     *
     * @param backend who asks, for messages
     * @param timeout for all of it, up to the end of the body; more than zero
     * @throws TtsException as {@link #execute(Synthesis, HttpRequest)}, and with category {@code TIMEOUT} (total)
     */
    public HttpResponse execute(String backend, HttpRequest request, Duration timeout) {
        Timeouts.requirePositive("timeout", timeout);
        return call(outsideSynthesis(backend), request, timeout).execute();
    }

    /**
     * Opens a connection ahead, so that the next request to the same host need not wait for one. Nothing of value is sent: a
     * {@code HEAD} of the host's root without a credential, whose answer does not matter. Of no use to WebSockets, which are not
     * kept with the other connections: open one ahead instead.
     *
     * @param url any address of the host
     * @throws TtsException if no connection can be made within the time to connect, or it is not answered for as long again
     */
    public void prewarm(String url) {
        HttpUrl root = Urls.parse(url)
                .newBuilder()
                .encodedPath("/")
                .query(null)
                .fragment(null)
                .build();
        Duration limit = core.timeouts().connect().multipliedBy(2);
        try (HttpResponse response = call(outsideSynthesis("prewarm"), HttpRequest.head(root.toString()), limit)
                .execute()) {
            response.read();
        }
    }

    /**
     * Opens a WebSocket. Returns when it is open, within the time to connect.
     *
     * @param ping how often to ask whether the server is still there, zero for never. A server that does not answer until the next
     *     time is given up. Answers are only read with everything else, so do not ask where reading may pause for as long.
     * @param refused the failure to throw where the server answers with something else than a WebSocket
     * @throws TtsException as {@link #execute(Synthesis, HttpRequest)}, and what {@code refused} gives
     */
    public WebSocketConnection open(
            Synthesis synthesis, HttpRequest request, Duration ping, Function<HttpError, TtsException> refused) {
        return open(synthesis, request, ping, WebSocketFilter.all(), refused);
    }

    /** The same, with a look at each message as it arrives. */
    public WebSocketConnection open(
            Synthesis synthesis,
            HttpRequest request,
            Duration ping,
            WebSocketFilter filter,
            Function<HttpError, TtsException> refused) {
        if (ping.isNegative()) {
            throw new IllegalArgumentException("ping: " + ping + ", allowed zero or more");
        }
        HttpCall call = call(synthesis, request, Duration.ZERO);
        return call.open(ping, filter, refused);
    }

    private HttpCall call(Synthesis synthesis, HttpRequest request, Duration limit) {
        HttpUrl url = Urls.parse(request.url());
        requireSafe(synthesis, request, url);
        return new HttpCall(this, core, synthesis, request, url, limit);
    }

    private void requireSafe(Synthesis synthesis, HttpRequest request, HttpUrl url) {
        if (url.isHttps() || Urls.isLoopback(url.host())) {
            return;
        }
        if (request.key().isPresent() && !request.allowPlainHttp() && !core.allowPlainHttp()) {
            throw synthesis
                    .failure(
                            Category.INVALID_REQUEST,
                            "url: http to " + url.host()
                                    + " with a credential, allowed https, or http with allowPlainHttp()")
                    .origin(Origin.CLIENT)
                    .build();
        }
        if (core.isNewPlainHost(url.host())) {
            LOG.atWarn()
                    .addKeyValue("requestId", synthesis.requestId())
                    .log("Speech with {} goes over plain HTTP: anyone on the way can read it", url.host());
        }
    }

    private Synthesis outsideSynthesis(String backend) {
        String id = UUID.randomUUID().toString();
        var journal = new Journal(id, core.time());
        return Synthesis.builder(TextSource.of(""), id, core.time())
                .journal(journal)
                .attempt(journal.attempt(backend))
                .build();
    }

    boolean isClosed() {
        return closed;
    }

    /** Takes down what would have to be cancelled; at once, if this is closed. */
    Registration running(Runnable cancel) {
        lock.lock();
        try {
            if (!closed) {
                running.add(cancel);
                return () -> {
                    running.remove(cancel);
                    core.callEnded();
                };
            }
        } finally {
            lock.unlock();
        }
        cancel.run();
        return () -> {};
    }

    /**
     * Ends what was begun through this handle, at once, and the connections and our threads if this is the last handle on them.
     * OkHttp's own daemon threads ({@code OkHttp TaskRunner}, {@code Okio Watchdog}) belong to the whole JVM and end by themselves
     * after a minute without work.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            lock.unlock();
        }
        running.forEach(Runnable::run);
        core.release();
    }

    @Override
    public String toString() {
        return "Transport[" + running.size() + " running" + (closed ? ", closed" : "") + "]";
    }
}
