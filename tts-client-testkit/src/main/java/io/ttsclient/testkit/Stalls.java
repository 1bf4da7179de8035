// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Where the connections of a server stand still, until they are released or the client leaves. */
final class Stalls {
    private static final int MILLIS_BETWEEN_LOOKS = 2; // a thread cannot wait for a socket and for us at once
    /** What a client sends before it leaves, as a rule; one that leaves behind more is not seen to go. */
    private static final int LOOKED_PAST = 64 * 1024;

    private final Monitor monitor = new Monitor();
    private long releases; // guarded by monitor, as below
    private int stalled;

    /** Lets go on what stands still now. */
    void release() {
        monitor.locked(() -> ++releases);
    }

    /** Waits until so many stand still. */
    void awaitStalled(int count) {
        monitor.await(() -> stalled >= count, () -> "expected " + count + " stalled connections, there are " + stalled);
    }

    /** Stands still; {@code in}, which supports marks, is the input of that socket. */
    void stall(Socket socket, InputStream in) throws IOException, InterruptedException {
        long before = monitor.locked(() -> {
            stalled++;
            return releases;
        });
        socket.setSoTimeout(MILLIS_BETWEEN_LOOKS);
        byte[] seen = new byte[LOOKED_PAST];
        try {
            while (monitor.locked(() -> releases == before)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                failIfGone(in, seen);
            }
        } finally {
            socket.setSoTimeout(0);
            monitor.locked(() -> --stalled);
        }
    }

    /** Waits a moment for the client to leave, without taking away what it sends instead. */
    private static void failIfGone(InputStream in, byte[] seen) throws IOException {
        in.mark(seen.length + 1);
        try {
            if (in.readNBytes(seen, 0, seen.length) < seen.length) {
                throw new EOFException("the client left");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(MILLIS_BETWEEN_LOOKS));
        } catch (SocketTimeoutException e) {
            return; // it is silent, but there
        } finally {
            in.reset();
        }
    }
}
