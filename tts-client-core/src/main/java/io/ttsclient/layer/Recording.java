// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Cancellation;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.CacheResult;
import io.ttsclient.speech.TimingMark;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Audio that is being made, by one thread, and heard by any number of others, each from its first byte at its own pace; beyond the
 * byte limit at that of the leader, who joined before all others that are still there.
 *
 * <pre>
 * WAITING -> OPENING            begin(): a thread makes it
 * WAITING -> DECLINED           decline(): no thread was free, so each listener asks for itself
 * OPENING -> GROWING            the first add()
 * GROWING -> BOUNDED            an add() beyond the byte limit: nobody may join any more, and the maker waits until there is room.
 *                               What all have heard is dropped, and where that is not enough, what the leader has heard: it is
 *                               the leader's own stream now, and who falls behind it by more than the limit hears no more
 * OPENING, GROWING, BOUNDED -> COMPLETE   complete()
 * OPENING, GROWING, BOUNDED -> FAILED     fail(): they hear what there is, and then the failure
 * any but the last three -> LEFT          the last listener has left, or abandon(): what makes it is cancelled
 * </pre>
 */
final class Recording {
    private enum State {
        WAITING,
        DECLINED,
        OPENING,
        GROWING,
        BOUNDED,
        COMPLETE,
        FAILED,
        LEFT
    }

    private final long maxBytes;
    /** What makes the audio runs in it; it is nobody's in particular. */
    private final Cancellation scope = new Cancellation();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<RecordingSource> listeners =
            new LinkedHashSet<>(); // guarded by lock, as all below; the leader first
    private final Set<RecordingSource> laggards = new HashSet<>(0); // who were listeners, and fell too far behind
    private final List<AudioChunk> chunks = new ArrayList<>();
    private State state = State.WAITING;
    private int dropped; // how many chunks came before those that are still there
    private long bytes; // of those that are
    private @Nullable String voice;
    private CacheResult result = CacheResult.MISS;
    private @Nullable Throwable failure;
    private volatile @Nullable AudioSource making; // from GROWING on

