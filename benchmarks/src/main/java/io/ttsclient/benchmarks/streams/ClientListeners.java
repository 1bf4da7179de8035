// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import io.ttsclient.TtsClient;
import io.ttsclient.benchmarks.DeepgramTurn;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** A client's streams, each read by a thread of its own: a virtual one where the JDK has them. */
final class ClientListeners implements Listeners {
    private final TtsClient client;
    private final int streams;
    private final int frameBytes;
    private final int frames;
    private final ExecutorService readers = Readers.start();

    ClientListeners(TtsClient client, int streams, int frameBytes, int frames) {
        this.client = client;
        this.streams = streams;
        this.frameBytes = frameBytes;
        this.frames = frames;
    }

    @Override
    public List<Lateness> listen() throws Exception {
        List<Callable<Lateness>> tasks = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            tasks.add(this::hear);
        }
        List<Lateness> heard = new ArrayList<>();
        for (Future<Lateness> each : readers.invokeAll(tasks)) {
            heard.add(each.get());
        }
        return heard;
    }

    private Lateness hear() {
        var lateness = new Lateness(frameBytes, frames);
        try (AudioStream audio = client.stream(DeepgramTurn.TEXT)) {
            for (AudioChunk chunk = audio.read(); chunk != null; chunk = audio.read()) {
                lateness.received(chunk.bytes());
            }
        }
        if (lateness.bytes() != (long) frameBytes * frames) {
            throw new IllegalStateException(lateness.bytes() + " bytes of audio");
        }
        return lateness;
    }

    @Override
    public void close() {
        client.close();
        readers.shutdown();
    }
}
