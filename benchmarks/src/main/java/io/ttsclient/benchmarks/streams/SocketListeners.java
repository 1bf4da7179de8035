// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The floor: one thread that takes the bytes from all sockets and throws them away. It knows by their number when all have come, and
 * says nothing about lateness.
 */
final class SocketListeners implements Listeners {
    private static final int TEXT_FRAME = 0x81;
    private static final int MASKED = 0x80;
    private static final int FRAME_HEADER = 4;

    private final List<SocketChannel> channels = new ArrayList<>();
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final long bytesOfAll;

    SocketListeners(URI url, int streams, int frameBytes, int frames) throws IOException {
        bytesOfAll = (long) streams * frames * (frameBytes + FRAME_HEADER);
        String request = "GET " + url.getPath() + "/v1/speak?encoding=linear16 HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        for (int i = 0; i < streams; i++) {
            SocketChannel channel =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), url.getPort()));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            awaitGreeting(channel);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            channels.add(channel);
        }
    }

    private void awaitGreeting(SocketChannel channel) throws IOException {
        var text = new StringBuilder();
        while (!text.toString().contains("model_uuid")) {
            buffer.clear();
            channel.read(buffer);
            text.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
        }
        buffer.clear();
    }

    @Override
    public List<Lateness> listen() throws IOException {
        ByteBuffer turn = turn();
        for (SocketChannel channel : channels) {
            channel.write(turn.duplicate());
        }
        long bytes = 0;
        while (bytes < bytesOfAll) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                buffer.clear();
                bytes += ((SocketChannel) key.channel()).read(buffer);
            }
            selector.selectedKeys().clear();
        }
        return List.of();
    }

    private static ByteBuffer turn() {
        ByteBuffer turn = ByteBuffer.allocate(1_024);
        for (String message : List.of(Messages.SPEAK, Messages.FLUSH)) {
            byte[] text = message.getBytes(StandardCharsets.US_ASCII);
            turn.put((byte) TEXT_FRAME)
                    .put((byte) (MASKED | text.length))
                    .putInt(0)
                    .put(text); // a mask of zero
        }
        return turn.flip();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
