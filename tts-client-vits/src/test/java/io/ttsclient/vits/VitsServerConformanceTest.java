// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.ServerRequest;
import io.ttsclient.testkit.TtsBackendConformance;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class VitsServerConformanceTest extends TtsBackendConformance {
    private static final AudioFormat MADE = AudioFormat.linear16(24_000);

    private final LoopbackServer speaking = LoopbackServer.start(VitsServerConformanceTest::speak);
    private final LoopbackServer hanging = LoopbackServer.start(request -> ServerAnswer.silence());
    private final LoopbackServer stalling =
            LoopbackServer.start(request -> speak(request).stallAt(200));

    @AfterEach
    void closeServers() {
        speaking.close();
        hanging.close();
        stalling.close();
    }

    private static ServerAnswer speak(ServerRequest request) {
        return ServerAnswer.of(200).body(Wav.saying(request.text(), MADE)).chunked();
    }

    private static TtsBackend at(LoopbackServer server) {
        return VitsServer.builder()
                .baseUrl(server.url(""))
                .dialect(Dialect.OPENAI_SPEECH)
                .build();
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
    protected Optional<String> unknownVoice() {
        return Optional.empty(); // this server takes any
    }
}
