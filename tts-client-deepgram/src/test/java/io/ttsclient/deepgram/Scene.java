// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.VirtualTime;
import io.ttsclient.testkit.deepgram.AudibleText;
import io.ttsclient.testkit.deepgram.DeepgramEmulator;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An emulator, a backend that speaks with it, and the one virtual clock of both. */
final class Scene implements AutoCloseable {
    /** What is scheduled for a socket that nobody uses: the emulator's two, and the pool's. */
    static final int TIMERS_OF_A_SOCKET = 3;

    /** After how much time a socket is asked for a sign of life. */
    static final Duration CHECK_INTERVAL = Duration.ofSeconds(20);

    private static final long PATIENCE = 10;
    private static final Duration STEP = Duration.ofMillis(50);

    final VirtualTime time = new VirtualTime();
    final DeepgramEmulator emulator;
    final Deepgram deepgram;

    Scene() {
        this(builder -> builder);
    }

    Scene(UnaryOperator<DeepgramBuilder> configured) {
        this(configured, emulator -> emulator);
    }

    Scene(UnaryOperator<DeepgramBuilder> configured, UnaryOperator<DeepgramEmulator.Builder> emulated) {
        emulator = emulated.apply(DeepgramEmulator.builder().time(time)).start();
        deepgram = configured
                .apply(Deepgram.builder()
                        .apiKey(DeepgramEmulator.KEY)
                        .baseUrl(emulator.baseUrl())
                        .time(time)
                        .random(() -> 0))
                .build();
    }

    Synthesis synthesis(String text) {
        return synthesis(text, SpeechOptions.none());
    }

    Synthesis synthesis(String text, SpeechOptions options) {
        return TestSynthesis.of(text, options, time);
    }

    Synthesis synthesis(TextSource text) {
        return synthesis("").withText(text);
    }

    /** Speaks a text and gives what was heard. */
    String say(String text) {
        return say(synthesis(text));
    }

    String say(Synthesis synthesis) {
        try (AudioSource source = deepgram.stream(synthesis)) {
            return heard(source);
        }
    }

    /** Speaks while the clock of a paced emulator runs. */
    String sayPaced(String text) {
        Listener listener = listen(synthesis(text));
        awaitRunning(listener::hasEnded);
        return listener.heard();
    }

    /** Waits while a paced emulator goes on speaking. */
    void awaitRunning(BooleanSupplier condition) {
        await(() -> {
            if (time.sleeping() > 0) {
                time.advance(STEP);
            }
            return condition.getAsBoolean();
        });
    }

    /** Begins to speak, and leaves while a paced emulator is speaking. */
    void cutIn() {
        AudioSource source = deepgram.stream(synthesis("Some words that nobody wants to hear any more."));
        source.read();
        source.close();
        time.awaitSleeping(1);
        time.advance(STEP);
    }

    /** Lets time pass for the one socket, which nobody uses: so often it is asked for a sign of life, and gives it. */
    void idle(int times) {
        for (int i = 0; i < times; i++) {
            int told = told(0).size();
            time.advance(CHECK_INTERVAL);
            await(() -> told(0).size() > told && time.scheduled() == TIMERS_OF_A_SOCKET);
        }
    }

    /** The same of a server that does not answer the question. */
    void idleUnanswered(int times) {
        for (int i = 0; i < times; i++) {
            int told = told(0).size();
            time.advance(CHECK_INTERVAL);
            await(() -> told(0).size() == told + 1);
        }
    }

    /** Speaks, and lets time pass whenever the turn waits for nothing but that. */
    String sayWhileResting(Synthesis synthesis) {
        Listener listener = listen(synthesis);
        await(() -> {
            if (synthesis.attempt().isResting() && time.scheduled() > TIMERS_OF_A_SOCKET) {
                time.advance(Duration.ofSeconds(1));
            }
            return listener.hasEnded();
        });
        return listener.heard();
    }

    /** The rest of what is to be heard. */
    static String heard(AudioSource source) {
        return AudibleText.decode(bytes(source), source.format());
    }

    static byte[] bytes(AudioSource source) {
        var bytes = new ByteArrayOutputStream();
        for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
            byte[] copy = new byte[chunk.size()];
            chunk.bytes().get(copy);
            bytes.writeBytes(copy);
        }
        return bytes.toByteArray();
    }

    /** Speaks and listens on another thread. */
    Listener listen(Synthesis synthesis) {
        return new Listener(deepgram, synthesis);
    }

    /** The same through a layer. */
    static Listener listen(TtsBackend backend, Synthesis synthesis) {
        return new Listener(backend, synthesis);
    }

    TtsException failure(String text) {
        return failure(synthesis(text));
    }

    TtsException failure(Synthesis synthesis) {
        TtsException failure = catchThrowableOfType(TtsException.class, () -> say(synthesis));
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }

    /** What the socket with that number, from 0, was told. */
    List<String> told(int socket) {
        List<List<String>> received = emulator.received();
        return socket < received.size() ? received.get(socket) : List.of();
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("nanoseconds too late").isNegative();
            Thread.onSpinWait();
        }
    }

    /** One who speaks and listens on a thread of its own. */
    static final class Listener {
        private final CompletableFuture<AudioSource> source = new CompletableFuture<>();
        private final CompletableFuture<String> heard = new CompletableFuture<>();

        private Listener(TtsBackend backend, Synthesis synthesis) {
            var thread = new Thread(() -> listen(backend, synthesis), "listener");
            thread.setDaemon(true);
            thread.start();
        }

        private void listen(TtsBackend backend, Synthesis synthesis) {
            try (AudioSource opened = backend.stream(synthesis)) {
                source.complete(opened);
                heard.complete(Scene.heard(opened));
            } catch (Throwable e) {
                source.completeExceptionally(e);
                heard.completeExceptionally(e);
            }
        }

        AudioSource source() {
            return get(source);
        }

        boolean hasEnded() {
            return heard.isDone();
        }

        String heard() {
            return get(heard);
        }

        TtsException failure() {
            return catchThrowableOfType(TtsException.class, this::heard);
        }
    }

    private static <T extends @Nullable Object> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TtsException failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        deepgram.close();
        emulator.close();
    }

    /** Closes, and finds that no rule was broken. */
    void closeInOrder() {
        close();
        assertThat(emulator.violations()).as("rules that were broken").isEmpty();
    }
}
