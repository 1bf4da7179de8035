// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.Category;
import io.ttsclient.error.DeliveredText;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.AttemptTimeouts;
import io.ttsclient.layer.BreakerPolicy;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.layer.SegmentingPolicy;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.text.SegmentLimits;
import io.ttsclient.text.TextPreparation;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The proof that nothing is lost, repeated or out of order without being reported: thousands of turns with random tokens, pauses,
 * flushes, interruptions and faults. The fake voice says each character with a sound of its own, so that the text can be read off
 * the audio and compared with what was written.
 *
 * <p>Writer and reader are threads of their own, so that the way they interleave is random too. The time is virtual: the writer
 * moves it when it pauses, and when the reader is stuck in a stall.
 */
@Timeout(240)
@ExtendWith(LeakCheck.class)
class RandomTurnsTest {
    private static final AudioFormat FORMAT = AudioFormat.mulaw(8_000);
    private static final int SOUND = FakeBackend.audioOf("a", FORMAT).length;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    /** They mostly wait for each other's threads, so a few at a time take no longer than one. */
    private final ExecutorService talkers = Executors.newFixedThreadPool(4);

    private final Map<ByteBuffer, Character> soundOf = new HashMap<>();
    private final AtomicInteger complete = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger interrupted = new AtomicInteger();
    private final AtomicInteger silent = new AtomicInteger();

    RandomTurnsTest() {
        for (char c : (RandomWriter.LETTERS + RandomWriter.MARKS).toCharArray()) {
            soundOf.put(ByteBuffer.wrap(FakeBackend.audioOf(String.valueOf(c), FORMAT)), c);
        }
    }

