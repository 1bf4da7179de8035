// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.backend.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/**
 * A TCP proxy on 127.0.0.1 in front of a server there, for what goes wrong between the two: whatever they speak, it carries bytes.
 *
 * {@snippet class="io.ttsclient.testkit.ServerExampleTest" region="proxy"}
 *
 * <p>Its waits, of latency, bandwidth and slow accepts, are on a {@link TimeSource}: real, or a {@link VirtualTime} that a test
 * advances. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
    private final int serverPort;
    private final TimeSource time;
    private final LoopbackListener listener = new LoopbackListener("fault-proxy", this::carry);
    private volatile List<WireFault> faults = List.of();

    private FaultProxy(int serverPort, TimeSource time) {
        this.serverPort = serverPort;
        this.time = time;
    }

    /** In front of the server at that port, without a fault. */
    public static FaultProxy start(int serverPort) {
        return start(serverPort, TimeSource.system());
    }

    /** In front of the server at that port, without a fault, waiting on {@code time}, which the caller closes. */
    public static FaultProxy start(int serverPort, TimeSource time) {
        var proxy = new FaultProxy(serverPort, time);
        proxy.listener.start();
        return proxy;
    }

    /** Gives these faults, and no others, to each connection that is accepted from now on. */
    public void inject(WireFault... faults) {
        this.faults = List.of(faults);
    }

    private void carry(Socket client, int number) throws IOException, InterruptedException {
        List<WireFault> ofThisOne = faults;
        time.sleep(FaultPlan.longest(ofThisOne, WireFault.Kind.SLOW_ACCEPT));
        try (var server = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), serverPort)) {
            server.setTcpNoDelay(true);
            carry(client, server, ofThisOne);
        }
    }

    private void carry(Socket client, Socket server, List<WireFault> faults) throws IOException, InterruptedException {
        var there = new FaultPump(client, server, FaultPlan.of(faults, WireFault.Direction.TO_SERVER), time);
        var back = new FaultPump(server, client, FaultPlan.of(faults, WireFault.Direction.TO_CLIENT), time);
        var answering = new Thread(() -> carryBack(back), Thread.currentThread().getName() + "-back");
        answering.setDaemon(true);
        answering.start();
        try {
            if (there.run()) {
                answering.join();
            }
        } finally {
            server.close();
            client.close();
            answering.interrupt();
            answering.join();
        }
    }

    private static void carryBack(FaultPump pump) {
        try {
            pump.run();
        } catch (IOException | InterruptedException e) {
            // One of the two left, or a fault ended the connection: the other direction notices.
        }
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

    /** How many connections were accepted so far. */
    public int connections() {
        return listener.accepted();
    }

    /**
     * Waits until no connection is open.
     *
     * @throws AssertionError after 10 seconds
     */
    public void awaitNoConnections() {
        listener.awaitNoneOpen();
    }

    /** Ends all connections and threads; the server is not touched. */
    @Override
    public void close() {
        listener.close();
    }

    @Override
    public String toString() {
        return "FaultProxy[port " + port() + ", " + faults + "]";
    }
}
