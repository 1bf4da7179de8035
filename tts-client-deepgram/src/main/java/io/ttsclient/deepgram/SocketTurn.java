// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.TtsException;
import io.ttsclient.transport.WebSocketMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn over WebSockets, as it is said and heard: text goes out as it is written, on the thread of who writes. What the server says
 * beside audio is heard as it arrives, on the thread that reads from the network, so that the next words go out while audio still
 * waits to be read by {@link SocketSpeech}; what ends a piece of audio also stays in its place among the audio, as a mark. Where the
 * turn stands is a {@link TurnState}.
 *
 * <p>Thread-safe. The lock is never held while waiting.
 */
abstract class SocketTurn implements PooledSocket.Occupant {
    private static final Logger LOG = LoggerFactory.getLogger(SocketTurn.class);

    /** What becomes of the socket. */
    enum Ending {
        READ,
        /** All has come, but not all was read. */
        UNREAD,
        /** The server may still have something to say. */
        LEFT,
        FAILED
    }

    private final Synthesis synthesis;
    private final AudioFormat format;
    private final SocketPool pool;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile boolean hasNews; // that the reader has to look at before it reads on; written under lock
    private volatile @Nullable PooledSocket socket; // null between two; written under lock by the reading thread
    private volatile long bytesRead; // by the reading thread
    private TurnState state = TurnState.WRITING; // guarded by lock, as all below
    private @Nullable Supplier<TtsException> failure; // where it has FAILED
    private boolean isTainted; // the server went on when it was done
    private boolean hasLeft; // before the server had said all
    private boolean isFresh; // whether the next socket has to be
    private boolean hasReplayed;
    private int marksHeard; // ends of pieces
    private int marksRead;
    private Registration timer = () -> {};
    private Registration onGrowth = () -> {};
    private Registration onCancel = () -> {};

    SocketTurn(Synthesis synthesis, AudioFormat format, SocketPool pool) {
        this.synthesis = synthesis;
        this.format = format;
        this.pool = pool;
    }

    /** Sends what may be sent now. Under the lock, in any state; called when something was written, heard or waited for. */
    abstract void write();

    /** A message that is no error; returns whether it stays in its place, as a {@link #mark}. Under the lock. */
    abstract boolean told(ServerMessage message);

    /** Audio; returns whether it is this turn's. Under the lock. */
    abstract boolean audioHeard(int bytes);

    /** Whether nothing was sent that the server still has to speak. Under the lock. */
    abstract boolean isSettled();

    /** Whether all that this turn has sent and was not read to its end could be sent again without being heard twice. */
    abstract boolean isUnheard();

    /** Makes what was not heard be sent again. Under the lock. */
    abstract void rewind();

    /** How many characters the next socket should have room for. Under the lock. */
    abstract int wantedCharacters();

    /** The caller has left: takes down what the server still owes, and gives what tells the server. */
    abstract String leave(PooledSocket of);

    // What follows is for the reader.

    final AudioFormat format() {
        return format;
    }

    /** How many characters the next socket should have room for. */
    final int wanted() {
        return locked(this::wantedCharacters);
    }

    /** Begins on a socket that was leased. */
    final void begin(PooledSocket leased) {
        take(leased);
        onGrowth = synthesis.text().onGrowth(this::written);
        onCancel = synthesis.onCancel(this::abandon);
        written();
    }

    private void take(PooledSocket leased) {
        boolean isTaken = locked(() -> {
            if (state == TurnState.OVER) {
                return false;
            }
            socket = leased;
            leased.occupy(this);
            return true;
        });
        if (!isTaken) {
            pool.spoken(leased);
            throw synthesis.cancelled();
        }
        if (!leased.requestId().isEmpty()) {
            synthesis.attempt().providerRequestId(leased.requestId());
        }
    }

    /** Whether there is something to look at before anything more is read. */
    final boolean hasNews() {
        return hasNews;
    }

    /** Where it stands. */
    final TurnState reached() {
        return locked(() -> state);
    }

    /** What it has failed with. */
    final TtsException failure() {
        return Objects.requireNonNull(locked(() -> failure), "failure").get();
    }

    /** So much audio was read. */
    final void audioRead(int bytes) {
        long before = bytesRead;
        bytesRead = before + bytes;
    }

    /** The reader has come to a mark. */
    final void markRead() {
        locked(() -> {
            marksRead++;
            look();
        });
    }

    /**
     * A socket is lost: whether another one is to say what nobody has heard, not twice in a row. One that was opened for this turn has
     * to have been good for something.
     */
    final boolean saysAgain(boolean wasKept) {
        return locked(() -> {
            boolean mayHaveDied = wasKept || bytesRead > 0 || isSettled();
            boolean again = state != TurnState.OVER && !hasReplayed && isUnheard() && mayHaveDied;
            if (again) {
                hasReplayed = true;
                isFresh = true;
                failure = null;
                rewind();
                state(TurnState.MOVING);
            }
            return again;
        });
    }

    /** Has no socket any more, and wants another one. */
    final Waiter.Move letGo() {
        return locked(() -> {
            var move = new Waiter.Move(socket(), this, isFresh, isTainted);
            socket = null;
            isFresh = false;
            isTainted = false;
            return move;
        });
    }

    /** There was no other one. */
    final void hasNowhereToGo(Waiter.Move move) {
        pool.left(move);
        end(Ending.FAILED);
    }

    /** Here is another one. */
    final void goOn(PooledSocket leased) {
        take(leased);
        locked(() -> {
            if (state == TurnState.MOVING) {
                state(TurnState.WRITING);
                write();
            }
        });
    }

