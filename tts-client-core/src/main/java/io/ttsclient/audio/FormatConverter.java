// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Turns one stream of samples into another format while it arrives: encoding, channels and sample rate. Two channels become one
 * by their mean, one becomes two by repetition.
 *
 * <p>The output is the same however the input is cut into chunks. Equal formats pass through without a copy. Not thread-safe.
 */
public final class FormatConverter {
    private final AudioFormat from;
    private final AudioFormat to;
    /** One for each channel, none where the rates are equal. */
    private final Resampler[] resamplers;

    private boolean finished;

    /**
     * For one stream.
     *
     * @throws IllegalArgumentException unless {@link #canConvert}
     */
    public FormatConverter(AudioFormat from, AudioFormat to) {
        if (!canConvert(from, to)) {
            throw new IllegalArgumentException(
                    "from: " + from + " cannot become " + to + ", allowed are raw samples of LINEAR16, MULAW and ALAW");
        }
        this.from = from;
        this.to = to;
        boolean sameRate = from.sampleRate() == to.sampleRate();
        resamplers = new Resampler[sameRate ? 0 : Math.min(from.channels(), to.channels())];
        for (int i = 0; i < resamplers.length; i++) {
            resamplers[i] = new Resampler(from.sampleRate(), to.sampleRate());
        }
    }

    /** Whether there is a conversion: both are {@link Container#RAW} and neither is compressed, or they are equal. */
    public static boolean canConvert(AudioFormat from, AudioFormat to) {
        return from.equals(to) || from.isRawSamples() && to.isRawSamples();
    }

    /**
     * The output that this chunk makes possible.
     *
     * @param audio whole frames; consumed
     * @return read-only whole frames, perhaps none
     * @throws IllegalArgumentException if a frame is cut
     * @throws IllegalStateException after {@link #finish}
     */
    public ByteBuffer convert(ByteBuffer audio) {
        requireOpen();
        from.requireWholeFrames(audio);
        if (from.equals(to)) {
            return Slices.take(audio);
        }
        ByteBuffer linear = decode(audio);
        return encode(resample(from.channels() > to.channels() ? mean(linear) : linear));
    }

    /**
     * The rest of the output.
     *
     * @return read-only whole frames, perhaps none
     * @throws IllegalStateException if called before
     */
    public ByteBuffer finish() {
        requireOpen();
        finished = true;
        return switch (resamplers.length) {
            case 0 -> Slices.EMPTY;
            case 1 -> encode(resamplers[0].finish());
            default -> encode(interleave(resamplers[0].finish(), resamplers[1].finish()));
        };
    }

    private void requireOpen() {
        if (finished) {
            throw new IllegalStateException("finish() was called");
        }
    }

    private ByteBuffer decode(ByteBuffer audio) {
        return switch (from.encoding()) {
            case MULAW -> G711.MULAW.decode(audio);
            case ALAW -> G711.ALAW.decode(audio);
            default -> Slices.take(audio);
        };
    }

    private ByteBuffer resample(ByteBuffer linear) {
        return switch (resamplers.length) {
            case 0 -> linear;
            case 1 -> resamplers[0].resample(linear);
            default ->
                interleave(resamplers[0].resample(channel(linear, 0)), resamplers[1].resample(channel(linear, 1)));
        };
    }

    private ByteBuffer encode(ByteBuffer linear) {
        ByteBuffer channels = from.channels() < to.channels() ? interleave(linear, linear) : linear;
        return switch (to.encoding()) {
            case MULAW -> G711.MULAW.encode(channels);
            case ALAW -> G711.ALAW.encode(channels);
            default -> channels;
        };
    }

    private static ByteBuffer mean(ByteBuffer stereo) {
        ByteBuffer in = stereo.slice().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer out = ByteBuffer.allocate(in.limit() / 2).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            out.putShort((short) (in.getShort() + in.getShort() >> 1));
        }
        return out.flip().asReadOnlyBuffer();
    }

    private static ByteBuffer channel(ByteBuffer stereo, int channel) {
        ByteBuffer in = stereo.slice().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer out = ByteBuffer.allocate(in.limit() / 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 2 * channel; at < in.limit(); at += 4) {
            out.putShort(in.getShort(at));
        }
        return out.flip();
    }

    private static ByteBuffer interleave(ByteBuffer left, ByteBuffer right) {
        ByteBuffer out = ByteBuffer.allocate(2 * left.remaining());
        ByteBuffer inLeft = left.slice();
        ByteBuffer inRight = right.slice();
        while (inLeft.hasRemaining()) {
            // Both are big-endian here: the bytes keep their order.
            out.putShort(inLeft.getShort()).putShort(inRight.getShort());
        }
        return out.flip().asReadOnlyBuffer();
    }
}
