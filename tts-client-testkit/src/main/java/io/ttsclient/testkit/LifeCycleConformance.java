// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** From the first call to the last: many callers at once, and nothing left behind. */
abstract class LifeCycleConformance extends CancellingConformance {
    private static final int READERS_AT_CLOSE = 4;

    @Test
    protected void capabilities_areComplete() {
        TtsCapabilities capabilities = open().capabilities();
        assertThat(capabilities.backend())
                .as("the name of the backend: lower case, as in configuration")
                .matches("[a-z][a-z0-9-]*");
        assertThat(capabilities.formats()).as("the formats, each once").doesNotHaveDuplicates();
        assertThat(capabilities.formats().get(0))
                .as("the first of the formats")
                .isEqualTo(capabilities.defaultFormat());
    }

    @Test
    protected void capabilities_usedAndClosed_stayTheSame() {
        TtsBackend backend = open();
        String before = describe(backend.capabilities());
        speak(backend, synthesis(shortText()));
        assertThat(describe(backend.capabilities()))
                .as("the capabilities after the first use")
                .isEqualTo(before);
        close(backend);
        assertThat(describe(backend.capabilities()))
                .as("the capabilities after close()")
                .isEqualTo(before);
    }

    private static String describe(TtsCapabilities capabilities) {
        return String.join(
                ", ",
                capabilities.backend(),
                capabilities.formats().stream().map(AudioFormat::toString).collect(Collectors.joining("/")),
                "growing text: " + capabilities.growingText(),
                "limits: " + capabilities.segmentLimits(),
                "pauses: " + capabilities.sentencePause() + " and " + capabilities.paragraphPause());
    }

    @Test
    protected void prewarm_twice_speaksAfterwards() {
        TtsBackend backend = open();
        for (int i = 0; i < 2; i++) {
            bounded("prewarm()", () -> {
                backend.prewarm();
                return true;
            });
        }
        assertThat(speak(backend, synthesis(shortText())))
                .as("audio after prewarm()")
                .isNotEmpty();
    }

    @Test
    protected void health_neverThrows() {
        TtsBackend backend = open();
        assertThat(bounded("health()", backend::health).status())
                .as("the health of a backend that speaks")
                .isNotEqualTo(Health.Status.DOWN);
        close(backend);
        assertThat(bounded("health()", backend::health).status())
                .as("the health of a closed backend")
                .isNotEqualTo(Health.Status.UP);
    }

    @Test
    protected void stream_manyAtOnce_eachGetsItsOwnAudio() {
        TtsBackend backend = open();
        Map<String, byte[]> alone = new HashMap<>();
        texts().forEach(text -> alone.put(text, speak(backend, synthesis(text))));
        var together = new ArrayList<Running<byte[]>>();
        for (int i = 0; i < concurrentStreams(); i++) {
            String text = texts().get(i % texts().size());
            together.add(start("one of " + concurrentStreams() + " streams at once", () -> speakHere(backend, text)));
        }
        for (int i = 0; i < together.size(); i++) {
            byte[] audio = together.get(i).await();
            assertThat(audio)
                    .as("the audio of stream %d of %d at once", i + 1, together.size())
                    .isNotEmpty();
            if (deterministic()) {
                byte[] expected = alone.get(texts().get(i % texts().size()));
                assertThat(Arrays.equals(audio, expected))
                        .as(
                                "whether stream %d of %d at once gives the bytes that its text gives alone",
                                i + 1, together.size())
                        .isTrue();
            }
        }
    }

    /** On the calling thread, which is one of many. */
    private byte[] speakHere(TtsBackend backend, String text) {
        try (AudioSource source = backend.stream(synthesis(text))) {
            return readHere(source);
        }
    }