    /** The caller has left; from any thread. */
    final void abandon() {
        PooledSocket now = socket;
        end(Ending.LEFT);
        if (now != null) {
            now.connection().wake();
        }
    }

    /** Gives the socket away, once. */
    final void end(Ending ending) {
        PooledSocket last;
        boolean isSilent;
        boolean tainted;
        lock.lock();
        try {
            if (state == TurnState.OVER) {
                return;
            }
            isSilent = state == TurnState.SPOKEN || isSettled();
            hasLeft = ending == Ending.LEFT && !isSilent;
            state(TurnState.OVER);
            last = socket;
            tainted = isTainted;
        } finally {
            lock.unlock();
        }
        timer.remove();
        onGrowth.remove();
        onCancel.remove();
        if (last != null) {
            giveAway(last, tainted ? Ending.FAILED : ending == Ending.LEFT && isSilent ? Ending.UNREAD : ending);
        }
    }

    private void giveAway(PooledSocket last, Ending ending) {
        switch (ending) {
            case READ -> pool.spoken(last);
            case UNREAD -> {
                last.connection().drop();
                pool.spoken(last);
            }
            case LEFT -> pool.quiet(last, leave(last));
            case FAILED -> pool.retire(last);
        }
    }

    // What follows comes from the writer and from the network.

    /** There may be something to send. */
    final void written() {
        locked(() -> {
            if (state != TurnState.OVER && socket != null) {
                write();
            }
        });
    }

    @Override
    public final boolean hears(PooledSocket from, WebSocketMessage message, @Nullable ServerMessage told) {
        lock.lock();
        try {
            if (state != TurnState.OVER && from == socket) {
                return told != null ? heard(told) : isOurs(((WebSocketMessage.Binary) message).bytes());
            }
            if (told != null || hasLeft) {
                return false;
            }
        } finally {
            lock.unlock();
        }
        pool.retire(from); // this turn is about to give it back, and the audio would be heard in somebody's next one
        return false;
    }

    /** Behind the end there should be no audio: the socket is not to be used again. */
    private boolean isOurs(ByteBuffer audio) {
        boolean isBehind = hasAllOfThis();
        isTainted |= isBehind;
        return !isBehind && audioHeard(audio.remaining());
    }

    private boolean hasAllOfThis() {
        return state == TurnState.SPOKEN || state == TurnState.MOVING;
    }

    private boolean heard(ServerMessage message) {
        if (message.type() == ServerMessage.Type.ERROR) {
            return hasFailed(message);
        }
        if (message.type() == ServerMessage.Type.WARNING) {
            synthesis.journal().warning("Deepgram warned, " + ErrorCode.shown(message.code()));
        }
        return told(message);
    }

    /** Behind an error comes the close, which does not matter any more to a turn that has all it wants of this socket. */
    private boolean hasFailed(ServerMessage error) {
        if (hasAllOfThis()) {
            isTainted = true;
            return false;
        }
        mark();
        fail(() -> Failures.told(synthesis, error, requestId(), bytesRead > 0));
        return true;
    }

    // What follows is for subclasses, under the lock.

    final Synthesis synthesis() {
        return synthesis;
    }

    final TurnState state() {
        return state;
    }

    final void state(TurnState next) {
        assert state.mayBecome(next) : state + " to " + next;
        state = next;
        look();
    }

    /** The reader looks once it has read all that was heard before. */
    private void look() {
        boolean isNow = state == TurnState.OVER || marksRead == marksHeard && state.endsReading();
        hasNews = isNow;
        PooledSocket read = socket;
        if (isNow && read != null) {
            read.connection().wake();
        }
    }

    /** The message that is being told ends a piece of audio: what is said from here on counts once the reader has come to it. */
    final void mark() {
        marksHeard++;
    }

    /** Something was spoken to its end, so that another socket may die without a word. */
    final void progressed() {
        hasReplayed = false;
    }

    /** What {@code value} makes is thrown when the reader has come so far. */
    final void fail(Supplier<TtsException> value) {
        failure = value;
        state(TurnState.FAILED);
    }

    /** The socket; {@link #write} and what is heard come only while there is one. */
    final PooledSocket socket() {
        return Objects.requireNonNull(socket, "socket");
    }

    final String requestId() {
        PooledSocket now = socket;
        return now == null ? "" : now.requestId();
    }

    /** Sends; of a socket that takes nothing any more the reader is told anyway. */
    final void send(String message) {
        try {
            socket().send(synthesis, message);
        } catch (TtsException e) {
            LOG.atDebug().addKeyValue("requestId", synthesis.requestId()).log("A WebSocket takes nothing any more");
        }
    }

    /** How much of the audio was read, in bytes of whole frames. */
    final long bytesRead() {
        return bytesRead;
    }

    /** The same in milliseconds. */
    final long millisRead() {
        return format.durationOf(bytesRead).toMillis();
    }

    /** Looks at {@link #write} again after that time; a time that was set before is forgotten. */
    final void writeAfter(Duration delay) {
        after(delay, this::written);
    }

    final void after(Duration delay, Runnable action) {
        noTimer();
        try {
            timer = synthesis.time().schedule(delay, action);
        } catch (RejectedExecutionException e) {
            timer = () -> {}; // the client is closed, and with it this turn
        }
    }

    /** Forgets what {@link #after} was to do. */
    final void noTimer() {
        timer.remove();
    }

    final void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
