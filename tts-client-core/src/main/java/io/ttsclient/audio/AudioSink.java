// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Optional;

/**
 * Where audio goes: a loudspeaker, a socket, a file. {@link LineSink} plays on a sound card.
 *
 * <p>Written by one thread at a time; {@link #played} may be asked from any.
 */
@FunctionalInterface
public interface AudioSink {
    /**
     * Takes audio. May wait until there is room for it: that is the back-pressure which whoever produces the audio feels.
     *
     * @param audio whole frames; all of it is consumed when this returns
     * @param format what the bytes mean, the same for all calls unless the sink says otherwise
     * @throws IOException if the audio cannot be taken
     */
    void write(ByteBuffer audio, AudioFormat format) throws IOException;

    /**
     * Says that all was written, and waits until it is heard, or as near to that as the sink can tell. By default does nothing.
     *
     * @throws IOException if what was written cannot be brought to its end
     */
    default void drain() throws IOException {}

    /**
     * How much of the audio has been heard, as time from its beginning; empty where the sink does not know, as is the default.
     */
    default Optional<Duration> played() {
        return Optional.empty();
    }

    /** Writes the bytes to {@code out} and, on {@link #drain}, flushes it. Never closes it. */
    static AudioSink to(OutputStream out) {
        return new OutputStreamSink(out);
    }

    /**
     * Writes the bytes to {@code channel}. Never closes it.
     *
     * @param channel in blocking mode; a channel that takes nothing makes {@link #write} fail
     */
    static AudioSink to(WritableByteChannel channel) {
        return (audio, format) -> {
            while (audio.hasRemaining()) {
                if (channel.write(audio) == 0) {
                    throw new IOException("the channel takes no bytes: is it in non-blocking mode?");
                }
            }
        };
    }
}
