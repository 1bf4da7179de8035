// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** The one thread that does everything: accepts, reads, writes, and sends what is due, to a millisecond. */
final class EventLoop {
    private static final int BACKLOG = 4_096;

    private final Settings settings;
    private final Selector selector = Selector.open();
    private final ServerSocketChannel listening = ServerSocketChannel.open();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private int connections;
    private int answers;

    private record Timer(long dueNanos, Runnable task) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return Long.compare(dueNanos - other.dueNanos, 0);
        }
    }

    EventLoop(Settings settings) throws IOException {
        this.settings = settings;
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        listening.configureBlocking(false);
        listening.register(selector, SelectionKey.OP_ACCEPT);
    }

    int port() {
        return listening.socket().getLocalPort();
    }

    /** The number of the answer that begins now, from 1. */
    int answer() {
        return ++answers;
    }

    /** Runs a task when {@link System#nanoTime()} has come so far, in the loop's thread. */
    void at(long dueNanos, Runnable task) {
        timers.add(new Timer(dueNanos, task));
    }

    void run() throws IOException {
        while (true) {
            long wait = millisToNextTimer();
            if (wait == 0) {
                selector.selectNow(this::ready);
            } else {
                selector.select(this::ready, wait < 0 ? 0 : wait);
            }
            runTimers();
        }
    }

    /** Rounded up, so that nothing is early and nobody spins; -1 without a timer. */
    private long millisToNextTimer() {
        Timer next = timers.peek();
        if (next == null) {
            return -1;
        }
        long nanos = next.dueNanos - System.nanoTime();
        return nanos <= 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos - 1) + 1;
    }

    private void runTimers() {
        long now = System.nanoTime();
        for (Timer next = timers.peek(); next != null && next.dueNanos - now <= 0; next = timers.peek()) {
            timers.remove();
            next.task.run();
        }
    }

    private void ready(SelectionKey key) {
        if (key.attachment() instanceof Connection connection) {
            connection.ready(key);
        } else {
            accept();
        }
    }

    private void accept() {
        try {
            for (SocketChannel accepted = listening.accept(); accepted != null; accepted = listening.accept()) {
                accepted.configureBlocking(false);
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = accepted.register(selector, SelectionKey.OP_READ);
                key.attach(new Connection(this, key, accepted, settings, connections++));
            }
        } catch (IOException e) {
            System.err.println("accept: " + e.getMessage());
        }
    }
}
