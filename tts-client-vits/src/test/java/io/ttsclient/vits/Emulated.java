// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerRequest;
import io.ttsclient.testkit.TestSynthesis;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.UnaryOperator;

/** A server that speaks a dialect, and a backend that asks it. */
final class Emulated implements AutoCloseable {
    final LoopbackServer server;
    final VitsServer backend;

    Emulated(Dialect dialect, LoopbackServer.Handler emulator) {
        this(dialect, emulator, builder -> builder);
    }

    Emulated(Dialect dialect, LoopbackServer.Handler emulator, UnaryOperator<VitsServerBuilder> settings) {
        server = LoopbackServer.start(emulator);
        backend = settings.apply(VitsServer.builder().baseUrl(server.url("")).dialect(dialect))
                .build();
    }

    byte[] speak(String text) {
        return speak(TestSynthesis.of(text));
    }

    byte[] speak(String text, SpeechOptions options) {
        return speak(TestSynthesis.of(text, options));
    }

    byte[] speak(Synthesis synthesis) {
        return speak(backend, synthesis);
    }

    static byte[] speak(TtsBackend backend, Synthesis synthesis) {
        var audio = new ByteArrayOutputStream();
        try (AudioSource source = backend.stream(synthesis)) {
            for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
                byte[] bytes = new byte[chunk.size()];
                chunk.bytes().get(bytes);
                audio.writeBytes(bytes);
            }
        }
        return audio.toByteArray();
    }

    /** What the emulators speak. */
    static byte[] audioOf(String text, int sampleRate) {
        return FakeBackend.audioOf(text, AudioFormat.linear16(sampleRate));
    }

    /** Method, path and query of all requests so far. */
    List<String> asked() {
        return server.requests().stream()
                .map(request -> request.method() + " " + request.target())
                .toList();
    }

    ServerRequest lastRequest() {
        List<ServerRequest> all = server.requests();
        return all.get(all.size() - 1);
    }

    @Override
    public void close() {
        backend.close();
        server.close();
    }
}
