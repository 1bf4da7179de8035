// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.GrowingText;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.deepgram.DeepgramEmulator;
import io.ttsclient.testkit.deepgram.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(LeakCheck.class)
class FluxTurnTest {
    private static final String FLUSH = "{\"type\":\"Flush\"}";

    private final Scene scene = new Scene(builder -> builder.model("flux-haley-en"));
    private final GrowingText text = new GrowingText();

    @AfterEach
    void noRuleBroken() {
        scene.closeInOrder();
    }

    private static String speak(String text) {
        return ClientMessage.speak(text);
    }

    private static SpeechOptions speed(double factor) {
        return SpeechOptions.builder().speed(factor).build();
    }

    @Test
    void stream_growingText_goesOutAsItComesAndIsFlushedAtTheEndOnly() {
        Synthesis synthesis = scene.synthesis(text);
        Scene.Listener listener = scene.listen(synthesis);
        Scene.await(() -> synthesis.attempt().isResting());
        for (String token : List.of("Sure", ", I", " can. ", "\n", "And")) {
            text.append(token);
        }
        assertThat(listener.source()).as("audio before the flush").isNotNull();
        text.flush(); // would end the turn
        text.append(" more.");
        text.finish();

        assertThat(listener.heard()).isEqualTo("Sure, I can. \nAnd more.");
        assertThat(scene.told(0))
                .containsExactly(speak("Sure"), speak(", I"), speak(" can. "), speak("\nAnd"), speak(" more."), FLUSH);
        assertThat(scene.emulator.requests().get(0).target())
                .startsWith("/v2/speak?model=flux-haley-en&encoding=linear16");
    }

    @Test
    void stream_turnAfterTurn_onOneSocket() {
        for (String turn : List.of("One.", "Two.", "Three.")) {
            assertThat(scene.say(turn)).isEqualTo(turn);
        }
        assertThat(scene.emulator.received()).hasSize(1);
    }

    @Test
    void stream_nothingToPronounce_isRefusedAndTheSocketStaysGood() {
        Synthesis synthesis = scene.synthesis(text);
        Scene.Listener listener = scene.listen(synthesis);
        Scene.await(() -> synthesis.attempt().isResting());
        text.append("?! ");
        text.finish();

        assertThat(listener.failure()).isInstanceOf(NothingToSpeakException.class);
        assertThat(scene.say("One.")).isEqualTo("One.");
        assertThat(scene.emulator.received()).hasSize(1);
    }

    @Test
    void speed_differentFromTheLastTurn_isConfiguredOnTheSameSocket() {
        scene.say(scene.synthesis("One.", speed(1.15)));
        scene.say(scene.synthesis("Two.", speed(1.15)));
        scene.say("Three.");

        assertThat(scene.told(0))
                .containsExactly(
                        "{\"type\":\"Configure\",\"speed\":1.15}",
                        speak("One."),
                        FLUSH,
                        speak("Two."),
                        FLUSH,
                        "{\"type\":\"Configure\",\"speed\":1}",
                        speak("Three."),
                        FLUSH);
        assertThat(scene.emulator.requests()).hasSize(1);
    }

    @Test
    void flushed_whereverItComes_endsNothing() {
        scene.emulator.next(Fault.flushedFirst(), Fault.flushedTwice());

        assertThat(scene.say("One, which is spoken behind it.")).isEqualTo("One, which is spoken behind it.");
        assertThat(scene.say("Two.")).isEqualTo("Two.");
        assertThat(scene.say("Three.")).isEqualTo("Three.");
    }

    @Test
    void waitingForText_longerThanTheServersPatience_keepsTheSocket() {
        Synthesis synthesis = scene.synthesis(text);
        Scene.Listener listener = scene.listen(synthesis);
        Scene.await(() -> synthesis.attempt().isResting());
        text.append("Let me see.");
        Scene.await(() -> scene.told(0).size() == 1);
        for (int i = 1; i <= 6; i++) {
            int signs = i;
            scene.time.advance(FluxTurn.SIGN_OF_LIFE);
            Scene.await(() -> scene.told(0).size() == 1 + signs);
        }
        text.append(" Here it is.");
        text.finish();

        assertThat(listener.heard()).isEqualTo("Let me see. Here it is.");
        assertThat(scene.told(0)).filteredOn(told -> told.contains("Configure")).hasSize(6);
    }

