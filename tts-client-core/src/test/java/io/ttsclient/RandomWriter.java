// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.error.TtsException;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Writes the turns of a session at random: tokens, pauses, flushes, and interruptions by this thread and by another. */
final class RandomWriter {
    static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    static final String MARKS = ".!?,;:";

    private final Random random;
    private final SpeechSession session;
    private final VirtualTime time;
    private final Executor threads;

    /** When a turn is interrupted, if it is, and by whom. */
    private enum Break {
        NONE,
        BY_THE_WRITER,
        BY_A_THIRD,
        FINISHED_BY_THE_WRITER,
        FINISHED_BY_A_THIRD;

        private static final Break[] SOME = {BY_THE_WRITER, BY_A_THIRD, FINISHED_BY_THE_WRITER, FINISHED_BY_A_THIRD};

        static Break random(Random random) {
            return random.nextInt(3) == 0 ? SOME[random.nextInt(SOME.length)] : NONE;
        }
    }

    RandomWriter(Random random, SpeechSession session, VirtualTime time, Executor threads) {
        this.random = random;
        this.session = session;
        this.time = time;
        this.threads = threads;
    }

    /** Writes a turn to its end. */
    void write(StringBuilder written) throws Exception {
        write(written, Break.NONE);
    }

    /** Writes a turn, and interrupts it now and then; true if it may have. */
    boolean writeOrInterrupt(StringBuilder written) throws Exception {
        return write(written, Break.random(random));
    }

    private boolean write(StringBuilder written, Break planned) throws Exception {
        List<String> tokens = Stream.generate(this::token)
                .limit(random.nextInt(20) == 0 ? 0 : random.nextInt(60))
                .toList();
        int at = random.nextInt(tokens.size() + 1); // the last is behind all of them
        if (planned == Break.BY_A_THIRD) {
            if (writeUntilInterrupted(new Tokens(tokens, at, written))) {
                return true;
            }
        } else if (planned == Break.BY_THE_WRITER) {
            if (writeEach(tokens.subList(0, at), written) && written.length() > 0) {
                session.interrupt();
                return true;
            }
        } else {
            writeEach(tokens, written);
        }
        session.finish();
        if (planned == Break.FINISHED_BY_THE_WRITER) {
            session.interrupt();
        } else if (planned == Break.FINISHED_BY_A_THIRD) {
            CompletableFuture.runAsync(session::interrupt, threads).get();
        }
        return planned != Break.NONE;
    }

    /** False if there was nothing to interrupt. */
    private boolean writeUntilInterrupted(Tokens tokens) throws Exception {
        try {
            session.write(tokens);
        } catch (TtsException e) {
            // interrupted, or its reader has the failure
        }
        tokens.interrupting.get(); // before the next turn, which it would hit
        return tokens.interrupts;
    }

    /** False if the turn has failed; its reader has the failure. */
    private boolean writeEach(List<String> tokens, StringBuilder written) {
        for (String token : tokens) {
            try {
                session.write(token);
            } catch (TtsException e) {
                return false;
            }
            written.append(token);
            linger();
        }
        return true;
    }

    private void linger() {
        switch (random.nextInt(12)) {
            case 0 -> session.flush();
            case 1 -> time.advance(Duration.ofMillis(random.nextInt(700)));
            case 2 -> Thread.onSpinWait();
            case 3 -> LockSupport.parkNanos(random.nextInt(50_000));
            default -> {}
        }
    }

    /** Has another thread interrupt while some of these are written, once there is something to interrupt. */
    private final class Tokens implements Iterator<String> {
        private final Iterator<String> tokens;
        private final StringBuilder written;
        private int before;
        private CompletableFuture<Void> interrupting = CompletableFuture.completedFuture(null);
        private boolean interrupts;

        Tokens(List<String> tokens, int before, StringBuilder written) {
            this.tokens = tokens.iterator();
            this.before = before;
            this.written = written;
        }

        @Override
        public boolean hasNext() {
            if (before-- <= 0 && !interrupts && written.length() > 0) {
                interrupts = true;
                interrupting = CompletableFuture.runAsync(session::interrupt, threads);
            }
            return tokens.hasNext();
        }

        @Override
        public String next() {
            linger();
            String token = tokens.next();
            written.append(token);
            return token;
        }
    }

    private String token() {
        var token = new StringBuilder(random.nextInt(4) == 0 ? "" : " ");
        int length = random.nextInt(8);
        for (int i = 0; i < length; i++) {
            token.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        if (random.nextInt(4) == 0) {
            token.append(MARKS.charAt(random.nextInt(MARKS.length())));
            if (random.nextInt(6) == 0) {
                token.append("\n\n");
            }
        }
        return token.toString();
    }
}
