// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.backend.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** Carries the bytes of one direction of a connection, with its faults. */
final class FaultPump {
    private static final int MOST_AT_ONCE = 16 * 1024;

    private final Socket from;
    private final Socket to;
    private final FaultPlan plan;
    private final TimeSource time;
    private long position;

    FaultPump(Socket from, Socket to, FaultPlan plan, TimeSource time) {
        this.from = from;
        this.to = to;
        this.plan = plan;
        this.time = time;
    }

    /**
     * Until the sender has ended or the connection is over, and the other side knows.
     *
     * @return false if the receiver does not learn of the end
     */
    boolean run() throws IOException, InterruptedException {
        try {
            return carry();
        } catch (IOException e) {
            reset(from);
            reset(to);
            throw e;
        }
    }

    private static void reset(Socket socket) throws IOException {
        if (!socket.isClosed()) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private boolean carry() throws IOException, InterruptedException {
        byte[] bytes = new byte[MOST_AT_ONCE];
        InputStream in = from.getInputStream();
        boolean isSilent = endsHere();
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
            if (isSilent) {
                continue;
            }
            time.sleep(plan.latency());
            corrupt(bytes, read);
            forward(bytes, (int) Math.min(read, plan.limit() - position));
            isSilent = endsHere();
        }
        if (!isSilent) {
            to.shutdownOutput();
        }
        return !isSilent;
    }

    private void corrupt(byte[] bytes, int length) {
        for (long corrupted : plan.corrupted()) {
            if (corrupted >= position && corrupted < position + length) {
                bytes[(int) (corrupted - position)] ^= (byte) 0xFF;
            }
        }
    }

    private void forward(byte[] bytes, int length) throws IOException, InterruptedException {
        OutputStream out = to.getOutputStream();
        for (int sent = 0, slice; sent < length; sent += slice) {
            slice = Math.min(plan.sliceBytes(), length - sent);
            time.sleep(plan.waitBefore(slice));
            out.write(bytes, sent, slice);
        }
        position += length;
    }

    /** Ends the connection if it is time to; whether it is silent from here on. */
    private boolean endsHere() throws IOException {
        WireFault end = plan.end();
        if (end == null || position < plan.limit()) {
            return false;
        }
        if (end.kind() == WireFault.Kind.SILENCE) {
            return true;
        }
        if (end.kind() == WireFault.Kind.CUT) {
            to.close();
            from.close();
        }
        throw ServerConnection.cut();
    }
}
