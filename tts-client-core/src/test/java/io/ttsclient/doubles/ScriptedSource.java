// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.doubles;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.TimingMark;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A source that gives, throws and blocks as a test wrote it down, and counts what is done to it. It keeps the contract: only
 * {@link #close()} wakes a blocked read, and a read after the close is cancelled.
 */
public final class ScriptedSource implements AudioSource {
    private static final int PATIENCE_SECONDS = 20;

    private final AudioFormat format;
    private final Deque<Supplier<AudioChunk>> script = new ArrayDeque<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile List<TimingMark> timings = List.of();

    public ScriptedSource(AudioFormat format) {
        this.format = format;
    }

    /** Then a chunk of these bytes. */
    public ScriptedSource gives(int... bytes) {
        return gives(chunk(bytes));
    }

    /** Then this chunk. */
    public ScriptedSource gives(AudioChunk chunk) {
        script.add(() -> chunk);
        return this;
    }

    /** Then a failure of this category. */
    public ScriptedSource fails(Category category) {
        return fails(TtsException.builder(category, "scripted").build());
    }

    /** Then this failure. */
    public ScriptedSource fails(RuntimeException failure) {
        script.add(() -> {
            throw failure;
        });
        return this;
    }

    /** Then nothing, until it is closed. */
    public ScriptedSource blocks() {
        script.add(() -> {
            blocked.countDown();
            await(closed);
            throw closedBefore();
        });
        return this;
    }

    /** Runs {@code action} inside the read that comes next, then goes on with the script. */
    public ScriptedSource then(Runnable action) {
        script.add(() -> {
            action.run();
            return next();
        });
        return this;
    }

    public ScriptedSource timings(TimingMark... marks) {
        timings = List.of(marks);
        return this;
    }

    public static AudioChunk chunk(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return new AudioChunk(ByteBuffer.wrap(array));
    }

    /** Waits until a reader is blocked. */
    public void awaitBlocked() {
        await(blocked);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing happened for " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static TtsException closedBefore() {
        return TtsException.builder(Category.CANCELLED, "scripted source closed")
                .build();
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public @Nullable AudioChunk read() {
        reads.incrementAndGet();
        return next();
    }

    private @Nullable AudioChunk next() {
        Supplier<AudioChunk> step = script.poll();
        if (step == null) {
            return null;
        }
        if (isClosed()) {
            throw closedBefore();
        }
        return step.get();
    }

    @Override
    public List<TimingMark> timings() {
        return timings;
    }

    @Override
    public void close() {
        closes.incrementAndGet();
        closed.countDown();
    }

    /** How often it was read. */
    public int reads() {
        return reads.get();
    }

    /** How often it was closed. */
    public int closes() {
        return closes.get();
    }

    public boolean isClosed() {
        return closed.getCount() == 0;
    }
}
