// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.speech.SpokenText;
import io.ttsclient.text.TextPreparation;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A session over the layers of a client. Its turns are in a {@link TurnQueue}, which is written by a {@link TurnWriter}; each
 * {@link Turn} is what its reader reads.
 */
final class LiveSession implements SpeechSession {
    private static final double CHARS_PER_SECOND = 15; // of most voices
    private static final SpeechOptions OWN_DEFAULTS =
            SpeechOptions.builder().textPreparation(TextPreparation.speakable()).build();

    private final Requests requests;
    private final SpeechOptions options;
    private final TtsCapabilities capabilities;
    private final ClientResources resources;
    private final TurnQueue turns = new TurnQueue(this);
    private final TurnWriter writer = new TurnWriter(this, turns);
    private final Registration open;
    private Registration onClientClose = () -> {}; // set before it is handed out

    private LiveSession(
            Requests requests, SpeechOptions options, TtsCapabilities capabilities, ClientResources resources) {
        this.requests = requests;
        open = requests.session();
        this.options = options;
        this.capabilities = capabilities;
        this.resources = resources;
    }

    static LiveSession open(
            Requests requests, SpeechOptions options, TtsCapabilities capabilities, ClientResources resources) {
        var session = new LiveSession(requests, options.withDefaults(OWN_DEFAULTS), capabilities, resources);
        session.onClientClose = requests.scope().onCancel(session::close);
        return session;
    }

    // --- what its turns need

    Requests requests() {
        return requests;
    }

    SpeechOptions options() {
        return options;
    }

    TtsCapabilities capabilities() {
        return capabilities;
    }

    Executor executor() {
        return resources.executor();
    }

    TimeSource time() {
        return resources.time();
    }

    double charsPerSecond() {
        return CHARS_PER_SECOND * options.speed().orElse(1);
    }

    /** Has a thread speak {@code turn} if its turn has come, there is text for it, and no reader is there to do it. */
    void speakAhead(Turn turn) {
        boolean isWanted = turns.locked(() -> turn.equals(turns.unheard()) && turn.takesThread());
        if (!isWanted) {
            return;
        }
        Thread here = Thread.currentThread();
        try {
            executor().execute(() -> {
                if (!here.equals(Thread.currentThread())) { // it waits for text, which who writes must not
                    turn.open();
                }
            });
        } catch (RejectedExecutionException e) {
            // Then the reader does it; if the client was closed, the turn is cancelled as well.
        }
    }

    /** The audio of {@code turn} has ended, or has failed with {@code failure}; false if that is not new. */
    boolean audioOver(Turn turn, @Nullable TtsException failure) {
        if (!turns.audioOver(turn, failure)) {
            return false;
        }
        Turn next = turns.locked(turns::unheard);
        if (next != null) {
            speakAhead(next);
        }
        return true;
    }

    // --- what its user does

    @Override
    public void write(CharSequence delta) {
        writer.write(delta);
    }

    @Override
    public void write(Iterator<? extends CharSequence> deltas) {
        writer.write(deltas);
    }

    @Override
    public void write(Flow.Publisher<? extends CharSequence> deltas) {
        writer.write(deltas);
    }

    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public void finish() {
        writer.finish();
    }

    @Override
    public AudioStream audio() {
        return turns.locked(() -> {
            turns.requireOpen();
            Turn unheard = turns.unheard();
            Turn turn = unheard == null ? turns.add() : unheard;
            turn.askedFor();
            return turn.stream();
        });
    }

    @Override
    public void interrupt() {
        turns.interrupt().forEach(Turn::cancel);
    }

    @Override
    public SpokenText spokenUpTo(Duration played) {
        if (played.isNegative()) {
            throw new IllegalArgumentException("played: " + played + ", allowed zero or more");
        }
        Turn turn = turns.lastHeard();
        return turn == null ? new SpokenText("", 0, false) : turn.spokenUpTo(played);
    }

    @Override
    public void close() {
        turns.close().forEach(Turn::cancel);
        onClientClose.remove();
        open.remove();
    }

    @Override
    public String toString() {
        return "SpeechSession[" + turns + "]";
    }
}
