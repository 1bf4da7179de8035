// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.text.SegmentLimits;
import io.ttsclient.text.Segmenter;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What an author says about a backend, and how the tests call it: never without a bound on the wait. */
abstract class ConformanceHooks {
    static final String SECRET = "Quetzalcoatlus";

    private static final int TEN_PAGES = 18_000; // chars
    private static final int PARAGRAPH = 6; // sentences
    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final int LONG_PIECE = 200; // code points, which keep most engines busy

    private final TimeSource time = TimeSource.system();
    private final Deque<TtsBackend> opened = new ArrayDeque<>();

    /** A new backend, ready to speak. The test that asked for it closes it. */
    protected abstract TtsBackend backend();

    /**
     * A new backend whose engine takes a request and never answers, such as a server that reads and stays silent. With it the
     * tests meet the wait for the first audio for sure; without it, by chance.
     */
    protected Optional<TtsBackend> hangingBackend() {
        return Optional.empty();
    }

    /**
     * A new backend whose engine begins to speak and then stays silent. With it the tests meet a blocked {@code read()} for sure;
     * without it, by chance.
     */
    protected Optional<TtsBackend> stallingBackend() {
        return Optional.empty();
    }

    /**
     * A new backend that never gets a connection to its engine, such as one to a server that does not answer the TLS handshake.
     * With it the tests meet that wait too.
     */
    protected Optional<TtsBackend> connectingBackend() {
        return Optional.empty();
    }

    /**
     * The ways in which the engine fails that the tests shall see; none unless overridden. A backend over HTTP has at least one
     * for each of its own rows of status and category, a connection that breaks before, and one in the middle of the audio.
     */
    protected List<FailureCase> failureCases() {
        return List.of();
    }

    /** What else may never be shown, such as the key that the backend was given; none unless overridden. */
    protected List<String> secrets() {
        return List.of();
    }

    /**
     * How many connections the engine has open, which {@link LoopbackServer#openConnections()} knows; with it the tests see that
     * {@code close()} leaves none. Empty unless overridden.
     */
    protected OptionalInt connectionsAtEngine() {
        return OptionalInt.empty();
    }

    /** Different sentences that the backend speaks, at least two, any two of which fit in one piece; English unless overridden. */
    protected List<String> texts() {
        return List.of(
                "Good morning, and welcome to the museum of small machines.",
                "The next train to the harbour leaves from platform four.",
                "Your table is ready.",
                "We have moved your appointment to the second of March.",
                "Rain is expected in the evening, with some wind from the west.",
                "Thank you for calling, how can I help you today?",
                "Please hold the line.");
    }

    /** A text of about ten pages; {@link #texts()} over and over, in paragraphs, unless overridden. */
    protected String longText() {
        var text = new StringBuilder();
        for (int i = 0; text.length() < TEN_PAGES; i++) {
            text.append(texts().get(i % texts().size())).append(i % PARAGRAPH == PARAGRAPH - 1 ? "\n\n" : " ");
        }
        return text.toString().strip();
    }

    /** Texts with nothing to pronounce. */
    protected List<String> unspeakableTexts() {
        return List.of("", " ", "\n\t\u00a0", "...", "?!", "\u2014 \u2026", "\u3002");
    }

    /** The id of a voice that the backend does not have; empty if it takes any. */
    protected Optional<String> unknownVoice() {
        return Optional.of("no-such-voice");
    }

    /** Ids that {@code voices()} has to list; none unless overridden. */
    protected List<String> expectedVoices() {
        return List.of();
    }

    /** Whether the same request gives the same bytes each time; true unless overridden. */
    protected boolean deterministic() {
        return true;
    }

    /** Whether there is sound in the audio; true unless overridden, which a stub engine of silence may need. */
    protected boolean audible() {
        return true;
    }

    /** How many streams are open at once in the test of concurrency; 100 unless overridden. */
    protected int concurrentStreams() {
        return 100;
    }

    /** The longest that a single call may take, in real time, before a test fails; 10 seconds unless overridden. */
    protected Duration patience() {
        return Monitor.PATIENCE;
    }

    /**
     * Whether a thread that is new since the backend was made may live on when it is closed, because it belongs to the whole JVM:
     * the common pool, the JDK's helpers and OkHttp's shared threads, unless overridden.
     */
    protected boolean mayOutlive(Thread thread) {
        return Leftovers.ofTheJvm(thread);
    }

    /**
     * Whether a file that is open since the backend was made may stay open when it is closed, because it belongs to the whole JVM:
     * jars, classes and devices, unless overridden. Open files are known on Linux only.
     *
     * @param file its path, or what the system calls it, such as {@code socket:[12345]}
     */
    protected boolean mayStayOpen(String file) {
        return Leftovers.ofTheJvm(file);
    }

    @AfterEach
    final void closeBackends() {
        while (!opened.isEmpty()) {
            close(opened.pop());
        }
        time.close();
    }

    /** Starts the thread of this test's own clock, which else starts when a backend first has to wait for something. */
    final void startClock() {
        var ticked = new CountDownLatch(1);
        time.schedule(Duration.ZERO, ticked::countDown);
        bounded("the test's own clock", () -> {
            ticked.await();
            return true;
        });
    }

