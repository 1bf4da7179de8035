// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.TtsClient;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.text.TextPreparation;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Text that is written while it is spoken, through the layers: whole, in order, and silent at once when the listener speaks. */
abstract class SessionConformance extends FailureConformance {
    private static final int APPENDS = 100;
    private static final SpeechOptions AS_WRITTEN =
            SpeechOptions.builder().textPreparation(TextPreparation.off()).build();

    /** A session over a backend of its own, and what passed through. */
    private record Talk(TappedBackend backend, TtsClient client, SpeechSession session) implements AutoCloseable {
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

    private Running<byte[]> hearing(Talk talk) {
        AudioStream audio = talk.session().audio();
        return start("reading a turn", () -> hear(audio));
    }

    private static byte[] hear(AudioStream audio) {
        var bytes = new ByteArrayOutputStream();
        for (AudioChunk chunk = audio.read(); chunk != null; chunk = audio.read()) {
            bytes.writeBytes(copy(chunk));
        }
        return bytes.toByteArray();
    }

    private static void writeCharByChar(SpeechSession session, String text) {
        for (int i = 0; i < text.length(); i++) {
            session.write(text.substring(i, i + 1));
        }
    }

    /** The latest pieces that passed are {@code text}, and {@code audio} is what they sound like. */
    private static void assertSpoken(Talk talk, String text, byte[] audio, int piecesBefore) {
        List<TappedBackend.Piece> pieces = talk.backend().pieces();
        // Two may have been asked for at once: what counts is the order in which they are heard.
        List<TappedBackend.Piece> own = pieces.subList(piecesBefore, pieces.size()).stream()
                .sorted(Comparator.comparingInt(piece -> text.indexOf(piece.text())))
                .toList();
        var spoken = new StringBuilder();
        own.forEach(piece -> spoken.append(piece.text()));
        assertThat(spoken.toString().replaceAll("\\s", ""))
                .as("the text of %d pieces, which is what was written, each char once and in order", own.size())
                .isEqualTo(text.replaceAll("\\s", ""));
        PieceOrder.assertInOrder(
                "the audio of the turn", audio, own, talk.backend().capabilities());
    }

    private String turn() {
        return String.join(" ", texts().subList(0, Math.min(texts().size(), 3)));
    }

    @Test
    protected void session_hundredAppendsOfOneChar_areSpokenInOrder() {
        try (Talk talk = Talk.over(open(), AS_WRITTEN)) {
            String text = longText().substring(0, APPENDS);
            Running<byte[]> hearing = hearing(talk);
            writeCharByChar(talk.session(), text);
            talk.session().finish();
            assertSpoken(talk, text, hearing.await(), 0);
        }
    }

    @Test
    protected void session_unicodeSplitEverywhere_isPutTogether() {
        try (Talk talk = Talk.over(open(), SpeechOptions.none())) {
            Running<byte[]> hearing = hearing(talk);
            writeCharByChar(talk.session(), "\uD83D\uDE00 **" + shortText() + "** \uD83D\uDE80");
            talk.session().finish();
            assertSpoken(talk, shortText(), hearing.await(), 0);
        }
    }

    @Test
    protected void session_twoInterleaved_neverMix() {
        TtsBackend backend = open();
        try (Talk one = Talk.over(backend, AS_WRITTEN);
                Talk other = Talk.over(backend, AS_WRITTEN)) {
            String first = texts().get(0) + " " + texts().get(1);
            String second = texts().get(1) + " " + texts().get(0);
            Running<byte[]> hearingOne = hearing(one);
            Running<byte[]> hearingOther = hearing(other);
            for (int i = 0; i < Math.max(first.length(), second.length()); i++) {
                if (i < first.length()) {
                    one.session().write(first.substring(i, i + 1));
                }
                if (i < second.length()) {
                    other.session().write(second.substring(i, i + 1));
                }
            }
            one.session().finish();
            other.session().finish();
            assertSpoken(one, first, hearingOne.await(), 0);
            assertSpoken(other, second, hearingOther.await(), 0);
        }
    }

    @Test
    protected void session_interruptedAtEachPhase_isSilentAndSpeaksAgain() {
        try (Talk talk = Talk.over(open(), AS_WRITTEN)) {
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
                session.interrupt();
                failure("read() of a turn that was interrupted once it was " + phase, audio::read, Category.CANCELLED);
            }
            int before = talk.backend().pieces().size();
            Running<byte[]> hearing = hearing(talk);
            session.write(shortText());
            session.finish();
            byte[] audio = hearing.await();
            List<TappedBackend.Piece> pieces = talk.backend().pieces();
            assertThat(audio).as("the audio of the turn after all those").isNotEmpty();
            // One that was being made when it was interrupted may have come in late.
            assertThat(pieces.subList(before, pieces.size()))
                    .as("pieces that began to sound")
                    .anyMatch(piece -> piece.text().equals(shortText()));
        }
    }

    @Test
    protected void session_finishWithoutText_isSilence() {
        try (Talk talk = Talk.over(open(), AS_WRITTEN)) {
            Running<byte[]> hearing = hearing(talk);
            talk.session().finish();
            assertThat(hearing.await()).as("the audio of a turn without text").isEmpty();
            assertThat(talk.backend().pieces()).as("what the backend was asked").isEmpty();
        }
    }

    @Test
    protected void session_slowWriter_isHeardMeanwhile() {
        try (Talk talk = Talk.over(open(), AS_WRITTEN)) {
            AudioStream audio = talk.session().audio();
            var first = new CountDownLatch(1);
            Running<byte[]> hearing = start("reading a turn", () -> {
                var bytes = new ByteArrayOutputStream();
                for (AudioChunk chunk = audio.read(); chunk != null; chunk = audio.read()) {
                    bytes.writeBytes(copy(chunk));
                    first.countDown();
                }
                return bytes.toByteArray();
            });
            talk.session().write(texts().get(0) + " ");
            talk.session().flush();
            boolean isHeard =
                    bounded("the first sentence", () -> first.await(patience().toMillis(), TimeUnit.MILLISECONDS));
            assertThat(isHeard)
                    .as("whether the first sentence was heard before the second was written")
                    .isTrue();
            talk.session().write(texts().get(1));
            talk.session().finish();
            assertSpoken(talk, texts().get(0) + " " + texts().get(1), hearing.await(), 0);
        }
    }

    @Test
    protected void session_slowReader_getsEverything() {
        try (Talk talk = Talk.over(open(), AS_WRITTEN)) {
            String text = turn();
            var bytes = new ByteArrayOutputStream();
            AudioStream audio = talk.session().audio();
            talk.session().write(text.substring(0, text.length() / 2));
            talk.session().flush();
            bytes.writeBytes(copy(bounded("the first audio of a turn", audio::read)));
            talk.session().write(text.substring(text.length() / 2));
            talk.session().finish();
            bytes.writeBytes(bounded("the rest of a turn", () -> hear(audio)));
            assertSpoken(talk, text, bytes.toByteArray(), 0);
        }
    }

    @Test
    protected void session_readerLeaves_endsTheTurnAndNotTheSession() {
        try (Talk talk = Talk.over(open(), AS_WRITTEN)) {
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
            Running<byte[]> hearing = hearing(talk);
            talk.session().write(shortText());
            talk.session().finish();
            assertThat(hearing.await()).as("the audio of the next turn").isNotEmpty();
        }
    }
}
