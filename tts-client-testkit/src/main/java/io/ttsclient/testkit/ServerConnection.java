// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** A connection as a server sees it. */
record ServerConnection(Socket socket, BufferedInputStream in, OutputStream out, Stalls stalls) {
    ServerConnection(Socket socket, Stalls stalls) throws IOException {
        this(socket, new BufferedInputStream(socket.getInputStream()), socket.getOutputStream(), stalls);
    }

    void stall() throws IOException, InterruptedException {
        stalls.stall(socket, in);
    }

    /** Ends without a goodbye: the client sees a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Ends a script in the middle; the connection is closed when its script is over. */
    static EOFException cut() {
        return new EOFException("cut, as scripted");
    }
}
