// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.NothingToSpeakException;
import io.ttsclient.text.Speakable;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * A turn of Flux's. Text goes out as it is written; the server decides where to cut it and speaks before it has all. The one flush
 * at the end is what ends the turn, and what the server tells about the whole speech is its end: {@code Flushed}, wherever it
 * comes, means nothing. All audio of a turn lies between the server's start and its end.
 */
final class FluxTurn extends SocketTurn implements TextFeed.Reader {
    /** With the 40 seconds after which an idle socket is asked at the latest, less than the minute that the server waits. */
    static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

    private final TextFeed feed;
    private final StringBuilder written = new StringBuilder();
    private final BigDecimal speed;
    private final int bytesASecond;
    private int sent;
    private boolean isBegun; // something speakable was sent on this socket
    private boolean started; // by the server
    private boolean isChanging; // the speed, on this socket
    private boolean isKeptAlive;
    private long saidAt;
    private long bytesHeard;

    FluxTurn(Synthesis synthesis, SpeakRequest request, SocketPool pool) {
        super(synthesis, request.format(), pool);
        feed = new TextFeed(synthesis.text().cursor());
        BigDecimal asked = request.speed();
        speed = asked == null ? BigDecimal.ONE : asked;
        bytesASecond = request.format().sampleRate() * request.format().bytesPerFrame();
    }

    @Override
    public void text(String text) {
        written.append(text);
    }

    @Override
    public void flush() {
        // It would end the turn; the server begins to speak without.
    }

    @Override
    public void end() {
        // The feed knows.
    }

    @Override
    void write() {
        feed.poll(this);
        if (state() != TurnState.WRITING) {
            return;
        }
        configure();
        if (isBegun || Speakable.anythingIn(written)) {
            sendText();
        }
        keepAlive();
        if (!feed.isEnded()) {
            synthesis().attempt().resting(); // it may speak, but it need not
        } else if (!isBegun) {
            fail(() -> new NothingToSpeakException("text: nothing to pronounce in what was written"));
        } else {
            state(TurnState.FLUSHING);
            synthesis().attempt().resumed();
            say(ClientMessage.FLUSH);
        }
    }

    private void say(String message) {
        saidAt = synthesis().time().nanoTime();
        send(message);
    }

    /** The server closes a socket over which nothing was said for a minute, in the middle of a turn too, however long it speaks. */
    private void keepAlive() {
        if (!isKeptAlive) {
            isKeptAlive = true;
            saidAt = synthesis().time().nanoTime();
            after(SIGN_OF_LIFE, () -> locked(this::sayThatItLives));
        }
    }

    private void sayThatItLives() {
        isKeptAlive = state() == TurnState.WRITING || state() == TurnState.FLUSHING;
        if (isKeptAlive) {
            if (silence().compareTo(SIGN_OF_LIFE) >= 0) {
                say(ClientMessage.configure(speed));
            }
            after(SIGN_OF_LIFE.minus(silence()), () -> locked(this::sayThatItLives));
        }
    }

    private Duration silence() {
        return synthesis().time().since(saidAt);
    }

    private void sendText() {
        while (sent < written.length()) {
            int end = Math.min(written.length(), sent + ClientMessage.MAX_TEXT);
            if (end < written.length() && Character.isHighSurrogate(written.charAt(end - 1))) {
                end--;
            }
            String next = written.substring(sent, end);
            if (!next.isBlank()) {
                say(ClientMessage.speak(next));
                synthesis().attempt().sent(next.length());
                isBegun = true;
                sent = end;
            } else if (end < written.length()) {
                sent = end - 1; // a message of blanks is refused, and one of them will do
            } else {
                return; // it goes with what follows
            }
        }
    }

    private void configure() {
        if (socket().speed().compareTo(speed) != 0) {
            say(ClientMessage.configure(speed));
            socket().speed(speed);
            isChanging = true;
        }
    }

    @Override
    boolean audioHeard(int bytes) {
        bytesHeard += started ? bytes : 0;
        return started;
    }

    @Override
    boolean told(ServerMessage message) {
        switch (message.type()) {
            case SPEECH_STARTED -> started = isBegun;
            case SPEECH_METADATA -> {
                boolean isOurs = isBegun && (started || state() == TurnState.FLUSHING);
                if (!isOurs || state() == TurnState.FAILED) {
                    return false; // of an earlier turn, or too late
                }
                long millis = message.audioMillis() >= 0 ? message.audioMillis() : millisHeard();
                socket().sessionMillis(socket().sessionMillis() + millis);
                mark();
                state(TurnState.SPOKEN);
                return true;
            }
            case CONFIGURE_SUCCESS -> isChanging = false;
            case CONFIGURE_FAILURE -> {
                if (!isChanging) {
                    return false; // it was a sign of life, and the speed stays as it is
                }
                mark();
                fail(() -> Failures.notConfigured(synthesis(), message, requestId()));
                return true;
            }
            default -> {
                // Nothing that a turn depends on.
            }
        }
        return false;
    }

    private long millisHeard() {
        return bytesHeard * 1_000 / bytesASecond;
    }

    @Override
    boolean isSettled() {
        return !isBegun;
    }

    @Override
    boolean isUnheard() {
        return bytesHeard == 0;
    }

    @Override
    void rewind() {
        sent = 0;
        isBegun = false;
        started = false;
        isChanging = false;
    }

    @Override
    int wantedCharacters() {
        return 0; // Flux has no limit on them
    }

    /** Says how far the listener has come, so that the server's own account of the session is right. */
    @Override
    String leave(PooledSocket of) {
        long millis = millisRead();
        of.interruptedAt(of.sessionMillis() + millis);
        return millis > 0 ? ClientMessage.interrupt(of.interruptedAt()) : ClientMessage.INTERRUPT;
    }
}
