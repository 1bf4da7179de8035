// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.FrameAligner;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
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
 * One turn over WebSockets: text goes out as it is written, on the thread of who writes, and audio is read by the caller's thread.
 * What the server says beside audio is heard as it arrives, on the thread that reads from the network, so that the next words go out
 * while audio still waits to be read; what ends a piece of audio also stays in its place among the audio.
 *
 * <pre>
 * WRITING   - Flush sent -> FLUSHING       FLUSHING - its end was heard, more to say -> WRITING
 * WRITING   - the socket's minute is spent, or it died before a word was heard -> MOVING - another socket -> WRITING
 * WRITING, FLUSHING - the end was heard, nothing more to say -> SPOKEN
 * SPOKEN    - all was read -> OVER
 * any       - the caller left, or it failed -> OVER
 * </pre>
 *
 * <p>{@link #close()} may come from any thread; one thread at a time reads. The lock is never held while waiting.
 */
abstract class SocketTurn implements AudioSource, PooledSocket.Occupant {
    private static final Logger LOG = LoggerFactory.getLogger(SocketTurn.class);

    /** Where a turn stands. */
    enum State {
        WRITING,
        FLUSHING,
        MOVING,
        SPOKEN,
        OVER
    }

    /** What becomes of the socket. */
    private enum Ending {
        READ,
        /** All has come, but not all was read. */
        UNREAD,
        /** The server may still have something to say. */
        LEFT,
        FAILED
    }

    /** Where a turn gets its sockets from. */
    interface Sockets {
        /** Waits for one that has room for so many characters; {@code move} is null for the first one. */
        PooledSocket lease(int characters, Waiter.@Nullable Move move);
    }

    private final Synthesis synthesis;
    private final AudioFormat format;
    private final Sockets sockets;
    private final SocketPool pool;
    private final FrameAligner aligner;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile boolean attention; // what the reader has to look at before it reads on; written under lock
    private volatile @Nullable PooledSocket socket; // null between two; written under lock by the reading thread
    private volatile long bytesRead; // by the reading thread
    private State state = State.WRITING; // guarded by lock, as all below
    private @Nullable Supplier<TtsException> failure;
    private boolean isTainted; // the server went on when it was done
    private boolean hasLeft; // before the server had said all
    private boolean isFresh; // whether the next socket has to be
    private boolean hasReplayed;
    private int marksHeard; // ends of pieces
    private int marksRead;
    private Registration timer = () -> {};
    private Registration onGrowth = () -> {};
    private Registration onCancel = () -> {};
    private @Nullable AudioChunk first; // of the reading thread

    SocketTurn(Synthesis synthesis, AudioFormat format, Sockets sockets, SocketPool pool) {
        this.synthesis = synthesis;
        this.format = format;
        this.sockets = sockets;
        this.pool = pool;
        aligner = new FrameAligner(format);
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

    /** How many characters the first socket should have room for. */
    final int firstCharacters() {
        return locked(this::wantedCharacters);
    }

    /** Begins on a socket that was leased; returns when the first audio is there. */
    final SocketTurn begin(PooledSocket leased) {
        try {
            attach(leased);
            onGrowth = synthesis.text().onGrowth(this::written);
            onCancel = synthesis.onCancel(this::close);
            written();
            first = next();
            return this;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void attach(PooledSocket leased) {
        boolean isTaken = locked(() -> {
            if (state == State.OVER) {
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

    /** There may be something to send. */
    final void written() {
        locked(() -> {
            if (state != State.OVER && socket != null) {
                write();
            }
        });
    }

    @Override
    public final AudioFormat format() {
        return format;
    }

    @Override
    public final @Nullable AudioChunk read() {
        AudioChunk chunk = first;
        first = null;
        if (chunk == null) {
            return next();
        }
        if (isOver()) {
            throw synthesis.cancelled();
        }
        return chunk;
    }

    private boolean isOver() {
        return locked(() -> state == State.OVER);
    }

    private @Nullable AudioChunk next() {
        while (true) {
            if (attention && heed()) {
                return null;
            }
            PooledSocket from = Objects.requireNonNull(socket, "socket");
            WebSocketMessage message = null;
            TtsException broken = null;
            try {
                message = from.connection().read(synthesis, () -> attention);
            } catch (TtsException e) {
                broken = e;
            }
            if (message instanceof WebSocketMessage.Binary audio) {
                ByteBuffer frames = aligner.align(audio.bytes());
                if (frames.hasRemaining()) {
                    long before = bytesRead;
                    bytesRead = before + frames.remaining();
                    return new AudioChunk(frames);
                }
            } else if (message != null) {
                locked(() -> {
                    marksRead++;
                    look();
                });
            } else if (!attention) {
                lost(from, broken == null ? closed(from) : broken(from, broken));
            }
        }
    }

    private TtsException closed(PooledSocket from) {
        return Failures.closed(
                synthesis,
                from.connection().closeCode(),
                from.connection().closeReason(),
                from.requestId(),
                bytesRead > 0);
    }

    private TtsException broken(PooledSocket from, TtsException cause) {
        return cause.category() == Category.CANCELLED
                ? cause
                : Failures.broken(synthesis, cause, from.requestId(), bytesRead > 0);
    }

    /** Looks at what has happened; returns whether this is the end. */
    private boolean heed() {
        State at;
        Supplier<TtsException> failed;
        lock.lock();
        try {
            at = state;
            failed = failure;
        } finally {
            lock.unlock();
        }
        if (at == State.OVER) {
            throw synthesis.cancelled();
        }
        if (failed != null) {
            lost(Objects.requireNonNull(socket, "socket"), failed.get());
            return false;
        }
        if (at == State.MOVING) {
            move();
            return false;
        }
        end(Ending.READ);
        requireWhole();
        return true;
    }

    private void requireWhole() {
        String id = requestId();
        if (bytesRead == 0) {
            throw Failures.incomplete(synthesis, Category.NO_AUDIO, id);
        }
        if (aligner.carried() > 0) {
            throw Failures.incomplete(synthesis, Category.TRUNCATED, id);
        }
    }

    /**
     * Nothing more comes from a socket, for the reason {@code told}. Where nobody has heard anything of what was sent last, another one
     * says it.
     */
    private void lost(PooledSocket from, TtsException told) {
        if (!saysAgain(from, told)) {
            boolean left = isOver();
            boolean isOurs = told.category() == Category.CANCELLED || told.origin() == Origin.CLIENT;
            end(isOurs ? Ending.LEFT : Ending.FAILED);
            throw left ? synthesis.cancelled() : told;
        }
        LOG.atDebug()
                .addKeyValue("requestId", synthesis.requestId())
                .log("A WebSocket died before anything was heard: the text goes out on another one");
    }

    /** Whether it goes on elsewhere; one that was opened for this turn has to have been good for something. */
    private boolean saysAgain(PooledSocket from, TtsException told) {
        lock.lock();
        try {
            boolean mayHaveDied = from.isKept() || bytesRead > 0 || isSettled();
            boolean again = state != State.OVER
                    && !hasReplayed
                    && told.origin() != Origin.CLIENT
                    && isOfConnection(told.category())
                    && isUnheard()
                    && mayHaveDied;
            if (again) {
                hasReplayed = true;
                isFresh = true;
                failure = null;
                rewind();
                state(State.MOVING);
            }
            return again;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isOfConnection(Category category) {
        return category == Category.CONNECTION || category == Category.UNAVAILABLE || category == Category.TRUNCATED;
    }

    /** Goes on over another socket. */
    private void move() {
        Waiter.Move move;
        int characters;
        lock.lock();
        try {
            move = new Waiter.Move(Objects.requireNonNull(socket, "socket"), this, isFresh, isTainted);
            socket = null;
            isFresh = false;
            isTainted = false;
            characters = wantedCharacters();
        } finally {
            lock.unlock();
        }
        synthesis.attempt().resting();
        PooledSocket leased;
        try {
            leased = sockets.lease(characters, move);
        } catch (RuntimeException | Error e) {
            pool.left(move);
            end(Ending.FAILED);
            throw e;
        }
        attach(leased);
        locked(() -> {
            if (state == State.MOVING) {
                state(State.WRITING);
                write();
            }
        });
    }

    @Override
    public final boolean hears(PooledSocket from, WebSocketMessage message, @Nullable ServerMessage told) {
        lock.lock();
        try {
            if (state != State.OVER && from == socket) {
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
        boolean isBehind = state == State.SPOKEN || state == State.MOVING;
        isTainted |= isBehind;
        return !isBehind && audioHeard(audio.remaining());
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
        if (state == State.SPOKEN || state == State.MOVING) {
            isTainted = true;
            return false;
        }
        mark();
        fail(() -> Failures.told(synthesis, error, requestId(), bytesRead > 0));
        return true;
    }

    /**
     * Ends the turn. Where the server still has something to say it is told to be quiet, which the socket's next turn waits for, not
     * this call.
     */
    @Override
    public final void close() {
        PooledSocket now = socket;
        end(Ending.LEFT);
        if (now != null) {
            now.connection().wake();
        }
    }

    /** Gives the socket away, once. */
    private void end(Ending ending) {
        PooledSocket last;
        boolean isSilent;
        boolean tainted;
        lock.lock();
        try {
            if (state == State.OVER) {
                return;
            }
            isSilent = state == State.SPOKEN || isSettled();
            hasLeft = ending == Ending.LEFT && !isSilent;
            state(State.OVER);
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

    // What follows is for subclasses, under the lock.

    final Synthesis synthesis() {
        return synthesis;
    }

    final State state() {
        return state;
    }

    final void state(State next) {
        state = next;
        look();
    }

    /** The reader looks once it has read all that was heard before. */
    private void look() {
        boolean isNow = state == State.OVER
                || marksRead == marksHeard && (failure != null || state == State.SPOKEN || state == State.MOVING);
        attention = isNow;
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
        look();
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

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + synthesis.requestId() + ", " + format + "]";
    }
}
