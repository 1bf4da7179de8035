// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits that the caller's leaving ends. */
final class Pause {
    private Pause() {}

    /**
     * Waits on the clock of {@code synthesis}.
     *
     * @throws TtsException with category {@code CANCELLED} if the caller leaves before, or the thread is interrupted
     */
    static void of(Synthesis synthesis, Duration duration) {
        var left = new CompletableFuture<Boolean>();
        Registration onCancel = synthesis.onCancel(() -> left.complete(true));
        try {
            Registration timer = synthesis.time().schedule(duration, () -> left.complete(false));
            try {
                if (await(synthesis, left)) {
                    throw synthesis.cancelled();
                }
            } finally {
                timer.remove();
            }
        } finally {
            onCancel.remove();
        }
    }

    /**
     * What {@code future}, which never fails, becomes.
     *
     * @throws TtsException with category {@code CANCELLED} if the thread is interrupted; the flag stays set
     */
    static <T> T await(Synthesis synthesis, CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw synthesis
                    .failure(Category.CANCELLED, "the waiting thread was interrupted")
                    .cause(e)
                    .build();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes this exceptionally", e);
        }
    }
}