    static byte[] readHere(AudioSource source) {
        var bytes = new ByteArrayOutputStream();
        for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
            bytes.writeBytes(copy(chunk));
        }
        return bytes.toByteArray();
    }

    @Test
    protected void close_twice_thenStreamIsClosed() {
        TtsBackend backend = open();
        speak(backend, synthesis(shortText()));
        close(backend);
        close(backend);
        failure("stream() of a closed backend", () -> backend.stream(synthesis(shortText())), Category.CLOSED);
        for (String what : List.of("voices()", "prewarm()")) {
            failureIfAny(
                    what + " of a closed backend",
                    () -> {
                        if (what.equals("voices()")) {
                            backend.voices();
                        } else {
                            backend.prewarm();
                        }
                        return true;
                    },
                    Category.CLOSED);
        }
    }

    @Test
    protected void close_neverUsed_isQuiet() {
        close(open());
    }

    @Test
    protected void close_ofBackend_endsWhatRuns() {
        TtsBackend backend = open();
        endsWhatRuns(backend, READERS_AT_CLOSE);
        silentBackends().values().forEach(engine -> endsWhatRuns(engine, 1));
        Optional<TtsBackend> stalling = stallingBackend();
        stalling.ifPresent(engine -> endsWhatRuns(closedLater(engine), 1));
    }

    private void endsWhatRuns(TtsBackend backend, int readers) {
        String text = longPiece(backend);
        var running = new ArrayList<Running<Integer>>();
        for (int i = 0; i < readers; i++) {
            running.add(start("stream() or read() while the backend is closed", () -> speakHere(backend, text).length));
        }
        running.get(0).endsWithin(Duration.ofMillis(20));
        close(backend);
        for (Running<Integer> each : running) {
            failureIfAny("stream() or read() while the backend is closed", each, Category.CLOSED, Category.CANCELLED);
        }
    }

    @Test
    protected void close_leavesNoThreadAndNoFile() {
        startClock();
        useAndClose(); // what belongs to the whole JVM is there afterwards
        Leftovers before = Leftovers.now();
        useAndClose();
        before.awaitEndOfThreads(this::mayOutlive, patience());
        assertThat(before.awaitClosedFiles(this::mayStayOpen, patience()))
                .as(
                        "files and sockets still open %s after close(); override mayStayOpen() for what belongs to the JVM",
                        patience())
                .isEmpty();
    }

    @Test
    protected void close_leavesNoConnectionAtTheEngine() {
        useAndClose();
        silentBackends().values().forEach(backend -> {
            Synthesis cancelled = synthesis(longPiece(backend));
            Running<AudioSource> streaming = start("stream(), cancelled", () -> backend.stream(cancelled));
            streaming.endsWithin(Duration.ofMillis(20));
            cancelled.cancellation().cancel();
            failure("stream(), cancelled", streaming, Category.CANCELLED);
            close(backend);
        });
        stallingBackend().map(this::closedLater).ifPresent(backend -> {
            AudioSource source = stream(backend, synthesis(longPiece(backend)));
            read(source);
            source.close();
            close(backend);
        });
        long start = System.nanoTime();
        while (connectionsAtEngine().orElse(0) > 0
                && System.nanoTime() - start < patience().toNanos()) {
            LockSupport.parkNanos(1_000_000); // the engine need not tell when a connection ends
        }
        assertThat(connectionsAtEngine().orElse(0))
                .as("connections that the engine still has open %s after close()", patience())
                .isZero();
    }

    private void useAndClose() {
        TtsBackend backend = open();
        bounded("prewarm()", () -> {
            backend.prewarm();
            return true;
        });
        bounded("voices()", backend::voices);
        speak(backend, synthesis(shortText()));
        AudioSource left = stream(backend, synthesis(longPiece(backend)));
        read(left);
        left.close();
        Synthesis cancelled = synthesis(shortText());
        cancelled.cancellation().cancel();
        failure("a cancelled request", () -> backend.stream(cancelled), Category.CANCELLED);
        stream(backend, synthesis(longPiece(backend))); // nobody closes it but the backend
        close(backend);
    }
}