    @AfterEach
    void endTalks() {
        talkers.shutdownNow();
    }

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
    }

    /** What the reader of a turn got. */
    private record Heard(String text, @Nullable TtsException failure) {}

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 2", "true, 3", "false, 4"})
    void turns_random_loseRepeatAndMixNothingThatIsNotReported(boolean isNative, int seed) throws Exception {
        int sessions = 25;
        int turns = 100;
        var random = new Random(seed);
        List<Callable<Boolean>> talks = Stream.generate(random::nextLong)
                .limit(sessions)
                .<Callable<Boolean>>map(each -> () -> new Talk(isNative, each).hold(turns))
                .toList();
        for (Future<Boolean> held : talkers.invokeAll(talks)) {
            assertThat(held.get()).isTrue();
        }
        assertThat(complete.get() + failed.get() + interrupted.get() + silent.get())
                .isEqualTo(sessions * turns);
        // Or the test would prove nothing.
        assertThat(complete.get()).isGreaterThan(200);
        assertThat(failed.get()).isGreaterThan(100);
        assertThat(interrupted.get()).isGreaterThan(200);
        assertThat(silent.get()).isGreaterThan(20);
    }

    /** One session, whose first backend is faulty and whose second speaks. */
    private final class Talk {
        private final Random random;
        private final long seed;
        private final VirtualTime time = new VirtualTime();
        private final FakeBackend faulty;
        private final FakeBackend sound;
        private final TtsClient client;
        private final SpeechSession session;
        private final RandomWriter writer;

        Talk(boolean isNative, long seed) {
            this.seed = seed;
            random = new Random(seed);
            faulty = backend("faulty", isNative);
            sound = backend("sound", random.nextBoolean());
            TtsClientBuilder builder = TtsClient.builder()
                    .backend(faulty)
                    .timeSource(time)
                    .executor(THREADS)
                    .random(new Random(seed))
                    .retry(RetryPolicy.defaults().withMaxAttempts(1 + random.nextInt(2)))
                    .circuitBreaker(BreakerPolicy.defaults().withOpenFor(Duration.ofMillis(1)))
                    .attemptTimeouts(new AttemptTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(2)))
                    .segmenting(SegmentingPolicy.defaults()
                            .withWindow(1 + random.nextInt(4))
                            .withAhead(Duration.ofMillis(200L + random.nextInt(5_000))));
            client = (random.nextBoolean() ? builder.fallback(sound) : builder).build();
            TextPreparation preparation = random.nextBoolean() ? TextPreparation.off() : TextPreparation.speakable();
            session = client.open(
                    SpeechOptions.builder().textPreparation(preparation).build());
            writer = new RandomWriter(random, session, time, THREADS);
        }

        private FakeBackend backend(String name, boolean isNative) {
            FakeBackend.Builder builder = FakeBackend.builder(name, FORMAT)
                    .behaviour(Behaviour.speak().chunks(1 + random.nextInt(2_000)));
            return isNative
                    ? builder.growingText().build()
                    : builder.segmentLimits(SegmentLimits.builder()
                                    .maxCodePoints(60 + random.nextInt(100))
                                    .packUpTo(random.nextBoolean() ? 0 : 50)
                                    .build())
                            .build();
        }

        boolean hold(int turns) throws Exception {
            try (client;
                    session) {
                for (int i = 0; i < turns; ) {
                    String name = "turn " + i + " of seed " + seed;
                    i += i + 1 < turns && random.nextInt(5) == 0 ? twoTurns(name) : turn(name);
                    assertThat(session).as("what is left after " + name).hasToString("SpeechSession[0 turns]");
                }
            }
            faulty.awaitReleased();
            sound.awaitReleased();
            return true;
        }

        private int turn(String name) throws Exception {
            enqueueFaults();
            AudioStream audio = session.audio();
            CompletableFuture<Heard> hearing = CompletableFuture.supplyAsync(() -> hear(audio), THREADS);
            var written = new StringBuilder();
            boolean isInterrupted = writer.writeOrInterrupt(written);
            Heard heard = await(hearing, name);
            check(name, written.toString(), heard, isInterrupted);
            return 1;
        }

        /** The second one is written while the first one may still sound. */
        private int twoTurns(String name) throws Exception {
            enqueueFaults();
            AudioStream audio = session.audio();
            CompletableFuture<Heard> first = CompletableFuture.supplyAsync(() -> hear(audio), THREADS);
            CompletableFuture<Heard> second = first.thenApplyAsync(over -> hear(session.audio()), THREADS);
            var written = new StringBuilder();
            var writtenNext = new StringBuilder();
            writer.write(written);
            writer.write(writtenNext);
            check(name, written.toString(), await(first, name), false);
            check("behind " + name, writtenNext.toString(), await(second, "behind " + name), false);
            return 2;
        }

        private void enqueueFaults() {
            int faults = random.nextInt(3);
            for (int i = 0; i < faults; i++) {
                faulty.enqueue(fault());
            }
        }

        private Behaviour fault() {
            Category category = List.of(
                            Category.UNAVAILABLE,
                            Category.CONNECTION,
                            Category.OVERLOADED,
                            Category.AUTHENTICATION,
                            Category.PROTOCOL)
                    .get(random.nextInt(5));
            Behaviour speaking = Behaviour.speak().chunks(1 + random.nextInt(2_000));
            return switch (random.nextInt(8)) {
                case 0 -> Behaviour.fail(category);
                case 1 -> Behaviour.fail(category).after(Duration.ofMillis(random.nextInt(500)));
                case 2 -> speaking.failAt((long) SOUND * random.nextInt(80), Category.TRUNCATED);
                case 3 -> speaking.stallAt((long) SOUND * (1 + random.nextInt(80)));
                case 4 -> Behaviour.hang();
                case 5 -> Behaviour.noAudio();
                default -> speaking.after(Duration.ofMillis(random.nextInt(300)));
            };
        }

        private void pause(int millis) {
            time.advance(Duration.ofMillis(millis));
        }

        private Heard hear(AudioStream audio) {
            var bytes = new ByteArrayOutputStream();
            var slow = new Random(seed);
            try {
                for (AudioChunk chunk = audio.read(); chunk != null; chunk = audio.read()) {
                    byte[] copy = new byte[chunk.size()];
                    chunk.bytes().get(copy);
                    bytes.writeBytes(copy);
                    if (slow.nextInt(20) == 0) {
                        LockSupport.parkNanos(20_000);
                    }
                }
                return new Heard(decode(bytes.toByteArray()), null);
            } catch (TtsException e) {
                return new Heard(decode(bytes.toByteArray()), e);
            }
        }

        /** Waits for the reader, and lets the time pass that it waits for. */
        private Heard await(CompletableFuture<Heard> hearing, String name) throws Exception {
            long start = System.nanoTime();
            while (!hearing.isDone()) {
                try {
                    return hearing.get(200, TimeUnit.MICROSECONDS);
                } catch (TimeoutException e) {
                    pause(500);
                }
                assertThat(System.nanoTime() - start)
                        .as("nanoseconds of waiting for %s", name)
                        .isLessThan(TimeUnit.SECONDS.toNanos(60));
            }
            return hearing.get();
        }
    }

    /** Punctuation by itself is not spoken, so only what can be pronounced is compared. */
    private static String pronounced(CharSequence text) {
        return text.toString().replaceAll("[^a-zA-Z0-9~]", "");
    }

    private String decode(byte[] audio) {
        var text = new StringBuilder();
        for (int i = 0; i < audio.length; i += SOUND) {
            Character c = soundOf.get(ByteBuffer.wrap(audio, i, Math.min(SOUND, audio.length - i)));
            text.append(c != null ? c : audio.length - i < SOUND ? '~' : '?');
        }
        return pronounced(text);
    }

    private void check(String name, String text, Heard heard, boolean isInterrupted) {
        String written = pronounced(text);
        String whole = heard.text().replace("~", "");
        assertThat(written)
                .as("%s: what was heard is the beginning of what was written", name)
                .startsWith(whole);
        TtsException failure = heard.failure();
        if (failure == null) {
            assertThat(heard.text())
                    .as("%s: what was heard of a turn that did not fail", name)
                    .isEqualTo(written);
            (heard.text().isEmpty() ? silent : complete).incrementAndGet();
            return;
        }
        if (failure.category() == Category.CANCELLED) {
            assertThat(isInterrupted).as("%s: whether it was interrupted", name).isTrue();
            interrupted.incrementAndGet();
            return;
        }
        failed.incrementAndGet();
        DeliveredText delivered = failure.deliveredText().orElseThrow();
        assertThat(whole.length())
                .as("%s: pronounced chars that were heard, and %s says which", name, delivered)
                .isBetween(
                        pronounced(text.substring(0, delivered.complete())).length(),
                        pronounced(text.substring(0, delivered.begun())).length());
    }
}
