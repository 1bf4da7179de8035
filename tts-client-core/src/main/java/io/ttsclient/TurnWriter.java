// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.backend.Deadline;
import io.ttsclient.backend.Synthesis;
import java.util.Iterator;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the turns of a session: begins and finishes them, and slows down who writes faster than anybody takes it up. */
final class TurnWriter {
    /** The most text, at two bytes a char, that is written and not taken up: more than half an hour of speech. */
    private static final int MAX_UNSPOKEN_BYTES = 64 * 1024;

    private static final int MAX_UNSPOKEN_CHARS = MAX_UNSPOKEN_BYTES / Character.BYTES;

    private final LiveSession session;
    private final TurnQueue turns;
    /** Held while one thread writes, so that another cannot finish the text in the middle. */
    private final ReentrantLock writing = new ReentrantLock();

    TurnWriter(LiveSession session, TurnQueue turns) {
        this.session = session;
        this.turns = turns;
    }

    void write(CharSequence delta) {
        write(delta, null);
    }

    void write(Iterator<? extends CharSequence> deltas) {
        long asOf = turns.interruptions();
        while (deltas.hasNext()) {
            write(deltas.next(), asOf);
        }
        turns.locked(() -> turns.requireWanted(asOf));
    }

    void write(Flow.Publisher<? extends CharSequence> deltas) {
        long asOf = turns.interruptions();
        try (var subscriber = new DeltaSubscriber(turns::wake)) {
            deltas.subscribe(subscriber);
            for (CharSequence delta = await(subscriber, asOf); delta != null; delta = await(subscriber, asOf)) {
                write(delta, asOf);
            }
        }
    }

    private @Nullable CharSequence await(DeltaSubscriber subscriber, long asOf) {
        Supplier<@Nullable DeltaSubscriber> news = () -> {
            turns.requireWanted(asOf);
            Turn turn = turns.unwritten();
            if (turn != null) {
                turns.requireUse(turn);
            }
            return subscriber.hasNews() ? subscriber : null;
        };
        return turns.awaitForWriter(news, Deadline.none()).next();
    }

    private void write(CharSequence delta, @Nullable Long asOf) {
        writing.lock();
        try {
            Turn turn = turns.locked(() -> {
                turns.requireWanted(asOf);
                return delta.isEmpty() ? null : turnToWrite();
            });
            if (turn != null) {
                append(delta, turn);
            }
        } finally {
            writing.unlock();
        }
    }

    private Turn turnToWrite() {
        turns.removeUnnoticed();
        Turn unwritten = turns.unwritten();
        Turn turn = unwritten == null ? turns.add() : unwritten;
        if (turn.state() == Turn.State.WAITING) {
            turn.begin();
            turns.signal();
        }
        return turn;
    }

    private void append(CharSequence delta, Turn turn) {
        for (int from = 0; from < delta.length(); ) {
            int to = Math.min(delta.length(), from + awaitRoom(turn));
            CharSequence part = to - from == delta.length() ? delta : delta.subSequence(from, to);
            turn.text().append(part);
            turns.locked(() -> turn.isSpeakableWith(part));
            session.speakAhead(turn);
            from = to;
        }
    }

    /** How many chars may be written to it now, at least one. */
    private int awaitRoom(Turn turn) {
        Synthesis synthesis = turn.begunAs();
        Supplier<@Nullable Integer> roomNow = () -> {
            turns.requireUse(turn);
            int room = MAX_UNSPOKEN_CHARS - turns.unread();
            if (room <= 0 && synthesis.deadline().isExpired()) {
                throw synthesis.describe(synthesis.deadline().failure()).build();
            }
            return room > 0 ? room : null;
        };
        return turns.awaitForWriter(roomNow, synthesis.deadline());
    }

    void flush() {
        writing.lock();
        try {
            Turn turn = turns.locked(() -> {
                turns.requireOpen();
                Turn unwritten = turns.unwritten();
                return unwritten != null && unwritten.state() == Turn.State.WRITING ? unwritten : null;
            });
            if (turn != null) {
                turn.text().flush();
            }
        } finally {
            writing.unlock();
        }
    }

    void finish() {
        writing.lock();
        try {
            Turn turn = turns.locked(() -> {
                turns.requireOpen();
                return finished();
            });
            turn.text().finish();
        } finally {
            writing.unlock();
        }
    }

    private Turn finished() {
        Turn turn = turns.unwritten();
        if (turn == null) {
            turns.removeUnnoticed();
            turn = turns.add();
        }
        if (turn.state() == Turn.State.LEFT) {
            turn.state(Turn.State.OVER);
            turns.remove(turn);
            return turn;
        }
        if (turn.state() == Turn.State.WAITING) {
            turn.silence();
        }
        turn.state(Turn.State.WRITTEN);
        turns.signal();
        return turn;
    }
}
