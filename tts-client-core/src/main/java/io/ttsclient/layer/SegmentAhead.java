// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.text.Segment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A piece that may be made before it is its turn. Whoever comes first makes it: a thread of the executor, or the reader who needs
 * it. So nobody ever waits for a thread, and readers that occupy a whole executor cannot starve themselves.
 */
final class SegmentAhead {
    private final TtsBackend backend;
    private final Synthesis synthesis;
    private final Segment segment;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<AudioSource> opened = new CompletableFuture<>();
    private final Registration onCancel;

    SegmentAhead(TtsBackend backend, Synthesis synthesis, Segment segment) {
        this.backend = backend;
        this.synthesis = synthesis;
        this.segment = segment;
        onCancel = synthesis.onCancel(this::abandon);
    }

    /** Has it made on {@code executor}, if that finds the time before {@link #await()} is called. */
    void startOn(Executor executor) {
        try {
            executor.execute(this::open);
        } catch (RejectedExecutionException e) {
            // Then await() makes it; if the client was closed, the synthesis is cancelled as well.
        }
    }

    private AudioSource speak() {
        return backend.stream(synthesis.withText(TextSource.of(segment.text())));
    }

    private void open() {
        if (begun.compareAndSet(false, true) && !opened.isDone()) {
            makeHere();
        }
    }

    private void makeHere() {
        try {
            AudioSource source = speak();
            if (!opened.complete(source)) {
                source.close();
            }
        } catch (RuntimeException | Error e) {
            opened.completeExceptionally(e);
        }
    }

    /** Wakes who waits, even if the backend does not notice that it was cancelled; nobody else would close the audio. */
    private void abandon() {
        if (!opened.completeExceptionally(synthesis.cancelled()) && !opened.isCompletedExceptionally()) {
            opened.join().close();
        }
    }

    /** Whether somebody makes it or has made it. */
    boolean isBegun() {
        return begun.get();
    }

    Segment segment() {
        return segment;
    }

    /** Waits for its first audio, which the caller then closes. */
    AudioSource await() {
        boolean ahead = !begun.compareAndSet(false, true);
        try {
            if (!ahead && !opened.isDone()) {
                makeHere();
            }
            return opened.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            synthesis.cancellation().cancel();
            throw synthesis
                    .failure(Category.CANCELLED, "the reading thread was interrupted")
                    .cause(e)
                    .build();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TtsException failure) {
                if (ahead && FailureRules.isOwnLimit(failure)) {
                    // It waited in vain for a place that the piece before it had, and has no longer.
                    return speak();
                }
                throw failure;
            }
            throw new IllegalStateException("a backend failed with something else than a TtsException", e.getCause());
        } finally {
            onCancel.remove();
        }
    }
}
