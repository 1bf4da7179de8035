// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes a WAV file with true sizes, which appears under its name only when it is complete. {@link #close} without a
 * {@link #commit} leaves nothing.
 *
 * <pre>{@code
 * try (WavWriter wav = WavWriter.create(path, format)) {
 *     wav.write(audio);
 *     wav.commit();
 * }
 * }</pre>
 *
 * <p>Written by one thread; {@link #close} may come from another.
 */
public final class WavWriter implements Closeable {
    private static final int PCM_HEADER_BYTES = 44;
    private static final int G711_HEADER_BYTES = 58;
    private static final long MAX_RIFF_SIZE = 0xFFFF_FFFFL;
    private static final int RIFF_SIZE_BEGINS = 8;

    private static final int TAG_PCM = 1;
    private static final int TAG_ALAW = 6;
    private static final int TAG_MULAW = 7;

    private final AtomicFile file;
    private final AudioFormat format;
    private long dataBytes;

    private WavWriter(AtomicFile file, AudioFormat format) {
        this.file = file;
        this.format = format;
    }

    /**
     * Opens a temporary file beside {@code path}, as {@link AtomicFile#create} does.
     *
     * @param format of the samples to be written; whether its container is raw or WAV makes no difference
     * @throws IllegalArgumentException if {@code format} is compressed
     * @throws IOException as {@link AtomicFile#create} says
     */
    public static WavWriter create(Path path, AudioFormat format) throws IOException {
        ByteBuffer header = header(format, 0);
        AtomicFile file = AtomicFile.create(path);
        try {
            file.write(header);
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return new WavWriter(file, format);
    }

    /**
     * Appends samples.
     *
     * @param audio whole frames; consumed
     * @throws IOException if they cannot be written, or the file would pass the 4 GiB that a WAV can have
     */
    public void write(ByteBuffer audio) throws IOException {
        format.requireWholeFrames(audio);
        long after = dataBytes + audio.remaining();
        requireSize(format, after);
        file.write(audio);
        dataBytes = after;
    }

    /**
     * Writes the sizes into the header and brings the file to its place. After a failure nothing is left.
     *
     * @throws IOException if that fails, or the file is closed
     */
    public void commit() throws IOException {
        try (file) {
            file.write(ByteBuffer.allocate((int) (dataBytes % 2)));
            file.overwrite(header(format, dataBytes), 0);
            file.commit();
        }
    }

    /** Deletes what was written unless it was committed. */
    @Override
    public void close() throws IOException {
        file.close();
    }

    /**
     * The bytes of a WAV up to the first sample. The samples follow, and one byte of 0 where {@code dataBytes} is odd.
     *
     * @param format of the samples; whether its container is raw or WAV makes no difference
     * @param dataBytes bytes of all samples
     * @return read-only
     * @throws IllegalArgumentException if {@code format} is compressed, or {@code dataBytes} negative or with a cut frame
     * @throws IOException if the whole would pass the 4 GiB that a WAV can have
     */
    public static ByteBuffer header(AudioFormat format, long dataBytes) throws IOException {
        int tag = tag(format.encoding());
        if (dataBytes < 0 || dataBytes % format.bytesPerFrame() != 0) {
            throw new IllegalArgumentException(
                    "dataBytes: " + dataBytes + ", allowed multiples of " + format.bytesPerFrame() + " from 0");
        }
        requireSize(format, dataBytes);
        int size = headerBytes(format);
        ByteBuffer header = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF")).putInt((int) riffSize(format, dataBytes)).put(ascii("WAVE"));
        header.put(ascii("fmt ")).putInt(tag == TAG_PCM ? 16 : 18);
        header.putShort((short) tag).putShort((short) format.channels());
        header.putInt(format.sampleRate()).putInt(format.sampleRate() * format.bytesPerFrame());
        header.putShort((short) format.bytesPerFrame())
                .putShort((short) (format.encoding().bytesPerSample() * Byte.SIZE));
        if (tag != TAG_PCM) {
            // Anything but PCM has a size of extra format bytes, none here, and a chunk that tells the samples of a
            // channel.
            header.putShort((short) 0);
            header.put(ascii("fact")).putInt(4).putInt((int) (dataBytes / format.bytesPerFrame()));
        }
        header.put(ascii("data")).putInt((int) dataBytes);
        return header.flip().asReadOnlyBuffer();
    }

    private static int tag(Encoding encoding) {
        return switch (encoding) {
            case LINEAR16 -> TAG_PCM;
            case MULAW -> TAG_MULAW;
            case ALAW -> TAG_ALAW;
            default ->
                throw new IllegalArgumentException(
                        "format: " + encoding + " in a WAV, allowed LINEAR16, MULAW and ALAW");
        };
    }

    private static int headerBytes(AudioFormat format) {
        return format.encoding() == Encoding.LINEAR16 ? PCM_HEADER_BYTES : G711_HEADER_BYTES;
    }

    private static long riffSize(AudioFormat format, long dataBytes) {
        return headerBytes(format) - RIFF_SIZE_BEGINS + dataBytes + dataBytes % 2;
    }

    private static void requireSize(AudioFormat format, long dataBytes) throws IOException {
        if (dataBytes > MAX_RIFF_SIZE || riffSize(format, dataBytes) > MAX_RIFF_SIZE) {
            throw new IOException("a WAV cannot hold " + dataBytes + " bytes of audio: its sizes end at 4 GiB");
        }
    }

    private static byte[] ascii(String id) {
        return id.getBytes(StandardCharsets.US_ASCII);
    }
}
