// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.backend.Registration;
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
    private long expiresAt; // written before it is IDLE, as the next one
    private long mostIdle;
    private Registration signLimit = () -> {};

    private final Repetitions repetitions = new Repetitions(); // of the thread that reads from the network
    private volatile boolean owesSign; // of life
    private volatile boolean owesFlushed;

    // Of the one who has it: what the server remembers from turn to turn.
    private BigDecimal speed = BigDecimal.ONE;
    private long sessionMillis;
    private long interruptedAt;

    /** Who has a socket and hears what comes. */
    interface Occupant {
        /**
         * A message has come over that socket, on the thread that reads from the network; returns whether it is to be read.
         *
         * @param told what the server tells; null for audio
         */
        boolean hears(PooledSocket from, WebSocketMessage message, @Nullable ServerMessage told);
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
        ServerMessage told = message instanceof WebSocketMessage.Text text ? ServerMessage.parse(text.text()) : null;
        if (told == null) {
            hearsAudio();
        } else if (isSign(told)) {
            return false;
        }
        Occupant now = occupant;
        if (now != null) {
            return now.hears(this, message, told);
        }
        if (told == null || told.type() == ServerMessage.Type.ERROR) {
            pool.retire(this); // audio would be heard in somebody's next turn, and behind an error comes the close
        } else if (told.type() == ServerMessage.Type.FLUSHED) {
            owesFlushed = false;
        }
        return false;
    }

    private void hearsAudio() {
        repetitions.audio();
        if (owesSign) {
            owesSign = false; // who speaks already has passed over the question
        }
    }

    /** Takes down what concerns the socket; returns whether it is the sign of life that it owed. */
    private boolean isSign(ServerMessage told) {
        repetitions.told(told);
        if (requestId.isEmpty()) {
            requestId = told.requestId();
        }
        boolean isAnswer = switch (told.type()) {
            case CLEARED, CONFIGURE_SUCCESS, CONFIGURE_FAILURE -> owesSign;
            default -> false;
        };
        if (isAnswer) {
            owesSign = false;
            pool.answered(this);
        }
        return isAnswer;
    }

    void occupy(@Nullable Occupant value) {
        occupant = value;
    }

    @SuppressWarnings("ReferenceEquality") // it is about this one turn
    boolean isOccupiedBy(Occupant one) {
        return occupant == one;
    }

    /** {@code expiry} is when it is to be replaced; {@code idle} for how long it may be idle, in nanoseconds. */
    void opened(WebSocketConnection value, long expiry, long idle) {
        connection = value;
        expiresAt = expiry;
        mostIdle = idle;
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

    /** Where in the session, in milliseconds, the last interrupt was asked for. */
    long interruptedAt() {
        return interruptedAt;
    }

    void interruptedAt(long millis) {
        interruptedAt = millis;
    }

    /** Whether what is being told is an acknowledgement that was told before; on the thread that reads from the network. */
    boolean isRepetition() {
        return repetitions.isRepetition();
    }

    /** Whether a flush of an earlier turn may still be acknowledged. */
    boolean owesFlushed() {
        return owesFlushed;
    }

    void owesFlushed(boolean value) {
        owesFlushed = value;
    }

    /** Asks for a sign of life. */
    void askForSign(Synthesis synthesis, String message) {
        owesSign = true;
        send(synthesis, message);
    }

    /** Whether it was asked for a sign of life and has not given it. */
    boolean owesSign() {
        return owesSign;
    }

    // The pool calls what follows, under its lock.

    SocketState state() {
        return state;
    }

    void on(SocketState.Event event) {
        state = state.on(event);
        if (state != SocketState.CHECKING) {
            signLimit.remove();
        }
    }

    /** When to look whether it has given a sign of life; taken back once that does not matter. */
    void signLimit(Registration value) {
        signLimit = value;
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

    boolean isIdleTooLong(long now) {
        return now - idleSince >= mostIdle;
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
