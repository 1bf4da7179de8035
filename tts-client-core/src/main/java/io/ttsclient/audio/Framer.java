// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts one stream of samples into frames of the same size, as telephony sends them: 20 ms each, 160 bytes of 8 kHz µ-law. The last
 * one is padded with silence. A frame that lies in one chunk is a slice of it. Not thread-safe.
 */
public final class Framer {
    /** What telephony sends in a packet. */
    public static final Duration TELEPHONY = Duration.ofMillis(20);

    private static final Duration MAX_DURATION = Duration.ofSeconds(10);

    private final AudioFormat format;
    private final int frameBytes;
    /** The beginning of the next frame, up to its position. */
    private ByteBuffer partial;

    private boolean finished;

    /**
     * For one stream.
     *
     * @param format of the samples
     * @param duration of a frame, up to 10 s, rounded to the nearest whole sample, at least one
     * @throws IllegalArgumentException unless {@code format} is of raw samples and {@code duration} in its range
     */
    public Framer(AudioFormat format, Duration duration) {
        format.requireRawSamples("format");
        if (duration.isNegative() || duration.compareTo(MAX_DURATION) > 0 || format.bytesIn(duration) == 0) {
            throw new IllegalArgumentException(
                    "duration: " + duration + ", allowed one sample of " + format + " to " + MAX_DURATION);
        }
        this.format = format;
        frameBytes = (int) format.bytesIn(duration);
        partial = ByteBuffer.allocate(frameBytes);
    }

    /** Bytes of every frame. */
    public int frameBytes() {
        return frameBytes;
    }

    /**
     * The frames that are complete with this chunk, in order.
     *
     * @param audio whole samples; consumed
     * @return read-only buffers of {@link #frameBytes}, perhaps none
     * @throws IllegalArgumentException if a sample is cut
     * @throws IllegalStateException after {@link #finish}
     */
    public List<ByteBuffer> frames(ByteBuffer audio) {
        requireOpen();
        format.requireWholeFrames(audio);
        List<ByteBuffer> frames = new ArrayList<>((partial.position() + audio.remaining()) / frameBytes);
        if (partial.position() > 0 && audio.remaining() >= partial.remaining()) {
            partial.put(Slices.take(audio, partial.remaining()));
            frames.add(partial.flip().asReadOnlyBuffer());
            partial = ByteBuffer.allocate(frameBytes);
        }
        while (partial.position() == 0 && audio.remaining() >= frameBytes) {
            frames.add(Slices.take(audio, frameBytes));
        }
        partial.put(audio);
        return frames;
    }

    /**
     * The last frame, with silence behind what is left; empty if nothing is left.
     *
     * @throws IllegalStateException if called before
     */
    public Optional<ByteBuffer> finish() {
        requireOpen();
        finished = true;
        if (partial.position() == 0) {
            return Optional.empty();
        }
        while (partial.hasRemaining()) {
            partial.put(format.encoding().silence());
        }
        return Optional.of(partial.flip().asReadOnlyBuffer());
    }

    private void requireOpen() {
        if (finished) {
            throw new IllegalStateException("finish() was called");
        }
    }
}
