// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.backend.Deadline;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.speech.SpokenText;
import io.ttsclient.text.Speakable;
import io.ttsclient.text.TextPreparation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A session over the layers of a client. Its turns are in a queue, the oldest first: who writes goes on with the first that is not
 * written, who reads with the first that is not heard. One lock guards the queue and what its turns have become; it is never held
 * while a backend, a listener or an executor is called.
 */
final class LiveSession implements SpeechSession {
    /** The most text, at two bytes a char, that is written and not taken up: more than half an hour of speech. */
    private static final int MAX_UNSPOKEN_BYTES = 64 * 1024;

    private static final int MAX_UNSPOKEN_CHARS = MAX_UNSPOKEN_BYTES / Character.BYTES;
    private static final double CHARS_PER_SECOND = 15; // of most voices
    private static final SpeechOptions OWN_DEFAULTS =
            SpeechOptions.builder().textPreparation(TextPreparation.speakable()).build();

    private final Requests requests;
    private final SpeechOptions options;
    private final TtsCapabilities capabilities;
    private final ClientResources resources;
    private Registration onClientClose = () -> {}; // set before it is handed out
    /** Held while one thread writes, so that another cannot finish the text in the middle. */
    private final ReentrantLock writing = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Turn> turns = new ArrayDeque<>(2); // guarded by lock, as all below
    private @Nullable Turn lastHeard;
    private long interruptions;
    private boolean closed;
    private volatile boolean writerWaits; // written under lock

    private LiveSession(
            Requests requests, SpeechOptions options, TtsCapabilities capabilities, ClientResources resources) {
        this.requests = requests;
        this.options = options;
        this.capabilities = capabilities;
        this.resources = resources;
    }

    static LiveSession open(
            Requests requests, SpeechOptions options, TtsCapabilities capabilities, ClientResources resources) {
        var session = new LiveSession(requests, options.withDefaults(OWN_DEFAULTS), capabilities, resources);
        session.onClientClose = requests.scope().onCancel(session::close);
        return session;
    }

    // --- what its turns need

    Requests requests() {
        return requests;
    }

    SpeechOptions options() {
        return options;
    }

    TtsCapabilities capabilities() {
        return capabilities;
    }

    Executor executor() {
        return resources.executor();
    }

    double charsPerSecond() {
        return CHARS_PER_SECOND * options.speed().orElse(1);
    }

    <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Has everybody who waits look again. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void textWasRead() {
        if (writerWaits) {
            wake();
        }
    }

