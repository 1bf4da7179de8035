// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import org.jspecify.annotations.Nullable;

/**
 * A turn that has no socket. One that goes on elsewhere stands before those that have not begun, and waits for as long as its
 * caller does. The pool calls it under its lock.
 */
final class Waiter {
    private final SocketKey key;
    private final int characters;
    private final boolean moving;
    private final boolean fresh;
    private boolean patient = true;
    private boolean late;
    private boolean hasEvicted;

    /** {@code characters} are to be sent soon; {@code move} is null for a turn that begins. */
    Waiter(SocketKey key, int characters, @Nullable Move move) {
        this.key = key;
        this.characters = characters;
        moving = move != null;
        fresh = move != null && move.died();
    }

    /**
     * How a turn leaves a socket for another one.
     *
     * @param from which one
     * @param by the turn, which has it
     * @param died whether it has died; others that are there already may have as well, so that a new one is wanted
     * @param tainted whether nobody else should have it either
     */
    record Move(PooledSocket from, PooledSocket.Occupant by, boolean died, boolean tainted) {
        boolean isUsable() {
            return !died && !tainted;
        }
    }

    SocketKey key() {
        return key;
    }

    int characters() {
        return characters;
    }

    /** Whether it has begun to speak, over another one. */
    boolean isMoving() {
        return moving;
    }

    /** Whether one that is there already will not do. */
    boolean isFresh() {
        return fresh;
    }

    /** Whether it waits for a socket that is about to fall quiet, rather than open another one. */
    boolean isPatient() {
        return patient && !fresh;
    }

    void impatient() {
        patient = false;
    }

    /** Whether it has waited for as long as it may. */
    boolean isLate() {
        return late;
    }

    void late() {
        late = true;
    }

    /** Whether a socket was given up for it. */
    boolean hasEvicted() {
        return hasEvicted;
    }

    void evicted() {
        hasEvicted = true;
    }
}
