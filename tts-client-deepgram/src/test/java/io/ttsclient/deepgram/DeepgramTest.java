// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.GrowingText;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.Voice;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.ServerRequest;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.deepgram.DeepgramEmulator;
import io.ttsclient.testkit.deepgram.Fault;
import io.ttsclient.transport.ApiKey;
import io.ttsclient.transport.ApiKeySource;
import io.ttsclient.transport.Timeouts;
import io.ttsclient.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(LeakCheck.class)
class DeepgramTest {
    private static final SpeechOptions MULAW =
            SpeechOptions.builder().format(AudioFormat.mulaw(8_000)).build();

    /** So that a socket is never asked for a sign of life. */
    private static final Duration BETWEEN_TURNS = Duration.ofSeconds(11);

    @Test
    void build_withoutAKey_isRefused() {
        assertThat(catchThrowableOfType(
                        TtsException.class, () -> Deepgram.builder().build()))
                .hasMessageContaining("apiKey: not set");
        assertThat(catchThrowableOfType(
                        TtsException.class, () -> new DeepgramBackendFactory().create(Map.of("colour", "blue"))))
                .hasMessageContaining("colour: unknown, known are apiKey")
                .hasMessageContaining("apiKey: not set");
    }

    @Test
    void keys_firstOneRefused_nextOneIsTriedWithinTheAttempt() {
        ApiKeySource keys = ApiKeySource.of(List.of(ApiKey.of("revoked"), ApiKey.of(DeepgramEmulator.KEY)));
        try (var scene = new Scene(builder -> builder.apiKeys(keys))) {
            assertThat(scene.say("One.")).isEqualTo("One.");
            scene.closeInOrder();
        }
    }

    @Test
    void accessTokens_goOutAsBearer_andTheSocketOutlivesThem() {
        try (var scene = new Scene(builder -> builder.accessTokens(() -> List.of(ApiKey.of(DeepgramEmulator.TOKEN))))) {
            scene.say("One.");
            scene.say("Two.");
            assertThat(scene.emulator.requests()).hasSize(1);
            assertThat(scene.emulator.requests().get(0).header("Authorization"))
                    .contains("Bearer " + DeepgramEmulator.TOKEN);
            scene.closeInOrder();
        }
    }

    @Test
    void noWebSocketThroughTheNetwork_wholeTextsGoOverRestForAWhile() {
        for (Fault fault : List.of(Fault.proxyAnswers(403), Fault.proxyAnswers(200), Fault.hangUp())) {
            try (var scene = new Scene()) {
                scene.emulator.next(fault);
                Synthesis synthesis = scene.synthesis("One.");
                assertThat(scene.say(synthesis)).as(fault.toString()).isEqualTo("One.");
                assertThat(synthesis.journal().report().warnings())
                        .containsExactly("over REST, since no WebSocket could be opened");
                assertThat(scene.say("Two.")).isEqualTo("Two.");
                assertThat(scene.emulator.received()).as("WebSockets").isEmpty();
                scene.time.advance(Duration.ofSeconds(61));
                assertThat(scene.say("Three.")).isEqualTo("Three.");
                assertThat(scene.emulator.received()).as("WebSockets").hasSize(1);
                scene.closeInOrder();
            }
        }
    }

    @Test
    void noWebSocketThroughTheNetwork_forManyAtOnce_isLoggedOnce() {
        PrintStream err = System.err;
        var logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try (var scene = new Scene()) {
            int many = 5;
            scene.emulator.next(Collections.nCopies(many, Fault.neverAnswer()).toArray(new Fault[0]));
            List<Scene.Listener> listeners = Stream.generate(() -> scene.listen(scene.synthesis("One.")))
                    .limit(many)
                    .toList();
            scene.emulator.awaitStalled(many);
            scene.emulator.release(); // which hangs up

            assertThat(listeners).extracting(Scene.Listener::heard).containsOnly("One.");
            scene.closeInOrder();
        } finally {
            System.setErr(err);
        }
        assertThat(logged.toString(StandardCharsets.UTF_8).lines())
                .filteredOn(line -> line.contains("whole texts go over REST"))
                .hasSize(1);
    }

