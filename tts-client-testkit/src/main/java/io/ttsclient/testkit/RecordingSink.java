// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.AudioSink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sink that keeps what it is given. It fails when the format changes on the way, when a sample is split and when more comes
 * after {@link #drain()}. Written by one thread; read it when that one is done.
 */
public final class RecordingSink implements AudioSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable AudioFormat format;
    private boolean drained;

    /** A sink that has got nothing. */
    public RecordingSink() {}

    @Override
    public void write(ByteBuffer audio, AudioFormat audioFormat) {
        if (drained) {
            throw new AssertionError("audio after drain()");
        }
        if (format != null && !format.equals(audioFormat)) {
            throw new AssertionError("the format changed from " + format + " to " + audioFormat);
        }
        if (audio.remaining() % audioFormat.bytesPerFrame() != 0) {
            throw new AssertionError(audio.remaining() + " bytes split a sample of " + audioFormat);
        }
        format = audioFormat;
        byte[] piece = new byte[audio.remaining()];
        audio.get(piece);
        bytes.writeBytes(piece);
    }

    @Override
    public void drain() {
        drained = true;
    }

    /** The format of the audio; empty before any came. */
    public Optional<AudioFormat> format() {
        return Optional.ofNullable(format);
    }

    /** All audio so far. */
    public byte[] toBytes() {
        return bytes.toByteArray();
    }

    /** Whether {@link #drain()} was called. */
    public boolean isDrained() {
        return drained;
    }
}
