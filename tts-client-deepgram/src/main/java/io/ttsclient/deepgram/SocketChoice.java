// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.backend.TimeSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which of a pool's sockets is best for a turn. Changes nothing; the pool calls it under its lock. */
final class SocketChoice {
    private final List<PooledSocket> sockets;
    private final TimeSource time;

    SocketChoice(List<PooledSocket> sockets, TimeSource time) {
        this.sockets = sockets;
        this.time = time;
    }

    /** One that can begin at once: of those that owe no sign of life that which was used last, as the least likely to have died. */
    @Nullable
    PooledSocket ready(Waiter waiter) {
        long now = time.nanoTime();
        return idle(waiter.key())
                .filter(socket -> !socket.isTooOld(now))
                .filter(socket -> waiter.key().product() == Product.FLUX
                        || socket.characters().left(now) >= waiter.characters()
                                && socket.flushes().left(now) > 0)
                .max(Comparator.comparing((PooledSocket socket) -> socket.state() == SocketState.IDLE)
                        .thenComparingLong(socket -> socket.idleSince() - now))
                .orElse(null);
    }

    /** The one whose allowance comes back soonest. */
    @Nullable
    PooledSocket spent(Waiter waiter) {
        long now = time.nanoTime();
        return idle(waiter.key())
                .filter(socket -> !socket.isTooOld(now))
                .min(Comparator.comparing(
                                (PooledSocket socket) -> socket.characters().until(waiter.characters(), now))
                        .thenComparing(socket -> socket.flushes().until(1, now)))
                .orElse(null);
    }

    /** One that the waiter has no use for, and whose place it could have: that which was idle for longest. */
    Optional<PooledSocket> useless(Waiter waiter) {
        long now = time.nanoTime();
        return sockets.stream()
                .filter(socket -> socket.state().isFree())
                .filter(socket -> waiter.isFresh() || !socket.key().equals(waiter.key()))
                .min(Comparator.comparingLong(socket -> socket.idleSince() - now));
    }

    boolean hasIdle(SocketKey key) {
        return idle(key).findAny().isPresent();
    }

    boolean mayBeQuietSoon(SocketKey key) {
        return sockets.stream()
                .anyMatch(socket ->
                        socket.state() == SocketState.QUIETING && socket.key().equals(key));
    }

    private Stream<PooledSocket> idle(SocketKey key) {
        return sockets.stream()
                .filter(socket -> socket.state().isFree() && socket.key().equals(key) && socket.isOpen());
    }
}
