// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

/** A turn that has no socket yet. The pool calls it under its lock. */
final class Waiter {
    private final SocketKey key;
    private final int characters;
    private final boolean fresh;
    private boolean patient = true;
    private boolean late;
    private boolean hasEvicted;

    /** {@code characters} are to be sent soon; {@code fresh} says that a socket which is there already will not do. */
    Waiter(SocketKey key, int characters, boolean fresh) {
        this.key = key;
        this.characters = characters;
        this.fresh = fresh;
    }

    SocketKey key() {
        return key;
    }

    int characters() {
        return characters;
    }

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
