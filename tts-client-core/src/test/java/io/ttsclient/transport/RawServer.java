// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** A server that does to its connections what a test says, and nothing else: for what no HTTP server would do. */
final class RawServer implements AutoCloseable {
    /** What happens to a connection, which is closed afterwards. */
    interface Script {
        void play(Connection connection) throws IOException, InterruptedException;
    }

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();

    RawServer(Script script) throws IOException {
        var accepting = new Thread(() -> accept(script), "raw-server");
        accepting.setDaemon(true);
        accepting.start();
    }

    private void accept(Script script) {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                accepted.incrementAndGet();
                var playing = new Thread(() -> play(script, socket), "raw-server-connection");
                playing.setDaemon(true);
                playing.start();
            } catch (IOException e) {
                return; // closed by the test
            }
        }
    }

    private static void play(Script script, Socket socket) {
        try (socket) {
            script.play(new Connection(socket));
        } catch (IOException | InterruptedException e) {
            return; // the client left, which is its right
        }
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    int port() {
        return listening.getLocalPort();
    }

    int connections() {
        return accepted.get();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** One connection. */
    record Connection(Socket socket) {
        /** Reads a request with its body, if it says how long that is; returns its first line, or null at the end. */
        @Nullable
        String readRequest() throws IOException {
            InputStream in = socket.getInputStream();
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return null;
                }
                head.append((char) next);
            }
            String lower = head.toString().toLowerCase(Locale.ROOT);
            int at = lower.indexOf("content-length: ");
            if (at >= 0) {
                in.readNBytes(
                        Integer.parseInt(lower.substring(at + "content-length: ".length(), lower.indexOf('\r', at))));
            }
            return head.substring(0, head.indexOf("\r\n"));
        }

        /** Reads a request for a WebSocket; returns what is to be answered as Sec-WebSocket-Accept. */
        String readWebSocketKey() throws IOException {
            InputStream in = socket.getInputStream();
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            int at = head.indexOf("Sec-WebSocket-Key: ") + "Sec-WebSocket-Key: ".length();
            String key = head.substring(at, head.indexOf("\r", at));
            return ByteString.encodeUtf8(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                    .sha1()
                    .base64();
        }

        void send(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** Says no goodbye: the peer sees a reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Until the client leaves. */
        void waitForEnd() throws IOException {
            while (socket.getInputStream().read() >= 0) {}
        }
    }
}