    /** New backends that never give any audio, by the hook that gave them; closed after the test. */
    final Map<String, TtsBackend> silentBackends() {
        var silent = new LinkedHashMap<String, TtsBackend>();
        hangingBackend().ifPresent(backend -> silent.put("hangingBackend()", closedLater(backend)));
        connectingBackend().ifPresent(backend -> silent.put("connectingBackend()", closedLater(backend)));
        return silent;
    }

    /** A new backend that is closed after the test. */
    final TtsBackend open() {
        return closedLater(backend());
    }

    final TtsBackend closedLater(TtsBackend backend) {
        opened.push(backend);
        return backend;
    }

    final void close(TtsBackend backend) {
        bounded("close() of the backend", () -> {
            backend.close();
            return true;
        });
    }

    /** A text with a word that is in no message by chance. */
    final String secretText() {
        return shortText() + " " + SECRET + ".";
    }

    /** Whether something shown holds the word of {@link #secretText()} or one of {@link #secrets()}. */
    final boolean isSensitive(String shown) {
        return shown.contains(SECRET) || secrets().stream().anyMatch(shown::contains);
    }

    final String shortText() {
        return texts().get(0);
    }

    /** About as much text as the backend takes in one piece, and enough to keep an engine busy. */
    final String longPiece(TtsBackend backend) {
        SegmentLimits limits = backend.capabilities().segmentLimits().orElse(SegmentLimits.sentences());
        int codePoints = Math.min(limits.maxCodePoints(), LONG_PIECE);
        SegmentLimits packed = SegmentLimits.builder()
                .maxCodePoints(codePoints)
                .maxBytes(limits.maxBytes())
                .packUpTo(codePoints)
                .build();
        return Segmenter.split(longText(), packed, Locale.ROOT).get(0).text();
    }

    final Synthesis synthesis(String text) {
        return synthesis(text, SpeechOptions.none());
    }

    final Synthesis synthesis(String text, SpeechOptions options) {
        return TestSynthesis.of(text, options, time);
    }

    final <T extends @Nullable Object> Running<T> start(String what, Callable<T> action) {
        return Running.start(what, patience(), action);
    }

    final <T extends @Nullable Object> T bounded(String what, Callable<T> action) {
        return start(what, action).await();
    }

    final AudioSource stream(TtsBackend backend, Synthesis synthesis) {
        return bounded("stream()", () -> backend.stream(synthesis));
    }

    final @Nullable AudioChunk read(AudioSource source) {
        return bounded("read()", source::read);
    }

    /** All that the backend says; the source is closed afterwards. */
    final byte[] speak(TtsBackend backend, Synthesis synthesis) {
        try (AudioSource source = stream(backend, synthesis)) {
            return readAll(source);
        }
    }

    /** The rest of the audio, each read bounded. */
    final byte[] readAll(AudioSource source) {
        var bytes = new ByteArrayOutputStream();
        for (AudioChunk chunk = read(source); chunk != null; chunk = read(source)) {
            bytes.writeBytes(copy(chunk));
            if (bytes.size() > MOST_BYTES) {
                source.close();
                fail("the audio of a short text does not end: more than %d bytes so far", MOST_BYTES);
            }
        }
        return bytes.toByteArray();
    }

    static byte[] copy(AudioChunk chunk) {
        byte[] bytes = new byte[chunk.size()];
        chunk.bytes().get(bytes);
        return bytes;
    }

    /** The {@link TtsException} that {@code action} has to end with, in one of these categories. */
    final TtsException failure(String what, Callable<?> action, Category... allowed) {
        return failure(what, start(what, action), allowed);
    }

    final TtsException failure(String what, Running<?> running, Category... allowed) {
        TtsException failure = failureIfAny(what, running, allowed);
        if (failure == null) {
            throw new AssertionError(what + " has to fail with " + List.of(allowed) + ", and does not fail");
        }
        return failure;
    }

    /** The same, in any category if none is named; null if it does not fail. An {@link AudioSource} that it gives is closed. */
    final @Nullable TtsException failureIfAny(String what, Callable<?> action, Category... allowed) {
        return failureIfAny(what, start(what, action), allowed);
    }

    final @Nullable TtsException failureIfAny(String what, Running<?> running, Category... allowed) {
        Object result;
        try {
            result = running.await();
        } catch (TtsException e) {
            if (allowed.length > 0) {
                assertThat(e.category())
                        .as("the category of what %s fails with: %s", what, e)
                        .isIn((Object[]) allowed);
            }
            return e;
        } catch (RuntimeException e) {
            throw new AssertionError(what + " has to fail with a TtsException and fails with " + e.getClass(), e);
        }
        if (result instanceof AudioSource source) {
            source.close();
        }
        return null;
    }

    /** Everything that an exception shows. */
    static String everythingIn(Throwable failure) {
        String causes = failure.getCause() == null ? "" : everythingIn(failure.getCause());
        return failure + "\n" + causes
                + IntStream.range(0, failure.getSuppressed().length)
                        .mapToObj(i -> everythingIn(failure.getSuppressed()[i]))
                        .collect(Collectors.joining());
    }
}
