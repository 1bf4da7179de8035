// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import io.ttsclient.benchmarks.BareWebSocket;
import io.ttsclient.benchmarks.DeepgramTurn;
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
    private static final int FRAME_HEADER = 4;

    private final List<SocketChannel> channels = new ArrayList<>();
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final long bytesOfAll;

    SocketListeners(URI url, int streams, int frameBytes, int frames) throws IOException {
        bytesOfAll = (long) streams * frames * (frameBytes + FRAME_HEADER);
        ByteBuffer opening = BareWebSocket.opening(url.getPort(), url.getPath() + "/v1/speak?encoding=linear16");
        for (int i = 0; i < streams; i++) {
            SocketChannel channel =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), url.getPort()));
            channel.write(opening.duplicate());
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
        ByteBuffer turn = BareWebSocket.frames(DeepgramTurn.SPEAK, DeepgramTurn.FLUSH);
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

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
