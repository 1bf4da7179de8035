// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Accepts connections on 127.0.0.1 and plays each on a thread of its own, with TCP_NODELAY, until it is closed. */
final class LoopbackListener implements AutoCloseable {
    private static final int BACKLOG = 1_024;

    /** What becomes of a connection, which is closed afterwards. */
    interface Script {
        /**
         * An {@link IOException} means that the peer left, and an interrupt that the listener closes. Anything else that it throws
         * is thrown by {@link LoopbackListener#close()}.
         *
         * @param number of the connection, from 0
         */
        void play(Socket socket, int number) throws IOException, InterruptedException;
    }

    private final String name;
    private final Script script;
    private final ServerSocket listening;
    private final Thread accepting;
    private final Monitor monitor = new Monitor();
    private final Map<Socket, Thread> open = new HashMap<>(); // guarded by monitor, as all below
    private int accepted;
    private boolean closed;
    private @Nullable Throwable failure;

    LoopbackListener(String name, Script script) {
        this.name = name;
        this.script = script;
        try {
            listening = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new UncheckedIOException("no server can be started on 127.0.0.1", e);
        }
        accepting = daemon(name, this::acceptAll);
    }

    void start() {
        accepting.start();
    }

    private static Thread daemon(String name, Runnable action) {
        var thread = new Thread(action, name);
        thread.setDaemon(true);
        return thread;
    }

    private void acceptAll() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                begin(socket);
            } catch (IOException e) {
                // Closed, or a peer that was gone before it was accepted.
            }
        }
    }

    private void begin(Socket socket) throws IOException {
        Thread playing = monitor.locked(() -> {
            if (closed) {
                return null;
            }
            int number = accepted++;
            Thread thread = daemon(name + "-connection-" + number, () -> play(socket, number));
            open.put(socket, thread);
            return thread;
        });
        if (playing == null) {
            socket.close();
        } else {
            playing.start();
        }
    }

    private void play(Socket socket, int number) {
        try (socket) {
            playReporting(socket, number);
        } catch (IOException | InterruptedException e) {
            // The peer left, or this listener closes.
        } finally {
            monitor.locked(() -> open.remove(socket));
        }
    }

    /** Takes a failure down before the peer can see it: who sees the connection end, and closes, is told why. */
    private void playReporting(Socket socket, int number) throws IOException, InterruptedException {
        try {
            script.play(socket, number);
        } catch (RuntimeException | Error e) {
            monitor.locked(() -> failure = failure == null && !closed ? e : failure);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /** How many connections were accepted so far. */
    int accepted() {
        return monitor.locked(() -> accepted);
    }

    /** Waits until so many connections were accepted: one that was closed at once may be gone before it is. */
    void awaitAccepted(int count) {
        monitor.await(() -> accepted >= count, () -> "connections accepted at the " + name + ": " + accepted);
    }

    /** How many connections are open. */
    int open() {
        return monitor.locked(open::size);
    }

    /** Waits until no connection is open. */
    void awaitNoneOpen() {
        monitor.await(open::isEmpty, () -> "connections are still open at the " + name + ": " + open.size());
    }

    /** Ends all connections and threads, and throws what went wrong in a script. */
    @Override
    public void close() {
        Map<Socket, Thread> left = monitor.locked(() -> {
            closed = true;
            return new HashMap<>(open);
        });
        try {
            listening.close();
            for (Map.Entry<Socket, Thread> connection : left.entrySet()) {
                connection.getKey().close();
                connection.getValue().interrupt();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the " + name + " cannot be closed", e);
        }
        var threads = new ArrayList<>(left.values());
        threads.add(accepting);
        join(threads);
        Throwable broken = monitor.locked(() -> failure);
        if (broken != null) {
            throw new AssertionError("the script of the " + name + " failed: " + broken, broken);
        }
    }

    private static void join(List<Thread> threads) {
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.MILLISECONDS.convert(Monitor.PATIENCE));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (thread.isAlive() && !thread.equals(Thread.currentThread())) {
                throw new AssertionError("the script on thread '" + thread.getName() + "' does not end");
            }
        }
    }
}
