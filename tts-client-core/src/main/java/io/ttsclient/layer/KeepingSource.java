// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps what its reader hears, if it hears all of it and it is not too long. */
final class KeepingSource extends DelegatingSource {
    private final long maxBytes;
    private final Consumer<List<AudioChunk>> keep;
    private @Nullable List<AudioChunk> heard = new ArrayList<>(); // reading thread; null when it has become too long
    private long bytes;

    KeepingSource(AudioSource delegate, long maxBytes, Consumer<List<AudioChunk>> keep) {
        super(delegate);
        this.maxBytes = maxBytes;
        this.keep = keep;
    }

    @Override
    public @Nullable AudioChunk read() {
        AudioChunk chunk = super.read();
        if (heard != null) {
            if (chunk == null) {
                keep.accept(heard);
            } else if ((bytes += chunk.size()) > maxBytes) {
                heard = null;
            } else {
                heard.add(chunk);
            }
        }
        return chunk;
    }
}
