// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Changes the sample rate of one stream of mono {@link Encoding#LINEAR16}, while it arrives.
 *
 * <p>The output is the same, bit for bit, however the input is cut into chunks. {@code n} samples become exactly
 * {@code ceil(n * to / from)}, and what is at a time in the input is at that time in the output. A tone at or above 0.55 of the
 * lower rate comes out at least 60 dB lower, one up to 0.42 of it passes within 0.5 dB; what would overflow is clipped. Of
 * the input behind its place, an output sample waits for the time of 23 samples of the lower rate at most. Equal rates change
 * nothing.
 *
 * <p>Not thread-safe. Holds some ten kilobytes, whatever the rates; resamplers of the same two rates share a table of up to
 * 300 kB.
 */
public final class Resampler {
    private static final int BLOCK = 1024;
    private static final int MAX_OUTPUTS = (1 << 30) - 1;

    private final boolean unchanged;
    private final FilterBank filter;
    /** The samples that outputs to come need, from {@link #start} to {@link #end}. */
    private final float[] window;

    private int start;
    private int end;
    /** Where the next output lies behind the middle of its window, in {@link FilterBank#up} parts of an input sample. */
    private int place;

    private boolean finished;

    /**
     * For one stream.
     *
     * @param from samples a second of the input, in Hz, 4000 to 192000
     * @param to samples a second of the output, in the same range
     * @throws IllegalArgumentException if a rate is out of range
     */
    public Resampler(int from, int to) {
        requireRate("from", from);
        requireRate("to", to);
        unchanged = from == to;
        int divisor = gcd(from, to);
        filter = FilterBank.of(to / divisor, from / divisor);
        window = new float[filter.taps() + BLOCK];
        // As if silence had been before the first sample, which is the last of the first half.
        end = filter.taps() / 2 - 1;
    }

    private static void requireRate(String field, int rate) {
        if (rate < AudioFormat.MIN_SAMPLE_RATE || rate > AudioFormat.MAX_SAMPLE_RATE) {
            throw new IllegalArgumentException(field + ": " + rate + " Hz, allowed " + AudioFormat.MIN_SAMPLE_RATE
                    + " to " + AudioFormat.MAX_SAMPLE_RATE);
        }
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /**
     * The output that this chunk makes possible.
     *
     * @param samples signed 16-bit little-endian, an even number of bytes; consumed
     * @return read-only, perhaps empty
     * @throws IllegalArgumentException if the number of bytes is odd
     * @throws IllegalStateException after {@link #finish}
     */
    public ByteBuffer resample(ByteBuffer samples) {
        requireOpen();
        if (samples.remaining() % 2 != 0) {
            throw new IllegalArgumentException("samples: " + samples.remaining() + " bytes, allowed multiples of 2");
        }
        ByteBuffer in = Slices.take(samples);
        return unchanged ? in : feed(in.order(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * The rest of the output.
     *
     * @return read-only, perhaps empty
     * @throws IllegalStateException if called before
     */
    public ByteBuffer finish() {
        requireOpen();
        finished = true;
        // The silence that the last samples' windows reach into.
        return unchanged ? Slices.EMPTY : feed(ByteBuffer.allocate(filter.taps()));
    }

    private void requireOpen() {
        if (finished) {
            throw new IllegalStateException("finish() was called");
        }
    }

    private ByteBuffer feed(ByteBuffer in) {
        ByteBuffer out =
                ByteBuffer.allocate(2 * outputsWith(in.remaining() / 2)).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            if (end == window.length) {
                System.arraycopy(window, start, window, 0, end - start);
                end -= start;
                start = 0;
            }
            for (int count = Math.min(window.length - end, in.remaining() / 2); count > 0; count--) {
                window[end++] = in.getShort();
            }
            while (start + filter.taps() <= end) {
                out.putShort(clip(filter.at(window, start, place)));
                start += filter.down() / filter.up();
                place += filter.down() % filter.up();
                if (place >= filter.up()) {
                    place -= filter.up();
                    start++;
                }
            }
        }
        return out.flip().asReadOnlyBuffer();
    }

    /** How many outputs there can be once {@code samples} more have come. */
    private int outputsWith(int samples) {
        long starts = (long) end + samples - filter.taps() - start + 1;
        if (starts <= 0) {
            return 0;
        }
        long outputs = (starts * filter.up() - place + filter.down() - 1) / filter.down();
        if (outputs > MAX_OUTPUTS) {
            throw new IllegalArgumentException(
                    "samples: " + samples + " would become " + outputs + ", allowed up to " + MAX_OUTPUTS);
        }
        return (int) outputs;
    }

    private static short clip(float sample) {
        int rounded = (int) (sample < 0 ? sample - 0.5f : sample + 0.5f);
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded));
    }
}
