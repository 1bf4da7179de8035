// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.doubles.RecordingListener;
import io.ttsclient.error.Category;
import io.ttsclient.error.DeliveredText;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.layer.SegmentingPolicy;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechListener;
import io.ttsclient.speech.SpeechListener.Outcome;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.speech.SpokenText;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.FakeCall;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.text.SegmentLimits;
import io.ttsclient.text.TextPreparation;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@ExtendWith(LeakCheck.class)
class SpeechSessionTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(16_000);

    private final VirtualTime time = new VirtualTime();
    private final RecordingListener listener = new RecordingListener();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<TtsClient> clients = new ArrayList<>();

    /** How the backend takes a text that grows. */
    enum Way {
        NATIVE,
        SEGMENTED;

        FakeBackend.Builder backend() {
            return backend(FORMAT);
        }

        FakeBackend.Builder backend(AudioFormat format) {
            FakeBackend.Builder builder = FakeBackend.builder("fake", format);
            return this == NATIVE ? builder.growingText() : builder.segmentLimits(SegmentLimits.sentences());
        }
    }

    @AfterEach
    void close() {
        clients.forEach(TtsClient::close);
        threads.shutdownNow();
    }

    private TtsClientBuilder client(TtsBackend backend) {
        return TtsClient.builder()
                .backend(backend)
                .timeSource(time)
                .executor(threads)
                .listener(listener)
                .retry(RetryPolicy.none());
    }

    private SpeechSession open(TtsClientBuilder builder) {
        TtsClient client = builder.build();
        clients.add(client);
        return client.open(SpeechOptions.none());
    }

    private SpeechSession open(FakeBackend backend) {
        return open(client(backend));
    }

    private List<SpeechListener.Ended> ended() {
        return listener.events(SpeechListener.Ended.class);
    }

    private static byte[] audioOf(String text) {
        return FakeBackend.audioOf(text, FORMAT);
    }

    private CompletableFuture<byte[]> reading(AudioStream audio) {
        return CompletableFuture.supplyAsync(audio::toBytes, threads);
    }

    private static <T> T on(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private static Category categoryOf(Runnable action) {
        TtsException failure = catchThrowableOfType(TtsException.class, action::run);
        assertThat(failure).as("a failure").isNotNull();
        return failure.category();
    }

    // --- writing and hearing

    @ParameterizedTest
    @EnumSource
    void write_tokenByToken_isHeardWholeAndInOrder(Way way) throws Exception {
        FakeBackend fake = way.backend().build();
        SpeechSession session = open(fake);
        CompletableFuture<byte[]> heard = reading(session.audio());

        for (String token : List.of("Well", ",", " that", " is", " it", ".", " And", " more", " to", " come", ".")) {
            session.write(token);
        }
        session.finish();

        assertThat(on(heard)).isEqualTo(audioOf("Well, that is it. And more to come."));
        fake.awaitReleased();
    }

    @ParameterizedTest
    @EnumSource
    void write_allBeforeAnybodyReads_isHeard(Way way) {
        SpeechSession session = open(way.backend().build());

        session.write("First. Second. ");
        session.write("Third.");
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf("First. Second. Third."));
    }

    @ParameterizedTest
    @EnumSource
    void write_afterFinish_isTheNextTurn(Way way) {
        SpeechSession session = open(way.backend().build());
        session.write("One.");
        session.finish();
        session.write("Two.");
        session.finish();

        AudioStream first = session.audio();
        assertThat(session.audio()).as("asked for again").isSameAs(first);
        assertThat(first.toBytes()).isEqualTo(audioOf("One."));
        AudioStream second = session.audio();
        assertThat(second.toBytes()).isEqualTo(audioOf("Two."));
        assertThat(first.report().requestId()).isNotEqualTo(second.report().requestId());
        assertThat(ended()).extracting(end -> end.outcome()).containsOnly(Outcome.COMPLETE);
        assertThat(ended().get(0).report().characters()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void write_firstClause_isSpokenBeforeTheSentenceIsWritten(Way way) throws Exception {
        SpeechSession session = open(way.backend().build());
        AudioStream audio = session.audio();
        CompletableFuture<AudioChunk> first = CompletableFuture.supplyAsync(audio::read, threads);

        session.write("Sure, I can help with that");
        session.write(",");

        assertThat(on(first)).isNotNull();
        session.close();
    }

    @Test
    void write_wordsWithoutAClause_areSpokenWhenTheWriterPauses() throws Exception {
        FakeBackend fake = Way.SEGMENTED.backend().build();
        SpeechSession session = open(fake);
        AudioStream audio = session.audio();
        CompletableFuture<AudioChunk> first = CompletableFuture.supplyAsync(audio::read, threads);
        session.write("Let me think ab");
        time.awaitScheduled(1);

        time.advance(Duration.ofSeconds(1));

        assertThat(on(first)).isNotNull();
        assertThat(fake.awaitCalls(1).get(0).text()).isEqualTo("Let me think");
        session.write("out it.");
        session.finish();
        assertThat(audio.toBytes().length)
                .isEqualTo(
                        audioOf("Let me think about it.").length - first.join().size());
    }

    @ParameterizedTest
    @EnumSource
    void flush_halfASentence_isSpoken(Way way) throws Exception {
        SpeechSession session = open(way.backend().build());
        AudioStream audio = session.audio();
        CompletableFuture<AudioChunk> first = CompletableFuture.supplyAsync(audio::read, threads);
        session.write("Hm");
        session.flush();

        assertThat(on(first)).isNotNull();
        session.write(", yes.");
        session.finish();
        audio.toBytes();
        assertThat(audio.report().audioDuration()).isEqualTo(FORMAT.durationOf(audioOf("Hm, yes.").length));
    }

    @Test
    void write_markdown_isSpokenWithoutItsSigns() {
        FakeBackend fake = Way.SEGMENTED.backend().build();
        SpeechSession session = open(fake);
        for (String token : List.of("This is *", "*very", " good", "** news", ".", " \uD83D", "\uDE00")) {
            session.write(token);
        }
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf("This is very good news."));
    }

    @ParameterizedTest
    @EnumSource
    void write_charByCharWithoutPreparation_tearsNothing(Way way) {
        FakeBackend fake = way.backend().build();
        TtsClient client = client(fake).build();
        clients.add(client);
        SpeechSession session = client.open(
                SpeechOptions.builder().textPreparation(TextPreparation.off()).build());
        String text = "Tre\u0301s bien, he\u0301. \ud840\udc00\ud840\udc01\ud840\udc02. Et voila\u0300. \ud840\udc00!";
        for (int i = 0; i < text.length(); i++) {
            session.write(text.substring(i, i + 1));
        }
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf(text));
        assertThat(fake.calls()).hasSizeGreaterThan(way == Way.NATIVE ? 0 : 2).allSatisfy(call -> {
            int first = call.text().codePointAt(0);
            assertThat(Character.getType(first)).isNotIn((int) Character.SURROGATE, (int) Character.NON_SPACING_MARK);
            assertThat(Character.isHighSurrogate(call.text().charAt(call.text().length() - 1)))
                    .isFalse();
        });
    }

    @Test
    void read_textFarAhead_onlySoMuchIsMadeAsMayBeAhead() {
        FakeBackend fake = Way.SEGMENTED.backend().build();
        SpeechSession session = open(client(fake)
                .segmenting(SegmentingPolicy.defaults().withWindow(8).withAhead(Duration.ofSeconds(3))));
        session.write("Twenty chars to say. ".repeat(30));
        session.finish();
        AudioStream audio = session.audio();

        audio.read();
        assertThat(fake.awaitCalls(2).stream()
                        .mapToInt(call -> call.text().length())
                        .sum())
                .as("3 s of 15 chars")
                .isLessThanOrEqualTo(45);
        for (int read = 0; read <= audioOf("Twenty chars to say.").length; ) {
            read += Objects.requireNonNull(audio.read()).size();
        }
        fake.awaitCalls(3);
        session.interrupt();

        assertThat(audio.report().audioUndelivered()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(fake.calls()).hasSizeLessThan(30);
    }

    // --- nothing to say

    @ParameterizedTest
    @EnumSource
    void finish_withoutText_isSilence(Way way) {
        FakeBackend fake = way.backend().build();
        SpeechSession session = open(fake);

        session.finish();

        AudioStream audio = session.audio();
        assertThat(audio.format()).isEqualTo(FORMAT);
        assertThat(audio.read()).isNull();
        assertThat(fake.calls()).isEmpty();
        assertThat(ended()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void finish_nothingToPronounce_isSilence(Way way) {
        FakeBackend fake = way.backend().build();
        SpeechSession session = open(fake);

        session.write(" ...\n\n```java\nint x;\n```\n \uD83D\uDE00");
        session.finish();

        AudioStream audio = session.audio();
        assertThat(audio.read()).isNull();
        assertThat(fake.calls()).isEmpty();
        assertThat(audio.report().attempts()).isEmpty();
        assertThat(audio.report().timeToFirstAudio()).isEmpty();
        assertThat(ended()).extracting(end -> end.outcome()).containsExactly(Outcome.COMPLETE);
    }

    @ParameterizedTest
    @EnumSource
    void finish_backendFindsNothingToPronounce_isSilenceAndNobodyElseIsAsked(Way way) {
        FakeBackend fake = way.backend().build();
        FakeBackend other = FakeBackend.builder("other", FORMAT).build();
        TtsClient client = client(fake).fallback(other).build();
        clients.add(client);
        SpeechSession session = client.open(
                SpeechOptions.builder().textPreparation(TextPreparation.off()).build());

        session.write("... ?!");
        session.finish();

        assertThat(session.audio().read()).isNull();
        assertThat(other.calls()).isEmpty();
        assertThat(listener.events(SpeechListener.FellBack.class)).isEmpty();
        assertThat(ended()).extracting(end -> end.outcome()).containsExactly(Outcome.COMPLETE);
    }

    @Test
    void finish_emptyTurnThatNobodyAskedFor_isReplacedByTheNextOne() {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        session.finish();
        session.finish();
        session.write("Now.");
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf("Now."));
    }

    @Test
    void finish_emptyTurnThatAReaderWaitsFor_endsIt() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        CompletableFuture<byte[]> heard = reading(session.audio());

        session.finish();

        assertThat(on(heard)).isEmpty();
    }

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

    // --- failures

    @ParameterizedTest
    @EnumSource
    void read_failsBeforeFirstAudio_isTriedAgainWithTheTextWrittenMeanwhile(Way way) {
        FakeBackend fake = way.backend().build();
        fake.enqueue(Behaviour.fail(Category.UNAVAILABLE));
        var session = new AtomicReference<SpeechSession>();
        var betweenAttempts = new SpeechListener() {
            @Override
            public void retryScheduled(RetryScheduled event) {
                session.get().write("more of it.");
                session.get().finish();
            }
        };
        session.set(open(client(fake)
                .listener(betweenAttempts)
                .retry(RetryPolicy.defaults())
                .random(() -> 0)));
        session.get().write("Hello there. And ");

        assertThat(session.get().audio().toBytes()).isEqualTo(audioOf("Hello there. And more of it."));

        assertThat(listener.events(SpeechListener.RetryScheduled.class)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void read_writerStopsUntilTheDeadline_isATimeout(Way way) throws Exception {
        TtsClient client = client(way.backend().build()).build();
        clients.add(client);
        SpeechSession session = client.open(
                SpeechOptions.builder().timeout(Duration.ofSeconds(9)).build());
        session.write("Hello there. And ");
        AudioStream audio = session.audio();
        audio.read();
        CompletableFuture<TtsException> read =
                CompletableFuture.supplyAsync(() -> catchThrowableOfType(TtsException.class, audio::toBytes), threads);

        time.advance(Duration.ofSeconds(9));

        assertThat(on(read).category()).isEqualTo(Category.TIMEOUT);
        assertThat(on(read).timeoutPhase()).contains(TimeoutPhase.TOTAL);
    }

    @ParameterizedTest
    @EnumSource
    void write_turnHasFailed_saysSoUntilItIsFinished(Way way) {
        FakeBackend fake = way.backend().build();
        fake.enqueue(Behaviour.fail(Category.AUTHENTICATION));
        SpeechSession session = open(fake);
        session.write("Hello there. And ");
        AudioStream audio = session.audio();
        assertThat(categoryOf(audio::read)).isEqualTo(Category.AUTHENTICATION);

        assertThat(categoryOf(() -> session.write("more"))).isEqualTo(Category.AUTHENTICATION);
        session.finish();
        session.write("Again.");
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf("Again."));
    }

    @ParameterizedTest
    @EnumSource
    void read_failsBeforeFirstAudio_isSpokenElsewhereWithAllTheText(Way way) {
        FakeBackend broken =
                way.backend().behaviour(Behaviour.fail(Category.UNAVAILABLE)).build();
        FakeBackend other = FakeBackend.builder("other", FORMAT).build();
        SpeechSession session = open(client(broken).fallback(other));
        session.write("Hello there. And ");
        AudioStream audio = session.audio();
        session.write("more of it.");
        session.finish();

        assertThat(audio.toBytes()).isEqualTo(audioOf("Hello there. And more of it."));
        assertThat(audio.report().backend()).contains("other");
    }

    @Test
    void read_failsInTheMiddle_saysWhatWasDelivered() {
        FakeBackend fake = Way.SEGMENTED.backend().build();
        fake.enqueue(Behaviour.speak());
        fake.enqueue(Behaviour.speak().failAt(3 * 320, Category.TRUNCATED));
        SpeechSession session = open(fake);
        session.write("**One** sentence of it. Another one of it. ");
        session.finish();

        TtsException failure =
                catchThrowableOfType(TtsException.class, () -> session.audio().toBytes());

        assertThat(failure.category()).isEqualTo(Category.TRUNCATED);
        assertThat(failure.deliveredText()).contains(new DeliveredText(24, 42));
        assertThat(failure.getMessage()).contains("deliveredText=24..42");
    }

    @Test
    void read_nativeBackendFailsInTheMiddle_saysWhatTheTimingsTell() {
        FakeBackend fake = Way.NATIVE
                .backend()
                .behaviour(Behaviour.speak().withTimings().failAt(5 * 320, Category.TRUNCATED))
                .build();
        SpeechSession session = open(fake);
        session.write("One two three.");
        session.finish();

        TtsException failure =
                catchThrowableOfType(TtsException.class, () -> session.audio().toBytes());

        assertThat(failure.deliveredText()).contains(new DeliveredText(3, 14));
    }

    // --- leaving

    @ParameterizedTest
    @EnumSource
    void audio_closedByItsReader_refusesTheRestOfTheTurn(Way way) {
        FakeBackend fake = way.backend().build();
        SpeechSession session = open(fake);
        session.write("Hello there. And ");
        session.audio().close();

        assertThat(categoryOf(() -> session.write("more"))).isEqualTo(Category.CANCELLED);
        session.finish();
        session.write("Next.");
        session.finish();
        assertThat(session.audio().toBytes()).isEqualTo(audioOf("Next."));
        fake.awaitReleased();
    }

    @Test
    void close_then_everythingIsClosed() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        AudioStream audio = session.audio();
        CompletableFuture<Category> waiting = CompletableFuture.supplyAsync(() -> categoryOf(audio::read), threads);

        session.close();
        session.close();
        session.interrupt();

        assertThat(on(waiting)).isEqualTo(Category.CANCELLED);
        assertThat(categoryOf(() -> session.write("x"))).isEqualTo(Category.CLOSED);
        assertThat(categoryOf(() -> session.write(List.of("x").iterator()))).isEqualTo(Category.CLOSED);
        assertThat(categoryOf(session::flush)).isEqualTo(Category.CLOSED);
        assertThat(categoryOf(session::finish)).isEqualTo(Category.CLOSED);
        assertThat(categoryOf(session::audio)).isEqualTo(Category.CLOSED);
        assertThat(session.spokenUpTo(Duration.ofSeconds(1)).text()).isEmpty();
    }

    @Test
    void close_ofTheClient_endsTheSession() throws Exception {
        TtsClient client = client(Way.SEGMENTED.backend().build()).build();
        SpeechSession session = client.open();
        AudioStream audio = session.audio();
        CompletableFuture<Category> waiting = CompletableFuture.supplyAsync(() -> categoryOf(audio::read), threads);

        client.close();

        assertThat(on(waiting)).isEqualTo(Category.CLOSED);
        assertThat(categoryOf(() -> session.write("x"))).isEqualTo(Category.CLOSED);
        assertThat(categoryOf(client::open)).isEqualTo(Category.CLOSED);
    }

    @Test
    void read_twoThreadsOfOneTurn_isRefused() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        var first = new FutureTask<>(session.audio()::toBytes);
        awaitWaitingIn("awaitText", started(first));

        assertThatIllegalStateException()
                .isThrownBy(() -> session.audio().read())
                .withMessageContaining("another thread is reading");

        session.write("Hello.");
        session.finish();
        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(audioOf("Hello."));
    }

    private static void awaitWaitingIn(String method, Thread thread) {
        while (thread.getState() != Thread.State.WAITING
                || Arrays.stream(thread.getStackTrace())
                        .noneMatch(frame -> frame.getMethodName().equals(method))) {
            Thread.onSpinWait();
        }
    }

    // --- a full buffer

    @Test
    void write_fullBuffer_waitsUntilTheTextIsTakenUp() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        String text = "This is one sentence of very many. ".repeat(2_000);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(
                () -> {
                    session.write(text);
                    session.finish();
                },
                threads);

        assertThat(session.audio().toBytes()).isEqualTo(audioOf(text));
        on(writing);
    }

    @Test
    void write_twoWritersAndTheOtherHasNews_isStillWokenWhenTheTextIsTakenUp() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        String text = "This is one sentence of very many. ".repeat(2_000);
        var publisher = new SubmissionPublisher<String>(Runnable::run, 8);
        var ofPublisher = new FutureTask<Void>(() -> session.write(publisher), null);
        var ofText = new FutureTask<Void>(() -> session.write(text), null);
        Thread subscriber = started(ofPublisher);
        awaitWaitingIn("awaitForWriter", subscriber);
        awaitWaitingIn("awaitForWriter", started(ofText));
        publisher.submit("The end.");
        awaitWaitingIn("lock", subscriber); // the other one is writing

        CompletableFuture<byte[]> heard = reading(session.audio());
        ofText.get(20, TimeUnit.SECONDS);
        publisher.close();
        ofPublisher.get(20, TimeUnit.SECONDS);
        session.finish();

        assertThat(on(heard)).isEqualTo(audioOf(text + "The end."));
    }

    private static Thread started(FutureTask<?> task) {
        var thread = new Thread(task, "of the test");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Test
    void write_fullBufferUntilTheDeadline_isATimeout() throws Exception {
        TtsClient client = client(Way.SEGMENTED.backend().build()).build();
        clients.add(client);
        SpeechSession session = client.open(
                SpeechOptions.builder().timeout(Duration.ofSeconds(9)).build());
        CompletableFuture<TtsException> writing = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(
                        TtsException.class, () -> session.write("This is one sentence of very many. ".repeat(3_000))),
                threads);
        time.awaitScheduled(2); // the turn's own and the writer's

        time.advance(Duration.ofSeconds(9));

        assertThat(on(writing).category()).isEqualTo(Category.TIMEOUT);
        assertThat(on(writing).timeoutPhase()).contains(TimeoutPhase.TOTAL);
    }

    @Test
    void interrupt_writerWaits_endsTheWrite() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        var begun = new CountDownLatch(1);
        CompletableFuture<Category> writing = CompletableFuture.supplyAsync(
                () -> {
                    begun.countDown();
                    return categoryOf(() -> session.write("This is one sentence of very many. ".repeat(3_000)));
                },
                threads);
        begun.await();
        session.audio().read();

        session.interrupt();

        assertThat(on(writing)).isEqualTo(Category.CANCELLED);
    }

    // --- many at once

    @Test
    void write_iteratorAndStream_areOneText() {
        SpeechSession session = open(Way.SEGMENTED.backend().build());

        session.write(List.of("On", "e. ").iterator());
        session.write(Stream.of("Tw", "o."));
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf("One. Two."));
    }

    @Test
    void write_iteratorAndInterrupted_writesNoMore() {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        Iterator<String> endless = Stream.generate(() -> {
                    session.interrupt();
                    return "word ";
                })
                .iterator();

        assertThat(categoryOf(() -> session.write(endless))).isEqualTo(Category.CANCELLED);
        session.write("Next.");
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf("Next."));
    }

    @Test
    void write_stream_isClosed() {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        var closed = new AtomicBoolean();

        session.write(Stream.of("One.").onClose(() -> closed.set(true)));

        assertThat(closed).isTrue();
    }

    @Test
    void write_streamFails_isClosedAndLeavesTheTurnToTheCaller() {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        var failure = new IllegalStateException("the model is gone");
        var closed = new AtomicBoolean();
        Stream<String> deltas = Stream.of("So ", "far. ", "And")
                .peek(delta -> {
                    if (delta.equals("And")) {
                        throw failure;
                    }
                })
                .onClose(() -> closed.set(true));

        assertThatThrownBy(() -> session.write(deltas)).isSameAs(failure);
        session.finish();

        assertThat(closed).isTrue();
        assertThat(session.audio().toBytes()).isEqualTo(audioOf("So far."));
    }

    @Test
    void write_publisher_isOneText() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        var publisher = new SubmissionPublisher<String>(threads, 8);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(
                () -> {
                    session.write(publisher);
                    session.finish();
                },
                threads);
        while (!publisher.hasSubscribers()) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < 100; i++) {
            publisher.submit("word" + i + ". ");
        }
        publisher.close();
        on(writing);

        var text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            text.append("word").append(i).append(". ");
        }
        assertThat(session.audio().toBytes()).isEqualTo(audioOf(text.toString()));
    }

    @Test
    void write_publisherFails_leavesTheTurnToTheCaller() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        var publisher = new SubmissionPublisher<String>(Runnable::run, 8);
        var failure = new IOException("the model is gone");
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(
                () -> {
                    while (!publisher.hasSubscribers()) {
                        Thread.onSpinWait();
                    }
                    publisher.submit("So far. ");
                    publisher.closeExceptionally(failure);
                },
                threads);

        assertThatThrownBy(() -> session.write(publisher)).hasCause(failure);
        on(publishing);
        session.finish();

        assertThat(session.audio().toBytes()).isEqualTo(audioOf("So far."));
    }

    @Test
    void interrupt_publisherIsSilent_cancelsTheSubscription() throws Exception {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        var publisher = new SubmissionPublisher<String>(threads, 8);
        CompletableFuture<Category> writing =
                CompletableFuture.supplyAsync(() -> categoryOf(() -> session.write(publisher)), threads);
        while (!publisher.hasSubscribers()) {
            Thread.onSpinWait();
        }

        session.interrupt();

        assertThat(on(writing)).isEqualTo(Category.CANCELLED);
        while (publisher.hasSubscribers()) { // or the test does not end
            Thread.onSpinWait();
        }
    }

    @Test
    void toString_text_isNotInIt() {
        SpeechSession session = open(Way.SEGMENTED.backend().build());
        session.write("secret");

        assertThat(session).hasToString("SpeechSession[1 turns]");
        assertThat(session.audio().toString()).doesNotContain("secret");
    }

    @Test
    void calls_ofASegmentedTurn_arePiecesOfOneRequest() {
        FakeBackend fake = Way.SEGMENTED.backend().build();
        SpeechSession session = open(fake);
        session.write("One sentence. Another sentence.");
        session.finish();
        AudioStream audio = session.audio();
        audio.toBytes();

        assertThat(fake.calls())
                .extracting(FakeCall::requestId)
                .containsOnly(audio.report().requestId());
    }
}
