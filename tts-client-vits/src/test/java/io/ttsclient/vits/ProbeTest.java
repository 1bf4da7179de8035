// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.error.Category;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.vits.CoquiEmulator;
import io.ttsclient.testkit.vits.MeloTtsEmulator;
import io.ttsclient.testkit.vits.OpenAiFlavour;
import io.ttsclient.testkit.vits.OpenAiSpeechEmulator;
import io.ttsclient.testkit.vits.PiperEmulator;
import io.ttsclient.testkit.vits.VitsSimpleApiEmulator;
import io.ttsclient.testkit.vits.VitsTtsVietnameseEmulator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class ProbeTest {
    static Stream<Arguments> servers() {
        return Stream.of(
                Arguments.of(
                        Dialect.VITS_TTS_VIETNAMESE,
                        new VitsTtsVietnameseEmulator(VitsTtsVietnameseEmulator.Generation.LITESTAR)),
                Arguments.of(Dialect.MELO_TTS, new MeloTtsEmulator()),
                Arguments.of(Dialect.PIPER, new PiperEmulator(PiperEmulator.Version.V1_5)),
                Arguments.of(Dialect.PIPER, new PiperEmulator(PiperEmulator.Version.V1_3)),
                Arguments.of(Dialect.VITS_SIMPLE_API, new VitsSimpleApiEmulator()),
                Arguments.of(Dialect.OPENAI_SPEECH, new OpenAiSpeechEmulator(OpenAiFlavour.KOKORO)),
                Arguments.of(Dialect.OPENAI_SPEECH, new OpenAiSpeechEmulator(OpenAiFlavour.EDGE_TTS)),
                Arguments.of(Dialect.COQUI, new CoquiEmulator(CoquiEmulator.Version.COQUI)));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void probe_knownServer_suggestsItsDialectAndSpeaksNothing(Dialect dialect, LoopbackServer.Handler emulator) {
        try (LoopbackServer server = LoopbackServer.start(emulator)) {
            assertThat(VitsServer.probe(server.url("")))
                    .extracting(Suggestion::dialect)
                    .containsExactly(dialect);
            assertThat(server.requests()).allMatch(request -> request.method().equals("GET"));
            assertThat(server.requests()).noneMatch(request -> request.target().contains("text"));
        }
    }

    @Test
    void probe_meloServer_doesNotMakeItLoadAModel() {
        try (LoopbackServer server = LoopbackServer.start(new MeloTtsEmulator())) {
            VitsServer.probe(server.url(""));

            assertThat(server.requests()).noneMatch(request -> request.path().equals("/voices"));
        }
    }

    @Test
    void probe_meloServerOfAnotherVersion_doesNotMakeItLoadAModelEither() {
        var melo = new MeloTtsEmulator();
        LoopbackServer.Handler withoutHealth =
                request -> request.path().equals("/health") ? ServerAnswer.of(404) : melo.answer(request);
        try (LoopbackServer server = LoopbackServer.start(withoutHealth)) {
            assertThat(VitsServer.probe(server.url(""))).isEmpty();

            assertThat(server.requests()).noneMatch(request -> request.path().equals("/voices"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<h1>It works!</h1>", "<title>My TTS server</title>", "{\"status\":\"healthy\"}"})
    void probe_otherServer_suggestsNothing(String page) {
        try (LoopbackServer server =
                LoopbackServer.start(request -> ServerAnswer.of(200).body(page))) {
            assertThat(VitsServer.probe(server.url(""))).isEmpty();
        }
    }

    @Test
    void probe_nobodyThere_fails() {
        LoopbackServer server = LoopbackServer.start();
        server.close();

        Thrown.by(Category.CONNECTION, () -> VitsServer.probe(server.url("")));
        Thrown.by(Category.INVALID_REQUEST, () -> VitsServer.probe("localhost"));
    }
}
