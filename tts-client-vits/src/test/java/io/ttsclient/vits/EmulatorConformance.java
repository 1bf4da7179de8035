// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.testkit.FailureCase;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.TtsBackendConformance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kit, on a dialect and the emulator of a server that speaks it. */
@ExtendWith(LeakCheck.class)
abstract class EmulatorConformance extends TtsBackendConformance {
    private static final String KEY = "sk-conformance-0123456789";

    private final Dialect dialect;
    private final LoopbackServer speaking;
    private final LoopbackServer hanging = LoopbackServer.start(request -> ServerAnswer.silence());
    private final LoopbackServer stalling;
    private final ServerSocket deaf = deaf();
    private final List<LoopbackServer> failing = new ArrayList<>();

    EmulatorConformance(Dialect dialect, LoopbackServer.Handler emulator) {
        this.dialect = dialect;
        speaking = LoopbackServer.start(emulator);
        stalling = LoopbackServer.start(request -> emulator.answer(request).stallAt(2_000));
    }

    /** Connections to it are made by the system, and nobody ever takes them. */
    private static ServerSocket deaf() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void closeServers() throws IOException {
        deaf.close();
        failing.forEach(LoopbackServer::close);
        speaking.close();
        hanging.close();
        stalling.close();
    }

    private TtsBackend at(LoopbackServer server) {
        return at(server.url(""));
    }

    private TtsBackend at(String url) {
        return VitsServer.builder().baseUrl(url).dialect(dialect).apiKey(KEY).build();
    }

    @Override
    protected TtsBackend backend() {
        return at(speaking);
    }

    @Override
    protected Optional<TtsBackend> hangingBackend() {
        return Optional.of(at(hanging));
    }

    @Override
    protected Optional<TtsBackend> stallingBackend() {
        return Optional.of(at(stalling));
    }

    @Override
    protected Optional<TtsBackend> connectingBackend() {
        return Optional.of(at("https://127.0.0.1:" + deaf.getLocalPort()));
    }

    @Override
    protected List<String> secrets() {
        return List.of(KEY);
    }

    @Override
    protected OptionalInt connectionsAtEngine() {
        return OptionalInt.of(speaking.openConnections());
    }

    @Override
    protected List<FailureCase> failureCases() {
        return List.of(
                answering("401", Category.AUTHENTICATION, ServerAnswer.of(401)),
                answering("403", Category.AUTHENTICATION, ServerAnswer.of(403)),
                answering("404", Category.NOT_FOUND, ServerAnswer.of(404)),
                answering("422", Category.INVALID_REQUEST, ServerAnswer.of(422)),
                answering("429", Category.RATE_LIMIT, ServerAnswer.of(429)),
                answering("500", Category.UNAVAILABLE, ServerAnswer.of(500)),
                answering("503", Category.UNAVAILABLE, ServerAnswer.of(503)),
                answering("a redirect", Category.PROTOCOL, ServerAnswer.of(302).header("Location", "http://[::1]/")),
                answering("nothing", Category.NO_AUDIO, ServerAnswer.of(200)),
                answering("a page", Category.PROTOCOL, ServerAnswer.of(200).body("<h1>Hello</h1>")),
                answering("no HTTP", Category.PROTOCOL, ServerAnswer.raw("Good morning\r\n\r\n")),
                answering("a connection that breaks before", Category.CONNECTION, ServerAnswer.hangUp()),
                failing(
                        "a cut in the middle",
                        Category.TRUNCATED,
                        request -> ServerAnswer.of(200)
                                .body(Wav.saying("Hello", AudioFormat.linear16(22_050)))
                                .cutAt(1_000)));
    }

    private FailureCase answering(String name, Category category, ServerAnswer answer) {
        return failing(name, category, request -> answer);
    }

    private FailureCase failing(String name, Category category, LoopbackServer.Handler handler) {
        return new FailureCase(name, category, () -> {
            LoopbackServer server = LoopbackServer.start(handler);
            failing.add(server);
            return at(server);
        });
    }

    @Override
    protected int concurrentStreams() {
        return 20; // far more than these servers bear
    }
}
