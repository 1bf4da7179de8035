// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.backend.Registration;
import io.ttsclient.transport.WebSocketMessage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a socket from the moment when its caller has left until the server says that it is quiet. Drops audio, however much was on
 * its way.
 *
 * <ul>
 *   <li>Aura acknowledges a Clear. The acknowledgement has no id, so there is one Clear at a time, and a {@linkplain Repetitions
 *       repetition} is none.
 *   <li>Flux tells that it was interrupted, or that the turn has come to its end just then, or warns that it ignores the interrupt.
 * </ul>
 */
final class Quieting implements PooledSocket.Occupant {
    private static final Logger LOG = LoggerFactory.getLogger(Quieting.class);
    /** What is not quiet by then never will be. */
    private static final Duration LIMIT = Duration.ofMillis(1_500);

    private final SocketPool pool;
    private final PooledSocket socket;
    private volatile Registration limit = () -> {};

    Quieting(SocketPool pool, PooledSocket socket) {
        this.pool = pool;
        this.socket = socket;
    }

    /** Forgets what has come, and tells the server by {@code message}. */
    void begin(String message) {
        socket.connection().drop();
        limit = pool.schedule(LIMIT, this::giveUp);
        pool.tell(socket, message);
    }

    private void giveUp() {
        if (socket.isOccupiedBy(this)) {
            LOG.debug("A socket was not quiet within {}: closing it", LIMIT);
            pool.retire(socket);
        }
    }

    @Override
    public boolean hears(PooledSocket from, WebSocketMessage message, @Nullable ServerMessage told) {
        if (told != null) {
            hears(told);
        }
        return false;
    }

    private void hears(ServerMessage told) {
        switch (told.type()) {
            case CLEARED -> {
                if (!socket.isRepetition()) {
                    silent();
                }
            }
            case FLUSHED -> socket.owesFlushed(false);
            case SPEECH_INTERRUPTED -> {
                socket.sessionMillis(told.audioMillis() >= 0 ? told.audioMillis() : socket.interruptedAt());
                silent();
            }
            case SPEECH_METADATA -> {
                socket.sessionMillis(socket.sessionMillis() + Math.max(0, told.audioMillis()));
                silent();
            }
            case WARNING -> warned(told.code());
            case ERROR -> pool.retire(socket);
            default -> {
                // It belongs to the turn that is over.
            }
        }
    }

    private void warned(String code) {
        switch (code) {
            case "INVALID_INTERRUPT_OFFSET" -> pool.tell(socket, ClientMessage.INTERRUPT);
            // The turn goes on to an end that nobody is going to ask for.
            case "NO_AUDIO_GENERATED" -> pool.retire(socket);
            default -> {
                // It is about something else, or the interrupt is under way.
            }
        }
    }

    private void silent() {
        pool.silent(socket, this);
        limit.remove();
    }
}
