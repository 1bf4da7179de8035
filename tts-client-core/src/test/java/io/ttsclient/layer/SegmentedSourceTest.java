// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static io.ttsclient.layer.FourSentences.FORMAT;
import static io.ttsclient.layer.FourSentences.FOUR;
import static io.ttsclient.layer.FourSentences.ONE;
import static io.ttsclient.layer.FourSentences.TEXT;
import static io.ttsclient.layer.FourSentences.THREE;
import static io.ttsclient.layer.FourSentences.TWO;
import static io.ttsclient.layer.FourSentences.audioOf;
import static io.ttsclient.layer.FourSentences.readAll;
import static io.ttsclient.layer.FourSentences.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.doubles.ScriptedBackend;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.FakeCall;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.text.SegmentLimits;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class SegmentedSourceTest {
    private final FourSentences four = new FourSentences();

    @AfterEach
    void close() {
        four.close();
    }

    private static <T extends Throwable> T on(CompletableFuture<T> thrown) throws Exception {
        return thrown.get(20, TimeUnit.SECONDS);
    }

    private static CompletableFuture<TtsException> failureOf(Runnable action, Executor executor) {
        return CompletableFuture.supplyAsync(() -> catchThrowableOfType(TtsException.class, action::run), executor);
    }

    // --- who makes the next piece, and when

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 8})
    void window_pieceBeingDelivered_hasSoManyUnderWayAndNoMore(int window) {
        long[] ends = {
            audioOf(ONE).length, audioOf(ONE, TWO).length, audioOf(ONE, TWO, THREE).length, audioOf(TEXT).length
        };
        try (AudioSource source = stream(four.fake, window, four.manual, four.synthesis(TEXT))) {
            four.manual.runAll();
            assertThat(four.fake.calls()).as("with the first").hasSize(Math.min(window, 4));
            long heard = 0;
            for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
                four.manual.runAll();
                heard += chunk.size();
                int piece = 1;
                while (heard > ends[piece - 1]) {
                    piece++;
                }
                assertThat(four.fake.calls()).as("with piece %d", piece).hasSize(Math.min(piece + window - 1, 4));
            }
        }
        four.fake.awaitReleased();
    }

    @Test
    void stream_whileTheFirstPieceIsDelivered_theNextIsMadeOnTheExecutor() {
        try (AudioSource source = four.stream(four.threads, TEXT)) {
            List<FakeCall> calls = four.fake.awaitCalls(2);

            assertThat(calls.get(0).thread()).isSameAs(Thread.currentThread());
            assertThat(calls.get(1).text()).isEqualTo(TWO);
            assertThat(calls.get(1).thread()).isNotSameAs(Thread.currentThread());
            assertThat(calls.get(0).bytesRead())
                    .as("before a byte of the first was read")
                    .isZero();
            assertThat(readAll(source)).isEqualTo(audioOf(TEXT));
        }
    }

    @Test
    void read_executorNeverFindsTheTime_theReaderMakesThePiecesItself() {
        try (AudioSource source = four.stream(four.manual, TEXT)) {
            assertThat(readAll(source)).isEqualTo(audioOf(TEXT));
        }
        assertThat(four.manual.waiting()).isEqualTo(3);

        four.manual.runAll();

        assertThat(four.spoken()).as("a late task finds its piece made").containsExactly(ONE, TWO, THREE, FOUR);
        four.fake.awaitReleased();
    }

    @Test
    void read_executorTakesNothing_theReaderMakesThePiecesItself() {
        Executor full = task -> {
            throw new RejectedExecutionException("full");
        };

        try (AudioSource source = four.stream(full, TEXT)) {
            assertThat(readAll(source)).isEqualTo(audioOf(TEXT));
        }
    }

    @Test
    void stream_executorIsBroken_leavesNothingOpen() {
        Executor broken = task -> {
            throw new IllegalStateException("a bug");
        };

        assertThatThrownBy(() -> four.stream(broken, TEXT)).isInstanceOf(IllegalStateException.class);

        four.fake.awaitReleased();
        assertThat(four.caller).hasToString("Cancellation[0 actions]");
    }

    @Test
    void read_readersOccupyTheWholeExecutor_doNotStarveThemselves() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<CompletableFuture<byte[]>> readers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                readers.add(CompletableFuture.supplyAsync(
                        () -> {
                            try (AudioSource source = four.stream(two, TEXT)) {
                                return readAll(source);
                            }
                        },
                        two));
            }
            for (CompletableFuture<byte[]> reader : readers) {
                assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo(audioOf(TEXT));
            }
        } finally {
            two.shutdownNow();
        }
    }

    @Test
    void read_randomTextsOnThreads_givesWhatTheWholeTextIs() {
        var random = new Random(42);
        for (int round = 0; round < 40; round++) {
            var text = new StringBuilder();
            int sentences = 1 + random.nextInt(12);
            for (int i = 0; i < sentences; i++) {
                text.append("Word ".repeat(1 + random.nextInt(6)).strip())
                        .append(i)
                        .append(random.nextBoolean() ? ". " : "!\n\n");
            }
            four.fake.always(Behaviour.speak().chunks(2 + random.nextInt(2_000)));

            try (AudioSource source =
                    stream(four.fake, 1 + random.nextInt(8), four.threads, four.synthesis(text.toString()))) {
                assertThat(readAll(source)).as("round %d", round).isEqualTo(audioOf(text.toString()));
            }
        }
        four.fake.awaitReleased();
    }

    // --- failures

    @Test
    void read_thirdPieceFails_keepsTheAudioOfTheFirstTwo() {
        four.fake.enqueue(Behaviour.speak());
        four.fake.enqueue(Behaviour.speak());
        four.fake.enqueue(Behaviour.fail(Category.UNAVAILABLE));

        AudioSource source = four.stream(four.threads, TEXT);
        var heard = new ByteArrayOutputStream();
        TtsException e = catchThrowableOfType(TtsException.class, () -> {
            for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
                byte[] piece = new byte[chunk.size()];
                chunk.bytes().get(piece);
                heard.writeBytes(piece);
            }
        });
        source.close();

        assertThat(e.category()).isEqualTo(Category.UNAVAILABLE);
        assertThat(heard.toByteArray()).isEqualTo(audioOf(ONE, TWO));
        four.fake.awaitReleased();
    }

    @Test
    void read_pieceBreaksOff_passesTheFailureOnAndReleasesThePiecesAhead() {
        four.fake.enqueue(Behaviour.speak());
        four.fake.enqueue(Behaviour.speak().failAt(640, Category.TRUNCATED));

        AudioSource source = four.stream(four.threads, TEXT);
        assertThatThrownBy(() -> readAll(source))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.TRUNCATED));
        source.close();

        four.fake.awaitReleased();
        assertThat(four.caller).hasToString("Cancellation[0 actions]");
    }

    @Test
    void stream_firstPieceFails_leavesNothing() {
        four.fake.enqueue(Behaviour.fail(Category.AUTHENTICATION));

        assertThatThrownBy(() -> four.stream(four.threads, TEXT))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.AUTHENTICATION));

        assertThat(four.fake.calls()).hasSize(1);
        assertThat(four.caller).hasToString("Cancellation[0 actions]");
    }

    @Test
    void read_backendWithABugInAPieceAhead_saysSo() {
        var bug = new ArithmeticException("a bug");
        four.fake.enqueue(Behaviour.speak());
        four.fake.enqueue(Behaviour.fail(bug));

        AudioSource source = four.stream(four.threads, TEXT);
        assertThatThrownBy(() -> readAll(source))
                .isInstanceOf(IllegalStateException.class)
                .hasCause(bug);
        source.close();

        four.fake.awaitReleased();
    }

    @Test
    void read_pieceInAnotherFormat_isAProtocolErrorAndLeavesNothingOpen() {
        List<ScriptedSource> sources = new ArrayList<>();
        TtsBackend changing = new ScriptedBackend(
                TtsCapabilities.builder("scripted", FORMAT)
                        .segmentLimits(SegmentLimits.sentences())
                        .build(),
                synthesis -> {
                    var source =
                            new ScriptedSource(sources.isEmpty() ? FORMAT : AudioFormat.linear16(8_000)).gives(1, 2);
                    sources.add(source);
                    return source;
                });

        AudioSource source = stream(changing, 3, Runnable::run, four.synthesis(TEXT));
        assertThatThrownBy(() -> readAll(source))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.PROTOCOL))
                .hasMessageContaining("one piece of the text came as linear16 16000 Hz, another as linear16 8000 Hz");
        source.close();

        assertThat(sources).hasSize(3).allMatch(ScriptedSource::isClosed);
    }

    // --- leaving

    @Test
    void close_afterAnyNumberOfReads_leavesNothingOpen() {
        for (int reads = 0; reads < 25; reads++) {
            for (int window = 1; window <= 4; window++) {
                FakeBackend backend = FourSentences.builder().build();
                try (AudioSource source = stream(backend, window, four.threads, four.synthesis(TEXT))) {
                    int left = reads;
                    while (left > 0 && source.read() != null) {
                        left--;
                    }
                }
                backend.awaitReleased();
                assertThat(four.caller).hasToString("Cancellation[0 actions]");
            }
        }
    }

    @Test
    void close_whilePiecesAheadAreBeingMade_cancelsThem() {
        four.fake.enqueue(Behaviour.speak());
        four.fake.always(Behaviour.hang());
        AudioSource source = stream(four.fake, 4, four.threads, four.synthesis(TEXT));
        four.fake.awaitCalls(4);

        source.close();
        source.close();

        four.fake.awaitReleased();
        assertThat(four.fake.calls()).extracting(FakeCall::state).containsOnly(FakeCall.State.CANCELLED);
    }

    @Test
    void close_byAnotherThreadAtARandomMoment_leavesNothingOpen() throws Exception {
        var random = new Random(7);
        for (int round = 0; round < 150; round++) {
            FakeBackend backend = FourSentences.builder()
                    .behaviour(Behaviour.speak().chunks(64 + random.nextInt(1_000)))
                    .build();
            int closeAfter = random.nextInt(40);
            var reached = new CountDownLatch(1);
            AudioSource source = stream(backend, 1 + random.nextInt(4), four.threads, four.synthesis(TEXT));
            CompletableFuture<TtsException> reader = failureOf(
                    () -> {
                        try {
                            int chunks = 0;
                            while (source.read() != null) {
                                if (++chunks == closeAfter) {
                                    reached.countDown();
                                }
                            }
                        } finally {
                            reached.countDown();
                        }
                    },
                    four.threads);

            assertThat(closeAfter == 0 || reached.await(20, TimeUnit.SECONDS)).isTrue();
            source.close();

            TtsException e = reader.get(20, TimeUnit.SECONDS);
            if (e != null) {
                assertThat(e.category()).as("round %d", round).isEqualTo(Category.CANCELLED);
            }
            backend.awaitReleased();
        }
    }

    @Test
    void close_whileTheReaderWaitsForTheNextPiece_wakesItAsCancelled() throws Exception {
        four.fake.enqueue(Behaviour.speak());
        four.fake.always(Behaviour.hang().ignoringCancellation());
        AudioSource source = four.stream(four.threads, ONE + " " + TWO);
        four.fake.awaitCalls(2);
        var atTheEndOfOne = new CountDownLatch(1);
        CompletableFuture<TtsException> reader = failureOf(
                () -> {
                    for (long left = audioOf(ONE).length; left > 0; ) {
                        AudioChunk chunk = source.read();
                        left -= chunk == null ? left : chunk.size();
                    }
                    atTheEndOfOne.countDown();
                    source.read();
                },
                four.threads);
        assertThat(atTheEndOfOne.await(20, TimeUnit.SECONDS)).isTrue();

        source.close();

        assertThat(on(reader).category())
                .as("although the backend does not notice")
                .isEqualTo(Category.CANCELLED);
    }

    @Test
    void cancel_whileTheReaderWaitsForTheNextPiece_wakesItAsCancelled() throws Exception {
        four.fake.enqueue(Behaviour.speak());
        four.fake.always(Behaviour.hang());
        AudioSource source = four.stream(four.threads, ONE + " " + TWO);
        four.fake.awaitCalls(2);
        CompletableFuture<TtsException> reader = failureOf(() -> readAll(source), four.threads);

        four.caller.cancel();
        source.close();

        assertThat(on(reader).category()).isEqualTo(Category.CANCELLED);
        four.fake.awaitReleased();
    }

    @Test
    void read_pieceArrivesAfterTheClose_isClosed() {
        four.fake.enqueue(Behaviour.speak());
        AudioSource source = four.stream(four.manual, TEXT);

        source.close();
        four.manual.runAll();

        assertThat(four.fake.calls()).as("what was not begun is not begun").hasSize(1);
        four.fake.awaitReleased();
        assertThatThrownBy(source::read)
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.CANCELLED));
    }

    @Test
    void read_interruptedWhileItWaitsForThePieceAhead_isCancelledAndKeepsTheFlag() throws Exception {
        four.fake.enqueue(Behaviour.speak());
        four.fake.always(Behaviour.hang().ignoringCancellation());
        AudioSource source = four.stream(four.threads, ONE + " " + TWO);
        four.fake.awaitCalls(2);
        var flag = new CompletableFuture<Boolean>();

        CompletableFuture<TtsException> reader = failureOf(
                () -> {
                    Thread.currentThread().interrupt();
                    try {
                        readAll(source);
                    } finally {
                        flag.complete(Thread.interrupted());
                    }
                },
                four.threads);

        TtsException e = on(reader);
        assertThat(e.category()).isEqualTo(Category.CANCELLED);
        assertThat(e)
                .hasMessageContaining("the reading thread was interrupted")
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(flag.get(20, TimeUnit.SECONDS)).isTrue();
        source.close();
    }

    @Test
    void stream_scopeCancelledBefore_failsAndLeavesNothing() {
        four.caller.cancel();

        assertThatThrownBy(() -> four.stream(four.threads, TEXT))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.CANCELLED));
        four.fake.awaitReleased();
    }
}
