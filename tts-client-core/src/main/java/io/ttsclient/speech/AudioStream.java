// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.AudioSink;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Speech as it is made. Reading pulls it: who reads slowly slows the provider down, nothing piles up.
 *
 * <p>Read it once, in one way: with a {@code for} loop, {@link #read()}, {@link #asInputStream()}, {@link #asPublisher()},
 * {@link #toBytes()}, {@link #writeTo(Path)} or {@link #transferTo(AudioSink)}; they all share one position. One thread at a
 * time reads; {@link #close()}, {@link #timings()} and {@link #report()} may come from any thread. Closing before the end
 * cancels the request up to the provider, and is no failure.
 *
 * <p>A failure in the middle comes out of the reading call as a {@link TtsException}; what was read before stays valid.
 */
public final class AudioStream implements AudioSource, Iterable<AudioChunk> {
    /**
     * Left once, by whoever is first. Every way out of {@code OPEN} closes the source.
     *
     * <pre>
     * OPEN -> ENDED   read() met the end
     * OPEN -> FAILED  read() met a failure, which every later read() repeats
     * OPEN -> CLOSED  close(): a read() that is under way, and every later one, is cancelled
     * </pre>
     */
    private enum State {
        OPEN,
        ENDED,
        FAILED,
        CLOSED
    }

    private final AudioSource source;
    private final Executor executor;
    private final Supplier<SpeechReport> report;
    private final BooleanSupplier isRevoked;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final ReentrantLock reading = new ReentrantLock();
    private @Nullable RuntimeException failure; // guarded by reading

    private AudioStream(
            AudioSource source, Executor executor, Supplier<SpeechReport> report, BooleanSupplier isRevoked) {
        this.source = source;
        this.executor = executor;
        this.report = report;
        this.isRevoked = isRevoked;
    }

    /**
     * The views over {@code source}, which the stream closes. Applications get theirs from a client; this is for those who
     * build clients and test doubles.
     *
     * @param executor runs the reading for {@link #asPublisher()}; not shut down
     * @param report called for every {@link #report()}, from any thread
     */
    public static AudioStream of(AudioSource source, Executor executor, Supplier<SpeechReport> report) {
        return of(source, executor, report, () -> false);
    }

    /**
     * The same over a source that may end audio which was read of it already: once {@code isRevoked}, asked from any thread, the views
     * drop what they hold and ask the source, which says why.
     */
    public static AudioStream of(
            AudioSource source, Executor executor, Supplier<SpeechReport> report, BooleanSupplier isRevoked) {
        return new AudioStream(source, executor, report, isRevoked);
    }

    @Override
    public AudioFormat format() {
        return source.format();
    }

    /**
     * The next audio; waits for it.
     *
     * @return null at the end, when all audio was delivered, and ever after
     * @throws TtsException if the audio breaks off, and again if called again; with category {@code CANCELLED} if the stream
     *     was closed before its end
     * @throws IllegalStateException if another thread is reading
     */
    @Override
    public @Nullable AudioChunk read() {
        if (!reading.tryLock()) {
            throw new IllegalStateException("another thread is reading this stream");
        }
        try {
            if (failure != null) {
                throw failure;
            }
            return switch (state.get()) {
                case ENDED -> null;
                case CLOSED -> throw closedBefore(null);
                case OPEN, FAILED -> readSource();
            };
        } finally {
            reading.unlock();
        }
    }

    private @Nullable AudioChunk readSource() {
        try {
            AudioChunk chunk = source.read();
            if (chunk == null && state.compareAndSet(State.OPEN, State.ENDED)) {
                source.close();
            }
            return chunk;
        } catch (RuntimeException e) {
            failure = state.compareAndSet(State.OPEN, State.FAILED) ? e : endedByClosing(e);
            source.close();
            throw failure;
        }
    }

    /** Whatever a source throws after it was closed, the closing is why. */
    private static RuntimeException endedByClosing(RuntimeException e) {
        return e instanceof TtsException failure && failure.category() == Category.CANCELLED ? e : closedBefore(e);
    }

    private static TtsException closedBefore(@Nullable Throwable cause) {
        return TtsException.builder(Category.CANCELLED, "the stream was closed before its end")
                .cause(cause)
                .build();
    }

    /** Whether audio that was read, and not handed out, must not be any more; {@link #read()} says why. */
    boolean isRevoked() {
        return state.get() == State.CLOSED || isRevoked.getAsBoolean();
    }

    @Override
    public List<TimingMark> timings() {
        return source.timings();
    }

    /** What happened so far; complete once the stream has ended or was closed. */
    public SpeechReport report() {
        return report.get();
    }

    @Override
    public void close() {
        if (state.compareAndSet(State.OPEN, State.CLOSED)) {
            source.close();
        }
    }

    /** Continues where reading stands; it ends, or fails, as {@link #read()} does. */
    @Override
    public Iterator<AudioChunk> iterator() {
        return new ChunkIterator(this);
    }

    /**
     * The audio as plain bytes. A failure is an {@link IOException} whose cause is the {@link TtsException}. Closing it closes
     * this stream.
     */
    public InputStream asInputStream() {
        return new ChunkInputStream(this);
    }

    /**
     * The audio for a reactive pipeline: one subscriber, and nothing is read without demand. Cancelling the subscription
     * closes this stream.
     */
    public Flow.Publisher<AudioChunk> asPublisher() {
        return new ChunkPublisher(this, executor);
    }

    /** Reads to the end and closes. */
    public byte[] toBytes() {
        try (this) {
            var bytes = new ByteArrayOutputStream();
            for (AudioChunk chunk : this) {
                byte[] piece = new byte[chunk.size()];
                chunk.bytes().get(piece);
                bytes.writeBytes(piece);
            }
            return bytes.toByteArray();
        }
    }

    /**
     * Reads to the end into a file, and closes. A name that ends in {@code .wav} gets a WAV file, any other the audio as it
     * is. The file appears under its name only when it is complete; an older one is replaced.
     *
     * @throws TtsException if the audio breaks off
     * @throws IOException if the file cannot be written
     */
    public void writeTo(Path file) throws IOException {
        try (this) {
            AudioFiles.write(this, file);
        }
    }

    /**
     * Reads to the end into {@code sink}, waits until all was heard, and closes this stream, not the sink.
     *
     * @return the bytes transferred
     * @throws TtsException if the audio breaks off
     * @throws IOException if the sink fails
     */
    public long transferTo(AudioSink sink) throws IOException {
        try (this) {
            long bytes = 0;
            for (AudioChunk chunk : this) {
                sink.write(chunk.bytes(), format());
                bytes += chunk.size();
            }
            sink.drain();
            return bytes;
        }
    }

    @Override
    public String toString() {
        return "AudioStream[" + state.get() + "]"; // the format may have to be waited for
    }
}
