// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import io.ttsclient.benchmarks.BareSpeechSocket;
import io.ttsclient.benchmarks.DeepgramTurn;
import java.io.IOException;
import java.net.URI;

/** A bare socket that asks a server for speech again and again, on a thread of its own, until it is closed. */
final class Bystander implements AutoCloseable {
    private final Tally firstAudio = new Tally();
    private final BareSpeechSocket socket;
    private final Thread thread = new Thread(this::ask, "bystander");
    private volatile boolean closed;

    Bystander(int port, URI url) throws IOException {
        socket = new BareSpeechSocket(port, url.getPath());
        thread.start();
    }

    private void ask() {
        while (!closed) {
            try {
                firstAudio.add(socket.nanosToFirstAudio(DeepgramTurn.TEXT));
            } catch (IOException e) {
                if (!closed) {
                    System.err.println("the bare socket: " + e.getMessage());
                }
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
    }

    @Override
    public String toString() {
        return firstAudio.toString();
    }
}
