// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a caller leaves: at any moment, from any thread. */
abstract class CancellingConformance extends TextConformance {
    /** How far a call is given time to get before it is cancelled: whatever an engine does first, second and last. */
    private static final List<Duration> MOMENTS = List.of(
            Duration.ZERO,
            Duration.ofMillis(1),
            Duration.ofMillis(3),
            Duration.ofMillis(10),
            Duration.ofMillis(30),
            Duration.ofMillis(100));

    @Test
    protected void close_beforeFirstRead_readIsCancelled() {
        AudioSource source = stream(open(), synthesis(shortText()));
        close(source);
        failure("read() of a source that was closed before it was read", source::read, Category.CANCELLED);
    }

    @Test
    protected void close_inTheMiddle_noMoreAudioComes() {
        TtsBackend backend = open();
        AudioSource source = stream(backend, synthesis(longPiece(backend)));
        read(source);
        close(source);
        // What is at its end anyway may also say so.
        failureIfAny(
                "read() after close()",
                () -> {
                    assertThat(source.read()).as("audio read after close()").isNull();
                    return true;
                },
                Category.CANCELLED);
    }

    @Test
    protected void close_atTheEndAndTwice_doesNothing() {
        AudioSource source = stream(open(), synthesis(shortText()));
        readAll(source);
        close(source);
        close(source);
    }

    @Test
    protected void close_twiceBeforeTheEnd_doesNothingMore() {
        TtsBackend backend = open();
        AudioSource source = stream(backend, synthesis(longPiece(backend)));
        close(source);
        close(source);
        assertThat(speak(backend, synthesis(shortText())))
                .as("audio of the next request")
                .isNotEmpty();
    }

    private void close(AudioSource source) {
        bounded("close() of the source", () -> {
            source.close();
            return true;
        });
    }

    @Test
    protected void close_fromAnotherThreadWhileReading_endsTheRead() {
        for (Duration moment : MOMENTS) {
            Optional<TtsBackend> stalling = stallingBackend();
            TtsBackend backend = closedLater(stalling.orElseGet(this::backend));
            AudioSource source = stream(backend, synthesis(longPiece(backend)));
            var hasBegun = new CountDownLatch(1);
            Running<Boolean> reading = start("read() of a source that another thread closed", () -> {
                try {
                    while (source.read() != null) {
                        hasBegun.countDown();
                    }
                } finally {
                    hasBegun.countDown();
                }
                return true;
            });
            bounded("the first read()", () -> {
                hasBegun.await();
                return true;
            });
            boolean ended = reading.endsWithin(moment);
            close(source);
            if (stalling.isPresent()) {
                assertThat(ended)
                        .as("whether the audio of stallingBackend() ended by itself")
                        .isFalse();
                failure("read() of a source that another thread closed", reading, Category.CANCELLED);
            } else {
                failureIfAny("read() of a source that another thread closed", reading, Category.CANCELLED);
            }
        }
    }

    @Test
    protected void cancel_beforeStream_isCancelled() {
        TtsBackend backend = open();
        Synthesis synthesis = synthesis(shortText());
        synthesis.cancellation().cancel();
        failure("stream() of a request that is cancelled already", () -> backend.stream(synthesis), Category.CANCELLED);
    }

    @Test
    protected void cancel_duringStream_endsTheWait() {
        for (Duration moment : MOMENTS) {
            Map<String, TtsBackend> silent = silentBackends();
            silent.forEach((name, backend) -> failure(
                    "stream() of " + name + ", cancelled", cancelledAfter(moment, backend), Category.CANCELLED));
            if (silent.isEmpty()) {
                failureIfAny("stream() of a cancelled request", cancelledAfter(moment, open()), Category.CANCELLED);
            }
        }
    }

    private Running<AudioSource> cancelledAfter(Duration moment, TtsBackend backend) {
        Synthesis synthesis = synthesis(longPiece(backend));
        Running<AudioSource> streaming = start("stream() of a cancelled request", () -> backend.stream(synthesis));
        streaming.endsWithin(moment);
        synthesis.cancellation().cancel();
        return streaming;
    }

    @Test
    protected void cancel_afterTheEnd_doesNothing() {
        TtsBackend backend = open();
        Synthesis synthesis = synthesis(shortText());
        try (AudioSource source = stream(backend, synthesis)) {
            readAll(source);
            synthesis.cancellation().cancel();
        }
        assertThat(speak(backend, synthesis(shortText())))
                .as("audio of the next request")
                .isNotEmpty();
    }

    @Test
    protected void cancel_oneRequest_leavesTheOthersAlone() {
        TtsBackend backend = open();
        AudioSource other = stream(backend, synthesis(shortText()));
        Synthesis synthesis = synthesis(longPiece(backend));
        AudioSource source = stream(backend, synthesis);
        synthesis.cancellation().cancel();
        close(source);
        try (other) {
            assertThat(readAll(other))
                    .as("the audio of the request that nobody cancelled")
                    .isNotEmpty();
        }
    }

    @Test
    protected void interrupt_beforeStream_flagStaysSet() {
        TtsBackend backend = open();
        boolean isSet = bounded("stream() and read() on an interrupted thread", () -> {
            Thread.currentThread().interrupt();
            return flagAfterSpeaking(backend, synthesis(shortText()));
        });
        assertThat(isSet)
                .as("the interrupt flag of the thread, which belongs to the caller")
                .isTrue();
    }

    @Test
    protected void interrupt_duringStream_flagStaysSet() {
        for (Duration moment : MOMENTS) {
            Map<String, TtsBackend> silent = silentBackends();
            silent.values().forEach(backend -> interruptAfter(moment, backend));
            if (silent.isEmpty()) {
                interruptAfter(moment, open());
            }
        }
    }

    private void interruptAfter(Duration moment, TtsBackend backend) {
        Synthesis synthesis = synthesis(longPiece(backend));
        var speaking = start("stream() and read() of an interrupted thread, cancelled as well", () -> {
            boolean isSet = flagAfterSpeaking(backend, synthesis);
            // What the backend ended before it was interrupted is waited for here.
            return isSet || isInterruptedWithin(patience().dividedBy(2));
        });
        speaking.endsWithin(moment);
        speaking.thread().interrupt();
        synthesis.cancellation().cancel();
        assertThat(speaking.await())
                .as("the interrupt flag of the thread, which belongs to the caller")
                .isTrue();
    }

    private static boolean isInterruptedWithin(Duration patience) {
        try {
            return new CountDownLatch(1).await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static boolean flagAfterSpeaking(TtsBackend backend, Synthesis synthesis) {
        try (AudioSource source = backend.stream(synthesis)) {
            for (AudioChunk chunk = source.read(); chunk != null; ) {
                chunk = source.read();
            }
        } catch (TtsException e) {
            assertThat(e.category())
                    .as("the category of what an interrupted thread gets: %s", e)
                    .isEqualTo(Category.CANCELLED);
        }
        return Thread.currentThread().isInterrupted();
    }
}
