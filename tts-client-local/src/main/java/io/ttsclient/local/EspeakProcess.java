// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One {@code espeak-ng} that answers line by line. Thread-safe; one exchange at a time.
 *
 * <p>A line of text is answered by one line a clause, without an end mark; an empty line is answered by an empty line. So each
 * text is followed by an empty line and its answer ends with one. A text without anything speakable is answered by an empty
 * line too, which is then followed by a second one.
 */
final class EspeakProcess implements AutoCloseable {
    private static final long CLOSE_SECONDS = 2;

    private final List<String> command;
    private final String voice;
    private final Duration timeout;
    private final ReentrantLock turn = new ReentrantLock();

    /** Written under {@code turn}; {@link #close} reads it without. */
    private volatile @Nullable Running running;

    private volatile boolean closed;

    private record Running(Process process, OutputStream in, BufferedReader out) {
        void end() {
            process.destroyForcibly();
        }
    }

    EspeakProcess(List<String> command, String voice, Duration timeout) {
        this.command = command;
        this.voice = voice;
        this.timeout = timeout;
    }

    /** The answers to {@code lines}, in order, each with its own lines joined by spaces. */
    List<String> ask(List<String> lines) {
        turn.lock();
        try {
            Running current = running;
            boolean fresh = current == null;
            Running first = current == null ? start() : current;
            try {
                return exchange(first, lines);
            } catch (IOException e) {
                if (fresh || closed) {
                    throw EspeakFailures.silent(e, voice, closed);
                }
            }
            // What was idle may have died unnoticed: once more with a new one.
            Running second = start();
            try {
                return exchange(second, lines);
            } catch (IOException e) {
                throw EspeakFailures.silent(e, voice, closed);
            }
        } finally {
            turn.unlock();
        }
    }

    private Running start() {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("--ipa", "-q", "-v", voice));
        try {
            Process process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Running started = new Running(
                    process,
                    process.getOutputStream(),
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
            running = started;
            if (closed) {
                started.end();
                throw EspeakFailures.closed();
            }
            return started;
        } catch (IOException e) {
            throw EspeakFailures.missing(command.get(0), e);
        }
    }

    // Nobody waits for the timer's own future: it ends with the answer.
    @SuppressWarnings("FutureReturnValueIgnored")
    private List<String> exchange(Running espeak, List<String> lines) throws IOException {
        // The read below cannot be timed; ending the process from the JDK's own timer thread ends it.
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        answered.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).whenComplete((done, late) -> {
            if (late != null) {
                espeak.end();
            }
        });
        boolean complete = false;
        try {
            espeak.in().write((String.join("\n\n", lines) + "\n\n").getBytes(StandardCharsets.UTF_8));
            espeak.in().flush();
            List<String> answers = new ArrayList<>(lines.size());
            for (int i = 0; i < lines.size(); i++) {
                answers.add(answer(espeak.out()));
            }
            complete = true;
            return answers;
        } catch (IOException e) {
            if (answered.isCompletedExceptionally()) {
                throw EspeakFailures.late(timeout, e);
            }
            throw e;
        } finally {
            answered.complete(true);
            if (!complete) {
                espeak.end();
                running = null;
            }
        }
    }

    private static String answer(BufferedReader out) throws IOException {
        StringBuilder answer = new StringBuilder();
        String line = line(out);
        if (line.isEmpty()) {
            line = line(out);
        }
        while (!line.isEmpty()) {
            answer.append(answer.length() == 0 ? "" : " ").append(line);
            line = line(out);
        }
        return answer.toString();
    }

    private static String line(BufferedReader out) throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("espeak-ng ended");
        }
        return line.strip();
    }

    /** Does not wait for a turn: whoever waits for an answer then gets none. */
    @Override
    public void close() {
        closed = true;
        Running last = running;
        if (last == null) {
            return;
        }
        last.end();
        try {
            last.process().waitFor(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return voice + ", " + command.get(0);
    }
}
