// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechListener.Outcome;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.speech.SpokenText;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The listener breaks in, and what was heard until then. */
class SessionInterruptTest extends SessionFixture {
    // --- interrupting

    @ParameterizedTest
    @EnumSource
    void interrupt_whileSpeaking_endsTheAudioAndGoesOnWithTheNextTurn(Way way) {
        FakeBackend fake = way.backend().build();
        SpeechSession session = open(fake);
        session.write("A long story, which nobody wants to hear. And more of it. ");
        AudioStream audio = session.audio();
        audio.read();

        session.interrupt();
        session.interrupt();

        assertThat(categoryOf(audio::read)).isEqualTo(Category.CANCELLED);
        session.write("Sorry!");
        session.finish();
        assertThat(session.audio().toBytes()).isEqualTo(audioOf("Sorry!"));
        assertThat(ended()).extracting(end -> end.outcome()).containsExactly(Outcome.CANCELLED, Outcome.COMPLETE);
        fake.awaitReleased();
    }

    @ParameterizedTest
    @EnumSource
    void interrupt_readerWaitsForAudio_endsTheRead(Way way) throws Exception {
        FakeBackend fake = way.backend().behaviour(Behaviour.hang()).build();
        SpeechSession session = open(fake);
        AudioStream audio = session.audio();
        CompletableFuture<Category> read = CompletableFuture.supplyAsync(() -> categoryOf(audio::read), threads);
        session.write("Hello there. And so on");
        fake.awaitCalls(1);

        session.interrupt();

        assertThat(on(read)).isEqualTo(Category.CANCELLED);
        fake.awaitReleased();
    }

    @Test
    void interrupt_readerWaitsForTheNextTurn_waitsOn() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        CompletableFuture<byte[]> heard = reading(session.audio());

        session.interrupt();
        session.write("Here.");
        session.finish();

        assertThat(on(heard)).isEqualTo(audioOf("Here."));
    }

    @Test
    void interrupt_severalTurnsWritten_dropsAllOfThem() {
        FakeBackend fake = Way.SEGMENTED.backend().build();
        SpeechSession session = open(fake);
        session.write("One.");
        session.finish();
        session.write("Two.");
        session.interrupt();
        session.write("Three.");
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf("Three."));
        fake.awaitReleased();
    }

    @Test
    void interrupt_audioMadeAhead_isInTheReport() {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        session.write("One sentence of the answer. Another sentence of the answer. And so on.");
        AudioStream audio = session.audio();
        audio.read();

        session.interrupt();

        assertThat(audio.report().audioUndelivered()).isPositive().isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @EnumSource
    void interrupt_insideAChunk_dropsTheRestOfIt(Way way) throws IOException {
        SpeechSession session = open(way.backend().build());
        session.write("A long story, which nobody wants to hear.");
        session.finish();
        AudioStream audio = session.audio();
        InputStream in = audio.asInputStream();
        in.read();
        Iterator<AudioChunk> chunks = audio.iterator();
        assertThat(chunks.hasNext()).isTrue();

        session.interrupt();

        assertThatThrownBy(in::read)
                .isInstanceOf(IOException.class)
                .cause()
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.CANCELLED));
        assertThat(categoryOf(chunks::next)).isEqualTo(Category.CANCELLED);
    }

    /** A source that notices nothing, and gives its second chunk only when it is told to. */
    private static final class LateSource extends DelegatingSource {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch told = new CountDownLatch(1);
        private boolean isFirst = true;

        LateSource(AudioSource delegate) {
            super(delegate);
        }

        @Override
        public @Nullable AudioChunk read() {
            AudioChunk chunk = super.read();
            if (!isFirst) {
                asked.countDown();
                awaitForSure(told);
            }
            isFirst = false;
            return chunk;
        }
    }

    private static void awaitForSure(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Test
    void interrupt_chunkComesLate_isNotDelivered() throws Exception {
        var late = new CompletableFuture<LateSource>();
        TtsBackend backend = new DelegatingBackend(Way.SEGMENTED.backend().build()) {
            @Override
            public AudioSource stream(Synthesis synthesis) {
                late.complete(new LateSource(super.stream(synthesis)));
                return late.join();
            }
        };
        SpeechSession session = open(client(backend));
        session.write("A long story, which nobody wants to hear.");
        session.finish();
        AudioStream audio = session.audio();
        int first = Objects.requireNonNull(audio.read()).size();
        CompletableFuture<Category> read = CompletableFuture.supplyAsync(() -> categoryOf(audio::read), threads);
        on(late).asked.await();

        session.interrupt();
        late.join().told.countDown();

        assertThat(on(read)).isEqualTo(Category.CANCELLED);
        assertThat(session.spokenUpTo(Duration.ofDays(1)))
                .as("what came late does not count")
                .isEqualTo(session.spokenUpTo(FORMAT.durationOf(first)));
    }

    @ParameterizedTest
    @EnumSource
    void interrupt_againAndAgain_isNoFailureForTheBreaker(Way way) {
        SpeechSession session = open(way.backend().build());
        for (int i = 0; i < 50; i++) {
            session.write("A long story, which nobody wants to hear. And more of it. ");
            session.audio().read();
            session.interrupt();
        }

        session.write("Sorry!");
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf("Sorry!"));
    }

    // --- what was heard

    private static SpokenText spoken(SpeechSession session, long millis) {
        return session.spokenUpTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @EnumSource
    void spokenUpTo_compressedAudio_isGuessedFromThePaceOfTheVoice(Way way) {
        AudioFormat mp3 = new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1);
        SpeechSession session = open(way.backend(mp3).build());
        session.write("One two three. Four five six.");
        session.finish();
        session.audio().toBytes();

        assertThat(spoken(session, 0)).isEqualTo(new SpokenText("One two three. Four five six.", 0, false));
        assertThat(spoken(session, 1_000).text()).as("15 chars a second").isEqualTo("One two three.");
        assertThat(spoken(session, 1_000).isEstimate()).isTrue();
        assertThat(spoken(session, 60_000).rest()).isEmpty();
        assertThat(spoken(session, 60_000).isEstimate()).isTrue();
    }

    @Test
    void spokenUpTo_piecesWithoutTimes_isExactAtTheirEndsAndGuessedBetween() {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        session.write("**One** sentence of it. Another one of it.");
        session.finish();
        session.audio().toBytes();
        Duration firstPiece = FORMAT.durationOf(audioOf("One sentence of it.").length);

        SpokenText atItsEnd = session.spokenUpTo(firstPiece);
        SpokenText inIt = session.spokenUpTo(firstPiece.dividedBy(2));
        SpokenText behindIt = session.spokenUpTo(firstPiece.plusMillis(1));

        assertThat(atItsEnd.text().strip()).isEqualTo("**One** sentence of it.");
        assertThat(atItsEnd.isEstimate()).isFalse();
        assertThat(inIt.text()).startsWith("**One**").hasSizeLessThan(atItsEnd.end());
        assertThat(inIt.isEstimate()).isTrue();
        assertThat(behindIt.text()).startsWith(atItsEnd.text());
        assertThat(behindIt.isEstimate()).isTrue();
        assertThat(session.spokenUpTo(Duration.ofDays(1)).rest()).isEmpty();
    }
}
