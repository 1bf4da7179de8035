// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import io.ttsclient.TtsClient;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Many who listen in real time: each asks for a phrase of a second, and for the next one when that has been played. */
final class Callers {
    private static final long PHRASE_NANOS = TimeUnit.SECONDS.toNanos(1);

    final Tally firstAudio = new Tally();
    final Tally wholePhrase = new Tally();
    final Tally lateness = new Tally();

    private final TtsClient client;
    private final int frameBytes;
    private final long end;
    private final LongAdder phrases = new LongAdder();
    private final Map<Category, LongAdder> failures = new ConcurrentHashMap<>();

    /** {@code end} is when nobody asks any more, by {@link System#nanoTime()}. */
    Callers(TtsClient client, int frameBytes, long end) {
        this.client = client;
        this.frameBytes = frameBytes;
        this.end = end;
    }

    /** One of them; {@code share}, from 0 to 1, says where in a second it begins. */
    void call(double share) {
        long start = System.nanoTime() + (long) (share * PHRASE_NANOS);
        while (start - end < 0 && sleptUntil(start)) {
            phrase();
            start = Math.max(start + PHRASE_NANOS, System.nanoTime());
        }
    }

    private static boolean sleptUntil(long nanoTime) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void phrase() {
        phrases.increment();
        long start = System.nanoTime();
        try (AudioStream audio = client.stream(Messages.TEXT)) {
            long bytes = 0;
            for (AudioChunk chunk = audio.read(); chunk != null; chunk = audio.read()) {
                long now = System.nanoTime();
                if (bytes == 0) {
                    firstAudio.add(now - start);
                }
                if (bytes % frameBytes == 0 && chunk.size() >= Long.BYTES) {
                    lateness.add(now - stamp(chunk.bytes()));
                }
                bytes += chunk.size();
            }
            wholePhrase.add(System.nanoTime() - start);
        } catch (TtsException e) {
            failures.computeIfAbsent(e.category(), category -> new LongAdder()).increment();
        }
    }

    private static long stamp(ByteBuffer bytes) {
        return bytes.order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    }

    long phrases() {
        return phrases.sum();
    }

    /** How many phrases failed, by category. */
    Map<Category, Long> failures() {
        Map<Category, Long> all = new TreeMap<>();
        failures.forEach((category, count) -> all.put(category, count.sum()));
        return all;
    }
}
