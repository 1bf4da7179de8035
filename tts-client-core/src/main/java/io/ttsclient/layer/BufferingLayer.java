// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the caller wants whole audio, collects it before {@code stream} returns. That moves the moment up to which a failure
 * can be mended from the first audio to the last.
 */
public final class BufferingLayer extends DelegatingBackend {
    private final long maxBytes;

    /** Fails a request whose audio grows beyond {@code maxBytes} bytes. */
    public BufferingLayer(TtsBackend delegate, long maxBytes) {
        super(delegate);
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes: " + maxBytes + ", allowed at least 1");
        }
        this.maxBytes = maxBytes;
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        AudioSource source = super.stream(synthesis);
        if (!synthesis.whole()) {
            return source;
        }
        // Until this returns, nobody else can end the wait for the rest.
        Registration onCancel = synthesis.onCancel(source::close);
        try (source) {
            List<AudioChunk> chunks = new ArrayList<>();
            long bytes = 0;
            for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
                bytes += chunk.size();
                if (bytes > maxBytes) {
                    throw synthesis
                            .describe(TtsException.invalidRequest("audio: more than " + maxBytes
                                            + " bytes, the most that is kept in memory; use stream() for long texts")
                                    .toBuilder())
                            .build();
                }
                chunks.add(chunk);
            }
            return AudioSource.of(source.format(), chunks, source.timings());
        } finally {
            onCancel.remove();
        }
    }
}
