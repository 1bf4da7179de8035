// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Cuts an answer of a server everywhere, and demands of a backend that a cut answer never passes for a whole one: it fails, at
 * once, and says why.
 *
 * <pre>{@code
 * CutAnswers.assertNoneSucceeds(answer, random, baseUrl -> MyBackend.at(baseUrl));
 * }</pre>
 */
public final class CutAnswers {
    private static final int FIRST_BYTES = 2_000;
    private static final int LATER_CUTS = 200;
    private static final Set<Category> EXPECTED =
            EnumSet.of(Category.CONNECTION, Category.TRUNCATED, Category.NO_AUDIO, Category.PROTOCOL);

    private CutAnswers() {}

    /**
     * Cuts the answer after each of its first 2000 bytes, from the status line on, and after 200 of its later ones.
     *
     * @param whole what the server answers to one request; the backend has to take it, uncut, for a success
     * @param random which of the later ones
     * @param backend makes the backend, given the address of the server without a path; it is closed here
     * @throws AssertionError if a cut answer is a success, fails with another category than {@code CONNECTION},
     *     {@code TRUNCATED}, {@code NO_AUDIO} and {@code PROTOCOL}, or does not end within 10 seconds
     */
    public static void assertNoneSucceeds(
            ServerAnswer whole, RandomGenerator random, Function<String, TtsBackend> backend) {
        ServerAnswer bytes = whole.asRaw();
        try (LoopbackServer server = LoopbackServer.start();
                TtsBackend asked = backend.apply(server.url(""))) {
            server.enqueue(bytes);
            assertThat(speak(asked)).as("bytes of audio in the whole answer").isPositive();
            cuts(bytes.size(), random).forEach(cut -> {
                server.enqueue(bytes.cutAt(cut));
                assertFails(cut, asked);
            });
        }
    }

    private static IntStream cuts(int size, RandomGenerator random) {
        IntStream first = IntStream.range(0, Math.min(FIRST_BYTES, size));
        return size <= FIRST_BYTES ? first : IntStream.concat(first, random.ints(LATER_CUTS, FIRST_BYTES, size));
    }

    private static void assertFails(int cut, TtsBackend backend) {
        String what = "an answer that is cut after " + cut + " bytes";
        try {
            long bytes =
                    Running.start(what, Monitor.PATIENCE, () -> speak(backend)).await();
            throw new AssertionError(what + " was a success with " + bytes + " bytes of audio");
        } catch (TtsException e) {
            assertThat(e.category()).as(what).isIn(EXPECTED);
        }
    }

    /** How much audio it made of a short text. */
    private static long speak(TtsBackend backend) {
        long bytes = 0;
        try (AudioSource source = backend.stream(TestSynthesis.of("Hello."))) {
            AudioFormat format = source.format();
            for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
                assertThat(chunk.size() % format.bytesPerFrame())
                        .as("part of a sample")
                        .isZero();
                bytes += chunk.size();
            }
        }
        return bytes;
    }
}
