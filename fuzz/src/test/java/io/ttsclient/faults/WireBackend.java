// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.faults;

import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.speech.AudioSource;
import java.util.function.IntConsumer;

/** Counts the calls, and says so before each one. */
final class WireBackend extends DelegatingBackend {
    private final IntConsumer beforeCall;
    private int calls;

    /** {@code beforeCall} is given how many calls there were before. */
    WireBackend(TtsBackend delegate, IntConsumer beforeCall) {
        super(delegate);
        this.beforeCall = beforeCall;
    }

    int calls() {
        return calls;
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        beforeCall.accept(calls++);
        return super.stream(synthesis);
    }
}
