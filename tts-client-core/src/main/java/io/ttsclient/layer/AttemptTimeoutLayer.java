// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.Cancellation;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import java.time.Duration;

/**
 * Gives up an attempt that is silent for too long, before its first audio or in the middle, by cancelling it. It reads the first
 * audio itself, so that a backend that returns too early does not escape. What owes no audio is not silent: a text that is being
 * written, before it has something complete to speak, and an attempt that rests.
 */
public final class AttemptTimeoutLayer extends DelegatingBackend {
    private final AttemptTimeouts timeouts;

    public AttemptTimeoutLayer(TtsBackend delegate, AttemptTimeouts timeouts) {
        super(delegate);
        this.timeouts = timeouts;
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        Cancellation scope = synthesis.cancellation().child();
        var clock = new FirstAudioClock(synthesis, scope, timeouts.firstAudio());
        boolean arrived = false;
        try {
            clock.start();
            try {
                StallSource source = open(synthesis, scope);
                arrived = clock.arrived();
                if (arrived) {
                    return source;
                }
                source.close();
                throw synthesis.cancelled();
            } finally {
                clock.stop();
            }
        } catch (TtsException e) {
            throw explain(synthesis, e, clock.isLate(), TimeoutPhase.FIRST_AUDIO, timeouts.firstAudio());
        } finally {
            if (!arrived) {
                scope.detach();
            }
        }
    }

    private StallSource open(Synthesis synthesis, Cancellation scope) {
        AudioSource source = super.stream(synthesis.withCancellation(scope));
        Registration onCancel = scope.onCancel(source::close); // stays while the source is open
        try {
            AudioChunk first = source.read();
            if (first == null) {
                throw synthesis
                        .failure(Category.NO_AUDIO, "the backend answered without audio")
                        .build();
            }
            return new StallSource(source, first, synthesis, scope, timeouts.stall());
        } catch (RuntimeException | Error e) {
            onCancel.remove();
            source.close();
            throw e;
        }
    }

    /** What came out of an attempt that we cancelled, whatever it is, came of the cancelling. */
    static TtsException explain(
            Synthesis synthesis, TtsException failure, boolean late, TimeoutPhase phase, Duration timeout) {
        if (!late || synthesis.cancellation().isCancelled()) {
            return failure;
        }
        String what = phase == TimeoutPhase.STALL ? "no more audio came within " : "no audio came within ";
        return synthesis
                .failure(Category.TIMEOUT, what + timeout)
                .timeoutPhase(phase)
                .cause(failure)
                .build();
    }
}