    /** Waits until there is a text to speak, or the turn is over. */
    void awaitText(Turn turn) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            turn.isWaitedFor(true);
            while (turn.state() == Turn.State.WAITING) {
                changed.await();
            }
        } finally {
            turn.isWaitedFor(false);
            lock.unlock();
        }
    }

    /** Counts audio that a reader is about to get; false if it must not get it any more. */
    boolean isDelivered(Turn turn, int bytes) {
        lock.lock();
        try {
            if (turn.state().isHeard()) {
                return false;
            }
            if (bytes > 0) {
                turn.delivered(bytes);
                lastHeard = turn;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The audio of {@code turn} has ended, or has failed with {@code failure}; false if that is not new. */
    boolean audioOver(Turn turn, @Nullable TtsException failure) {
        Turn next;
        lock.lock();
        try {
            if (turn.state().isHeard()) {
                return false;
            }
            turn.over(failure);
            turns.removeIf(each -> each.state() == Turn.State.OVER);
            next = first(each -> !each.state().isHeard());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (next != null) {
            speakAhead(next);
        }
        return true;
    }

    private @Nullable Turn first(Predicate<Turn> condition) {
        for (Turn turn : turns) {
            if (condition.test(turn)) {
                return turn;
            }
        }
        return null;
    }

    // --- writing

    @Override
    public void write(CharSequence delta) {
        write(delta, null);
    }

    @Override
    public void write(Iterator<? extends CharSequence> deltas) {
        long asOf = interruptions();
        while (deltas.hasNext()) {
            write(deltas.next(), asOf);
        }
        locked(() -> requireWanted(asOf));
    }

    @Override
    public void write(Flow.Publisher<? extends CharSequence> deltas) {
        long asOf = interruptions();
        try (var subscriber = new DeltaSubscriber(this::wake)) {
            deltas.subscribe(subscriber);
            for (CharSequence delta = await(subscriber, asOf); delta != null; delta = await(subscriber, asOf)) {
                write(delta, asOf);
            }
        }
    }

    private @Nullable CharSequence await(DeltaSubscriber subscriber, long asOf) {
        Supplier<@Nullable DeltaSubscriber> news = () -> {
            requireWanted(asOf);
            Turn turn = first(each -> !each.state().isWritten());
            if (turn != null) {
                requireUse(turn);
            }
            return subscriber.hasNews() ? subscriber : null;
        };
        return waiting(news, Deadline.none()).next();
    }

    long interruptions() {
        return locked(() -> {
            requireOpen();
            return interruptions;
        });
    }

    private void write(CharSequence delta, @Nullable Long asOf) {
        writing.lock();
        try {
            Turn turn = locked(() -> {
                requireWanted(asOf);
                return delta.isEmpty() ? null : turnToWrite();
            });
            if (turn != null) {
                append(delta, turn);
            }
        } finally {
            writing.unlock();
        }
    }

    private void append(CharSequence delta, Turn turn) {
        for (int from = 0; from < delta.length(); ) {
            int to = Math.min(delta.length(), from + awaitRoom(turn));
            CharSequence part = to - from == delta.length() ? delta : delta.subSequence(from, to);
            turn.text().append(part);
            boolean isSpeakable = isSpeakable(part);
            locked(() -> {
                turn.isSpeakable(isSpeakable);
                return turn;
            });
            speakAhead(turn);
            from = to;
        }
    }

    /** Half a letter may become one. */
    private static boolean isSpeakable(CharSequence delta) {
        return Speakable.anythingIn(delta) || delta.chars().anyMatch(c -> Character.isSurrogate((char) c));
    }

    private Turn turnToWrite() {
        turns.removeIf(Turn::isUnnoticed);
        Turn turn = first(each -> !each.state().isWritten());
        if (turn == null) {
            turn = new Turn(this);
            turns.add(turn);
        }
        if (turn.state() == Turn.State.WAITING) {
            turn.begin();
            changed.signalAll();
        }
        return turn;
    }

    /** How many chars may be written to it now, at least one. */
    private int awaitRoom(Turn turn) {
        Synthesis synthesis = turn.begunAs();
        Supplier<@Nullable Integer> roomNow = () -> {
            requireUse(turn);
            int room = MAX_UNSPOKEN_CHARS;
            for (Turn each : turns) {
                room -= each.text().unread();
            }
            if (room <= 0 && synthesis.deadline().isExpired()) {
                throw synthesis.describe(synthesis.deadline().failure()).build();
            }
            return room > 0 ? room : null;
        };
        return waiting(roomNow, synthesis.deadline());
    }

    /** Waits until {@code result}, asked with the lock held, gives something; it throws when the deadline has passed. */
    private <T> T waiting(Supplier<@Nullable T> result, Deadline deadline) {
        T at = locked(result);
        if (at != null) {
            return at;
        }
        Registration timer = deadline.remaining()
                .map(left -> resources.time().schedule(left, this::wake))
                .orElse(() -> {});
        try {
            lock.lockInterruptibly();
            try {
                writerWaits = true;
                T now = result.get();
                while (now == null) {
                    changed.await();
                    now = result.get();
                }
                return now;
            } finally {
                writerWaits = false;
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TtsException.builder(Category.CANCELLED, "the writing thread was interrupted")
                    .cause(e)
                    .build();
        } finally {
            timer.remove();
        }
    }

    /** With the lock held, as the two below. */
    private boolean requireWanted(@Nullable Long asOf) {
        requireOpen();
        if (asOf != null && asOf != interruptions) {
            throw interrupted();
        }
        return true;
    }

    private void requireUse(Turn turn) {
        if (closed || turn.state() == Turn.State.OVER) {
            throw closed ? closed() : interrupted();
        }
        TtsException failure = turn.failure();
        if (failure != null) {
            throw failure.toBuilder().build(); // the reader has the other one
        }
    }

    private void requireOpen() {
        if (closed) {
            throw closed();
        }
    }

    private TtsException closed() {
        return requests.state() == Requests.State.CLOSED
                ? Requests.closed().build()
                : TtsException.builder(Category.CLOSED, "the session is closed")
                        .origin(Origin.CLIENT)
                        .build();
    }

    private static TtsException interrupted() {
        return TtsException.builder(Category.CANCELLED, "the turn was interrupted")
                .build();
    }

    @Override
    public void flush() {
        writing.lock();
        try {
            Turn turn = locked(() -> {
                requireOpen();
                return first(each -> each.state() == Turn.State.WRITING);
            });
            if (turn != null) {
                turn.text().flush();
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void finish() {
        writing.lock();
        try {
            Turn turn = locked(() -> {
                requireOpen();
                return finished();
            });
            turn.text().finish();
        } finally {
            writing.unlock();
        }
    }

    private Turn finished() {
        Turn turn = first(each -> !each.state().isWritten());
        if (turn == null) {
            turn = new Turn(this);
            turns.removeIf(Turn::isUnnoticed);
            turns.add(turn);
        }
        if (turn.state() == Turn.State.LEFT) {
            turn.state(Turn.State.OVER);
            turns.remove(turn);
            return turn;
        }
        if (turn.state() == Turn.State.WAITING) {
            turn.silence();
        }
        turn.state(Turn.State.WRITTEN);
        changed.signalAll();
        return turn;
    }

    // --- hearing

    @Override
    public AudioStream audio() {
        return locked(() -> {
            requireOpen();
            Turn turn = first(each -> !each.state().isHeard());
            if (turn == null) {
                turn = new Turn(this);
                turns.add(turn);
            }
            turn.askedFor();
            return turn.stream();
        });
    }

    /** Has a thread speak {@code turn} if its turn has come, there is text for it, and no reader is there to do it. */
    private void speakAhead(Turn turn) {
        boolean isWanted = locked(() -> first(each -> !each.state().isHeard()) == turn && turn.takesThread());
        if (!isWanted) {
            return;
        }
        Thread here = Thread.currentThread();
        try {
            executor().execute(() -> {
                if (Thread.currentThread() != here) { // it waits for text, which who writes must not
                    turn.open();
                }
            });
        } catch (RejectedExecutionException e) {
            // Then the reader does it; if the client was closed, the turn is cancelled as well.
        }
    }

    @Override
    public void interrupt() {
        List<Turn> dropped;
        lock.lock();
        try {
            interruptions++;
            dropped = drop(turn -> turn.state() != Turn.State.WAITING);
        } finally {
            lock.unlock();
        }
        dropped.forEach(Turn::cancel);
    }

    private List<Turn> drop(Predicate<Turn> condition) {
        var dropped = new ArrayList<Turn>(2);
        for (Turn turn : turns) {
            if (condition.test(turn)) {
                dropped.add(turn);
                turn.state(Turn.State.OVER);
            }
        }
        turns.removeAll(dropped);
        changed.signalAll();
        return dropped;
    }

    @Override
    public SpokenText spokenUpTo(Duration played) {
        if (played.isNegative()) {
            throw new IllegalArgumentException("played: " + played + ", allowed zero or more");
        }
        Turn turn = locked(() -> lastHeard);
        return turn == null ? new SpokenText("", 0, false) : turn.spokenUpTo(played);
    }

    @Override
    public void close() {
        List<Turn> dropped;
        lock.lock();
        try {
            closed = true;
            dropped = drop(turn -> true);
        } finally {
            lock.unlock();
        }
        dropped.forEach(Turn::cancel);
        onClientClose.remove();
    }

    @Override
    public String toString() {
        return "SpeechSession[" + locked(() -> (closed ? "closed, " : "") + turns.size() + " turns") + "]";
    }
}
