// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.NothingToSpeakException;
import java.time.Duration;
import java.util.Locale;

/**
 * A turn of Aura's. The server collects text and speaks it when it is told to flush; perhaps sooner, which does no harm. It
 * acknowledges a flush behind its audio, without an id, so that there is one flush at a time: what is written meanwhile waits, and
 * goes out together as soon as the acknowledgement arrives.
 *
 * <p>An acknowledgement before any audio is that of the turn before, if that one was left while a flush was pending. Otherwise the
 * flush gave nothing, or its audio is still to come and has no other end than silence: it is believed once nothing was heard for a
 * second. A flush that the server ignores, because there were too many, is sent again.
 *
 * <p>Where the allowance of a socket is spent, another one is asked for, and if there is none with more, again every second.
 */
final class AuraTurn extends SocketTurn {
    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration AFTER_IGNORED_FLUSH = Duration.ofSeconds(10);
    /** What a turn that has just begun should have room for. */
    private static final int SOME_SENTENCES = 400;

    private final AuraText text;
    private boolean hasSent; // on this socket
    private boolean audioHeard; // since the last acknowledgement
    private long bytesHeard;
    private long heardAt; // where it was acknowledged early
    private boolean isEarly; // acknowledged before any audio
    private boolean wasAcknowledged; // at least one flush
    private boolean isWaiting; // for an allowance
    private long lookAt; // for another socket, where it waits

    AuraTurn(Synthesis synthesis, SpeakRequest request, SocketPool pool) {
        super(synthesis, request.format(), pool);
        text = new AuraText(synthesis.text().cursor(), language(synthesis, request));
    }

    private static Locale language(Synthesis synthesis, SpeakRequest request) {
        return synthesis
                .options()
                .language()
                .or(() -> KnownVoices.languageOf(request.model()))
                .map(Locale::forLanguageTag)
                .orElse(Locale.ROOT);
    }

    @Override
    void write() {
        text.poll();
        if (state() != TurnState.WRITING) {
            return;
        }
        sendText();
        if (state() != TurnState.WRITING) {
            return;
        }
        if (text.isAllSent() && text.isAllSpoken()) {
            if (wasAcknowledged) {
                state(TurnState.SPOKEN);
            } else {
                fail(() -> new NothingToSpeakException("text: nothing to pronounce in what was written"));
            }
        } else {
            synthesis().attempt().resting();
        }
    }

    /** As much as the socket's minute allows, and a flush where one is due. */
    private void sendText() {
        Allowance characters = socket().characters();
        while (true) {
            long now = synthesis().time().nanoTime();
            if (isFlushDue() && flushIfAllowed(now)) {
                return;
            }
            if (text.isAllSpoken() && !text.isAllSent() && !mayBegin(now)) {
                return;
            }
            String next = text.next(Math.min(ClientMessage.MAX_TEXT, characters.left(now)));
            if (next.isEmpty()) {
                String waiting = text.next(ClientMessage.MAX_TEXT);
                if (!waiting.isEmpty()) {
                    stopAtSpentMinute(waiting.length(), now);
                }
                return;
            }
            characters.take(next.length(), now);
            send(ClientMessage.speak(next));
            text.sent(next.length());
            synthesis().attempt().sent(next.length());
            hasSent = true;
            isWaiting = false;
        }
    }

    /** The first piece of a growing text goes alone, so that speech begins; later as much as is there. */
    private boolean isFlushDue() {
        boolean alone = !wasAcknowledged && !text.isWhole();
        return text.isAtPieceEnd() && (alone || !text.hasWholePiece());
    }

    /** Leaves one flush for the end, without which nothing of the last words would be heard. */
    private boolean flushIfAllowed(long now) {
        int needed = text.isAllSent() ? 1 : 2;
        Allowance flushes = socket().flushes();
        if (flushes.left(now) < needed) {
            writeAfter(flushes.until(needed, now));
            return false;
        }
        flush(now);
        return true;
    }

    private void flush(long now) {
        socket().flushes().take(1, now);
        text.flushed();
        state(TurnState.FLUSHING);
        synthesis().attempt().resumed();
        send(ClientMessage.FLUSH);
    }

    /** Whether the socket's allowance is worth beginning with; otherwise another one is asked for, or time. */
    private boolean mayBegin(long now) {
        Allowance flushes = socket().flushes();
        int needed = text.isWhole() ? 1 : 2;
        if (flushes.left(now) >= needed) {
            return true;
        }
        moveOrWait(flushes.until(needed, now), now);
        return false;
    }

