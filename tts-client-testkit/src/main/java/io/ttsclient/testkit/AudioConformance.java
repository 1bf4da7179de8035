// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.TimingMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes out: audio, at once, whole, in the format that was asked for. */
abstract class AudioConformance extends ConformanceHooks {
    private static final double SILENCE = 0.001; // root mean square; speech is 20 times louder or more
    private static final int FIRST_READS = 5;
    private static final long NOTICEABLE_NANOS = 20_000_000;
    /** Nobody speaks 200 characters a second. */
    private static final Duration LEAST_PER_CHAR = Duration.ofMillis(5);

    private static final Duration ROUNDING = Duration.ofMillis(1);

    @Test
    protected void stream_speakableText_givesAudio() {
        TtsBackend backend = open();
        for (String text : texts()) {
            try (AudioSource source = stream(backend, synthesis(text))) {
                byte[] audio = readAll(source);
                assertThat(audio)
                        .as(
                                "the audio of a text of %d chars: an answer without audio is a failure (NO_AUDIO), not an end",
                                text.length())
                        .isNotEmpty();
                if (audible()) {
                    Loudness.rms(audio, source.format())
                            .ifPresent(loudness -> assertThat(loudness)
                                    .as(
                                            "the loudness of a text of %d chars, where 0 is silence; override audible() for an engine that is"
                                                    + " meant to be silent",
                                            text.length())
                                    .isGreaterThan(SILENCE));
                }
                if (!source.format().encoding().isCompressed()) {
                    assertThat(source.format().durationOf(audio.length))
                            .as("how long the audio of %d chars plays: was it cut short?", text.length())
                            .isGreaterThan(LEAST_PER_CHAR.multipliedBy(text.length()));
                }
            }
        }
    }

    @Test
    protected void stream_longerText_givesMoreAudio() {
        TtsBackend backend = open();
        String text = shortText();
        int once = speak(backend, synthesis(text)).length;
        int twice = speak(backend, synthesis(text + " " + text)).length;
        assertThat(twice)
                .as("bytes of audio of a text said twice, which is %d said once", once)
                .isGreaterThan(once);
    }

    @Test
    protected void stream_returned_firstReadDoesNotWait() {
        TtsBackend backend = open();
        String text = longPiece(backend);
        long leastWait = Long.MAX_VALUE;
        // A busy machine may delay one read, not each of several.
        for (int i = 0; i < FIRST_READS && leastWait > 0; i++) {
            long wait = bounded("the first read()", () -> waitOfFirstRead(backend, text));
            leastWait = Math.min(leastWait, wait);
        }
        assertThat(leastWait)
                .as(
                        "nanoseconds that the first read() waits, each time longer than stream() itself took: stream() returns when"
                                + " the first audio has arrived, not before")
                .isZero();
    }

    /** 0 unless it takes longer than {@code stream} did. */
    private long waitOfFirstRead(TtsBackend backend, String text) {
        long start = System.nanoTime();
        try (AudioSource source = backend.stream(synthesis(text))) {
            long returned = System.nanoTime();
            AudioChunk first = source.read();
            long wait = System.nanoTime() - returned;
            assertThat(first).as("the first chunk").isNotNull();
            return wait > NOTICEABLE_NANOS && wait > returned - start ? wait : 0;
        }
    }

    @Test
    protected void stream_noFormatAskedFor_givesTheDefaultFormat() {
        TtsBackend backend = open();
        try (AudioSource source = stream(backend, synthesis(shortText()))) {
            assertThat(source.format())
                    .as("the format where none was asked for")
                    .isEqualTo(backend.capabilities().defaultFormat());
        }
    }

