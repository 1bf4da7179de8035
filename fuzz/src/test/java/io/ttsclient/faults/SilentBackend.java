// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.faults;

import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets time pass where a call would wait for its backend: before the answer, or before the read at a place in the audio. */
final class SilentBackend extends DelegatingBackend {
    /** Every timeout and wait is a multiple of it. */
    private static final Duration STEP = Duration.ofMillis(100);

    private final QuickTime time;
    private final Silence silence;
    private final boolean always;
    private int calls;

    /**
     * Nothing comes for a while.
     *
     * @param at bytes of audio before it, or {@link #BEFORE_ANSWER}
     */
    record Silence(long at, Duration duration) {
        static final long BEFORE_ANSWER = -1;
        static final Silence NONE = new Silence(BEFORE_ANSWER, Duration.ZERO);
    }

    /** It is silent {@code always}, or in the first call only. */
    SilentBackend(TtsBackend delegate, QuickTime time, Silence silence, boolean always) {
        super(delegate);
        this.time = time;
        this.silence = silence;
        this.always = always;
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        boolean first = calls++ == 0;
        if (!first && !always) {
            return super.stream(synthesis);
        }
        if (silence.at() == Silence.BEFORE_ANSWER) {
            pass(synthesis);
        }
        return new DelegatingSource(super.stream(synthesis)) {
            private long position;

            @Override
            public @Nullable AudioChunk read() {
                if (position == silence.at()) {
                    pass(synthesis);
                }
                AudioChunk chunk = super.read();
                position += chunk == null ? 0 : chunk.size();
                return chunk;
            }
        };
    }

    /** Until somebody has had enough. */
    private void pass(Synthesis synthesis) {
        Duration left = silence.duration();
        while (!left.isZero() && !synthesis.cancellation().isCancelled()) {
            Duration step = left.compareTo(STEP) < 0 ? left : STEP;
            time.pass(step);
            left = left.minus(step);
        }
    }
}
