// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.Cancellation;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import java.time.Duration;
import java.util.Optional;

/** Cancels what is inside when the request's {@link io.ttsclient.backend.Deadline} passes, and says that this was why. */
public final class DeadlineLayer extends DelegatingBackend {
    public DeadlineLayer(TtsBackend delegate) {
        super(delegate);
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        Optional<Duration> remaining = synthesis.deadline().remaining();
        if (remaining.isEmpty()) {
            return super.stream(synthesis);
        }
        if (remaining.get().isZero()) {
            throw synthesis.describe(synthesis.deadline().failure()).build();
        }
        Cancellation scope = synthesis.cancellation().child();
        Runnable release = scope::detach;
        try {
            Registration timer = synthesis.time().schedule(remaining.get(), scope::cancel);
            release = () -> {
                timer.remove();
                scope.detach();
            };
            AudioSource source = super.stream(synthesis.withCancellation(scope));
            scope.onCancel(source::close);
            return new BoundedSource(source, synthesis, release);
        } catch (TtsException e) {
            release.run();
            throw explain(synthesis, e);
        } catch (RuntimeException | Error e) {
            release.run();
            throw e;
        }
    }

    private static TtsException explain(Synthesis synthesis, TtsException failure) {
        boolean ours = failure.category() == Category.CANCELLED
                && synthesis.deadline().isExpired()
                && !synthesis.cancellation().isCancelled();
        return ours
                ? synthesis
                        .describe(synthesis.deadline().failure())
                        .cause(failure)
                        .build()
                : failure;
    }

    private static final class BoundedSource extends DelegatingSource {
        private final Synthesis synthesis;
        private final Runnable release;

        BoundedSource(AudioSource delegate, Synthesis synthesis, Runnable release) {
            super(delegate);
            this.synthesis = synthesis;
            this.release = release;
        }

        @Override
        protected void onEnd() {
            release.run();
        }

        @Override
        protected TtsException onFailure(TtsException failure) {
            return explain(synthesis, failure);
        }
    }
}
