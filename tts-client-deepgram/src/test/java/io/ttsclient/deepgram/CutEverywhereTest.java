// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.GrowingText;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.testkit.deepgram.AudibleText;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session of ten turns, over and over, whose socket is cut at each of its messages in turn. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CutEverywhereTest {
    private static final int TURNS = 10;
    private static final Duration FRAME = Duration.ofMillis(120);
    /** So that ten turns of two flushes stay within the allowance. */
    private static final Duration BETWEEN_TURNS = Duration.ofSeconds(7);

    private static List<String> turn(int number) {
        return List.of("This is turn number " + number + ", which goes", " on and ends here.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aura-2-thalia-en", "flux-haley-en"})
    void session_cutAtEachMessage_losesRepeatsAndReordersNothingUnreported(String voice) {
        int messages = session(voice, Integer.MAX_VALUE).messages();
        assertThat(messages).as("messages of a whole session").isGreaterThan(6 * TURNS);
        int reported = 0;
        for (int cut = 1; cut <= messages; cut++) {
            Session session = session(voice, cut);
            assertThat(session.failures())
                    .as("failures of turns, cut at %d", cut)
                    .isLessThanOrEqualTo(1);
            reported += session.failures();
        }
        assertThat(reported).as("cuts that no replacement could hide").isBetween(1, messages - 1);
    }

    private record Session(int messages, int failures) {}

    private static Session session(String voice, int cut) {
        try (var scene = new Scene(builder -> builder.model(voice), emulator -> emulator.frame(FRAME))) {
            scene.emulator.cutAtMessage(cut);
            int failures = 0;
            for (int turn = 0; turn < TURNS; turn++) {
                scene.time.advance(BETWEEN_TURNS);
                failures += isHeard(scene, turn(turn), cut) ? 0 : 1;
            }
            int messages = scene.emulator.messages();
            scene.closeInOrder();
            return new Session(messages, failures);
        }
    }

    /** Whether a turn is heard whole; where it is not, it has failed, and what was heard is how it begins. */
    private static boolean isHeard(Scene scene, List<String> deltas, int cut) {
        var text = new GrowingText();
        String whole = String.join("", deltas);
        var heard = new ByteArrayOutputStream();
        Synthesis synthesis = scene.synthesis(text);
        text.append(deltas.get(0)); // enough for a first piece
        try (AudioSource source = scene.deepgram.stream(synthesis)) {
            text.append(deltas.get(1));
            text.finish();
            for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
                byte[] bytes = new byte[chunk.size()];
                chunk.bytes().get(bytes);
                heard.writeBytes(bytes);
            }
            assertThat(AudibleText.decode(heard.toByteArray(), source.format()))
                    .as("a turn, cut at %d", cut)
                    .isEqualTo(whole);
            return true;
        } catch (TtsException e) {
            int charBytes = (int) Formats.DEFAULT.bytesIn(Duration.ofSeconds(1)) / 160;
            int whole160 = heard.size() / charBytes * charBytes;
            String begun = AudibleText.decode(Arrays.copyOf(heard.toByteArray(), whole160), Formats.DEFAULT);
            assertThat(whole)
                    .as("what was heard is its beginning, cut at %d", cut)
                    .startsWith(begun);
            return false;
        }
    }
}
