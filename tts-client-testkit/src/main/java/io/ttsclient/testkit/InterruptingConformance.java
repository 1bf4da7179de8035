// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechSession;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a listener breaks into a session: silence at once, at any moment, and the next turn as if nothing had been. */
abstract class InterruptingConformance extends SessionConformance {
    /** In chars: a session holds 64 KiB of text, and a backend takes up what little it speaks next. */
    private static final int MORE_THAN_IS_TAKEN = 100_000;

    private static final Duration A_MOMENT = Duration.ofMillis(20);

    @Test
    protected void session_interruptedAtEachPhase_isSilentAndSpeaksAgain() {
        try (Talk talk = Talk.over(open())) {
            SpeechSession session = talk.session();
            for (String phase : List.of("written", "finished", "heard", "heard and finished")) {
                AudioStream audio = session.audio();
                session.write(turn() + " ");
                if (phase.startsWith("heard")) {
                    bounded("the first audio of a turn", audio::read);
                }
                if (phase.endsWith("finished")) {
                    session.finish();
                }
                interrupt(session);
                failure("read() of a turn that was interrupted once it was " + phase, audio::read, Category.CANCELLED);
            }
            assertSpeaks(talk, hearing(session));
        }
    }

    private void interrupt(SpeechSession session) {
        bounded("interrupt() of a session", () -> {
            session.interrupt();
            return true;
        });
    }

    /** The session has no turn but the one that {@code next} reads, and speaks it. */
    private void assertSpeaks(Talk talk, Hearing next) {
        talk.session().write(shortText());
        talk.session().finish();
        assertSpoken(talk, shortText(), next);
    }

    @Test
    protected void session_interruptedWithoutATurn_speaksTheNext() {
        try (Talk talk = Talk.over(open())) {
            Hearing first = hearing(talk.session());
            interrupt(talk.session()); // nothing is written
            assertSpeaks(talk, first);
            interrupt(talk.session()); // the turn is over
            assertSpeaks(talk, hearing(talk.session()));
        }
    }

    @Test
    protected void session_interruptedWhileReadWaits_endsTheRead() {
        var engines = new LinkedHashMap<>(silentBackends());
        stallingBackend().ifPresent(backend -> engines.put("stallingBackend()", closedLater(backend)));
        engines.put("backend(), whose text is not finished", open());
        engines.forEach((name, backend) -> {
            try (Talk talk = Talk.over(backend)) {
                Hearing hearing = hearing(talk.session());
                talk.session().write(turn() + " ");
                bounded("what a turn asks of " + name, () -> {
                    talk.backend().awaitAsked();
                    return true;
                });
                hearing.bytes().endsWithin(A_MOMENT);
                interrupt(talk.session());
                failure("read() of a turn of " + name + ", interrupted", hearing.bytes(), Category.CANCELLED);
            }
        });
    }

    @Test
    protected void session_interruptedWhileWriteWaits_endsTheWrite() {
        TtsBackend backend = open();
        try (Talk talk = Talk.over(backend)) {
            AudioStream audio = talk.session().audio();
            String text = (longText() + " ")
                    .repeat(1 + MORE_THAN_IS_TAKEN / longText().length());
            Running<Boolean> writing = start("write() of more text than is taken up", () -> {
                talk.session().write(text);
                return true;
            });
            bounded("the first audio of a turn", audio::read);
            interrupt(talk.session());
            if (backend.capabilities().growingText()) {
                failureIfAny(
                        "write() of a turn that was interrupted", writing, Category.CANCELLED); // it may take it all
            } else {
                failure("write() of a turn that was interrupted", writing, Category.CANCELLED);
            }
            failure("read() of a turn that was interrupted", audio::read, Category.CANCELLED);
            assertSpeaks(talk, hearing(talk.session()));
        }
    }

    @Test
    protected void session_readerLeaves_endsTheTurnAndNotTheSession() {
        try (Talk talk = Talk.over(open())) {
            AudioStream left = talk.session().audio();
            talk.session().write(turn() + " ");
            bounded("the first audio of a turn", left::read);
            bounded("close() of the audio", () -> {
                left.close();
                return true;
            });
            failure(
                    "write() to a turn whose reader has left",
                    () -> {
                        talk.session().write("more");
                        return true;
                    },
                    Category.CANCELLED);
            talk.session().finish();
            assertSpeaks(talk, hearing(talk.session()));
        }
    }
}
