// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import io.ttsclient.error.TtsException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

/**
 * Speech that starts while its text is still being written, turn by turn: what a bot says from one question to the next. A
 * language model's answer goes in token by token, audio comes out, and the listener may interrupt at any word.
 *
 * {@snippet class="io.ttsclient.SessionSnippets" region="session"}
 *
 * <p><b>Turns.</b> A turn begins with its first {@link #write} and is written until {@link #finish}. The first write after {@code
 * finish} or {@link #interrupt} begins the next one. Turns are heard in the order in which they were written; the next one is begun
 * when the audio of the one before is over. A turn is a request of its own: it has an id, a report, and the session's timeout.
 *
 * <p><b>Audio.</b> {@link #audio()} is the audio of the first turn that is not over: not read to its end, not failed, not closed and
 * not interrupted. So a loop hears turn after turn, and asking twice gives the same stream. A turn without anything to pronounce is
 * silence: its audio ends at once, nobody is asked to speak and nothing fails.
 *
 * <p><b>Failures</b> come out of the audio, and out of a {@code write} to the same turn; {@code finish} or {@code interrupt} leaves
 * that turn behind. {@link TtsException#deliveredText()} says how far its text was spoken.
 *
 * <p><b>Threads.</b> One thread writes; several may, if it does not matter whose text comes first. One thread at a time reads
 * each stream; {@code interrupt}, {@code close} and {@link #spokenUpTo} may come from any thread at any time.
 *
 * <p>After {@link #close()} everything but {@code interrupt}, {@code spokenUpTo} and {@code close} fails with {@code CLOSED}.
 */
public interface SpeechSession extends AutoCloseable {
    /**
     * Writes what comes next of the current turn, and begins one if there is none. White space counts, and nothing is added: it
     * may be cut anywhere, inside a word or a surrogate pair. An empty one does nothing.
     *
     * <p>Waits while too much text is written that nobody has taken up to speak it, which is long before anything is lost.
     *
     * @throws TtsException with category {@code TIMEOUT} if the turn's time is over while it waits; {@code CANCELLED} if the turn is
     *     interrupted while it waits, or its audio was closed; what the turn failed with, if it failed; {@code CLOSED}
     */
    void write(CharSequence delta);

    /**
     * Writes all that comes, as one text: once the session is interrupted, even before anything came, the rest is not written.
     * What {@code deltas} throws comes out of here, and the turn goes on with what was written: {@link #finish()} speaks it.
     *
     * @throws TtsException as {@link #write(CharSequence)} does; with category {@code CANCELLED} if the session is interrupted
     */
    void write(Iterator<? extends CharSequence> deltas);

    /** Writes all that comes, as {@link #write(Iterator)} does, and closes {@code deltas}. */
    default void write(Stream<? extends CharSequence> deltas) {
        try (deltas) {
            write(deltas.iterator());
        }
    }

    /**
     * Writes all that comes, on this thread, as {@link #write(Iterator)} does, and returns when {@code deltas} has completed. It is
     * asked for more as there is room; interrupting the session cancels the subscription at once.
     *
     * @throws java.util.concurrent.CompletionException if {@code deltas} fails with an exception that is checked
     */
    void write(Flow.Publisher<? extends CharSequence> deltas);

    /** Has everything spoken that was written, without waiting for the rest of the sentence. */
    void flush();

    /** No more text will come for this turn; if none has come since the last one, that is a turn of silence. */
    void finish();

    /**
     * Drops everything that was written and not yet heard, because the listener speaks. When it returns, no more audio of it is
     * delivered: a read, under way or later, ends with {@code CANCELLED}, and writing continues with the next turn. That is no
     * failure. Where nothing was written, it does nothing.
     *
     * <p>Who writes in a loop of {@link #write(CharSequence)} has to end that loop too, or the rest of its text is the next turn;
     * the other ways to write end by themselves.
     */
    void interrupt();

    /**
     * The audio of the first turn that is not over, which may not have begun. Comes at once; reading it, and asking for its
     * format, waits. Closing it early cancels the turn.
     *
     * @throws TtsException with category {@code CLOSED}
     */
    AudioStream audio();

    /**
     * What the listener has heard of the turn whose audio was read last, so that a bot can remember what it said, and not what it
     * wanted to say. The text up to the last word that was heard in whole, where the backend gives times of words; otherwise a
     * guess inside each piece of text, between whose ends the times are known; the whole text at the end of the audio.
     *
     * @param played how much of the turn's audio was played; what is beyond the audio delivered so far does not count
     */
    SpokenText spokenUpTo(Duration played);

    /** Interrupts what runs. May be called more than once. */
    @Override
    void close();
}
