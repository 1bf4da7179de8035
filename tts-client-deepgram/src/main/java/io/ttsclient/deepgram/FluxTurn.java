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
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(20);

    private final TextFeed feed;
    private final StringBuilder written = new StringBuilder();
    private final BigDecimal speed;
    private final int bytesASecond;
    private int sent;
    private boolean started;
    private boolean isKeptAlive;
    private long saidAt;
    private long bytesHeard;

    FluxTurn(Synthesis synthesis, SpeakRequest request, Sockets sockets, SocketPool pool) {
        super(synthesis, request.format(), sockets, pool);
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
        if (state() != State.WRITING) {
            return;
        }
        configure();
        if (sent > 0 || Speakable.anythingIn(written)) {
            sendText();
        }
        if (!feed.isEnded()) {
            synthesis().attempt().resting(); // it may speak, but it need not
            keepAlive();
        } else if (sent == 0) {
            fail(() -> new NothingToSpeakException("text: nothing to pronounce in what was written"));
        } else {
            state(State.FLUSHING);
            synthesis().attempt().resumed();
            send(ClientMessage.FLUSH);
        }
    }

    /** The server closes a socket over which nothing was said for a minute, in the middle of a turn too. */
    private void keepAlive() {
        saidAt = synthesis().time().nanoTime();
        if (!isKeptAlive) {
            isKeptAlive = true;
            after(SIGN_OF_LIFE, () -> locked(this::sayThatItLives));
        }
    }

    private void sayThatItLives() {
        isKeptAlive = state() == State.WRITING;
        if (isKeptAlive) {
            Duration silent = synthesis().time().since(saidAt);
            if (silent.compareTo(SIGN_OF_LIFE) >= 0) {
                send(ClientMessage.configure(speed));
                saidAt = synthesis().time().nanoTime();
                silent = Duration.ZERO;
            }
            after(SIGN_OF_LIFE.minus(silent), () -> locked(this::sayThatItLives));
        }
    }

    private void sendText() {
        while (sent < written.length()) {
            int end = Math.min(written.length(), sent + ClientMessage.MAX_TEXT);
            if (end < written.length() && Character.isHighSurrogate(written.charAt(end - 1))) {
                end--;
            }
            String next = written.substring(sent, end);
            if (next.isBlank()) {
                return; // it goes with what follows
            }
            send(ClientMessage.speak(next));
            synthesis().attempt().sent(next.length());
            sent = end;
        }
    }

    private void configure() {
        if (socket().speed().compareTo(speed) != 0) {
            send(ClientMessage.configure(speed));
            socket().speed(speed);
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
            case SPEECH_STARTED -> started = sent > 0;
            case SPEECH_METADATA -> {
                if (sent == 0 || (!started && state() != State.FLUSHING)) {
                    return false; // of an earlier turn
                }
                long millis = message.audioMillis() >= 0 ? message.audioMillis() : millisHeard();
                socket().sessionMillis(socket().sessionMillis() + millis);
                mark();
                state(State.SPOKEN);
                return true;
            }
            case CONFIGURE_FAILURE -> {
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
        return sent == 0;
    }

    @Override
    boolean isUnheard() {
        return bytesHeard == 0;
    }

    @Override
    void rewind() {
        sent = 0;
        started = false;
    }

    @Override
    int wantedCharacters() {
        return 0; // Flux has no limit on them
    }

    /** Says how far the listener has come, so that the server's own account of the session is right. */
    @Override
    String quietMessage(PooledSocket of) {
        long millis = millisRead();
        return millis > 0 ? ClientMessage.interrupt(of.sessionMillis() + millis) : ClientMessage.INTERRUPT;
    }
}