    /** Holds up to {@code maxBytes} bytes and one chunk more. */
    Recording(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    Cancellation scope() {
        return scope;
    }

    /** Another listener, who has to leave or to hear the end; null if it is too late to hear all of it. */
    @Nullable
    RecordingSource join(Synthesis synthesis) {
        lock.lock();
        try {
            return switch (state) {
                case WAITING, OPENING, GROWING, COMPLETE -> {
                    if (dropped > 0) {
                        yield null;
                    }
                    var listener = new RecordingSource(this, synthesis, listeners.isEmpty() && state == State.WAITING);
                    listeners.add(listener);
                    yield listener;
                }
                case DECLINED, BOUNDED, FAILED, LEFT -> null;
            };
        } finally {
            lock.unlock();
        }
    }

    /** Whether a new one may take its place. */
    boolean isOver() {
        lock.lock();
        try {
            return state == State.DECLINED || state == State.FAILED || state == State.LEFT;
        } finally {
            lock.unlock();
        }
    }

    // What the maker calls.

    /** Whether the caller is to make it. */
    boolean begin() {
        return changeFrom(State.WAITING, State.OPENING);
    }

    /** Nobody makes it, unless somebody has begun. */
    void decline() {
        changeFrom(State.WAITING, State.DECLINED);
    }

    private boolean changeFrom(State from, State to) {
        lock.lock();
        try {
            if (state != from) {
                return false;
            }
            state = to;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Where the audio comes from, before the first {@link #add}. */
    void opened(AudioSource source, @Nullable String speaker, CacheResult from) {
        lock.lock();
        try {
            making = source;
            voice = speaker;
            result = from;
        } finally {
            lock.unlock();
        }
    }

    /**
     * More audio; waits for room where there is too much.
     *
     * @return false if nobody listens any more
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    boolean add(AudioChunk chunk) throws InterruptedException {
        lock.lock();
        try {
            if (state == State.LEFT) {
                return false;
            }
            chunks.add(chunk);
            bytes += chunk.size();
            if (state == State.OPENING) {
                state = State.GROWING;
            }
            if (bytes > maxBytes) {
                state = State.BOUNDED;
                makeRoom();
            }
            changed.signalAll();
            while (state == State.BOUNDED && bytes > maxBytes) {
                changed.await();
            }
            return state != State.LEFT;
        } finally {
            lock.unlock();
        }
    }

    /** All of it, if nothing was dropped. */
    @Nullable
    List<AudioChunk> whole() {
        lock.lock();
        try {
            return state == State.GROWING ? List.copyOf(chunks) : null;
        } finally {
            lock.unlock();
        }
    }

    /** That was all. */
    void complete() {
        end(State.COMPLETE, null);
    }

    /** Nothing more comes, for that reason. */
    void fail(Throwable reason) {
        end(State.FAILED, reason);
    }

    /** Nobody needs it any more: whoever still listens hears that it was cancelled. */
    void abandon() {
        if (end(State.LEFT, null)) {
            scope.cancel();
        }
    }

    private boolean end(State to, @Nullable Throwable reason) {
        lock.lock();
        try {
            if (state == State.COMPLETE || state == State.FAILED || state == State.LEFT || state == State.DECLINED) {
                return false;
            }
            state = to;
            failure = reason;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    // What listeners call.

    /**
     * Waits until there is audio to hear.
     *
     * @return false if it was declined, or has gone on without this listener
     * @throws InterruptedException if the thread is interrupted
     */
    boolean awaitAudio(RecordingSource listener) throws InterruptedException {
        lock.lock();
        try {
            while (state == State.WAITING || state == State.OPENING) {
                if (!listeners.contains(listener)) {
                    throw listener.cancelled();
                }
                changed.await();
            }
            if (laggards.contains(listener)) {
                return false;
            }
            if (state == State.FAILED || state == State.LEFT || !listeners.contains(listener)) {
                throw ended(listener); // nothing was handed over yet, so whoever asked may still go elsewhere
            }
            return state != State.DECLINED;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What follows the first {@code heard} chunks; waits for it.
     *
     * @return null after the last
     * @throws InterruptedException if the thread is interrupted
     */
    @Nullable
    AudioChunk next(RecordingSource listener, int heard) throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                if (!listeners.contains(listener)) {
                    throw laggards.contains(listener) ? listener.tooSlow(maxBytes) : listener.cancelled();
                }
                if (heard - dropped < chunks.size()) {
                    AudioChunk chunk = chunks.get(heard - dropped);
                    listener.heard(heard + 1);
                    if (state == State.BOUNDED && makeRoom()) {
                        changed.signalAll();
                    }
                    return chunk;
                }
                if (state == State.COMPLETE) {
                    return null;
                }
                if (state == State.FAILED || state == State.LEFT) {
                    throw ended(listener);
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is not needed any more; whether there was any. */
    private boolean makeRoom() {
        if (listeners.isEmpty()) {
            return false;
        }
        int ofLeader = listeners.iterator().next().heard();
        int ofSlowest =
                listeners.stream().mapToInt(RecordingSource::heard).min().getAsInt();
        int count = 0;
        while (dropped + count < ofSlowest || bytes > maxBytes && dropped + count < ofLeader) {
            bytes -= chunks.get(count++).size();
        }
        chunks.subList(0, count).clear();
        dropped += count;
        listeners.stream().filter(listener -> listener.heard() < dropped).forEach(laggards::add);
        listeners.removeAll(laggards);
        return count > 0;
    }

    private RuntimeException ended(RecordingSource listener) {
        if (failure instanceof TtsException reason) {
            return listener.isFirst()
                    ? reason
                    : reason.toBuilder().requestId(listener.requestId()).build();
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException bug ? bug : listener.cancelled();
    }

    /** One listener hears no more. The last one ends it, if it has not ended. */
    void leave(RecordingSource listener) {
        boolean left;
        lock.lock();
        try {
            laggards.remove(listener);
            boolean last = listeners.remove(listener) && listeners.isEmpty();
            left = last && end(State.LEFT, null); // at once, so that nobody joins what is about to be cancelled
            if (state == State.BOUNDED) {
                makeRoom();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (left) {
            scope.cancel();
        }
    }

    /** Whether it was given up, or ended because the time of who began it was over: others may ask again. */
    boolean saysNothingAboutOthers() {
        lock.lock();
        try {
            return state == State.LEFT
                    || failure instanceof TtsException reason
                            && reason.timeoutPhase()
                                    .filter(phase -> phase == TimeoutPhase.TOTAL)
                                    .isPresent();
        } finally {
            lock.unlock();
        }
    }

    AudioFormat format() {
        return making().format();
    }

    List<TimingMark> timings() {
        return making().timings();
    }

    @Nullable
    String voice() {
        lock.lock();
        try {
            return voice;
        } finally {
            lock.unlock();
        }
    }

    CacheResult result() {
        lock.lock();
        try {
            return result;
        } finally {
            lock.unlock();
        }
    }

    private AudioSource making() {
        AudioSource source = making;
        if (source == null) {
            throw new IllegalStateException("there is no audio yet");
        }
        return source;
    }
}
