// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.speech.Priority;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;

/** One request before an {@link AdmissionQueue}, and what has become of it. */
final class AdmissionTicket {
    /** What becomes of a request. It is decided once, under the lock of the queue. */
    enum Decision {
        /** It may begin, and is given back to the queue when it has ended. */
        GRANTED,
        /** Too many wait, or it could not begin in time anyway. */
        REFUSED,
        /** It had to leave the queue for a request of a higher priority. */
        DISPLACED,
        /** It has waited as long as it may. */
        EXPIRED,
        /** Its caller has left. */
        CANCELLED,
        /** The backend is closed. */
        CLOSED
    }

    /** Who is first: subtracted, not compared, because the clock may overflow. */
    static final Comparator<AdmissionTicket> ORDER = (a, b) -> {
        int byTurn = Long.signum(a.turn - b.turn);
        return byTurn != 0 ? byTurn : Long.compare(a.number, b.number);
    };

    private final Priority priority;
    private final int characters;
    private final long turn;
    private final long number;
    private final CompletableFuture<Decision> decision = new CompletableFuture<>();

    /** {@code turn} is when it would have come if it were {@code LIVE}; {@code number} counts up. */
    AdmissionTicket(Priority priority, int characters, long turn, long number) {
        this.priority = priority;
        this.characters = characters;
        this.turn = turn;
        this.number = number;
    }

    Priority priority() {
        return priority;
    }

    int characters() {
        return characters;
    }

    CompletableFuture<Decision> decision() {
        return decision;
    }
}
