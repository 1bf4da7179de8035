// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.FrameAligner;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.transport.WebSocketMessage;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audio of one turn over WebSockets, as the caller's thread reads it: one socket after the other, where the turn moves on or a
 * socket dies before anything was heard.
 *
 * <p>{@link #close()} may come from any thread; one thread at a time reads.
 */
final class SocketSpeech implements AudioSource {
    private static final Logger LOG = LoggerFactory.getLogger(SocketSpeech.class);

    private final Synthesis synthesis;
    private final SocketTurn turn;
    private final Sockets sockets;
    private final BooleanSupplier hasNews;
    private final FrameAligner aligner;
    private @Nullable AudioChunk first;

    /** Where a turn gets its sockets from. */
    interface Sockets {
        /** Waits for one that has room for so many characters; {@code move} is null for the first one. */
        PooledSocket lease(int characters, Waiter.@Nullable Move move);
    }

    private SocketSpeech(Synthesis synthesis, SocketTurn turn, Sockets sockets) {
        this.synthesis = synthesis;
        this.turn = turn;
        this.sockets = sockets;
        hasNews = turn::hasNews;
        aligner = new FrameAligner(turn.format());
    }

    /** Begins on a socket that was leased; returns when the first audio is there. */
    static SocketSpeech begin(Synthesis synthesis, SocketTurn turn, PooledSocket leased, Sockets sockets) {
        var speech = new SocketSpeech(synthesis, turn, sockets);
        try {
            turn.begin(leased);
            speech.first = speech.next();
            return speech;
        } catch (RuntimeException | Error e) {
            speech.close();
            throw e;
        }
    }

    @Override
    public AudioFormat format() {
        return turn.format();
    }

    @Override
    public @Nullable AudioChunk read() {
        AudioChunk chunk = first;
        first = null;
        if (chunk == null) {
            return next();
        }
        if (turn.reached() == TurnState.OVER) {
            throw synthesis.cancelled();
        }
        return chunk;
    }

    private @Nullable AudioChunk next() {
        while (true) {
            if (turn.hasNews() && heed()) {
                return null;
            }
            PooledSocket from = turn.socket();
            WebSocketMessage message = null;
            TtsException broken = null;
            try {
                message = from.connection().read(synthesis, hasNews);
            } catch (TtsException e) {
                broken = e;
            }
            if (message instanceof WebSocketMessage.Binary audio) {
                ByteBuffer frames = aligner.align(audio.bytes());
                if (frames.hasRemaining()) {
                    turn.audioRead(frames.remaining());
                    return new AudioChunk(frames);
                }
            } else if (message != null) {
                turn.markRead();
            } else if (!turn.hasNews()) {
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
                turn.bytesRead() > 0);
    }

    private TtsException broken(PooledSocket from, TtsException cause) {
        return cause.category() == Category.CANCELLED
                ? cause
                : Failures.broken(synthesis, cause, from.requestId(), turn.bytesRead() > 0);
    }

    /** Looks at what has happened; returns whether this is the end. */
    private boolean heed() {
        switch (turn.reached()) {
            case OVER -> throw synthesis.cancelled();
            case FAILED -> lost(turn.socket(), turn.failure());
            case MOVING -> move();
            default -> {
                turn.end(SocketTurn.Ending.READ);
                requireWhole();
                return true;
            }
        }
        return false;
    }

    private void requireWhole() {
        String id = turn.requestId();
        if (turn.bytesRead() == 0) {
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
        boolean isOfConnection = told.origin() != Origin.CLIENT
                && switch (told.category()) {
                    case CONNECTION, UNAVAILABLE, TRUNCATED -> true;
                    default -> false;
                };
        if (!isOfConnection || !turn.saysAgain(from.isKept())) {
            boolean left = turn.reached() == TurnState.OVER;
            boolean isOurs = told.category() == Category.CANCELLED || told.origin() == Origin.CLIENT;
            turn.end(isOurs ? SocketTurn.Ending.LEFT : SocketTurn.Ending.FAILED);
            throw left ? synthesis.cancelled() : told;
        }
        LOG.atDebug()
                .addKeyValue("requestId", synthesis.requestId())
                .log("A WebSocket died before anything was heard: the text goes out on another one");
    }

    /** Goes on over another socket. */
    private void move() {
        Waiter.Move move = turn.letGo();
        synthesis.attempt().resting();
        PooledSocket leased;
        try {
            leased = sockets.lease(turn.wanted(), move);
        } catch (RuntimeException | Error e) {
            turn.hasNowhereToGo(move);
            throw e;
        }
        turn.goOn(leased);
    }

    /**
     * Ends the turn. Where the server still has something to say it is told to be quiet, which the socket's next turn waits for, not
     * this call.
     */
    @Override
    public void close() {
        turn.abandon();
    }

    @Override
    public String toString() {
        return "SocketSpeech[" + synthesis.requestId() + ", " + format() + "]";
    }
}
