// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.GrowingText;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.speech.AttemptReport;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.deepgram.DeepgramEmulator;
import io.ttsclient.testkit.deepgram.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(LeakCheck.class)
class AuraTurnTest {
    private static final String FLUSH = "{\"type\":\"Flush\"}";
    private static final String CLEAR = "{\"type\":\"Clear\"}";

    private final Scene scene = new Scene();
    private final GrowingText text = new GrowingText();

    @AfterEach
    void noRuleBroken() {
        scene.closeInOrder();
    }

    private static String speak(String text) {
        return ClientMessage.speak(text);
    }

    @Test
    void stream_wholeText_isOneSpeakAndOneFlush() {
        Synthesis synthesis = scene.synthesis("Your table is ready. Please come in.");

        assertThat(scene.say(synthesis)).isEqualTo("Your table is ready. Please come in.");

        assertThat(scene.told(0)).containsExactly(speak("Your table is ready."), speak(" Please come in."), FLUSH);
        AttemptReport attempt = synthesis.journal().report().attempts().get(0);
        assertThat(attempt.voice()).contains("aura-2-thalia-en");
        assertThat(attempt.charactersSent()).isEqualTo(36);
        assertThat(attempt.providerRequestId()).contains("dg-1");
    }

    @Test
    void stream_secondText_takesTheSameSocketAndItsRequestId() {
        scene.say("One.");
        Synthesis second = scene.synthesis("Two.");

        assertThat(scene.say(second)).isEqualTo("Two.");

        assertThat(scene.emulator.received()).hasSize(1);
        assertThat(second.journal().report().attempts().get(0).providerRequestId())
                .contains("dg-1");
    }

    @Test
    void stream_growingText_isFlushedAfterTheFirstClauseThenAtSentencesThenAtTheEnd() {
        Synthesis synthesis = scene.synthesis(text);
        Scene.Listener listener = scene.listen(synthesis);
        Scene.await(() -> synthesis.attempt().isResting()); // it has a socket
        for (String token : List.of("Of", " course I", " can do", " that for you,", " just give", " me a")) {
            text.append(token);
        }
        Scene.await(() -> scene.told(0).contains(FLUSH));
        assertThat(listener.source().format()).isNotNull(); // audio came before the text was finished
        text.append(" moment. Here");
        Scene.await(() -> scene.told(0).stream().filter(FLUSH::equals).count() == 2);
        text.append(" it is");
        text.finish();

        assertThat(listener.heard()).isEqualTo("Of course I can do that for you, just give me a moment. Here it is");
        List<String> told = scene.told(0);
        assertThat(told.stream().filter(FLUSH::equals)).hasSize(3);
        assertThat(told.get(told.size() - 1)).isEqualTo(FLUSH);
        assertThat(told.subList(0, told.indexOf(FLUSH)))
                .as("words as they came, up to the clause")
                .startsWith(speak("Of course"))
                .hasSizeGreaterThan(2);
    }

    @Test
    void stream_writerFlushes_isSpokenWithoutWaitingForMore() {
        Scene.Listener listener = scene.listen(scene.synthesis(text));
        text.append("One moment");
        text.flush();
        assertThat(listener.source()).isNotNull();
        text.append(" please");
        text.finish();

        assertThat(listener.heard()).isEqualTo("One moment please");
    }

    @Test
    void stream_growingTextWithNothingToPronounce_isRefused() {
        Synthesis synthesis = scene.synthesis(text);
        Scene.Listener listener = scene.listen(synthesis);
        Scene.await(() -> synthesis.attempt().isResting());
        text.append(" ... ");
        text.finish();

        assertThat(listener.failure()).isInstanceOf(NothingToSpeakException.class);
        Scene.await(listener::hasEnded);
        assertThat(scene.say("The socket is still good.")).isEqualTo("The socket is still good.");
        assertThat(scene.emulator.received()).hasSize(1);
    }

