// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who wants one of a pool's sockets, and which one each of them gets, in this order: one that is open and has allowance left, one that
 * is about to fall quiet, a new one, one whose allowance comes back soonest. Nobody gets one that somebody before him could have, and
 * only who is first gets a place. The pool calls it under its lock.
 */
final class WaitingLine {
    private final SocketPool pool;
    private final SocketChoice choice;
    private final List<Waiter> waiters = new ArrayList<>(0);

    WaitingLine(SocketPool pool, SocketChoice choice) {
        this.pool = pool;
        this.choice = choice;
    }

    /** Who has begun stands before who has not. */
    void add(Waiter waiter) {
        long before =
                waiter.isMoving() ? waiters.stream().filter(Waiter::isMoving).count() : waiters.size();
        waiters.add((int) before, waiter);
    }

    void remove(Waiter waiter) {
        waiters.remove(waiter);
    }

    /** One that is ready, or a new one to connect, for who then stands in line no more; null if there is none. */
    @Nullable
    PooledSocket choose(Waiter waiter) {
        PooledSocket chosen = waiter.isFresh() || hasForerunner(waiter) ? null : choice.ready(waiter);
        if (chosen == null && waiters.get(0) == waiter) {
            chosen = newOrSpent(waiter);
        }
        if (chosen != null) {
            waiters.remove(waiter);
            chosen.chosen();
            if (chosen.isKept()) {
                chosen.on(SocketState.Event.LEASED);
            }
        }
        return chosen;
    }

    private boolean hasForerunner(Waiter waiter) {
        return waiters.stream()
                .takeWhile(each -> each != waiter)
                .anyMatch(each -> each.key().equals(waiter.key()));
    }

    private @Nullable PooledSocket newOrSpent(Waiter waiter) {
        if (waiter.isPatient() && choice.mayBeQuietSoon(waiter.key())) {
            return null;
        }
        if (pool.hasPlace()) {
            return pool.added(waiter.key());
        }
        if (!waiter.hasEvicted()) {
            choice.useless(waiter).ifPresent(socket -> {
                pool.leave(socket);
                waiter.evicted();
            });
        }
        return waiter.hasEvicted() || waiter.isFresh() ? null : choice.spent(waiter);
    }
}
