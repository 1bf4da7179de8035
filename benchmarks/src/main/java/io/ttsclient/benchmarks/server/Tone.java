// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.benchmarks.server;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Encoding;
import io.ttsclient.audio.FormatConverter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The audio of every answer: an endless tone, cut into frames, of which only a few seconds are kept. */
final class Tone {
    private static final int KEPT_SECONDS = 3;
    private static final int HERTZ = 440;
    private static final int AMPLITUDE = 10_000;
    private static final Map<AudioFormat, byte[]> KEPT = new ConcurrentHashMap<>();

    private final AudioFormat format;
    private final Settings settings;
    private final byte[] kept;
    private final int frameBytes;

    Tone(AudioFormat format, Settings settings) {
        this.format = format;
        this.settings = settings;
        kept = KEPT.computeIfAbsent(format, Tone::kept);
        frameBytes = (int) ((long) format.sampleRate() * settings.frame() / 1_000) * format.bytesPerFrame();
    }

    private static byte[] kept(AudioFormat format) {
        AudioFormat linear = AudioFormat.linear16(format.sampleRate());
        ByteBuffer samples = ByteBuffer.allocate(KEPT_SECONDS * format.sampleRate() * linear.bytesPerFrame())
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; samples.hasRemaining(); i++) {
            samples.putShort((short) (AMPLITUDE * Math.sin(2 * Math.PI * HERTZ * i / format.sampleRate())));
        }
        samples.flip();
        if (format.equals(linear)) {
            return samples.array();
        }
        ByteBuffer encoded = new FormatConverter(linear, format).convert(samples);
        var bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    /** The bytes of a frame that is due at a moment. */
    byte[] frame(int index, long dueNanos) {
        var frame = new byte[frameBytes];
        int from = (int) ((long) index * frameBytes % kept.length);
        for (int done = 0; done < frameBytes; from = 0) {
            int next = Math.min(frameBytes - done, kept.length - from);
            System.arraycopy(kept, from, frame, done, next);
            done += next;
        }
        if (settings.stamp() && format.encoding() == Encoding.LINEAR16 && frameBytes >= Long.BYTES) {
            ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).putLong(dueNanos);
        }
        return frame;
    }
}
