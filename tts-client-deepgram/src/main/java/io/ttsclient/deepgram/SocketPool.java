// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.deepgram.SocketState.Event;
import io.ttsclient.error.TtsException;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.WebSocketConnection;
import io.ttsclient.transport.WebSocketFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one product. Each serves one turn after the other, and is in the state that {@link SocketState} says. A turn that wants
 * one stands in the {@link WaitingLine}; when its caller leaves early, {@link Quieting} has the socket until the server is quiet. Nothing
 * asks on the way to speech whether a socket is alive: that is for the {@link IdleCheck} of those that nobody uses.
 *
 * <p>Thread-safe. The lock is never held during I/O; what is sent under it is only queued.
 */
final class SocketPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketPool.class);
    /** A new connection takes longer than a server to fall quiet, as a rule. */
    private static final Duration QUIET_PATIENCE = Duration.ofMillis(300);

    private static final Duration GOODBYE_LIMIT = Duration.ofSeconds(1);
    private static final double JITTER = 0.1;

    private final Product product;
    private final PoolLimits limits;
    private final TimeSource time;
    private final DoubleSupplier random;
    private final Connector connector;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<PooledSocket> sockets = new ArrayList<>(); // guarded by lock, as all below; none is GONE
    private final SocketChoice choice;
    private final WaitingLine line;
    private final IdleCheck idleCheck;
    private final List<PooledSocket> leaving = new ArrayList<>(0); // CLOSING, and nobody has told the server yet
    private boolean closed;

    /** Opens connections. */
    interface Connector {
        /** Opens one; returns when it is open, or throws. */
        WebSocketConnection open(Synthesis synthesis, SpeakRequest request, ApiKey credential, WebSocketFilter filter);
    }

    /** {@code random} gives numbers from 0 to 1. */
    SocketPool(Product product, PoolLimits limits, TimeSource time, DoubleSupplier random, Connector connector) {
        this.product = product;
        this.limits = limits;
        this.time = time;
        this.random = random;
        this.connector = connector;
        choice = new SocketChoice(sockets, time);
        line = new WaitingLine(this, choice);
        idleCheck = new IdleCheck(this, product, time);
    }

    /**
     * A socket for one turn; the caller gives it back by {@link #spoken}, {@link #quiet} or {@link #retire}.
     *
     * @param credential what to connect with, should that be necessary
     * @param characters how many are to be sent soon, for the choice among several
     * @param move what the turn gives back in the same moment, so that nobody comes between; null for a turn that begins
     */
    PooledSocket lease(
            Synthesis synthesis, SocketKey key, ApiKey credential, int characters, Waiter.@Nullable Move move) {
        long start = synthesis.time().nanoTime();
        var waiter = new Waiter(key, characters, move);
        PooledSocket atOnce = locked(() -> {
            requireOpen();
            line.add(waiter);
            if (move != null) {
                takeBack(move);
            }
            return line.choose(waiter);
        });
        dismiss();
        PooledSocket socket = atOnce != null ? atOnce : await(synthesis, waiter);
        if (move == null) {
            synthesis.attempt().queued(synthesis.time().since(start));
        }
        if (!socket.isKept()) {
            connect(synthesis, socket, credential, true);
        }
        return socket;
    }

    /** Waits until there is one. */
    private PooledSocket await(Synthesis synthesis, Waiter waiter) {
        Registration onCancel = synthesis.onCancel(() -> change(() -> {}));
        Registration onLate =
                waiter.isMoving() ? () -> {} : synthesis.time().schedule(limits.patience(), () -> change(waiter::late));
        Registration onImpatience = synthesis.time().schedule(QUIET_PATIENCE, () -> change(waiter::impatient));
        try {
            while (true) {
                dismiss();
                PooledSocket chosen = awaitChange(synthesis, waiter);
                if (chosen != null) {
                    return chosen;
                }
            }
        } finally {
            change(() -> line.remove(waiter));
            List.of(onCancel, onLate, onImpatience).forEach(Registration::remove);
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops, and says goodbye to sockets in between
    private @Nullable PooledSocket awaitChange(Synthesis synthesis, Waiter waiter) {
        lock.lock();
        try {
            requireOpen();
            if (synthesis.cancellation().isCancelled()) {
                throw synthesis.cancelled();
            }
            PooledSocket chosen = line.choose(waiter);
            if (chosen != null || !leaving.isEmpty()) {
                return chosen;
            }
            if (waiter.isLate()) {
                throw Failures.crowded(synthesis, limits.sockets(), limits.patience());
            }
            changed.await();
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw synthesis.cancelled();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there may be one more. Under the lock. */
    boolean hasPlace() {
        return sockets.size() < limits.sockets();
    }

    /** One more, for who connects it. Under the lock. */
    PooledSocket added(SocketKey key) {
        var socket = new PooledSocket(this, key);
        sockets.add(socket);
        return socket;
    }

    /** Opens a socket ahead, unless there is one that nobody uses, or no place for one. */
    void prewarm(Synthesis synthesis, SocketKey key, ApiKey credential) {
        PooledSocket added = locked(() -> {
            requireOpen();
            return choice.hasIdle(key) || !hasPlace() ? null : added(key);
        });
        if (added != null) {
            connect(synthesis, added, credential, false);
        }
    }

    private void connect(Synthesis synthesis, PooledSocket socket, ApiKey credential, boolean forTurn) {
        WebSocketConnection connection;
        try {
            connection = connector.open(synthesis, socket.key().request(), credential, socket::hears);
        } catch (RuntimeException | Error e) {
            gone(socket);
            throw e;
        }
        socket.opened(connection, time.nanoTime() + nearly(limits.age()), nearly(limits.idle()));
        change(() -> {
            socket.on(Event.OPENED);
            socket.idleSince(time.nanoTime());
            if (closed) {
                leave(socket);
            } else if (forTurn) {
                socket.on(Event.LEASED);
            }
            idleCheck.plan();
        });
        connection.onGone(() -> gone(socket));
        dismiss();
        change(this::requireOpen);
    }

    /** Up to a tenth less, so that not all end in one moment; in nanoseconds. */
    private long nearly(Duration limit) {
        return (long) (limit.toNanos() * (1 - JITTER * random.getAsDouble()));
    }

    /** The turn has all its audio; the socket is for the next one. */
    void spoken(PooledSocket socket) {
        change(() -> takeBack(socket));
        dismiss();
    }

    /** Under the lock. */
    private void takeBack(PooledSocket socket) {
        if (socket.state() != SocketState.BUSY) {
            return; // it is closing, or gone
        }
        socket.occupy(null);
        socket.idleSince(time.nanoTime());
        socket.on(Event.SPOKEN);
        if (closed || !socket.isOpen() || socket.isTooOld(time.nanoTime())) {
            leave(socket);
        }
        idleCheck.plan();
    }

    /** The turn has no use for its socket any more, unless it has given it back already. */
    void left(Waiter.Move move) {
        change(() -> takeBack(move));
        dismiss();
    }

    private void takeBack(Waiter.Move move) {
        if (!move.from().isOccupiedBy(move.by())) {
            return; // somebody else may have it by now
        }
        if (move.isUsable()) {
            takeBack(move.from());
        } else if (move.from().state().mayRetire()) {
            leave(move.from());
        }
        changed.signalAll();
    }

    /**
     * The caller has left in the middle of a turn. What has come is forgotten, what still comes is dropped, and the server is told by
     * {@code message}; once it says that it is quiet, the socket is for the next turn. Does not wait for that.
     */
    void quiet(PooledSocket socket, String message) {
        var quieting = new Quieting(this, socket);
        boolean begun = locked(() -> {
            // One Clear at a time: with another one unanswered nobody could tell which of them is.
            boolean hasClear = product == Product.AURA && socket.owesSign();
            if (socket.state() != SocketState.BUSY || closed || !socket.isOpen() || hasClear) {
                return false;
            }
            socket.occupy(quieting);
            socket.on(Event.QUIETED);
            socket.idleSince(time.nanoTime());
            return true;
        });
        if (!begun) {
            retire(socket);
            return;
        }
        quieting.begin(message);
    }

    /** Says something that nobody asked for. */
    void tell(PooledSocket socket, String message) {
        try {
            socket.send(own(), message);
        } catch (TtsException e) {
            retire(socket); // it broke meanwhile
        }
    }

    /** The server says that a socket is quiet. */
    void silent(PooledSocket socket, Quieting quieting) {
        change(() -> {
            if (socket.state() == SocketState.QUIETING && socket.isOccupiedBy(quieting)) {
                socket.occupy(null);
                socket.on(Event.SILENT);
                if (closed) {
                    leave(socket);
                }
            }
        });
        dismiss();
    }

    /** The socket is not to be used any more. */
    void retire(PooledSocket socket) {
        change(() -> {
            if (socket.state().mayRetire()) {
                leave(socket);
            }
        });
        dismiss();
    }

    /** Under the lock; {@link #dismiss} does what may not be done there. */
    void leave(PooledSocket socket) {
        socket.occupy(null);
        socket.on(Event.RETIRED);
        leaving.add(socket);
    }

    /** Says goodbye to those that leave; not under the lock. */
    void dismiss() {
        List<PooledSocket> now = locked(() -> {
            List<PooledSocket> copy = leaving.isEmpty() ? List.of() : List.copyOf(leaving);
            leaving.clear();
            return copy;
        });
        now.forEach(this::sayGoodbye);
    }

    private void sayGoodbye(PooledSocket socket) {
        if (product == Product.AURA && socket.isOpen()) { // Flux would finish what it has to say
            try {
                socket.send(own(), ClientMessage.CLOSE);
            } catch (TtsException e) {
                LOG.debug("A socket broke before its goodbye");
            }
        }
        socket.connection().close();
    }

    private void gone(PooledSocket socket) {
        change(() -> {
            if (socket.state() != SocketState.GONE) {
                socket.on(Event.GONE);
                sockets.remove(socket);
            }
        });
    }

    /** Whether there is anything to look after. Under the lock. */
    boolean needsChecks() {
        return !closed && !sockets.isEmpty();
    }

    /** Those that nobody uses. Under the lock. */
    List<PooledSocket> free() {
        return sockets.stream().filter(socket -> socket.state().isFree()).toList();
    }

    /** The server has answered the question for a sign of life. */
    void answered(PooledSocket socket) {
        change(() -> idleCheck.answered(socket));
    }

    /** Runs {@code task} later, on the thread of the timer. */
    Registration schedule(Duration delay, Runnable task) {
        try {
            return time.schedule(delay, task);
        } catch (RejectedExecutionException e) {
            return () -> {}; // the backend is closed, and so are the sockets
        }
    }

    /** For what nobody asked for; only failures show it. */
    private Synthesis own() {
        return Service.outsideSynthesis(time);
    }

    private void requireOpen() {
        if (closed) {
            throw Failures.closed();
        }
    }

    /** How many sockets count against the limit. */
    int size() {
        return locked(sockets::size);
    }

    /** Closes all sockets, those in use too, and gives the server a second to say goodbye as well. */
    @Override
    public void close() {
        change(() -> {
            closed = true;
            sockets.stream().filter(socket -> socket.state().mayRetire()).forEach(this::leave);
        });
        dismiss();
        lock.lock();
        try {
            long left = GOODBYE_LIMIT.toNanos();
            while (left > 0 && sockets.stream().anyMatch(socket -> socket.state() == SocketState.CLOSING)) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // those that are left end by OkHttp's own limit on a close
        } finally {
            lock.unlock();
        }
    }

    /** Changes something, under the lock, that others may wait for. */
    void change(Runnable action) {
        lock.lock();
        try {
            action.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "SocketPool[" + product + ", " + size() + " of " + limits.sockets() + "]";
    }
}
