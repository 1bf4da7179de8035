// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.faults;

import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import org.jspecify.annotations.Nullable;

/** Counts the calls, and says how far each one is. */
final class WireBackend extends DelegatingBackend {
    private final Watcher watcher;
    private int calls;

    /** Hears of calls, on their thread. */
    interface Watcher {
        /** The call after {@code callsBefore} others begins. */
        void begins(int callsBefore);

        /** It is to read what follows the first {@code bytes} bytes of audio. */
        void reads(int callsBefore, long bytes);
    }

    WireBackend(TtsBackend delegate, Watcher watcher) {
        super(delegate);
        this.watcher = watcher;
    }

    int calls() {
        return calls;
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        int before = calls++;
        watcher.begins(before);
        return new DelegatingSource(super.stream(synthesis)) {
            private long bytes;

            @Override
            public @Nullable AudioChunk read() {
                watcher.reads(before, bytes);
                AudioChunk chunk = super.read();
                bytes += chunk == null ? 0 : chunk.size();
                return chunk;
            }
        };
    }
}