    /** What was sent is spoken first; then the turn goes on elsewhere. */
    private void stopAtSpentMinute(int characters, long now) {
        if (!text.hasUnflushed()) {
            moveOrWait(socket().characters().until(characters, now), now);
        } else if (socket().flushes().left(now) > 0) {
            flush(now);
        } else {
            writeAfter(socket().flushes().until(1, now));
        }
    }

    /** Another socket, unless this one was the best that there was a moment ago. */
    private void moveOrWait(Duration wait, long now) {
        if (!isWaiting) {
            isWaiting = true;
            lookAt = now + BETWEEN_LOOKS.toNanos();
        }
        Duration untilLook = Duration.ofNanos(lookAt - now);
        if (hasSent || untilLook.isZero() || untilLook.isNegative()) {
            hasSent = false;
            isWaiting = false;
            state(TurnState.MOVING);
        } else {
            writeAfter(wait.compareTo(untilLook) < 0 ? wait : untilLook);
        }
    }

    @Override
    boolean audioHeard(int bytes) {
        audioHeard = true;
        bytesHeard += bytes;
        if (isEarly) {
            heardAt = synthesis().time().nanoTime();
        }
        return true;
    }

    @Override
    boolean told(ServerMessage message) {
        return switch (message.type()) {
            case FLUSHED -> acknowledged();
            case WARNING -> {
                if (state() == TurnState.FLUSHING && isAboutFlushes(message)) {
                    flushAgainLater();
                }
                yield false;
            }
            default -> false; // what a Clear is answered comes too late to matter here
        };
    }

    private boolean acknowledged() {
        boolean isLate = !audioHeard && socket().owesFlushed();
        socket().owesFlushed(false);
        if (state() != TurnState.FLUSHING || isLate || socket().isRepetition()) {
            return false;
        }
        if (!audioHeard) {
            awaitSilence();
            return false;
        }
        mark();
        pieceSpoken();
        return true;
    }

    private void awaitSilence() {
        if (!isEarly) {
            isEarly = true;
            heardAt = synthesis().time().nanoTime();
            after(SILENCE, () -> locked(this::believeSilence));
        }
    }

    /** Only once all was read: there is no message behind the audio that could say where it ends. */
    private void believeSilence() {
        if (state() != TurnState.FLUSHING || !isEarly) {
            return;
        }
        boolean isAllRead = bytesHeard - bytesRead() < format().bytesPerFrame();
        Duration left = isAllRead ? SILENCE.minus(synthesis().time().since(heardAt)) : SILENCE;
        if (left.isZero() || left.isNegative()) {
            if (audioHeard) {
                synthesis().journal().warning("Deepgram acknowledged a flush before its audio: silence was its end");
            }
            pieceSpoken();
        } else {
            after(left, () -> locked(this::believeSilence));
        }
    }

    private void pieceSpoken() {
        noTimer();
        audioHeard = false;
        isEarly = false;
        wasAcknowledged = true;
        text.spoken();
        progressed();
        state(TurnState.WRITING);
        write();
    }

    private static boolean isAboutFlushes(ServerMessage warning) {
        return (warning.code() + " " + warning.description())
                .toLowerCase(Locale.ROOT)
                .contains("flush");
    }

    private void flushAgainLater() {
        synthesis().attempt().resting();
        after(
                AFTER_IGNORED_FLUSH,
                () -> locked(() -> {
                    if (state() == TurnState.FLUSHING) {
                        synthesis().attempt().resumed();
                        send(ClientMessage.FLUSH);
                    }
                }));
    }

    @Override
    boolean isSettled() {
        return text.isAllSpoken();
    }

    @Override
    boolean isUnheard() {
        return !audioHeard;
    }

    @Override
    void rewind() {
        noTimer(); // it is about the flush that is lost
        text.rewind();
        isEarly = false;
        hasSent = false;
    }

    @Override
    int wantedCharacters() {
        text.poll();
        int waiting = text.isWhole() ? text.unspoken() : Math.max(text.unspoken(), SOME_SENTENCES);
        return Math.min(waiting, PooledSocket.CHARACTERS_A_MINUTE);
    }

    @Override
    String leave(PooledSocket of) {
        of.owesFlushed(text.isFlushPending() && !isEarly);
        return ClientMessage.CLEAR;
    }
}
