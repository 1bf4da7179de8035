// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.TtsClient;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.text.TextPreparation;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Text that is written while it is spoken, through the layers: each turn whole, in order, and by itself. */
abstract class SessionConformance extends FailureConformance {
    private static final int APPENDS = 100;
    private static final long SLOW_NANOS = 2_000_000; // after each chunk
    private static final SpeechOptions AS_WRITTEN =
            SpeechOptions.builder().textPreparation(TextPreparation.off()).build();

    /** A session over a backend of its own, and what passed through. */
    record Talk(TappedBackend backend, TtsClient client, SpeechSession session) implements AutoCloseable {
        static Talk over(TtsBackend backend) {
            return over(backend, AS_WRITTEN);
        }

        static Talk over(TtsBackend backend, SpeechOptions options) {
            var tapped = new TappedBackend(backend);
            TtsClient client = TtsClient.of(tapped);
            return new Talk(tapped, client, client.open(options));
        }

        @Override
        public void close() {
            session.close();
            client.close();
        }
    }

    /** A turn that is being read. */
    record Hearing(AudioStream audio, Running<byte[]> bytes) {
        String requestId() {
            return audio.report().requestId();
        }
    }

    final Hearing hearing(SpeechSession session) {
        return hearing(session.audio(), 0);
    }

    /** Reads on a thread of its own, which pauses so long after each chunk. */
    private Hearing hearing(AudioStream audio, long pauseNanos) {
        return new Hearing(audio, start("reading a turn", () -> {
            var bytes = new ByteArrayOutputStream();
            for (AudioChunk chunk = audio.read(); chunk != null; chunk = audio.read()) {
                bytes.writeBytes(copy(chunk));
                LockSupport.parkNanos(pauseNanos);
            }
            return bytes.toByteArray();
        }));
    }

    private static void writeCharByChar(SpeechSession session, String text) {
        for (int i = 0; i < text.length(); i++) {
            session.write(text.substring(i, i + 1));
        }
    }

    /** The pieces of the turn are {@code text}, and its audio is what they sound like, which is what each sounds like alone. */
    final void assertSpoken(Talk talk, String text, Hearing turn) {
        byte[] audio = turn.bytes().await();
        // Two may have been asked for at once: what counts is the order in which they are heard.
        List<TappedBackend.Piece> own = talk.backend().pieces().stream()
                .filter(piece -> piece.requestId().equals(turn.requestId()))
                .sorted(Comparator.comparingInt(piece -> text.indexOf(piece.text())))
                .toList();
        var spoken = new StringBuilder();
        own.forEach(piece -> spoken.append(piece.text()));
        assertThat(spoken.toString().replaceAll("\\s", ""))
                .as("the text of %d pieces, which is what was written, each char once and in order", own.size())
                .isEqualTo(text.replaceAll("\\s", ""));
        PieceOrder.assertInOrder(
                "the audio of the turn", audio, own, talk.backend().capabilities());
        if (deterministic()) {
            own.forEach(piece -> assertSoundsAsAlone(piece, talk.backend()));
        }
    }

    private void assertSoundsAsAlone(TappedBackend.Piece piece, TtsBackend backend) {
        assertThat(Arrays.equals(piece.bytes(), speak(backend, synthesis(piece.text()))))
                .as(
                        "whether a piece of %d chars sounds in a session as its text sounds alone",
                        piece.text().length())
                .isTrue();
    }

    final String turn() {
        return String.join(" ", texts().subList(0, Math.min(texts().size(), 3)));
    }

    @Test
    protected void session_hundredAppendsOfOneChar_areSpokenInOrder() {
        try (Talk talk = Talk.over(open())) {
            String text = longText().substring(0, APPENDS);
            Hearing hearing = hearing(talk.session());
            writeCharByChar(talk.session(), text);
            talk.session().finish();
            assertSpoken(talk, text, hearing);
        }
    }