    @Test
    protected void stream_eachOfItsFormats_givesThatFormatInWholeSamples() {
        TtsBackend backend = open();
        for (AudioFormat format : backend.capabilities().formats()) {
            var options = SpeechOptions.builder().format(format).build();
            try (AudioSource source = stream(backend, synthesis(shortText(), options))) {
                assertThat(source.format())
                        .as("the format where %s was asked for", format)
                        .isEqualTo(format);
                int chunks = 0;
                for (AudioChunk chunk = read(source); chunk != null; chunk = read(source)) {
                    chunks++;
                    assertThat(chunk.size() % format.bytesPerFrame())
                            .as("bytes of a split sample at the end of chunk %d, in %s", chunks, format)
                            .isZero();
                    assertThat(source.format())
                            .as("the format while %s is read", format)
                            .isEqualTo(format);
                }
                assertThat(chunks).as("chunks of audio in %s", format).isPositive();
            }
        }
    }

    @Test
    protected void read_chunksThatAreKept_stayTheSame() {
        TtsBackend backend = open();
        var chunks = new ArrayList<AudioChunk>();
        var asRead = new ArrayList<byte[]>();
        try (AudioSource source = stream(backend, synthesis(longPiece(backend)))) {
            for (AudioChunk chunk = read(source); chunk != null; chunk = read(source)) {
                chunks.add(chunk);
                asRead.add(copy(chunk));
            }
        }
        for (int i = 0; i < chunks.size(); i++) {
            assertThat(copy(chunks.get(i)))
                    .as("chunk %d, looked at again at the end: chunks are immutable, a buffer is not used twice", i + 1)
                    .isEqualTo(asRead.get(i));
        }
    }

    @Test
    protected void stream_sameText_givesTheSameBytes() {
        if (!deterministic()) {
            return;
        }
        TtsBackend backend = open();
        byte[] first = speak(backend, synthesis(shortText()));
        byte[] second = speak(backend, synthesis(shortText()));
        assertThat(second)
                .as(
                        "the audio of a text said again; override deterministic() for an engine that never says it twice alike")
                .isEqualTo(first);
    }

    @Test
    protected void stream_speedAtItsLimits_speaksOrRefuses() {
        TtsBackend backend = open();
        for (double speed : new double[] {0.25, 4}) {
            var options = SpeechOptions.builder().speed(speed).build();
            failureIfAny(
                    "speaking at speed " + speed,
                    () -> speak(backend, synthesis(shortText(), options)),
                    Category.INVALID_REQUEST,
                    Category.UNSUPPORTED);
        }
    }

    @Test
    protected void timings_whileRead_growInOrderInsideTextAndAudio() {
        TtsBackend backend = open();
        String text = longPiece(backend);
        try (AudioSource source = stream(backend, synthesis(text))) {
            List<TimingMark> before = source.timings();
            long bytes = 0;
            for (AudioChunk chunk = read(source); chunk != null; chunk = read(source)) {
                bytes += chunk.size();
                List<TimingMark> now = source.timings();
                assertThat(now.stream().limit(before.size()).toList())
                        .as("the timings so far, which only grow")
                        .isEqualTo(before);
                before = now;
            }
            assertInOrder(before, text);
            if (!before.isEmpty() && !source.format().encoding().isCompressed()) {
                assertThat(before.get(before.size() - 1).end())
                        .as("the end of the last timing mark, which is inside the audio")
                        .isLessThanOrEqualTo(source.format().durationOf(bytes).plus(ROUNDING));
            }
        }
    }

    private static void assertInOrder(List<TimingMark> marks, String text) {
        Duration start = Duration.ZERO;
        int textStart = 0;
        for (TimingMark mark : marks) {
            assertThat(mark.textEnd())
                    .as("the end of %s in a text of %d chars", mark, text.length())
                    .isBetween(mark.textStart(), text.length());
            assertThat(mark.start())
                    .as("the start of %s, not before the mark before it", mark)
                    .isGreaterThanOrEqualTo(start);
            assertThat(mark.textStart())
                    .as("the start in the text of %s, not before the mark before it", mark)
                    .isGreaterThanOrEqualTo(textStart);
            start = mark.start();
            textStart = mark.textStart();
        }
    }
}
