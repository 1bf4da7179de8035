// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.AttemptTimeoutLayer;
import io.ttsclient.layer.AttemptTimeouts;
import io.ttsclient.speech.AttemptReport;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.deepgram.AudibleText;
import io.ttsclient.testkit.deepgram.Fault;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A service that does not do what its documentation says, over each of the ways to it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MisbehaviourTest {
    private static final String TEXT = "Your table is ready, please come in.";
    private static final int AUDIO_BYTES = TEXT.length() * 300; // 6 ms each

    /** The ways to Deepgram. */
    enum Way {
        AURA,
        FLUX,
        REST;

        SpeechOptions options() {
            return switch (this) {
                case AURA -> SpeechOptions.none();
                case FLUX -> SpeechOptions.voice("flux-haley-en");
                case REST ->
                    SpeechOptions.builder()
                            .provider(DeepgramOptions.builder().rest().build())
                            .build();
            };
        }
    }

    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.closeInOrder();
    }

    private Synthesis synthesis(Way way) {
        return scene.synthesis(TEXT, way.options());
    }

    /** The next turn is heard as it should be, whatever was wrong with the one before. */
    private void nextTurnIsRight(Way way) {
        assertThat(scene.say(synthesis(way))).as("the turn after that").isEqualTo(TEXT);
    }

    private TtsException failure(Way way, Fault fault) {
        scene.emulator.next(fault);
        Synthesis synthesis = synthesis(way);
        TtsException failure = scene.failure(synthesis);
        assertThat(failure).hasMessageNotContaining("table");
        nextTurnIsRight(way);
        return failure;
    }

    static Stream<Arguments> harmless() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.concat(
                                Stream.of(
                                        Fault.warn("NO_ACTIVE_SPEECH"),
                                        Fault.nonsense(),
                                        Fault.oddFrames(),
                                        Fault.oneFrame()),
                                way == Way.REST ? Stream.empty() : Stream.of(Fault.flushedTwice(), Fault.splitFrames()))
                        .map(fault -> Arguments.of(way, fault)));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void turn_oddButWhole_isHeardWhole(Way way, Fault fault) {
        scene.emulator.next(fault);
        assertThat(scene.say(synthesis(way))).isEqualTo(TEXT);
        nextTurnIsRight(way);
    }

    @ParameterizedTest
    @EnumSource(names = {"AURA", "FLUX"})
    void audio_behindTheEndOfATurn_costsTheSocketAndIsNeverHeard(Way way) {
        scene.emulator.next(Fault.audioAfterwards());
        assertThat(scene.say(synthesis(way))).isEqualTo(TEXT);
        Scene.await(() -> scene.emulator.openSockets() == 0);

        nextTurnIsRight(way);
        assertThat(scene.emulator.received()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"AURA, NET-0000", "AURA, NET-0003", "FLUX, NET-0000", "FLUX, NET-0003", "FLUX, NET-0004"})
    void error_onAKeptSocketBeforeAWordIsHeard_isReplayedAsABareCloseIs(Way way, String code) {
        nextTurnIsRight(way);
        scene.emulator.next(Fault.errorFirst(code));

        nextTurnIsRight(way);
        assertThat(scene.emulator.received()).as("sockets").hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"AURA, NET-0003", "FLUX, NET-0003", "FLUX, NET-0004"})
    void error_onASocketThatNobodyUses_costsNoTurn(Way way, String code) {
        for (int turn = 0; turn < 4; turn++) {
            scene.emulator.next(Fault.errorAfterwards(code));
            nextTurnIsRight(way);
            if (turn % 2 == 0) {
                Scene.await(() -> scene.emulator.openSockets() == 0);
            } // otherwise the error may come whenever it likes
        }
    }

    @Test
    void error_onAFreshSocket_isLeftToTheRetries() {
        scene.emulator.next(Fault.errorFirst("NET-0000"));

        assertThat(scene.failure(synthesis(Way.FLUX)).category()).isEqualTo(Category.UNAVAILABLE);
    }

    @Test
    void audio_behindTheClientsGoodbye_isHeardByNobody() {
        scene.emulator.next(Fault.audioAfterClose());
        nextTurnIsRight(Way.AURA);
        scene.idle(14);
        scene.time.advance(Scene.CHECK_INTERVAL); // now it has been idle for too long
        Scene.await(() -> scene.emulator.openSockets() == 0);
        nextTurnIsRight(Way.AURA);
    }

    static Stream<Arguments> closes() {
        return Stream.of(Way.AURA, Way.FLUX)
                .flatMap(way -> Stream.of(
                        Arguments.of(way, Fault.close(1_000, ""), Category.TRUNCATED),
                        Arguments.of(way, Fault.close(1_001, ""), Category.TRUNCATED),
                        Arguments.of(way, Fault.close(1_003, "MESSAGE-0000"), Category.PROTOCOL),
                        Arguments.of(way, Fault.close(1_008, "DATA-0000"), Category.PROTOCOL),
                        Arguments.of(way, Fault.close(1_008, "DATA-0001"), Category.RATE_LIMIT),
                        Arguments.of(way, Fault.close(1_009, "BIG-0001"), Category.INVALID_REQUEST),
                        Arguments.of(way, Fault.close(1_009, ""), Category.INVALID_REQUEST),
                        Arguments.of(way, Fault.close(1_011, "NET-0000"), Category.TRUNCATED),
                        Arguments.of(way, Fault.close(1_011, "NET-0002"), Category.TRUNCATED),
                        Arguments.of(way, Fault.close(1_011, "NET-0003"), Category.TRUNCATED),
                        Arguments.of(way, Fault.error("NET-0000"), Category.TRUNCATED),
                        Arguments.of(way, Fault.error("DATA-0002"), Category.INVALID_REQUEST),
                        Arguments.of(way, Fault.cutAfter(1), Category.TRUNCATED)));
    }

    @ParameterizedTest
    @MethodSource("closes")
    void turn_closedInTheMiddle_isWhatTheTableSaysWithTheRequestId(Way way, Fault fault, Category category) {
        TtsException failure = failure(way, fault);

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.providerRequestId()).contains("dg-1");
    }

    @ParameterizedTest
    @CsvSource({
        "AURA, 0, FIRST_AUDIO",
        "AURA, 1, STALL",
        "FLUX, 0, FIRST_AUDIO",
        "FLUX, 1, STALL",
        "REST, 0, FIRST_AUDIO",
        "REST, 1, STALL",
    })
    void turn_serverGoesSilent_isATimeoutWithItsPhase(Way way, int frames, TimeoutPhase phase) {
        var timeouts = new AttemptTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));
        scene.emulator.next(Fault.stallAfter(frames));
        try (var timed = new AttemptTimeoutLayer(scene.deepgram, timeouts)) {
            Scene.Listener listener = Scene.listen(timed, synthesis(way));
            scene.emulator.awaitStalled(1);
            if (frames > 0) {
                assertThat(listener.source()).as("what had come before").isNotNull();
            }
            Scene.await(() -> {
                scene.time.advance(Duration.ofMillis(500));
                return listener.hasEnded();
            });
            TtsException failure = listener.failure();
            assertThat(failure.category()).isEqualTo(Category.TIMEOUT);
            assertThat(failure.timeoutPhase()).hasValue(phase);
        }
    }

    @ParameterizedTest
    @EnumSource
    void voice_unknownToTheService_isNotFound(Way way) {
        String unknown = way == Way.FLUX ? "flux-haley-xx" : "aura-3-nobody-en";
        SpeechOptions options = way.options().toBuilder().voice(unknown).build();

        TtsException failure = scene.failure(scene.synthesis(TEXT, options));
        assertThat(failure.category()).isEqualTo(Category.NOT_FOUND);
        assertThat(scene.emulator.requests()).hasSize(1);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(
                        Arguments.of(way, 400, Category.INVALID_REQUEST),
                        Arguments.of(way, 401, Category.AUTHENTICATION),
                        Arguments.of(way, 402, Category.QUOTA),
                        Arguments.of(way, 403, Category.AUTHENTICATION),
                        Arguments.of(way, 404, Category.INVALID_REQUEST),
                        Arguments.of(way, 408, Category.UNAVAILABLE),
                        Arguments.of(way, 413, Category.INVALID_REQUEST),
                        Arguments.of(way, 415, Category.INVALID_REQUEST),
                        Arguments.of(way, 422, Category.INVALID_REQUEST),
                        Arguments.of(way, 429, Category.RATE_LIMIT),
                        Arguments.of(way, 499, Category.UNAVAILABLE),
                        Arguments.of(way, 500, Category.UNAVAILABLE),
                        Arguments.of(way, 503, Category.UNAVAILABLE)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void request_refused_isWhatTheTableSaysAndFinalForTheWayItCame(Way way, int status, Category category) {
        TtsException failure = failure(way, Fault.refuse(status, "SOME_CODE"));

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure).hasMessageContaining("answered " + status + " SOME_CODE: It is refused.");
        assertThat(failure.providerRequestId()).contains("dg-1");
        assertThat(scene.emulator.requests()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void turn_withoutAudio_isNoAudio(Way way) {
        scene.emulator.next(Fault.noAudio());
        Scene.Listener listener = scene.listen(synthesis(way));
        if (way == Way.AURA) {
            scene.time.awaitScheduled(Scene.TIMERS_OF_A_SOCKET + 1);
            scene.time.advance(Duration.ofSeconds(1)); // an acknowledgement without audio is doubted for so long
        }
        assertThat(listener.failure().category()).isEqualTo(Category.NO_AUDIO);
        nextTurnIsRight(way);
    }

    @ParameterizedTest
    @EnumSource
    void turn_endsInsideOfASample_isTruncated(Way way) {
        assertThat(failure(way, Fault.halfASample()).category()).isEqualTo(Category.TRUNCATED);
    }

    @ParameterizedTest
    @EnumSource
    void turn_brokenOffInTheMiddle_isTruncatedAndKeepsWhatCame(Way way) {
        scene.emulator.next(Fault.cutAfter(2));
        Synthesis synthesis = synthesis(way);
        Scene.Listener listener = scene.listen(synthesis);

        assertThat(listener.source()).as("what had come before").isNotNull();
        assertThat(listener.failure().category()).isEqualTo(Category.TRUNCATED);
        nextTurnIsRight(way);
    }

    @ParameterizedTest
    @EnumSource(names = {"AURA", "FLUX"})
    void turn_endIsNeverTold_endsWhenTheCallerHasEnough(Way way) {
        scene.emulator.next(Fault.noEnd());
        Synthesis synthesis = synthesis(way);
        Scene.Listener listener = scene.listen(synthesis);
        listener.source();
        assertThat(synthesis.attempt().isResting())
                .as("so that the silence is a stall")
                .isFalse();
        synthesis.cancellation().cancel();

        assertThat(listener.failure().category()).isEqualTo(Category.CANCELLED);
        nextTurnIsRight(way);
    }

    @Test
    void turn_flushedComesBeforeTheAudio_isNeverTakenForTheNextTurns() {
        scene.emulator.next(Fault.flushedFirst());
        Synthesis synthesis = synthesis(Way.AURA);
        Scene.Listener listener = scene.listen(synthesis);
        listener.source();
        synthesis.cancellation().cancel();

        listener.failure();
        nextTurnIsRight(Way.AURA);
    }

    @Test
    void turn_flushedComesBeforeTheAudioOfTwoTurns_isThatOfTheSecondAfterABargeIn() {
        scene.emulator.next(Fault.flushedFirst());
        Synthesis left = synthesis(Way.AURA);
        Scene.Listener leaving = scene.listen(left);
        leaving.source();
        left.cancellation().cancel();
        leaving.failure();
        silenceIsTheEnd();
    }

    @Test
    void turn_flushedComesBeforeTheAudio_endsWithTheSilenceBehindIt() {
        silenceIsTheEnd();
    }

    private void silenceIsTheEnd() {
        scene.emulator.next(Fault.flushedFirst());
        Synthesis synthesis = synthesis(Way.AURA);
        try (AudioSource source = scene.deepgram.stream(synthesis)) {
            var heard = new ByteArrayOutputStream();
            while (heard.size() < AUDIO_BYTES) {
                AudioChunk chunk = Objects.requireNonNull(source.read());
                byte[] bytes = new byte[chunk.size()];
                chunk.bytes().get(bytes);
                heard.writeBytes(bytes);
            }
            scene.time.advance(Duration.ofSeconds(1));
            assertThat(source.read()).as("behind the silence").isNull();
            assertThat(AudibleText.decode(heard.toByteArray(), source.format())).isEqualTo(TEXT);
        }
        assertThat(synthesis.journal().report().warnings()).hasSize(1);
        nextTurnIsRight(Way.AURA);
    }

    @ParameterizedTest
    @EnumSource(names = {"AURA", "FLUX"})
    void warnings_areInTheReportByTheirCodes(Way way) {
        scene.emulator.next(Fault.warn("PRONUNCIATION_WARNINGS"));
        Synthesis synthesis = synthesis(way);
        scene.say(synthesis);

        assertThat(synthesis.journal().report().warnings()).containsExactly("Deepgram warned, PRONUNCIATION_WARNINGS");
        assertThat(synthesis.journal().report().attempts())
                .extracting(AttemptReport::charactersSent)
                .isEqualTo(List.of(TEXT.length()));
    }
}
