// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FakeBackend} does with one request. Immutable: each method gives a changed copy, as in
 * {@code Behaviour.speak().after(Duration.ofSeconds(2)).stallAt(3_200)}.
 *
 * <p>Positions count bytes of audio; they are rounded down to a whole sample, and one beyond the end means the end. Of
 * {@link #stallAt}, {@link #failAt} and {@link #truncateAt} the last one set counts. A position of 0 makes the fake break the
 * contract of a backend, on purpose: its first read does not give audio.
 */
public final class Behaviour {
    private static final int CHUNK_BYTES = 1_280; // 40 ms at 16 kHz, so that a few words come in several chunks
    private static final Behaviour SPEAK = new Behaviour();

    /** How the audio ends at {@link #breakAt()}. */
    enum Break {
        NONE,
        STALL,
        FAILURE,
        END
    }

    private @Nullable Function<Synthesis, RuntimeException> refusal;
    private @Nullable Duration delay = Duration.ZERO; // null: for ever
    private int chunkBytes = CHUNK_BYTES;
    private Break broken = Break.NONE;
    private long breakAt;
    private Function<Synthesis, RuntimeException> failure = synthesis -> new IllegalStateException("no failure set");
    private boolean endless;
    private boolean ignoresCancellation;
    private boolean timings;

    private Behaviour() {}

    private Behaviour(Behaviour other) {
        refusal = other.refusal;
        delay = other.delay;
        chunkBytes = other.chunkBytes;
        broken = other.broken;
        breakAt = other.breakAt;
        failure = other.failure;
        endless = other.endless;
        ignoresCancellation = other.ignoresCancellation;
        timings = other.timings;
    }

    /** Speaks the whole text, at once. */
    public static Behaviour speak() {
        return SPEAK;
    }

    /** Fails before any audio. */
    public static Behaviour fail(Category category) {
        return refuse(synthesis -> told(synthesis, category, TimeoutPhase.FIRST_AUDIO));
    }

    /** Throws {@code failure} before any audio; one that is no {@link TtsException} makes it a backend with a bug. */
    public static Behaviour fail(RuntimeException failure) {
        Objects.requireNonNull(failure, "failure");
        return refuse(synthesis -> failure);
    }

    private static Behaviour refuse(Function<Synthesis, RuntimeException> refusal) {
        var copy = new Behaviour(SPEAK);
        copy.refusal = refusal;
        return copy;
    }

    private static RuntimeException told(Synthesis synthesis, Category category, TimeoutPhase phase) {
        TtsException.Builder failure = synthesis.failure(category, "the fake backend was told to fail");
        return (category == Category.TIMEOUT ? failure.timeoutPhase(phase) : failure).build();
    }

    /** Answers with a source that ends without any audio, which breaks the contract of a backend. */
    public static Behaviour noAudio() {
        return SPEAK.truncateAt(0);
    }

    /** Gives no first audio until the request is cancelled or the backend closed. */
    public static Behaviour hang() {
        var copy = new Behaviour(SPEAK);
        copy.delay = null;
        return copy;
    }

    /** Gives its first audio, or its failure, only {@code delay} later, by the {@link Synthesis#time()} of the request. */
    public Behaviour after(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay: " + delay + ", allowed zero or more");
        }
        var copy = new Behaviour(this);
        copy.delay = delay;
        return copy;
    }

    /** Gives chunks of at most {@code bytes} bytes, at least 1, in whole samples; 1280 unless set. */
    public Behaviour chunks(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes: " + bytes + ", allowed at least 1");
        }
        var copy = new Behaviour(this);
        copy.chunkBytes = bytes;
        return copy;
    }

    /** Goes silent at {@code position}, until the request is cancelled, the source closed or the backend closed. */
    public Behaviour stallAt(long position) {
        return breaking(Break.STALL, position);
    }

    /** Fails at {@code position}. */
    public Behaviour failAt(long position, Category category) {
        Behaviour copy = breaking(Break.FAILURE, position);
        copy.failure = synthesis -> told(synthesis, category, TimeoutPhase.STALL);
        return copy;
    }

    /** Throws {@code failure} at {@code position}; one that is no {@link TtsException} makes it a backend with a bug. */
    public Behaviour failAt(long position, RuntimeException failure) {
        Objects.requireNonNull(failure, "failure");
        Behaviour copy = breaking(Break.FAILURE, position);
        copy.failure = synthesis -> failure;
        return copy;
    }

    /** Ends at {@code position} as if all had been said. */
    public Behaviour truncateAt(long position) {
        return breaking(Break.END, position);
    }

    private Behaviour breaking(Break how, long position) {
        if (position < 0) {
            throw new IllegalArgumentException("position: " + position + ", allowed at least 0");
        }
        var copy = new Behaviour(this);
        copy.broken = how;
        copy.breakAt = position;
        return copy;
    }

    /** Says the text over and over. */
    public Behaviour endless() {
        var copy = new Behaviour(this);
        copy.endless = true;
        return copy;
    }

    /** Notices neither a cancelled request nor a closed source nor an interrupt; only closing the backend ends its waits. */
    public Behaviour ignoringCancellation() {
        var copy = new Behaviour(this);
        copy.ignoresCancellation = true;
        return copy;
    }

    /** Gives a timing mark for each word, as its audio is read. */
    public Behaviour withTimings() {
        var copy = new Behaviour(this);
        copy.timings = true;
        return copy;
    }

    @Nullable
    RuntimeException refusal(Synthesis synthesis) {
        return refusal == null ? null : refusal.apply(synthesis);
    }

    @Nullable
    Duration delay() {
        return delay;
    }

    int chunkBytes() {
        return chunkBytes;
    }

    Break broken() {
        return broken;
    }

    long breakAt() {
        return breakAt;
    }

    RuntimeException failure(Synthesis synthesis) {
        return failure.apply(synthesis);
    }

    boolean isEndless() {
        return endless;
    }

    boolean ignoresCancellation() {
        return ignoresCancellation;
    }

    boolean givesTimings() {
        return timings;
    }
}
