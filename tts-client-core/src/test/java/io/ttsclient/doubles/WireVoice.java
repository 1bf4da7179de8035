// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.doubles;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.transport.HttpRequest;
import io.ttsclient.transport.HttpResponse;
import io.ttsclient.transport.StatusCategories;
import io.ttsclient.transport.Transport;
import io.ttsclient.transport.WebSocketConnection;
import io.ttsclient.transport.WebSocketMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The least that a backend over the network can be: asks one address, and plays what bytes come, as mulaw. */
public final class WireVoice implements TtsBackend {
    /** What it asks over. */
    public enum Way {
        HTTP,
        WEB_SOCKET
    }

    private static final AudioFormat FORMAT = AudioFormat.mulaw(8_000);

    private final Transport transport;
    private final Way way;
    private final String url;

    /** {@code transport} is the caller's to close. */
    public WireVoice(Transport transport, Way way, String url) {
        this.transport = transport;
        this.way = way;
        this.url = url;
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        HttpRequest request = HttpRequest.get(url).build();
        if (way == Way.HTTP) {
            HttpResponse response = transport.execute(synthesis, request);
            return new WireSource(response::read, response::close);
        }
        WebSocketConnection connection = transport.open(
                synthesis,
                request,
                Duration.ZERO,
                error -> error.failure(StatusCategories.defaults().of(error.status()))
                        .build());
        return new WireSource(() -> bytes(connection.read(synthesis)), connection::close);
    }

    private static @Nullable ByteBuffer bytes(@Nullable WebSocketMessage message) {
        return message instanceof WebSocketMessage.Binary binary ? binary.bytes() : null;
    }

    @Override
    public TtsCapabilities capabilities() {
        return TtsCapabilities.builder("wire", FORMAT).build();
    }

    @Override
    public void close() {}

    /** Its first audio comes with the first read, which the layers do. */
    private record WireSource(Supplier<@Nullable ByteBuffer> bytes, Runnable end) implements AudioSource {
        @Override
        public AudioFormat format() {
            return FORMAT;
        }

        @Override
        public @Nullable AudioChunk read() {
            ByteBuffer next = bytes.get();
            return next == null ? null : new AudioChunk(next);
        }

        @Override
        public void close() {
            end.run();
        }
    }
}
