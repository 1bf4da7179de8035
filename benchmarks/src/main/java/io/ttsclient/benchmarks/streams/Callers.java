// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.streams;

import io.ttsclient.TtsClient;
import io.ttsclient.benchmarks.DeepgramTurn;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioStream;
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
    private final int frames;
    private final long end;
    private final LongAdder phrases = new LongAdder();
    private final Map<Category, LongAdder> failures = new ConcurrentHashMap<>();

    /** {@code end} is when nobody asks any more, by {@link System#nanoTime()}. */
    Callers(TtsClient client, int frameBytes, int frames, long end) {
        this.client = client;
        this.frameBytes = frameBytes;
        this.frames = frames;
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
        var late = new Lateness(frameBytes, frames);
        long start = System.nanoTime();
        try (AudioStream audio = client.stream(DeepgramTurn.TEXT)) {
            for (AudioChunk chunk = audio.read(); chunk != null; chunk = audio.read()) {
                if (late.bytes() == 0) {
                    firstAudio.add(System.nanoTime() - start);
                }
                late.received(chunk.bytes());
            }
            wholePhrase.add(System.nanoTime() - start);
        } catch (TtsException e) {
            failures.computeIfAbsent(e.category(), category -> new LongAdder()).increment();
        }
        late.addTo(lateness);
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
