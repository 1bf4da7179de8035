// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Copies through an array, since a stream takes nothing else and a read-only buffer shows none. */
final class OutputStreamSink implements AudioSink {
    private final OutputStream out;
    private final byte[] copy = new byte[8 * 1024];

    OutputStreamSink(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(ByteBuffer audio, AudioFormat format) throws IOException {
        while (audio.hasRemaining()) {
            int count = Math.min(audio.remaining(), copy.length);
            audio.get(copy, 0, count);
            out.write(copy, 0, count);
        }
    }

    @Override
    public void drain() throws IOException {
        out.flush();
    }
}