    @Test
    void resting_whileNothingIsOwed_andOnlyThen() {
        Synthesis synthesis = scene.synthesis(text);
        Scene.Listener listener = scene.listen(synthesis);
        Scene.await(() -> synthesis.attempt().isResting());
        scene.emulator.next(Fault.stallAfter(1));
        text.append("Let me think about that for a while. And");
        listener.source();
        assertThat(synthesis.attempt().isResting()).as("while audio is owed").isFalse();
        scene.emulator.awaitStalled(1);
        scene.emulator.release();
        text.finish();
        assertThat(listener.heard()).isEqualTo("Let me think about that for a while. And");
    }

    @Test
    void flushes_moreThanTwentyInAMinute_areHeldBackNotLost() {
        try (var one = new Scene(builder -> builder.maxAuraSockets(1))) {
            Synthesis synthesis = one.synthesis(text);
            Scene.Listener listener = one.listen(synthesis);
            int sentences = 30;
            var all = new StringBuilder();
            for (int i = 0; i < sentences; i++) {
                String sentence = "Sentence number " + i + " goes here. ";
                all.append(sentence);
                text.append(sentence);
                text.flush();
                awaitSpokenOrHeld(one, synthesis, i);
            }
            text.finish();
            assertThat(listener.heard()).isEqualTo(all.toString().strip());
            assertThat(flushes(one))
                    .as("the last one for all that was held back")
                    .isEqualTo(20);

            Synthesis next = one.synthesis("The next turn.");
            assertThat(one.sayWhileResting(next)).isEqualTo("The next turn.");
            assertThat(one.time.elapsed()).isGreaterThan(Duration.ofSeconds(60));
            assertThat(one.emulator.received()).hasSize(1);
            one.closeInOrder();
        }
    }

    /** The next sentence is written when the one before was spoken, so that each asks for a flush of its own. */
    private static void awaitSpokenOrHeld(Scene scene, Synthesis synthesis, int written) {
        Scene.await(() -> flushes(scene) > written
                || (flushes(scene) >= 19 && synthesis.attempt().isResting()));
        Scene.await(() -> synthesis.attempt().isResting());
    }

    private static long flushes(Scene scene) {
        return scene.emulator.received().stream()
                .flatMap(List::stream)
                .filter(FLUSH::equals)
                .count();
    }

    @Test
    void characters_moreThanASocketsMinute_goOnAtASentenceOnAnotherSocket() {
        String sentence = "This is a sentence of some length, which is said many times over and over again. ";
        String all = sentence.repeat(60).strip();

        assertThat(scene.say(all)).isEqualTo(all);

        assertThat(scene.emulator.received()).hasSizeGreaterThan(2);
        for (List<String> told : scene.emulator.received()) {
            assertThat(told.get(0)).as("the first words on a socket").contains("This is a");
        }
    }

    @Test
    void characters_noOtherSocketFree_waitForTheMinuteAndThatIsNoStall() {
        try (var one = new Scene(builder -> builder.maxAuraSockets(1))) {
            String all = "This is a sentence of some length, which is said again. "
                    .repeat(60)
                    .strip();

            assertThat(one.sayWhileResting(one.synthesis(all))).isEqualTo(all);

            assertThat(one.emulator.mostSockets()).isEqualTo(1);
            one.closeInOrder();
        }
    }

    @Test
    void characters_minuteSpentWhileOthersWait_keepsItsPlace() {
        try (var one = new Scene(builder -> builder.maxAuraSockets(1).maxWait(Duration.ofHours(1)))) {
            Synthesis synthesis = one.synthesis(text);
            Scene.Listener first = one.listen(synthesis);
            Scene.await(() -> synthesis.attempt().isResting()); // it has the socket
            Scene.Listener second = one.listen(one.synthesis("Impatient."));
            one.time.awaitScheduled(Scene.TIMERS_OF_A_SOCKET + 2); // of who waits
            String all = "This is a sentence of some length, which is said again. "
                    .repeat(60)
                    .strip();
            text.append(all);
            text.finish();
            Scene.await(() -> {
                if (synthesis.attempt().isResting() && one.time.scheduled() > Scene.TIMERS_OF_A_SOCKET + 1) {
                    one.time.advance(Duration.ofSeconds(1));
                }
                return first.hasEnded();
            });
            assertThat(first.heard()).isEqualTo(all);
            assertThat(second.heard()).isEqualTo("Impatient.");
            assertThat(one.told(0))
                    .filteredOn(told -> told.contains("Speak"))
                    .last()
                    .isEqualTo(speak("Impatient."));
            one.closeInOrder();
        }
    }

