// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Cancellation;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.text.Segment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a text as one stream. The reading thread owns the order: it takes the pieces one after the other. The next ones
 * are begun on the executor as soon as they are wanted and there is text for them, by whoever brings that about: the reading
 * thread, the thread that writes the text, or the timer when the writer pauses.
 *
 * <p>A piece with nothing to pronounce is left out, with a warning; only if all are so does {@link #open} fail.
 */
final class SegmentedSource implements AudioSource {
    private final TtsBackend backend;
    private final Synthesis synthesis;
    private final Cancellation scope;
    private final int window;
    private final Executor executor;
    private final TtsCapabilities capabilities;
    private final WriterPause writerPause;
    private Registration onGrowth = () -> {}; // set before this is handed out
    private @Nullable AudioFormat format; // likewise

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final SegmentFeed feed; // guarded by lock, as all below
    private final Pacing pacing;
    private final Deque<SegmentAhead> ahead = new ArrayDeque<>();
    private final SoundingPiece sounding = new SoundingPiece();
    private boolean readerWaits;
    private boolean over;

    private SegmentedSource(
            TtsBackend backend, Synthesis synthesis, SegmentFeed feed, SegmentingPolicy policy, Executor executor) {
        this.backend = backend;
        this.synthesis = synthesis;
        this.scope = synthesis.cancellation();
        this.feed = feed;
        this.window = policy.window();
        this.executor = executor;
        this.capabilities = backend.capabilities();
        pacing = new Pacing(
                !synthesis.whole(), policy.ahead(), synthesis.options().speed().orElse(1));
        writerPause = new WriterPause(synthesis.time(), policy.patience(), () -> beginWanted(true));
    }

    /** Speaks the first piece on the calling thread, and returns when it sounds. */
    static SegmentedSource open(
            TtsBackend backend, Synthesis synthesis, SegmentFeed feed, SegmentingPolicy policy, Executor executor) {
        Cancellation scope = synthesis.cancellation().child();
        var source = new SegmentedSource(backend, synthesis.withCancellation(scope), feed, policy, executor);
        try {
            source.begin();
            return source;
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    private void begin() {
        scope.onCancel(this::wake);
        onGrowth = synthesis.text().onGrowth(this::grown);
        if (advance() == null) {
            throw new NothingToSpeakException(
                    "text: nothing to pronounce in " + synthesis.text().length() + " chars");
        }
    }

    private void grown() {
        writerPause.written();
        beginWanted(false);
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Begins what is wanted now, as far as there is text for it. What the reader waits for it begins itself. */
    private void beginWanted(boolean paused) {
        var wanted = new ArrayList<SegmentAhead>(0);
        boolean isShort;
        lock.lock();
        try {
            // Nobody is asked for a second piece before the first one shows that the backend speaks.
            int most = sounding.isSounding() ? window - 1 : sounding.source() == null ? 1 : Math.max(1, window - 1);
            while (!over && ahead.size() < most) {
                Segment segment = feed.next(pacing.demand(paused));
                if (segment == null) {
                    break;
                }
                var piece = new SegmentAhead(backend, synthesis, segment);
                pacing.begins(segment.text().length());
                if (!readerWaits || !ahead.isEmpty()) {
                    wanted.add(piece);
                }
                ahead.add(piece);
            }
            isShort = !over && !sounding.isSounding() && ahead.isEmpty() && feed.hasRest();
            if (readerWaits && (!ahead.isEmpty() || feed.isOver())) { // not for every token
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        wanted.forEach(piece -> piece.startOn(executor));
        if (isShort && !paused) {
            writerPause.watch();
        }
    }

    @Override
    public AudioFormat format() {
        return Objects.requireNonNull(format);
    }

    @Override
    public @Nullable AudioChunk read() {
        try {
            while (true) {
                AudioChunk chunk = sounding.read();
                if (chunk != null) {
                    delivered(chunk);
                    return chunk;
                }
                Duration pause = advance();
                if (pause == null) {
                    release();
                    return null;
                }
                AudioChunk silence = silence(pause);
                if (silence != null) {
                    return silence;
                }
            }
        } catch (TtsException e) {
            release();
            throw e.toBuilder().deliveredText(sounding.deliveredText()).build();
        }
    }

    private void delivered(AudioChunk chunk) {
        boolean isFull;
        lock.lock();
        try {
            pacing.read(sounding.delivered(chunk.size()));
            isFull = ahead.size() >= window - 1;
        } finally {
            lock.unlock();
        }
        if (!isFull) {
            beginWanted(false);
        }
    }

    /**
     * Makes the next piece with something to pronounce the current one; waits for text.
     *
     * @return the silence that belongs before it; null if there is no such piece
     */
    private @Nullable Duration advance() {
        Duration pause = pauseAfter(sounding.segment());
        NothingToSpeakException leftOut = null;
        while (true) {
            SegmentAhead next = awaitNext();
            if (next == null) {
                if (leftOut != null && format == null) {
                    throw leftOut;
                }
                return null;
            }
            try {
                makeCurrent(next.await(), next.segment(), pause);
                beginWanted(false);
                return pause;
            } catch (NothingToSpeakException e) {
                leftOut = e;
                leaveOut(next.segment());
                // What stood between the two had a paragraph's end, perhaps, where the one before only ended a
                // sentence.
                pause = longer(pause, pauseAfter(next.segment()));
            }
        }
    }

    private @Nullable SegmentAhead awaitNext() {
        lock.lock();
        try {
            sounding.end();
            pacing.ended();
            readerWaits = true;
        } finally {
            lock.unlock();
        }
        beginWanted(false);
        try {
            lock.lockInterruptibly();
            try {
                while (ahead.isEmpty() && !feed.isOver()) {
                    if (scope.isCancelled()) {
                        throw synthesis.cancelled();
                    }
                    changed.await();
                }
                readerWaits = false;
                return ahead.poll();
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            scope.cancel();
            throw synthesis
                    .failure(Category.CANCELLED, "the reading thread was interrupted")
                    .cause(e)
                    .build();
        }
    }

    private void leaveOut(Segment segment) {
        synthesis
                .journal()
                .warning("nothing to pronounce in chars " + segment.start() + " to " + segment.end() + ", left out");
        lock.lock();
        try {
            pacing.leftOut(segment.text().length());
        } finally {
            lock.unlock();
        }
    }

    private void makeCurrent(AudioSource source, Segment segment, Duration pause) {
        if (format != null && !source.format().equals(format)) {
            AudioFormat other = source.format();
            source.close();
            throw synthesis
                    .failure(Category.PROTOCOL, "one piece of the text came as " + format + ", another as " + other)
                    .build();
        }
        format = source.format();
        AudioSource before;
        lock.lock();
        try {
            before = sounding.begin(source, segment, pause);
            pacing.sounds(segment.text().length());
        } finally {
            lock.unlock();
        }
        if (before != null) {
            before.close();
        }
        if (scope.isCancelled()) {
            source.close(); // close() may have seen only the piece before
        }
    }

    private Duration pauseAfter(@Nullable Segment segment) {
        if (segment == null || format == null || format.encoding().isCompressed()) {
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
        ByteBuffer silence = format().silence(pause);
        return silence.hasRemaining() ? new AudioChunk(silence) : null;
    }

    @Override
    public List<TimingMark> timings() {
        lock.lock();
        try {
            return sounding.timings();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is begun, whatever is written. Once. */
    private void release() {
        Duration undelivered;
        lock.lock();
        try {
            if (over) {
                return;
            }
            over = true;
            ahead.stream()
                    .filter(piece -> !piece.isBegun())
                    .forEach(piece -> pacing.leftOut(piece.segment().text().length()));
            undelivered = pacing.unread();
        } finally {
            lock.unlock();
        }
        onGrowth.remove();
        writerPause.stop();
        synthesis.journal().undelivered(undelivered);
    }

    @Override
    public void close() {
        release();
        scope.cancel();
        AudioSource last;
        lock.lock();
        try {
            last = sounding.source();
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.close();
        }
    }
}
