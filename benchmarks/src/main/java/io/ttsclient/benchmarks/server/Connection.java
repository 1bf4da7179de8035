// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One client's socket: bytes in, which are requests and then perhaps WebSocket messages, and bytes out. */
final class Connection {
    private static final int FIRST_INPUT_BYTES = 4_096;
    private static final double GOLDEN = 0.618_033_988_75;

    private final EventLoop loop;
    private final SelectionKey key;
    private final SocketChannel channel;
    private final Settings settings;
    private final int number;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private ByteBuffer input = ByteBuffer.allocate(FIRST_INPUT_BYTES);
    private @Nullable SpeakSocket webSocket;
    private @Nullable Runnable whenSent;
    private boolean closing;

    Connection(EventLoop loop, SelectionKey key, SocketChannel channel, Settings settings, int number) {
        this.loop = loop;
        this.key = key;
        this.channel = channel;
        this.settings = settings;
        this.number = number;
    }

    EventLoop loop() {
        return loop;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** How much later than others this connection sends its frames: spread evenly, whatever the number of connections. */
    long stagger(Settings of) {
        return of.stagger() ? (long) (number * GOLDEN % 1 * of.frameNanos()) : 0;
    }

    void ready(SelectionKey ready) {
        try {
            if (ready.isWritable()) {
                flush();
            }
            if (ready.isValid() && ready.isReadable()) {
                read();
            }
        } catch (IOException e) {
            drop(); // the client left, which is its right
        } catch (RuntimeException e) {
            System.err.println("a request that this server does not understand: " + e.getMessage());
            drop();
        }
    }

    private void read() throws IOException {
        if (channel.read(input) < 0) {
            drop();
            return;
        }
        input.flip();
        while (channel.isOpen() && understand()) {}
        input.compact();
        if (!input.hasRemaining()) {
            input = ByteBuffer.allocate(2 * input.capacity()).put(input.flip());
        }
    }

    /** Acts on the next whole request or frame in the input; false if there is none. */
    private boolean understand() throws IOException {
        if (webSocket == null) {
            HttpRequest request = HttpRequest.read(input, settings);
            if (request == null) {
                return false;
            }
            if (request.isWebSocket()) {
                webSocket = SpeakSocket.open(request, this);
            } else {
                HttpAnswer.to(request, this);
            }
            return true;
        }
        Frame frame = Frame.read(input);
        if (frame == null) {
            return false;
        }
        webSocket.received(frame);
        return true;
    }

    /** Sends at once as much as the socket takes, and the rest when it takes more. */
    void send(ByteBuffer bytes) {
        unsent.add(bytes);
        if (unsent.size() == 1) {
            try {
                flush();
            } catch (IOException e) {
                drop();
            }
        }
    }

    /** Runs a task as soon as all is sent: at once where nothing waits. */
    void whenSent(Runnable task) {
        if (unsent.isEmpty()) {
            task.run();
        } else {
            whenSent = task;
        }
    }

    private void flush() throws IOException {
        for (ByteBuffer next = unsent.peek(); next != null; next = unsent.peek()) {
            channel.write(next);
            if (next.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            unsent.remove();
        }
        key.interestOps(SelectionKey.OP_READ);
        if (closing) {
            drop();
        }
        Runnable task = whenSent;
        whenSent = null;
        if (task != null) {
            task.run();
        }
    }

    /** Closes once all is sent. */
    void close() {
        closing = true;
        if (unsent.isEmpty()) {
            drop();
        }
    }

    /** Ends without a word. */
    void cut() {
        drop();
    }

    private void drop() {
        unsent.clear();
        try {
            channel.close();
        } catch (IOException e) {
            System.err.println("close: " + e.getMessage());
        }
    }
}