    @Test
    void noAnswerToTheHandshake_wholeTextGoesOverRest_growingOneIsATimeoutWithItsPhase() {
        try (Transport impatient = Transport.builder()
                        .timeouts(Timeouts.defaults().withConnect(Duration.ofSeconds(1)))
                        .build();
                var scene = new Scene(builder -> builder.transport(impatient))) {
            scene.emulator.next(Fault.neverAnswer());
            var text = new GrowingText();
            text.append("One.");
            TtsException failure = scene.failure(scene.synthesis(text));
            assertThat(failure.category()).isEqualTo(Category.TIMEOUT);
            assertThat(failure.timeoutPhase()).hasValue(TimeoutPhase.CONNECT);

            scene.emulator.next(Fault.neverAnswer());
            assertThat(scene.say("Two.")).isEqualTo("Two.");
            assertThat(scene.emulator.received()).as("WebSockets").isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aura-2-thalia-en", "flux-haley-en"})
    void formats_allThatASocketCarries_areHeard(String voice) {
        try (var scene = new Scene()) {
            for (AudioFormat format : Formats.overSocket(Product.of(voice))) {
                SpeechOptions options =
                        SpeechOptions.builder().voice(voice).format(format).build();
                assertThat(scene.say(scene.synthesis("One.", options)))
                        .as("%s", format)
                        .isEqualTo("One.");
            }
            assertThat(scene.emulator.requests())
                    .extracting(ServerRequest::method)
                    .containsOnly("GET");
            scene.closeInOrder();
        }
    }

    @Test
    void baseUrl_ofAWebSocketBehindAPath_isForAllThatIsAsked() {
        try (DeepgramEmulator emulator = DeepgramEmulator.start();
                Deepgram deepgram = Deepgram.builder()
                        .apiKey(DeepgramEmulator.KEY)
                        .baseUrl(emulator.baseUrl().replace("http:", "ws:") + "/speech/")
                        .build()) {
            SpeechOptions rest = SpeechOptions.builder()
                    .provider(DeepgramOptions.builder().rest().build())
                    .build();
            for (SpeechOptions options : List.of(SpeechOptions.none(), rest)) {
                try (AudioSource source = deepgram.stream(TestSynthesis.of("One.", options))) {
                    assertThat(Scene.heard(source)).isEqualTo("One.");
                }
            }
            assertThat(deepgram.voices()).isNotEmpty();
            assertThat(emulator.requests())
                    .extracting(ServerRequest::path)
                    .containsExactly("/speech/v1/speak", "/speech/v1/speak", "/speech/v1/models");
        }
    }

    @Test
    void options_areInTheAddressOfEachWayAsTheServiceKnowsThem() {
        DeepgramOptions own = DeepgramOptions.builder()
                .mipOptOut(true)
                .tag("a b")
                .tag("c&d")
                .parameter("x_trace", "1/2")
                .build();
        SpeechOptions options =
                SpeechOptions.builder().speed(1.25).provider(own).build();
        SpeechOptions overRest = SpeechOptions.builder()
                .speed(1.25)
                .provider(DeepgramOptions.builder().rest().build())
                .build();
        try (var scene = new Scene(builder -> builder.options(own))) {
            scene.say(scene.synthesis("One.", options));
            scene.say(scene.synthesis("Two.", overRest));

            assertThat(scene.emulator.requests())
                    .extracting(ServerRequest::target)
                    .containsExactly(
                            "/v1/speak?model=aura-2-thalia-en&encoding=linear16&sample_rate=24000&speed=1.25"
                                    + "&mip_opt_out=true&tag=a%20b&tag=c%26d&x_trace=1%2F2",
                            "/v1/speak?model=aura-2-thalia-en&encoding=linear16&container=none&sample_rate=24000"
                                    + "&speed=1.25&mip_opt_out=true&tag=a%20b&tag=c%26d&x_trace=1%2F2");
            scene.closeInOrder();
        }
    }

    @Test
    void parameter_thatFluxDoesNotKnow_isRefusedByTheService() {
        SpeechOptions options = SpeechOptions.builder()
                .voice("flux-haley-en")
                .provider(DeepgramOptions.builder().parameter("x_trace", "1").build())
                .build();
        try (var scene = new Scene()) {
            assertThat(scene.failure(scene.synthesis("One.", options)).category())
                    .isEqualTo(Category.INVALID_REQUEST);
            scene.closeInOrder();
        }
    }

    @Test
    void sockets_noneFree_whoWaitsTooLongIsRefusedByUs() {
        try (var scene = new Scene(builder -> builder.maxAuraSockets(1), DeepgramEmulator.Builder::paced)) {
            AudioSource first = scene.deepgram.stream(scene.synthesis("Words that take their time."));
            Scene.Listener second = scene.listen(scene.synthesis("Impatient."));
            scene.time.awaitScheduled(Scene.TIMERS_OF_A_SOCKET + 2); // and two of who waits
            for (int i = 0; i < 101; i++) {
                scene.time.advance(Duration.ofMillis(50));
            }
            TtsException failure = second.failure();
            assertThat(failure.category()).isEqualTo(Category.RATE_LIMIT);
            assertThat(failure.origin()).isEqualTo(Origin.CLIENT);
            first.close();
        }
    }

    @Test
    void sockets_placeNeededForAnotherVoice_idleOneLeavesAndItsPlaceIsFreeOnceTheServerHasClosed() {
        try (var scene = new Scene(builder -> builder.maxAuraSockets(1), emulator -> emulator.concurrency(1))) {
            for (int i = 0; i < 5; i++) {
                scene.say("One.");
                scene.say(scene.synthesis("Two.", MULAW));
            }
            assertThat(scene.emulator.mostSockets()).isEqualTo(1);
            scene.closeInOrder();
        }
    }

    @Test
    void socket_idleForTooLong_isClosedAndReplaced() {
        try (var scene = new Scene()) {
            scene.say("One.");
            scene.idle(14);
            assertThat(scene.emulator.openSockets()).isEqualTo(1);
            scene.time.advance(Scene.CHECK_INTERVAL);
            Scene.await(() -> scene.emulator.openSockets() == 0);
            assertThat(scene.say("Two.")).isEqualTo("Two.");
            assertThat(scene.emulator.received()).hasSize(2);
            scene.closeInOrder();
        }
    }

    @Test
    void socket_usedForAlmostAnHour_isReplacedBetweenTwoTurnsBeforeTheServerWould() {
        try (var scene = new Scene()) {
            while (scene.time.elapsed().compareTo(PoolLimits.AGE) < 0) {
                assertThat(scene.say("One.")).isEqualTo("One.");
                assertThat(scene.emulator.received()).as("sockets").hasSize(1);
                scene.time.advance(BETWEEN_TURNS);
            }
            Scene.await(() -> scene.emulator.openSockets() == 0);
            assertThat(scene.say("Two.")).isEqualTo("Two.");
            assertThat(scene.emulator.received()).as("sockets").hasSize(2);
            assertThat(scene.told(0)).last().isEqualTo(ClientMessage.CLOSE);
            scene.closeInOrder();
        }
    }

    @Test
    void close_transportWasPassedIn_leavesItOpenForOthers() {
        try (Transport passed = Transport.builder().build();
                var first = new Scene(builder -> builder.transport(passed));
                var second = new Scene(builder -> builder.transport(passed))) {
            assertThat(first.say("One.")).isEqualTo("One.");
            first.closeInOrder();
            assertThat(second.say("Two.")).isEqualTo("Two.");
        }
    }

    @Test
    void voices_listedOnesAndFlux() {
        try (var scene = new Scene()) {
            List<Voice> voices = scene.deepgram.voices();
            assertThat(voices)
                    .contains(new Voice("aura-2-thalia-en", "Thalia", List.of("en", "en-US"), "feminine, clear"))
                    .extracting(Voice::id)
                    .contains("aura-2-celeste-es", "flux-haley-en", "aura-zeus-en", "aura-2-uzume-ja")
                    .doesNotHaveDuplicates();
            assertThat(scene.deepgram.health().detail()).isEqualTo(voices.size() + " voices");
            scene.closeInOrder();
        }
    }
}
