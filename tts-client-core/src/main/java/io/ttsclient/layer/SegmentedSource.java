// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Cancellation;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.text.Segment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a text as one stream. The reading thread owns the order: it takes the pieces one after the other, and starts
 * the next ones on the executor as soon as the current one sounds.
 *
 * <p>A piece with nothing to pronounce is left out, with a warning; only if all are so does the first {@code open} fail.
 */
final class SegmentedSource implements AudioSource {
    private final TtsBackend backend;
    private final Synthesis synthesis;
    private final Cancellation scope;
    private final Iterator<Segment> toStart;
    private final int window;
    private final Executor executor;
    private final TtsCapabilities capabilities;
    private final Deque<SegmentAhead> ahead = new ArrayDeque<>(); // reading thread

    private final ReentrantLock lock = new ReentrantLock();
    private final List<TimingMark> finishedTimings = new ArrayList<>(); // guarded by lock, as all below
    private AudioSource current; // written by the reading thread
    private Segment currentSegment;
    /** Null where nobody knows: behind a piece whose bytes do not tell how long it plays. */
    private @Nullable Duration currentStart = Duration.ZERO;

    private final AudioFormat format;
    private long bytes; // reading thread

    private SegmentedSource(
            TtsBackend backend,
            Synthesis synthesis,
            Iterator<Segment> segments,
            int window,
            Executor executor,
            AudioSource first,
            Segment firstSegment) {
        this.backend = backend;
        this.synthesis = synthesis;
        this.scope = synthesis.cancellation();
        this.toStart = segments;
        this.window = window;
        this.executor = executor;
        this.capabilities = backend.capabilities();
        this.current = first;
        this.currentSegment = firstSegment;
        this.format = first.format();
    }

    /** Speaks the first piece on the calling thread, and returns when it sounds. {@code segments} has at least one. */
    static SegmentedSource open(
            TtsBackend backend,
            Synthesis synthesis,
            Iterator<Segment> segments,
            SegmentingPolicy policy,
            Executor executor) {
        Cancellation scope = synthesis.cancellation().child();
        Synthesis scoped = synthesis.withCancellation(scope);
        try {
            while (true) {
                Segment segment = segments.next();
                try {
                    AudioSource first = SegmentAhead.speak(backend, scoped, segment);
                    return new SegmentedSource(backend, scoped, segments, policy.window(), executor, first, segment)
                            .begun();
                } catch (NothingToSpeakException e) {
                    if (!segments.hasNext()) {
                        throw e;
                    }
                    warnOfSkipped(synthesis, segment);
                }
            }
        } catch (RuntimeException | Error e) {
            scope.detach();
            throw e;
        }
    }

    private SegmentedSource begun() {
        try {
            startAhead();
            return this;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static void warnOfSkipped(Synthesis synthesis, Segment segment) {
        synthesis
                .journal()
                .warning("nothing to pronounce in chars " + segment.start() + " to " + segment.end() + ", left out");
    }

    private void startAhead() {
        while (ahead.size() < window - 1 && toStart.hasNext()) {
            var next = new SegmentAhead(backend, synthesis, toStart.next());
            ahead.add(next);
            next.startOn(executor);
        }
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public @Nullable AudioChunk read() {
        while (true) {
            AudioChunk chunk = current.read();
            if (chunk == null) {
                Duration pause = advance();
                if (pause == null) {
                    scope.detach();
                    return null;
                }
                chunk = silence(pause);
            }
            if (chunk != null) {
                bytes += chunk.size();
                return chunk;
            }
        }
    }

    /**
     * Makes the next piece with something to pronounce the current one.
     *
     * @return the silence that belongs before it; null if there is no such piece
     */
    private @Nullable Duration advance() {
        Duration pause = pauseAfter(currentSegment);
        while (true) {
            startAhead();
            SegmentAhead next = ahead.poll();
            if (next == null) {
                if (!toStart.hasNext()) {
                    return null;
                }
                next = new SegmentAhead(backend, synthesis, toStart.next());
            }
            try {
                makeCurrent(next.await(), next.segment(), pause);
                startAhead();
                return pause;
            } catch (NothingToSpeakException e) {
                warnOfSkipped(synthesis, next.segment());
                // What stood between the two had a paragraph's end, perhaps, where the one before only ended a
                // sentence.
                pause = longer(pause, pauseAfter(next.segment()));
            }
        }
    }

    private void makeCurrent(AudioSource source, Segment segment, Duration pause) {
        AudioFormat other = source.format();
        if (!other.equals(format)) {
            source.close();
            throw synthesis
                    .failure(Category.PROTOCOL, "one piece of the text came as " + format + ", another as " + other)
                    .build();
        }
        AudioSource before = current;
        lock.lock();
        try {
            finishedTimings.addAll(currentTimings());
            current = source;
            currentSegment = segment;
            currentStart = format.encoding().isCompressed() ? null : format.durationOf(bytes + format.bytesIn(pause));
        } finally {
            lock.unlock();
        }
        before.close();
        if (scope.isCancelled()) {
            source.close(); // close() may have seen only the piece before
        }
    }

    private Duration pauseAfter(Segment segment) {
        if (format.encoding().isCompressed()) {
            return Duration.ZERO;
        }
        return switch (segment.boundary()) {
            case SENTENCE -> capabilities.sentencePause();
            case PARAGRAPH -> capabilities.paragraphPause();
            case WORD, CLAUSE, END -> Duration.ZERO;
        };
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }

    private @Nullable AudioChunk silence(Duration pause) {
        if (pause.isZero()) {
            return null;
        }
        ByteBuffer silence = format.silence(pause);
        return silence.hasRemaining() ? new AudioChunk(silence) : null;
    }

    @Override
    public List<TimingMark> timings() {
        lock.lock();
        try {
            var all = new ArrayList<>(finishedTimings);
            all.addAll(currentTimings());
            return List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }

    private List<TimingMark> currentTimings() {
        Duration start = currentStart;
        if (start == null) {
            return List.of();
        }
        return current.timings().stream()
                .map(mark -> mark.shiftedBy(currentSegment.start(), start))
                .toList();
    }

    @Override
    public void close() {
        scope.cancel();
        AudioSource last;
        lock.lock();
        try {
            last = current;
        } finally {
            lock.unlock();
        }
        last.close();
    }
}
