// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A server for HTTP/1.1 and WebSockets on 127.0.0.1 that answers what a test says, down to the byte. It sends at once
 * (TCP_NODELAY), keeps connections, takes down all requests and never waits on its own: where an answer stalls, it stalls until it
 * is released, the client leaves or the server is closed.
 *
 * {@snippet class="io.ttsclient.testkit.ServerExampleTest" region="server"}
 *
 * <p>It is plain sockets and no MockWebServer, which says what an HTTP server may say: half a head, a stall at one byte or a frame that is
 * none are what a speech server's bad days are made of, and a server that shares the client's code shares its mistakes.
 *
 * <p>Thread-safe. A thread for each connection reads requests and sends their answers.
 */
public final class LoopbackServer implements AutoCloseable {
    /** Says what to answer. */
    @FunctionalInterface
    public interface Handler {
        /**
         * The answer to {@code request}, asked for on the thread of its connection, so it may wait. An {@link IOException} closes the
         * connection, as what an interrupt by {@link LoopbackServer#close()} gives; anything else comes out of {@code close()}.
         */
        ServerAnswer answer(ServerRequest request) throws IOException, InterruptedException;
    }

    private final Handler handler;
    private final Stalls stalls = new Stalls();
    private final LoopbackListener listener = new LoopbackListener("loopback-server", this::serve);
    private final Monitor monitor = new Monitor();
    private final Deque<ServerAnswer> queue = new ArrayDeque<>(); // guarded by monitor, as below
    private final List<ServerRequest> requests = new ArrayList<>();

    private LoopbackServer(Handler handler) {
        this.handler = handler;
    }

    /** A server that gives the {@linkplain #enqueue enqueued} answers, and 501 when there are none left. */
    public static LoopbackServer start() {
        return start(request -> ServerAnswer.of(501).body("no answer is scripted for " + request));
    }

    /** A server that gives the {@linkplain #enqueue enqueued} answers, and what {@code handler} says when there are none left. */
    public static LoopbackServer start(Handler handler) {
        var server = new LoopbackServer(handler);
        server.listener.start();
        return server;
    }

    /** Answers the next requests so, one each, in the order in which they come. */
    public void enqueue(ServerAnswer... answers) {
        monitor.locked(() -> queue.addAll(List.of(answers)));
    }

    private void serve(Socket socket, int number) throws IOException, InterruptedException {
        var connection = new ServerConnection(socket, stalls);
        var reader = new RequestReader(connection.in(), number);
        for (ServerRequest request = reader.next(); request != null; request = reader.next()) {
            if (!AnswerWriter.send(answerTo(request), request, connection)) {
                return;
            }
        }
    }

    private ServerAnswer answerTo(ServerRequest request) throws IOException, InterruptedException {
        ServerAnswer scripted = monitor.locked(() -> {
            requests.add(request);
            return queue.poll();
        });
        return scripted == null ? handler.answer(request) : scripted;
    }

    /** The port. */
    public int port() {
        return listener.port();
    }

    /** Such as {@code http://127.0.0.1:1234/v1/speak} for {@code /v1/speak}. */
    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** The same with {@code ws:}. */
    public String webSocketUrl(String path) {
        return "ws://127.0.0.1:" + port() + path;
    }

    /** All requests so far, in the order in which they came. */
    public List<ServerRequest> requests() {
        return monitor.locked(() -> List.copyOf(requests));
    }

    /**
     * Waits until at least {@code count} requests have come, and gives all so far.
     *
     * @throws AssertionError after 10 seconds
     */
    public List<ServerRequest> awaitRequests(int count) {
        monitor.await(
                () -> requests.size() >= count,
                () -> "expected " + count + " requests, there are " + requests.size() + ": " + requests);
        return requests();
    }

    /** Lets go on what has stalled. */
    public void release() {
        stalls.release();
    }

    /**
     * Waits until at least {@code count} connections have stalled.
     *
     * @throws AssertionError after 10 seconds
     */
    public void awaitStalled(int count) {
        stalls.awaitStalled(count);
    }

    /** How many connections were accepted so far. */
    public int connections() {
        return listener.accepted();
    }

    /** Waits until so many connections have come. */
    void awaitConnections(int count) {
        listener.awaitAccepted(count);
    }

    /** How many connections are open now. */
    public int openConnections() {
        return listener.open();
    }

    /**
     * Waits until no connection is open, which shows that the client has closed each of its own.
     *
     * @throws AssertionError after 10 seconds
     */
    public void awaitNoConnections() {
        listener.awaitNoneOpen();
    }

    /**
     * Ends all connections and threads.
     *
     * @throws AssertionError if a handler or a script has failed, with that as its cause
     */
    @Override
    public void close() {
        listener.close();
    }

    @Override
    public String toString() {
        return "LoopbackServer[port " + port() + ", " + requests().size() + " requests]";
    }
}
