// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import io.ttsclient.benchmarks.DeepgramTurn;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * OkHttp's own WebSockets, whose listeners look at the stamps and do nothing else; or hand each frame over to a thread that waits for
 * it, which is the least that an interface from which callers take audio can cost over OkHttp.
 */
final class OkHttpListeners implements Listeners {
    private static final int MINUTES = 2;

    private final int frameBytes;
    private final int frames;
    private final OkHttpClient client;
    private final List<Ear> ears = new ArrayList<>();
    private final @Nullable ExecutorService readers;
    private volatile @Nullable Throwable failure;
    private volatile CountDownLatch ended = new CountDownLatch(0);

    OkHttpListeners(URI url, int streams, int frameBytes, int frames, boolean handOver) throws InterruptedException {
        this.frameBytes = frameBytes;
        this.frames = frames;
        readers = handOver ? Readers.start() : null;
        var dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(streams + 1);
        dispatcher.setMaxRequestsPerHost(streams + 1);
        client = new OkHttpClient.Builder().dispatcher(dispatcher).build();
        ended = new CountDownLatch(streams);
        Request request =
                new Request.Builder().url(url + "/v1/speak?encoding=linear16").build();
        for (int i = 0; i < streams; i++) {
            var ear = new Ear();
            ears.add(ear);
            ear.socket = client.newWebSocket(request, ear);
        }
        await(); // the greetings
    }

    /** Hears one socket. */
    private final class Ear extends WebSocketListener {
        private @Nullable WebSocket socket;
        private volatile Lateness lateness = new Lateness(frameBytes, frames);
        private final BlockingQueue<ByteString> handedOver = new LinkedBlockingQueue<>();

        @Override
        public void onMessage(WebSocket webSocket, ByteString bytes) {
            if (readers == null) {
                lateness.received(bytes.asByteBuffer());
            } else {
                handedOver.add(bytes);
            }
        }

        /** Takes what is handed over until all frames are there. */
        private void take() {
            Lateness taken = lateness;
            try {
                while (taken.bytes() < (long) frameBytes * frames) {
                    taken.received(handedOver.take().asByteBuffer());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onMessage(WebSocket webSocket, String text) {
            ended.countDown(); // the greeting, then Flushed
        }

        @Override
        public void onFailure(WebSocket webSocket, Throwable t, @Nullable Response response) {
            failure = t;
            ended.countDown();
        }
    }

    @Override
    public List<Lateness> listen() throws InterruptedException {
        ended = new CountDownLatch(ears.size());
        for (Ear ear : ears) {
            ear.lateness = new Lateness(frameBytes, frames);
            if (readers != null) {
                readers.execute(ear::take);
            }
            WebSocket socket = ear.socket;
            if (socket == null || !socket.send(DeepgramTurn.SPEAK) || !socket.send(DeepgramTurn.FLUSH)) {
                throw new IllegalStateException("a WebSocket takes nothing");
            }
        }
        await();
        return ears.stream().map(ear -> ear.lateness).toList();
    }

    private void await() throws InterruptedException {
        boolean all = ended.await(MINUTES, TimeUnit.MINUTES);
        if (!all || failure != null) {
            throw new IllegalStateException("not all streams have ended", failure);
        }
    }

    @Override
    public void close() {
        for (Ear ear : ears) {
            if (ear.socket != null) {
                ear.socket.cancel();
            }
        }
        client.dispatcher().executorService().shutdown();
        if (readers != null) {
            readers.shutdownNow();
        }
    }
}
