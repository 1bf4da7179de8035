// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.doubles;

import io.ttsclient.backend.Cancellation;
import io.ttsclient.backend.Deadline;
import io.ttsclient.backend.Journal;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes the requests of one test of a layer, all with the same clock, caller and listener. */
public final class Requests {
    private static final long PATIENCE_SECONDS = 20;

    private final VirtualTime time;
    private final Cancellation caller = new Cancellation();
    private final RecordingListener listener = new RecordingListener();

    public Requests(VirtualTime time) {
        this.time = time;
    }

    public Cancellation caller() {
        return caller;
    }

    public RecordingListener listener() {
        return listener;
    }

    public Synthesis.Builder builder(String text) {
        return Synthesis.builder(TextSource.of(text), "r-1", time)
                .cancellation(caller)
                .journal(new Journal("r-1", time, listener));
    }

    /** One with an attempt, as layers below the attempt layer see it. */
    public Synthesis attempted(Synthesis.Builder builder) {
        Synthesis synthesis = builder.build();
        return synthesis.withAttempt(synthesis.journal().attempt("fake"));
    }

    public Synthesis synthesis() {
        return attempted(builder("Hello there"));
    }

    public Synthesis synthesis(SpeechOptions options) {
        return attempted(builder("Hello there").options(options));
    }

    public Synthesis within(Duration timeout) {
        return attempted(builder("Hello there").deadline(Deadline.after(timeout, time)));
    }

    /** Runs {@code call} on a thread of its own. */
    public static <T> CompletableFuture<T> async(Callable<T> call) {
        var future = new CompletableFuture<T>();
        var thread = new Thread(
                () -> {
                    try {
                        future.complete(call.call());
                    } catch (Throwable e) {
                        future.completeExceptionally(e);
                    }
                },
                "test-caller");
        thread.setDaemon(true);
        thread.start();
        return future;
    }

    /** What it gave. */
    public static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no result: " + e, e);
        }
    }

    /** What it failed with. */
    public static TtsException failure(CompletableFuture<?> future) {
        try {
            Object result = future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("expected a failure, got " + result);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TtsException failure) {
                return failure;
            }
            throw new AssertionError("not a TtsException: " + e.getCause(), e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no result: " + e, e);
        }
    }

    /** Reads to the end; closes. */
    public static int drain(AudioSource source) {
        try (source) {
            int bytes = 0;
            for (var chunk = source.read(); chunk != null; chunk = source.read()) {
                bytes += chunk.size();
            }
            return bytes;
        }
    }
}
