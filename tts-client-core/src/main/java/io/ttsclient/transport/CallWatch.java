// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import io.ttsclient.backend.TimeSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Response;
import okio.AsyncTimeout;
import org.jspecify.annotations.Nullable;

/**
 * Follows one call. It bounds the time to connect as a whole, which OkHttp does not: its own timeout is for one address, and
 * covers neither the look-up of the name nor TLS. The timer is OkHttp's, so that it is there for calls outside any request too,
 * and is disarmed however the call ends.
 */
final class CallWatch extends EventListener {
    /** The call that looks up a name on this thread; OkHttp does not tell a {@link okhttp3.Dns} for whom it works. */
    private static final ThreadLocal<@Nullable CallWatch> RESOLVING = new ThreadLocal<>();

    private final TimeSource time;
    private final Duration connectTimeout;
    private final boolean untilAnswered;
    private final AtomicBoolean connecting = new AtomicBoolean();
    private final AtomicReference<Runnable> resolving = new AtomicReference<>(CallWatch::nothing);
    private volatile @Nullable AsyncTimeout timer;
    private volatile long connectStart;
    private volatile @Nullable Duration connectDuration;
    private volatile long sentAt;
    private volatile boolean connected;
    private volatile boolean answered;
    private volatile boolean connectTimedOut;
    private volatile boolean cancelled;

    /** {@code untilAnswered} makes the answer to the request, which opens a WebSocket, a part of connecting. */
    CallWatch(TimeSource time, Duration connectTimeout, boolean untilAnswered) {
        this.time = time;
        this.connectTimeout = connectTimeout;
        this.untilAnswered = untilAnswered;
    }

    /** The watch of the call that looks up a name on this thread; asked for once. */
    static @Nullable CallWatch takeResolving() {
        CallWatch watch = RESOLVING.get();
        RESOLVING.remove();
        return watch;
    }

    /** Runs {@code action} if the call is cancelled before {@link #resolved()}, at once if it is already. */
    void whileResolving(Runnable action) {
        resolving.set(action);
        if (cancelled) {
            action.run();
        }
    }

    void resolved() {
        resolving.set(CallWatch::nothing);
    }

    /** How long it took to connect; null where a connection was there or none came about. */
    @Nullable
    Duration connectDuration() {
        return connectDuration;
    }

    boolean connectTimedOut() {
        return connectTimedOut;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    boolean connected() {
        return connected;
    }

    boolean answered() {
        return answered;
    }

    /** Whether the request went out on a connection that had served another one before. */
    boolean reusedConnection() {
        return connected && !connecting.get();
    }

    /** Since the request began to go out; only once {@link #connected()}. */
    Duration sinceSent() {
        return time.since(sentAt);
    }

    @Override
    public void dnsStart(Call call, String domainName) {
        begin(call);
        RESOLVING.set(this);
    }

    @Override
    public void connectStart(Call call, InetSocketAddress inetSocketAddress, Proxy proxy) {
        begin(call);
    }

    private void begin(Call call) {
        if (connecting.compareAndSet(false, true)) {
            connectStart = time.nanoTime();
            arm(call);
        }
    }

    private void arm(Call call) {
        var armed = new AsyncTimeout() {
            @Override
            protected void timedOut() {
                connectTimedOut = true;
                call.cancel();
            }
        };
        armed.timeout(TimeUnit.NANOSECONDS.convert(connectTimeout), TimeUnit.NANOSECONDS);
        timer = armed;
        armed.enter();
    }

    /**
     * OkHttp does not notice a call's end that comes between its connection and TLS: nothing would ever end the wait for the
     * handshake. Ended here, it is a handshake that failed.
     */
    @Override
    public void secureConnectStart(Call call) {
        if (call.isCanceled()) {
            throwUndeclared(new IOException("cancelled before TLS"));
        }
    }

    /** OkHttp, in Kotlin, deals with an {@link IOException} of a listener that may declare none. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> void throwUndeclared(IOException failure) throws E {
        throw (E) failure;
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        connected = true;
        sentAt = time.nanoTime();
        if (connecting.get()) {
            connectDuration = time.since(connectStart);
            sendAtOnce(connection.socket());
        }
        if (!untilAnswered) {
            disarm();
        } else if (!connecting.get()) {
            arm(call); // what was kept after a refusal
        }
    }

    /** A socket through a SOCKS proxy is the one that OkHttp does not ask {@link NoDelaySocketFactory} for. */
    private static void sendAtOnce(Socket socket) {
        try {
            if (!socket.getTcpNoDelay()) {
                socket.setTcpNoDelay(true);
            }
        } catch (SocketException e) {
            return; // it is closed already, which the call will notice
        }
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        answered = true;
        disarm();
    }

    @Override
    public void canceled(Call call) {
        cancelled = true;
        resolving.getAndSet(CallWatch::nothing).run();
    }

    @Override
    public void callEnd(Call call) {
        disarm();
    }

    @Override
    public void callFailed(Call call, IOException ioe) {
        disarm();
    }

    private void disarm() {
        AsyncTimeout armed = timer;
        if (armed != null) {
            armed.exit();
        }
    }

    private static void nothing() {
        // No look-up is under way that could be ended.
    }
}
