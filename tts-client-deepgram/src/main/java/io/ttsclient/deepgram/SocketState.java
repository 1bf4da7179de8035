// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

/**
 * The life of one socket in the {@link SocketPool}, which owns it and moves it on under its lock.
 *
 * <pre>
 * state       event          next       when
 * CONNECTING  OPENED         IDLE       the server has answered 101
 * CONNECTING  GONE           GONE       it has refused, or nobody answered
 * IDLE        LEASED         BUSY       a turn takes it
 * IDLE        ASKED          CHECKING   idle for a while: asked for a sign of life
 * IDLE        RETIRED        CLOSING    too old, idle for too long, its place is needed, spoke when it was not asked
 * CHECKING    LEASED         BUSY       a turn takes it: it does not wait for the answer
 * CHECKING    ANSWERED       IDLE       it is alive
 * CHECKING    RETIRED        CLOSING    it has not answered in time, or as from IDLE
 * BUSY        SPOKEN         IDLE       the turn has all its audio
 * BUSY        QUIETED        QUIETING   the caller has left: told to be quiet, audio is dropped
 * BUSY        RETIRED        CLOSING    the turn has failed
 * QUIETING    SILENT         IDLE       the server says that it is quiet
 * QUIETING    RETIRED        CLOSING    it has not said so in time
 * CLOSING     GONE           GONE       the server has closed as well, or was given up
 * any other   GONE           GONE       the server has closed, or the connection broke
 * </pre>
 *
 * <p>In every state but GONE it counts against the limit on sockets: the service counts it too.
 */
enum SocketState {
    CONNECTING,
    IDLE,
    CHECKING,
    BUSY,
    QUIETING,
    CLOSING,
    GONE;

    /** What happens to a socket. */
    enum Event {
        OPENED,
        LEASED,
        ASKED,
        ANSWERED,
        SPOKEN,
        QUIETED,
        SILENT,
        RETIRED,
        GONE
    }

    /**
     * Where {@code event} leads.
     *
     * @throws IllegalStateException if it cannot happen here
     */
    SocketState on(Event event) {
        SocketState next = switch (this) {
            case CONNECTING -> event == Event.OPENED ? IDLE : null;
            case IDLE ->
                switch (event) {
                    case LEASED -> BUSY;
                    case ASKED -> CHECKING;
                    case RETIRED -> CLOSING;
                    default -> null;
                };
            case CHECKING ->
                switch (event) {
                    case LEASED -> BUSY;
                    case ANSWERED -> IDLE;
                    case RETIRED -> CLOSING;
                    default -> null;
                };
            case BUSY ->
                switch (event) {
                    case SPOKEN -> IDLE;
                    case QUIETED -> QUIETING;
                    case RETIRED -> CLOSING;
                    default -> null;
                };
            case QUIETING ->
                switch (event) {
                    case SILENT -> IDLE;
                    case RETIRED -> CLOSING;
                    default -> null;
                };
            case CLOSING, GONE -> null;
        };
        if (next == null && event == Event.GONE && this != GONE) {
            return GONE;
        }
        if (next == null) {
            throw new IllegalStateException(event + " in " + this);
        }
        return next;
    }

    /** Whether nobody uses it, so that a turn may take it. */
    boolean isFree() {
        return this == IDLE || this == CHECKING;
    }

    /** Whether it can be given up. */
    boolean mayRetire() {
        return isFree() || this == BUSY || this == QUIETING;
    }
}
