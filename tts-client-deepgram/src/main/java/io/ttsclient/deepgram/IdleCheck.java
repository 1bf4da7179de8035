// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.deepgram.SocketState.Event;
import io.ttsclient.error.TtsException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the sockets of a pool that nobody uses, every 20 seconds: those that were kept for long enough leave, the others are
 * asked for a sign of life, by a message that changes nothing, since OkHttp's pings cannot be had for idle times only, and in a turn
 * their answers may lie behind audio that waits to be read. A turn may take a socket while its answer is awaited. That a server
 * answers such a message is not documented: the silence of one that never has is no sign of death.
 */
final class IdleCheck {
    private static final Logger LOG = LoggerFactory.getLogger(IdleCheck.class);
    private static final Duration INTERVAL = Duration.ofSeconds(20);
    /** A sign of life that has not come by then is missing. */
    private static final Duration SIGN_LIMIT = Duration.ofMillis(1_500);

    private final SocketPool pool;
    private final Product product;
    private final TimeSource time;
    private boolean isPlanned; // guarded by the pool's lock, as all below
    private boolean givesSigns; // the server has answered a question for a sign of life

    IdleCheck(SocketPool pool, Product product, TimeSource time) {
        this.pool = pool;
        this.product = product;
        this.time = time;
    }

    /** Plans the next look, unless that was done; as long as there are sockets. Under the pool's lock. */
    void plan() {
        if (!isPlanned && pool.needsChecks()) {
            isPlanned = true;
            pool.schedule(INTERVAL, this::run);
        }
    }

    private void run() {
        pool.change(() -> {
            isPlanned = false;
            long now = time.nanoTime();
            List<PooledSocket> free = pool.free();
            free.stream().filter(socket -> isDone(socket, now)).forEach(pool::leave);
            free.stream()
                    .filter(socket -> socket.state() == SocketState.IDLE)
                    .filter(socket -> now - socket.idleSince() >= INTERVAL.toNanos())
                    .forEach(this::ask);
            plan();
        });
        pool.dismiss();
    }

    private static boolean isDone(PooledSocket socket, long now) {
        return !socket.isOpen() || socket.isTooOld(now) || socket.isIdleTooLong(now);
    }

    /** Under the lock, so that no word of a turn that takes the socket goes out before the question. */
    private void ask(PooledSocket socket) {
        try {
            socket.askForSign(Service.outsideSynthesis(time), question(socket));
        } catch (TtsException e) {
            pool.leave(socket); // it broke meanwhile
            return;
        }
        socket.on(Event.ASKED);
        Registration limit = pool.schedule(SIGN_LIMIT, () -> missSign(socket));
        socket.signLimit(limit);
    }

    /** What changes nothing and is answered. */
    private String question(PooledSocket socket) {
        return product == Product.AURA ? ClientMessage.CLEAR : ClientMessage.configure(socket.speed());
    }

    private void missSign(PooledSocket socket) {
        pool.change(() -> {
            if (socket.state() != SocketState.CHECKING) {
                return;
            }
            if (givesSigns) {
                LOG.debug("A socket gave no sign of life within {}: closing it", SIGN_LIMIT);
                pool.leave(socket);
            } else {
                socket.on(Event.ANSWERED);
            }
        });
        pool.dismiss();
    }

    /** The server has answered the question. Under the pool's lock. */
    void answered(PooledSocket socket) {
        givesSigns = true;
        if (socket.state() == SocketState.CHECKING) {
            socket.on(Event.ANSWERED);
        }
    }
}
