// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import io.ttsclient.backend.BackgroundThreads;
import io.ttsclient.backend.TimeSource;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** What the handles of one {@link Transport} share. The last one to leave ends it. Thread-safe. */
final class TransportCore {
    private static final Set<TransportCore> OPEN = ConcurrentHashMap.newKeySet();

    private final OkHttpClient client;
    private final ExecutorService executor = BackgroundThreads.create("tts-client-transport");
    private final TimeSource time = TimeSource.system();
    private final Timeouts timeouts;
    private final boolean allowPlainHttp;
    private final boolean ownsPool;
    private final Set<String> plainHosts = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private int handles; // guarded by lock
    private volatile boolean closed; // written under lock

    /** {@code ownsPool} says whether the connections of {@code base} are ours to end. */
    TransportCore(OkHttpClient.Builder base, Timeouts timeouts, boolean allowPlainHttp, boolean ownsPool) {
        this.timeouts = timeouts;
        this.allowPlainHttp = allowPlainHttp;
        this.ownsPool = ownsPool;
        OkHttpClient given = base.build();
        client = base.dispatcher(dispatcher())
                .socketFactory(new NoDelaySocketFactory(given.socketFactory()))
                .dns(new CancellableDns(given.dns(), executor))
                .connectTimeout(timeouts.connect())
                // The layers bound what comes after connecting, and name what took too long.
                .readTimeout(0, TimeUnit.MILLISECONDS)
                .writeTimeout(0, TimeUnit.MILLISECONDS)
                .callTimeout(0, TimeUnit.MILLISECONDS)
                .webSocketCloseTimeout(Math.max(1, timeouts.close().toMillis()), TimeUnit.MILLISECONDS)
                // A backend blocked by a slow reader answers no pings: who wants them says so for one WebSocket.
                .pingInterval(0, TimeUnit.MILLISECONDS)
                // OkHttp would take most credentials along to another host.
                .followRedirects(false)
                .followSslRedirects(false)
                // The retry layer repeats, and counts; HttpCall has the one exception.
                .retryOnConnectionFailure(false)
                .addInterceptor(TransportCore::watch)
                .addNetworkInterceptor(TransportCore::withoutFollowUp)
                .build();
        OPEN.add(this);
    }

    /** How many connections there are by all of them; pools that several use count once. */
    static int openConnections() {
        return OPEN.stream()
                .map(core -> core.client.connectionPool())
                .distinct()
                .mapToInt(ConnectionPool::connectionCount)
                .sum();
    }

    /** One that never lets a call wait unseen: limits are the admission layer's, with an error. */
    private Dispatcher dispatcher() {
        var dispatcher = new Dispatcher(executor);
        dispatcher.setMaxRequests(Integer.MAX_VALUE);
        dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
        return dispatcher;
    }

    /** An event listener of the client would not be asked about WebSockets. */
    private static Response watch(Interceptor.Chain chain) throws IOException {
        CallWatch watch = chain.request().tag(CallWatch.class);
        if (watch != null) {
            chain.call().addEventListener(watch);
        }
        return chain.proceed(chain.request());
    }

    /** OkHttp repeats a request by itself when a 503 asks for no wait; written like this it means the same to us only. */
    private static Response withoutFollowUp(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String wait = response.header("Retry-After");
        boolean repeats = response.code() == 503 && wait != null && wait.matches("0+");
        return repeats ? response.newBuilder().header("Retry-After", "+0").build() : response;
    }

    OkHttpClient client() {
        return client;
    }

    TimeSource time() {
        return time;
    }

    Timeouts timeouts() {
        return timeouts;
    }

    boolean allowPlainHttp() {
        return allowPlainHttp;
    }

    /** Whether it is the first time that a host is reached without TLS. */
    boolean isNewPlainHost(String host) {
        return plainHosts.add(host);
    }

    /**
     * For a request whose kept connection was dead: others that were kept have the same server at their end, as a rule. Those of a
     * client that was passed in are not ours to end; past them, the request gets a connection that nobody keeps.
     */
    OkHttpClient clientForNewConnection() {
        if (ownsPool) {
            dropIdleConnections();
            return client;
        }
        return client.newBuilder()
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
                .build();
    }

    /**
     * A request over a kept connection was given up, for nothing came. It may have died without a word, as where a router on the way
     * has forgotten it, and then so have the others. OkHttp would keep one of HTTP/2 for as long as it is used.
     */
    void keptConnectionWasSilent() {
        if (ownsPool) {
            dropIdleConnections();
        }
    }

    private void dropIdleConnections() {
        client.connectionPool().evictAll();
    }

    /** What a closed core leaves behind when its last calls end, is ended as well. */
    void callEnded() {
        if (closed && ownsPool) {
            dropIdleConnections();
        }
    }

    /** Another handle; false if it is too late. */
    boolean retain() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            handles++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A handle less. */
    void release() {
        lock.lock();
        try {
            handles--;
            if (handles > 0) {
                return;
            }
            closed = true;
        } finally {
            lock.unlock();
        }
        client.dispatcher().cancelAll();
        if (ownsPool) {
            dropIdleConnections();
        }
        OPEN.remove(this);
        executor.shutdown();
        time.close();
    }
}