    @Test
    void listening_longerThanTheServersPatience_keepsTheSocket() {
        scene.emulator.next(Fault.noEnd());
        Synthesis synthesis = scene.synthesis("A text that takes its time to be spoken.");
        Scene.Listener listener = scene.listen(synthesis);
        listener.source();
        for (int i = 1; i <= 6; i++) {
            int told = 2 + i;
            scene.time.advance(FluxTurn.SIGN_OF_LIFE);
            Scene.await(() -> scene.told(0).size() == told);
        }
        assertThat(scene.told(0)).last().isEqualTo("{\"type\":\"Configure\",\"speed\":1}");
        assertThat(scene.emulator.openSockets()).isEqualTo(1);
        synthesis.cancellation().cancel();
        listener.failure();
    }

    @Test
    void stream_moreBlanksThanAMessageHolds_areLeftOutAndTheRestIsSpoken() {
        String blanks = " ".repeat(2 * ClientMessage.MAX_TEXT);

        assertThat(scene.say("One." + blanks + "Two.").replaceAll(" +", " ")).isEqualTo("One. Two.");
    }

    @Test
    void close_whileTheServerSpeaks_interruptsWithTheOffsetOfTheSession() {
        try (var paced = new Scene(builder -> builder.model("flux-haley-en"), DeepgramEmulator.Builder::paced)) {
            for (int turn = 0; turn < 3; turn++) {
                paced.cutIn();
                assertThat(paced.sayPaced("New words.")).isEqualTo("New words.");
            }
            assertThat(paced.emulator.received()).as("sockets").hasSize(1);
            assertThat(paced.told(0))
                    .filteredOn(told -> told.contains("Interrupt"))
                    .hasSize(3)
                    .allMatch(told -> told.contains("\"playback_offset\":{\"type\":\"time_ms\",\"value\":"));
            assertThat(paced.emulator.violations()).isEmpty();
        }
    }

    @Test
    void close_interruptIsNeverAnswered_socketIsDiscardedInBoundedTime() {
        try (var paced = new Scene(builder -> builder.model("flux-haley-en"), DeepgramEmulator.Builder::paced)) {
            paced.emulator.next(Fault.neverQuiet());
            paced.cutIn();
            paced.awaitRunning(() -> paced.told(0).toString().contains("Interrupt"));
            paced.time.advance(Duration.ofMillis(1_500));
            paced.awaitRunning(() -> paced.emulator.openSockets() == 0);

            assertThat(paced.sayPaced("New words.")).isEqualTo("New words.");
            assertThat(paced.emulator.received()).hasSize(2);
        }
    }

    @Test
    void close_nothingWasSpokenYet_interruptIsIgnoredAndTheSocketIsGivenUp() {
        scene.emulator.next(Fault.noAudio());
        Synthesis synthesis = scene.synthesis(text);
        Scene.Listener listener = scene.listen(synthesis);
        text.append("Words ");
        Scene.await(() -> !scene.emulator.received().isEmpty() && !scene.told(0).isEmpty());
        synthesis.cancellation().cancel();

        assertThat(listener.failure().category()).isEqualTo(Category.CANCELLED);
        Scene.await(() -> scene.emulator.openSockets() == 0);
        assertThat(scene.say("New words.")).isEqualTo("New words.");
    }

    @Test
    void socketDiedWhileIdle_isReplacedOnce() {
        scene.say("One.");
        scene.emulator.cutAtMessage(1);

        assertThat(scene.say("Two.")).isEqualTo("Two.");
        assertThat(scene.emulator.received()).hasSize(2);
    }

    @Test
    void idleSocket_serverNeverAnswersBetweenTwoTurns_isKeptAllTheSame() {
        try (var silent = new Scene(builder -> builder.model("flux-haley-en"), DeepgramEmulator.Builder::ignoresIdle)) {
            silent.say("One.");
            silent.idleUnanswered(5);
            assertThat(silent.say("Two.")).isEqualTo("Two.");
            assertThat(silent.emulator.received()).hasSize(1);
            silent.closeInOrder();
        }
    }

    @Test
    void idleSocket_isAskedForASignOfLifeAndLeftOpen() {
        scene.say(scene.synthesis("One.", speed(1.5)));
        scene.idle(5);
        assertThat(scene.told(0)).last().isEqualTo("{\"type\":\"Configure\",\"speed\":1.5}");
        assertThat(scene.say(scene.synthesis("Two.", speed(1.5)))).isEqualTo("Two.");
        assertThat(scene.emulator.received()).hasSize(1);
    }
}
