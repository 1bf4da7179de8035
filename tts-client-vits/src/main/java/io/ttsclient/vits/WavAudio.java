// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.WavReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Samples out of a WAV. */
final class WavAudio implements AnswerAudio {
    private final WavReader wav;

    WavAudio(InputStream in) throws IOException {
        wav = WavReader.open(in);
    }

    @Override
    public AudioFormat format() {
        return wav.format();
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        return wav.read();
    }

    @Override
    public boolean truncated() {
        return wav.truncated();
    }
}