    @Test
    void characters_minuteSpentAndNoneFree_goesOnOverThatWhichIsFreeFirst() {
        try (var two = new Scene(builder -> builder.maxAuraSockets(2))) {
            Synthesis other = two.synthesis(text);
            Scene.Listener holder = two.listen(other);
            Scene.await(() -> other.attempt().isResting()); // it has one of the two
            Synthesis synthesis = two.synthesis("This is a sentence of some length, which is said again. "
                    .repeat(60)
                    .strip());
            Scene.Listener listener = two.listen(synthesis);
            Scene.await(
                    () -> two.emulator.openSockets() == 2 && synthesis.attempt().isResting());
            text.append("Done.");
            text.finish();
            assertThat(holder.heard()).isEqualTo("Done.");
            Scene.await(() -> {
                if (synthesis.attempt().isResting() && two.time.scheduled() > 2 * Scene.TIMERS_OF_A_SOCKET - 1) {
                    two.time.advance(Duration.ofMillis(100));
                }
                return listener.hasEnded();
            });

            assertThat(listener.heard()).hasSize(3_359);
            assertThat(two.time.elapsed()).as("time spent").isLessThan(Duration.ofSeconds(30));
            two.closeInOrder();
        }
    }

    @Test
    void message_longerThanAllowed_isSplit() {
        String all = "Word and word. ".repeat(150).strip(); // 2 249 chars
        assertThat(scene.say(all)).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "- ", "...\n"})
    void text_moreToSkipThanAMessageHolds_isSpokenWithoutThat(String skipped) {
        String all = "One. " + skipped.repeat(3_000) + "Two.";

        assertThat(scene.say(all)).startsWith("One.").endsWith("Two.");
    }

    /** One that says nothing but what the clock lets it say. */
    private static Scene paced() {
        return new Scene(builder -> builder, DeepgramEmulator.Builder::paced);
    }

    @Test
    void close_whileTheServerSpeaks_clearsAndTheNextTurnHearsNoOldWord() {
        try (Scene paced = paced()) {
            for (int turn = 0; turn < 3; turn++) {
                paced.cutIn();
                assertThat(paced.sayPaced("New words.")).isEqualTo("New words.");
            }
            assertThat(paced.emulator.received()).as("sockets").hasSize(1);
            assertThat(paced.told(0)).filteredOn(CLEAR::equals).hasSize(3);
            assertThat(paced.emulator.violations()).isEmpty();
        }
    }

    @Test
    void close_clearIsNeverAcknowledged_socketIsDiscardedInBoundedTime() {
        try (Scene paced = paced()) {
            paced.emulator.next(Fault.neverQuiet());
            paced.cutIn();
            paced.awaitRunning(() -> paced.told(0).contains(CLEAR));
            paced.time.advance(Duration.ofMillis(1_500));
            paced.awaitRunning(() -> paced.emulator.openSockets() == 0);

            assertThat(paced.sayPaced("New words.")).isEqualTo("New words.");
            assertThat(paced.emulator.received()).hasSize(2);
        }
    }

    @Test
    void close_flushedComesLate_doesNotEndTheNextTurn() {
        try (Scene paced = paced()) {
            paced.emulator.next(Fault.lateFlushed());
            paced.cutIn();
            assertThat(paced.sayPaced("New words.")).isEqualTo("New words.");
            assertThat(paced.emulator.received()).hasSize(1);
        }
    }

    @Test
    void close_acknowledgementsAllHaveTheSameNumber_keepsTheSocket() {
        try (var paced =
                new Scene(builder -> builder, emulator -> emulator.paced().countsNothing())) {
            for (int turn = 0; turn < 3; turn++) {
                paced.cutIn();
                assertThat(paced.sayPaced("New words.")).isEqualTo("New words.");
            }
            assertThat(paced.emulator.received()).as("sockets").hasSize(1);
        }
    }

    @Test
    void close_clearedComesTwice_letsNoOldWordIntoLaterTurns() {
        try (Scene paced = paced()) {
            for (int turn = 0; turn < 3; turn++) {
                paced.emulator.next(Fault.clearedTwice());
                paced.cutIn();
                assertThat(paced.sayPaced("New words.")).isEqualTo("New words.");
            }
        }
    }

    @Test
    void close_unreadAudioBehindAFullInbox_isForgotten() {
        for (int turn = 0; turn < 3; turn++) {
            scene.deepgram.stream(scene.synthesis("Old words, and many of them. ".repeat(70)))
                    .close();
        }
        assertThat(scene.say("New words.")).isEqualTo("New words.");
    }

    @Test
    void close_allHasArrivedButNotBeenRead_needsNoClear() {
        AudioSource source = scene.deepgram.stream(scene.synthesis("Hi."));
        Scene.await(() -> scene.emulator.messages() == 5); // Metadata, Speak, Flush, audio, Flushed
        assertThat(scene.say("New words.")).as("on whichever socket").isEqualTo("New words.");
        source.close();
        assertThat(scene.say("More words.")).isEqualTo("More words.");
    }

    @Test
    void socketDiedWhileIdle_isReplacedAndNobodyNotices() {
        scene.say("One.");
        scene.emulator.cutAtMessage(1);
        Synthesis synthesis = scene.synthesis("Two.");

        assertThat(scene.say(synthesis)).isEqualTo("Two.");

        assertThat(scene.emulator.received()).hasSize(2);
        assertThat(scene.told(1)).containsExactly(speak("Two."), FLUSH);
    }

    @Test
    void socketDiesBeforeAudioOnAFreshOne_isLeftToTheRetries() {
        scene.emulator.next(Fault.cutAfter(0));

        assertThat(scene.failure("One.").category()).isEqualTo(Category.CONNECTION);
    }

    /** Its first piece was acknowledged, and the second is not whole. */
    private Scene.Listener betweenTwoPieces() {
        Synthesis synthesis = scene.synthesis(text);
        Scene.Listener listener = scene.listen(synthesis);
        text.append("This is the first sentence of all. And");
        listener.source();
        Scene.await(() -> synthesis.attempt().isResting()); // the piece was acknowledged
        return listener;
    }

    @Test
    void socketDiesBetweenTwoPieces_turnGoesOnWithoutLossOrRepetition() {
        Scene.Listener listener = betweenTwoPieces();
        scene.emulator.cutAtMessage(1);
        text.append(" this is the second one. Third");
        text.finish();

        assertThat(listener.heard()).isEqualTo("This is the first sentence of all. And this is the second one. Third");
        assertThat(scene.emulator.received()).hasSize(2);
    }

    @Test
    void socketDiesAndTheOneInItsPlaceToo_isReported() {
        Scene.Listener listener = betweenTwoPieces();
        scene.emulator.next(Fault.cutAfter(0), Fault.cutAfter(0));
        text.append(" this is the second one.");
        text.finish();

        assertThat(listener.failure().category()).isEqualTo(Category.TRUNCATED);
        assertThat(scene.emulator.received()).hasSize(2);
    }

    @Test
    void socket_tooOldInTheMiddleOfATurn_isReplacedBehindIt() {
        Synthesis synthesis = scene.synthesis(text);
        Scene.Listener listener = scene.listen(synthesis);
        var all = new StringBuilder();
        while (scene.time.elapsed().compareTo(PoolLimits.AGE) <= 0) {
            int flushes = (int) flushes(scene);
            all.append("One sentence, and then another one. ");
            text.append("One sentence, and then another one. ");
            text.flush();
            Scene.await(() -> flushes(scene) > flushes && synthesis.attempt().isResting());
            scene.time.advance(Duration.ofMinutes(4));
        }
        text.finish();

        assertThat(listener.heard()).isEqualTo(all.toString().strip());
        assertThat(scene.emulator.received()).hasSize(1);
        assertThat(scene.say("Two.")).isEqualTo("Two.");
        assertThat(scene.emulator.received()).hasSize(2);
    }

    @Test
    void idleSocket_acknowledgementsAllHaveTheSameNumber_isKept() {
        try (var other = new Scene(builder -> builder, DeepgramEmulator.Builder::countsNothing)) {
            other.say("One.");
            other.idle(5);
            assertThat(other.say("Two.")).isEqualTo("Two.");
            assertThat(other.emulator.received()).hasSize(1);
            other.closeInOrder();
        }
    }

    @Test
    void idleSocket_serverNeverAnswersAClearOfNothing_isKept() {
        try (var silent = new Scene(builder -> builder, DeepgramEmulator.Builder::ignoresIdle)) {
            silent.say("One.");
            silent.idleUnanswered(5);
            assertThat(silent.say("Two.")).isEqualTo("Two.");
            assertThat(silent.emulator.received()).hasSize(1);
            silent.closeInOrder();
        }
    }

    @Test
    void idleSocket_givesASignOfLifeNoMore_isClosed() {
        scene.say("One.");
        scene.idle(1);
        scene.emulator.next(Fault.neverQuiet());
        scene.say("Two.");
        scene.time.advance(Scene.CHECK_INTERVAL);
        Scene.await(() -> scene.told(0).size() == 6);
        assertThat(scene.emulator.openSockets()).isEqualTo(1);
        scene.time.advance(Duration.ofMillis(1_500));
        Scene.await(() -> scene.emulator.openSockets() == 0);
    }

    @Test
    void turn_whileASignOfLifeIsAwaited_takesThatSocketAtOnce() {
        try (var silent = new Scene(builder -> builder, DeepgramEmulator.Builder::ignoresIdle)) {
            silent.say("One.");
            silent.time.advance(Scene.CHECK_INTERVAL);

            assertThat(silent.say("Two.")).isEqualTo("Two.");
            assertThat(silent.told(0)).containsExactly(speak("One."), FLUSH, CLEAR, speak("Two."), FLUSH);
            assertThat(silent.emulator.received()).hasSize(1);
            silent.closeInOrder();
        }
    }

    @Test
    void close_whileASignOfLifeIsAwaited_sendsNoSecondClear() {
        try (var silent = new Scene(builder -> builder, DeepgramEmulator.Builder::ignoresIdle)) {
            silent.say("One.");
            silent.time.advance(Scene.CHECK_INTERVAL);
            Synthesis synthesis = silent.synthesis(text);
            Scene.Listener listener = silent.listen(synthesis);
            text.append("Words that ");
            Scene.await(() -> silent.told(0).size() == 4);
            synthesis.cancellation().cancel();
            listener.failure();

            Scene.await(() -> silent.emulator.openSockets() == 0);
            assertThat(silent.told(0)).filteredOn(CLEAR::equals).hasSize(1);
            assertThat(silent.say("Two.")).isEqualTo("Two.");
            silent.closeInOrder();
        }
    }

    @Test
    void flushSeeminglyIgnored_isNotSentAgainOnceItWasAcknowledged() {
        scene.emulator.next(Fault.warn("FLUSH_RATE_HIGH"), Fault.noEnd());
        Synthesis synthesis = scene.synthesis(text);
        Scene.Listener listener = scene.listen(synthesis);
        text.append("This is the first sentence of all. ");
        text.flush();
        Scene.await(() -> flushes(scene) == 1 && synthesis.attempt().isResting());
        text.append("This is the second one. ");
        text.flush();
        Scene.await(() -> flushes(scene) == 2);
        scene.time.advance(Duration.ofSeconds(11));
        synthesis.cancellation().cancel();
        listener.failure();

        assertThat(flushes(scene)).isEqualTo(2);
    }

    @Test
    void flushIgnoredByTheServer_isSentAgain() {
        scene.emulator.next(Fault.ignoredFlush());

        assertThat(scene.sayWhileResting(scene.synthesis("Your table is ready.")))
                .isEqualTo("Your table is ready.");

        assertThat(flushes(scene)).isEqualTo(2);
    }
}
