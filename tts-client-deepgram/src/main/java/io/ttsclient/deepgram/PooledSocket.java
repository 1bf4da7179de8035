// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.transport.WebSocketConnection;
import io.ttsclient.transport.WebSocketMessage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A socket, what its server allows it, and who has it. */
final class PooledSocket {
    /** Deepgram's limits for an Aura socket, and a second for what the network delays. */
    private static final Duration MINUTE = Duration.ofSeconds(61);

    static final int CHARACTERS_A_MINUTE = 2_400;
    private static final int FLUSHES_A_MINUTE = 20;

    private final SocketPool pool;
    private final SocketKey key;
    private final Allowance characters = new Allowance(CHARACTERS_A_MINUTE, MINUTE);
    private final Allowance flushes = new Allowance(FLUSHES_A_MINUTE, MINUTE);
    private volatile @Nullable WebSocketConnection connection; // null until it has opened
    private volatile @Nullable Occupant occupant; // null while nobody has it
    private volatile String requestId = "";

    // Guarded by the pool's lock.
    private SocketState state = SocketState.CONNECTING;
    private boolean kept; // read by the turn that has it
    private long idleSince;
    private long expiresAt; // written before it is IDLE

    // Of the one who has it: what the server remembers from turn to turn.
    private long lastSequence = -1;
    private BigDecimal speed = BigDecimal.ONE;
    private long sessionMillis;

    /** Who has a socket and hears what comes. */
    interface Occupant {
        /** A message has come over that socket, on the thread that reads from the network; returns whether it is to be read. */
        boolean hears(PooledSocket from, WebSocketMessage message);
    }

    PooledSocket(SocketPool pool, SocketKey key) {
        this.pool = pool;
        this.key = key;
    }

    SocketKey key() {
        return key;
    }

    /** Looks at each message as it comes. */
    boolean hears(WebSocketMessage message) {
        if (message instanceof WebSocketMessage.Text text && requestId.isEmpty()) {
            requestId = ServerMessage.parse(text.text()).requestId();
        }
        Occupant now = occupant;
        if (now != null) {
            return now.hears(this, message);
        }
        if (message instanceof WebSocketMessage.Binary) {
            pool.retire(this); // it would be heard in somebody's next turn
        }
        return false;
    }

    void occupy(@Nullable Occupant value) {
        occupant = value;
    }

    @SuppressWarnings("ReferenceEquality") // it is about this one turn
    boolean isOccupiedBy(Occupant one) {
        return occupant == one;
    }

    /** {@code expiry} is when it is to be replaced. */
    void opened(WebSocketConnection value, long expiry) {
        connection = value;
        expiresAt = expiry;
        value.providerRequestId().ifPresent(id -> requestId = id);
    }

    /** The connection; only once it has opened. */
    WebSocketConnection connection() {
        return Objects.requireNonNull(connection, "connection");
    }

    boolean isOpen() {
        WebSocketConnection open = connection;
        return open != null && open.isOpen();
    }

    void send(Synthesis synthesis, String message) {
        connection().send(synthesis, message);
    }

    /** The server's id for this connection; empty while it has not told. */
    String requestId() {
        return requestId;
    }

    /** How many characters may be sent within a minute. */
    Allowance characters() {
        return characters;
    }

    /** How many flushes may be sent within a minute. */
    Allowance flushes() {
        return flushes;
    }

    /** The speed that was set last, as a factor. */
    BigDecimal speed() {
        return speed;
    }

    void speed(BigDecimal value) {
        speed = value;
    }

    /** How much audio the session has had, as Flux counts it: an interrupt takes back what was not played. */
    long sessionMillis() {
        return sessionMillis;
    }

    void sessionMillis(long value) {
        sessionMillis = value;
    }

    /**
     * Whether an acknowledgement of a Clear is not just the one before once more; one without a number is taken as new. One that is
     * wrongly taken as old costs the socket, one that is wrongly taken as new would let old audio into the next turn.
     */
    boolean isNew(long sequence) {
        boolean isNew = sequence < 0 || sequence != lastSequence;
        lastSequence = sequence;
        return isNew;
    }

    // The pool calls what follows, under its lock.

    SocketState state() {
        return state;
    }

    void on(SocketState.Event event) {
        state = state.on(event);
    }

    /** Whether it had opened before this turn chose it, so that it may have died unnoticed. */
    boolean isKept() {
        return kept;
    }

    void chosen() {
        kept = state != SocketState.CONNECTING;
    }

    /** Whether it is to be replaced. */
    boolean isTooOld(long now) {
        return now - expiresAt >= 0;
    }

    long idleSince() {
        return idleSince;
    }

    void idleSince(long nanos) {
        idleSince = nanos;
    }

    @Override
    public String toString() {
        return "PooledSocket[" + key.request().model() + ", " + state + "]";
    }
}
