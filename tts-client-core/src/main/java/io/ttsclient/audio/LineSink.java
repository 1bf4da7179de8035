// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;
import org.jspecify.annotations.Nullable;

/**
 * Plays on a line of {@code javax.sound.sampled}, and so needs the module {@code java.desktop}, which this library does not
 * require. G.711 is decoded on the way, since sound cards do not know it.
 *
 * <p>The first write opens the line, unless it is open, and starts it. It stays open: who created the line closes it.
 * {@link #write} waits while the line's buffer is full, {@link #drain} until all is heard, and {@link #played} counts from the first
 * write. All writes have the same format. Once the line is stopped or closed from outside, a write that finds no room fails.
 */
public final class LineSink implements AudioSink {
    private static final int BITS = 16;

    private final SourceDataLine line;
    private final byte[] copy = new byte[8 * 1024];
    /** Written by the thread that writes, read by any. */
    private volatile @Nullable Playback playback;

    private LineSink(SourceDataLine line) {
        this.line = line;
    }

    /**
     * A sink that plays on {@code line}.
     *
     * @param line stays the caller's. If it is open, its format must be the one to be played, as signed 16-bit little-endian
     */
    // Whoever has a SourceDataLine in hand reads java.desktop already.
    @SuppressWarnings("exports")
    public static LineSink to(SourceDataLine line) {
        return new LineSink(line);
    }

    @Override
    public void write(ByteBuffer audio, AudioFormat format) throws IOException {
        Playback current = playback;
        if (current == null) {
            current = start(format);
            playback = current;
        } else if (!current.format.equals(format)) {
            throw new IOException("the line plays " + current.format + " and cannot go on with " + format);
        }
        ByteBuffer linear = current.toLinear.convert(audio);
        while (linear.hasRemaining()) {
            int count = Math.min(linear.remaining(), copy.length);
            linear.get(copy, 0, count);
            play(count);
        }
    }

    private Playback start(AudioFormat format) throws IOException {
        AudioFormat linear = new AudioFormat(Encoding.LINEAR16, Container.RAW, format.sampleRate(), format.channels());
        FormatConverter toLinear = new FormatConverter(format, linear);
        var wanted = new javax.sound.sampled.AudioFormat(format.sampleRate(), BITS, format.channels(), true, false);
        if (!line.isOpen()) {
            try {
                line.open(wanted);
            } catch (LineUnavailableException | IllegalArgumentException e) {
                throw new IOException("the line cannot be opened for " + format, e);
            }
        } else if (!line.getFormat().matches(wanted)) {
            throw new IOException("the line is open for " + line.getFormat() + " and cannot play " + format);
        }
        line.start();
        return new Playback(format, linear, toLinear, line.getLongFramePosition());
    }

    private void play(int count) throws IOException {
        boolean refused = false;
        for (int done = 0; done < count; ) {
            int taken = line.write(copy, done, count - done);
            // A line that is flushed meanwhile may take nothing once; one that is stopped or closed takes nothing
            // again.
            if (taken <= 0 && refused) {
                throw new IOException("the line was stopped or closed");
            }
            refused = taken <= 0;
            done += Math.max(0, taken);
        }
    }

    @Override
    public void drain() {
        if (playback != null) {
            line.drain();
        }
    }

    /** What the line has played since the first write. */
    @Override
    public Optional<Duration> played() {
        Playback current = playback;
        if (current == null) {
            return Optional.of(Duration.ZERO);
        }
        long frames = Math.max(0, line.getLongFramePosition() - current.origin);
        return Optional.of(current.linear.durationOf(frames * current.linear.bytesPerFrame()));
    }

    /**
     * What the first write decided.
     *
     * @param origin the line's position in frames before it
     */
    private record Playback(AudioFormat format, AudioFormat linear, FormatConverter toLinear, long origin) {}
}
