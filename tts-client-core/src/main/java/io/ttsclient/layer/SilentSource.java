// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import org.jspecify.annotations.Nullable;

/** What a turn without anything to say sounds like. */
record SilentSource(AudioFormat format) implements AudioSource {
    @Override
    public @Nullable AudioChunk read() {
        return null;
    }

    @Override
    public void close() {}
}
