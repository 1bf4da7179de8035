// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

/**
 * Where a {@link SocketTurn} stands, which owns it and moves it on under its lock.
 *
 * <pre>
 * state     next      when
 * WRITING   FLUSHING  a flush was sent
 * WRITING   MOVING    the socket's allowance is spent, or it died before a word was heard
 * WRITING   SPOKEN    all was spoken, and nothing more will be written
 * WRITING   FAILED    the server told an error, or there was nothing to pronounce
 * FLUSHING  WRITING   what was flushed was spoken
 * FLUSHING  MOVING    the socket died before a word was heard
 * FLUSHING  SPOKEN    the server told the end of the turn
 * FLUSHING  FAILED    the server told an error
 * MOVING    WRITING   there is another socket
 * SPOKEN    FAILED    the server told only now that it refused the speed
 * FAILED    MOVING    it was the connection, and no word was heard: another socket says it again
 * any       OVER      all was read, the caller left, or it failed for good
 * </pre>
 *
 * <p>The reader learns of MOVING, SPOKEN and FAILED behind the audio that was heard before.
 */
enum TurnState {
    WRITING,
    FLUSHING,
    MOVING,
    SPOKEN,
    FAILED,
    OVER;

    /** Whether the table leads there; to stay is no move. */
    boolean mayBecome(TurnState next) {
        return next == this
                || next == OVER
                || switch (this) {
                    case WRITING, FLUSHING -> true;
                    case MOVING -> next == WRITING;
                    case SPOKEN -> next == FAILED;
                    case FAILED -> next == MOVING;
                    case OVER -> false;
                };
    }

    /** Whether the reader has something to do other than to read on. */
    boolean endsReading() {
        return this != WRITING && this != FLUSHING;
    }
}