    @Test
    protected void session_unicodeSplitEverywhere_isPutTogether() {
        try (Talk talk = Talk.over(open(), SpeechOptions.none())) {
            Hearing hearing = hearing(talk.session());
            writeCharByChar(talk.session(), "\uD83D\uDE00 **" + shortText() + "** \uD83D\uDE80");
            talk.session().finish();
            assertSpoken(talk, shortText(), hearing);
        }
    }

    @Test
    protected void session_lettersSplitEverywhere_areWholeInEachPiece() {
        try (Talk talk = Talk.over(open())) {
            String text = "Re\u0301sume\u0301 \uD840\uDC00\uD840\uDC01, " + turn();
            Hearing hearing = hearing(talk.session());
            TtsException refused = failureIfAny(
                    "speaking letters that were written by half",
                    () -> {
                        writeCharByChar(talk.session(), text);
                        talk.session().finish();
                        return hearing.bytes().await();
                    },
                    Category.INVALID_REQUEST);
            assertThat(talk.backend().pieces())
                    .as("pieces of a text whose letters were written by half")
                    .noneMatch(SessionConformance::isTorn);
            if (refused == null) {
                assertSpoken(talk, text, hearing);
            }
        }
    }

    private static boolean isTorn(TappedBackend.Piece piece) {
        String text = piece.text();
        int first = Character.getType(text.codePointAt(0));
        return first == Character.SURROGATE
                || first == Character.NON_SPACING_MARK
                || Character.isHighSurrogate(text.charAt(text.length() - 1));
    }

    @Test
    protected void session_twoInterleaved_neverMix() {
        try (Talk talk = Talk.over(open());
                SpeechSession other = talk.client().open(AS_WRITTEN)) {
            String first = texts().get(0) + " " + texts().get(1);
            String second = texts().get(1) + " " + texts().get(0);
            Hearing hearingFirst = hearing(talk.session());
            Hearing hearingSecond = hearing(other);
            for (int i = 0; i < first.length(); i++) { // one is as long as the other
                talk.session().write(first.substring(i, i + 1));
                other.write(second.substring(i, i + 1));
            }
            talk.session().finish();
            other.finish();
            assertSpoken(talk, first, hearingFirst);
            assertSpoken(talk, second, hearingSecond);
        }
    }

    @Test
    protected void session_finishWithoutText_isSilence() {
        try (Talk talk = Talk.over(open())) {
            Hearing hearing = hearing(talk.session());
            talk.session().finish();
            assertThat(hearing.bytes().await())
                    .as("the audio of a turn without text")
                    .isEmpty();
            assertThat(talk.backend().pieces()).as("what the backend was asked").isEmpty();
        }
    }

    @Test
    protected void session_slowWriter_isHeardMeanwhile() {
        try (Talk talk = Talk.over(open())) {
            AudioStream audio = talk.session().audio();
            talk.session().write(texts().get(0) + " ");
            talk.session().flush();
            byte[] first = copy(bounded("the first sentence, before the second is written", audio::read));
            talk.session().write(texts().get(1));
            talk.session().finish();
            assertSpoken(talk, texts().get(0) + " " + texts().get(1), after(first, hearing(audio, 0)));
        }
    }

    /** The rest of a turn, with what was read of it before. */
    private Hearing after(byte[] first, Hearing rest) {
        return new Hearing(rest.audio(), start("reading a turn", () -> {
            byte[] next = rest.bytes().await();
            return ByteBuffer.allocate(first.length + next.length)
                    .put(first)
                    .put(next)
                    .array();
        }));
    }

    @Test
    protected void session_slowReader_getsEverything() {
        try (Talk talk = Talk.over(open())) {
            AudioStream audio = talk.session().audio();
            talk.session().write(turn());
            talk.session().finish();
            assertSpoken(talk, turn(), hearing(audio, SLOW_NANOS));
        }
    }
}
