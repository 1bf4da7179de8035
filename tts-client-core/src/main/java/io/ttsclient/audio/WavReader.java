// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the samples out of a WAV that is still arriving. Each piece is handed out as soon as its bytes are in.
 *
 * <pre>{@code
 * WavReader wav = WavReader.open(in);
 * for (ByteBuffer audio = wav.read(); audio != null; audio = wav.read()) {
 *     play(audio, wav.format());
 * }
 * if (wav.frames() == 0 || wav.truncated()) {
 *     throw new IOException("not all of the audio came");
 * }
 * }</pre>
 *
 * <p>Read are PCM of 8, 16, 24 and 32 bits and 32-bit float, which come out as {@link Encoding#LINEAR16}, and G.711, which stays
 * as it is; mono or stereo; plain or WAVE_FORMAT_EXTENSIBLE; RIFF, RF64 and BW64. What servers get wrong is taken as it is meant:
 *
 * <ul>
 *   <li>A data size of 0, or beyond 1.8 GB, is a placeholder: the audio goes to the end of the stream. Only 0 with a {@code LIST}
 *       or {@code id3} chunk behind it means that there is none.
 *   <li>A WAV behind the first one, or in the middle of one of unknown size, continues it: its header is passed over. Its format must
 *       be the same.
 *   <li>Bytes behind the announced audio that look like no chunk are more audio.
 *   <li>Other chunks are passed over, before the audio up to 1 MiB of them.
 * </ul>
 *
 * <p>Memory is bounded, whatever the header says. Not thread-safe. Never closes the stream it reads.
 */
public final class WavReader {
    private final WavInput in;
    private WavFormat wav;
    /** Bytes of the current data chunk that are not handed out yet, or {@link WavHeader#UNKNOWN}. */
    private long left;
    /** Whether a byte of padding belongs behind the current data chunk. */
    private boolean padded;
    /** Whether 0 bytes were announced, and what follows has not been looked at. */
    private boolean perhapsEmpty;

    private boolean ended;
    private boolean truncated;
    private long frames;

    private WavReader(WavInput in, WavHeader header) {
        this.in = in;
        this.wav = header.format();
        begin(header.dataBytes());
    }

    /**
     * Reads the header, up to where the samples begin, and waits for no sample.
     *
     * @param in read from where it stands; stays open
     * @throws EOFException if it ends before the samples begin
     * @throws IOException if it is not a WAV, or of a kind not listed above, or cannot be read
     */
    public static WavReader open(InputStream in) throws IOException {
        WavInput input = new WavInput(in);
        if (!WavChunk.isRiffNext(input)) {
            if (input.buffered() < WavChunk.RIFF_HEADER_BYTES) {
                throw new EOFException("not a WAV: " + input.buffered() + " bytes in all");
            }
            throw new IOException(String.format("not a WAV: begins with %08x", Integer.reverseBytes(input.intAt(0))));
        }
        WavHeader header = WavHeader.read(input);
        if (header == null) {
            throw new EOFException("WAV that ends before its samples");
        }
        return new WavReader(input, header);
    }

    /** What {@link #read} yields: {@link Container#RAW} samples. */
    public AudioFormat format() {
        return wav.audio();
    }

    /**
     * The next samples, whole frames, read-only, never empty; {@code null} at the end. Waits only while there is not one whole
     * frame.
     *
     * @throws IOException if the stream cannot be read, or a WAV behind the first one is of another format or malformed
     */
    public @Nullable ByteBuffer read() throws IOException {
        while (!ended) {
            int bytes = left == WavHeader.UNKNOWN ? availableUntilTheEnd() : availableOfAnnounced();
            if (bytes > 0) {
                frames += bytes / wav.bytesPerFrame();
                return wav.samples().convert(in.take(bytes));
            }
        }
        return null;
    }

    /**
     * Whether the stream ended before the announced audio did, or in the middle of a frame or of a further header. False until
     * {@link #read} has returned {@code null}.
     */
    public boolean truncated() {
        return truncated;
    }

    /** Samples of every channel that {@link #read} has handed out. */
    public long frames() {
        return frames;
    }

    private void begin(long dataBytes) {
        perhapsEmpty = dataBytes == 0;
        left = dataBytes == 0 ? WavHeader.UNKNOWN : dataBytes;
        padded = dataBytes > 0 && dataBytes % 2 == 1;
    }

    /** Bytes that can be handed out; 0 where the announced audio or the stream has ended, which is then dealt with. */
    private int availableOfAnnounced() throws IOException {
        if (left < wav.bytesPerFrame()) {
            in.skip(left);
            left = 0;
            continueBehindData();
            return 0;
        }
        if (!in.require(wav.bytesPerFrame())) {
            end(true);
            return 0;
        }
        int bytes = wholeFrames((int) Math.min(left, in.buffered()));
        left -= bytes;
        return bytes;
    }

    private void continueBehindData() throws IOException {
        // Padding is a zero by rule; writers that forget it go on with a name.
        if (padded && in.require(1) && in.byteAt(0) == 0) {
            in.skip(1);
        }
        if (WavChunk.isRiffNext(in)) {
            continueWithNextWav();
        } else if (WavChunk.isNext(in)) {
            padded = false;
            WavChunk.skip(in);
        } else if (in.buffered() < WavChunk.HEADER_BYTES) {
            end(false);
        } else {
            left = WavHeader.UNKNOWN;
        }
    }

    private void continueWithNextWav() throws IOException {
        WavHeader header = WavHeader.read(in);
        if (header == null) {
            end(true);
        } else if (!header.format().audio().equals(format())) {
            throw new IOException("WAV of " + format() + " followed by one of "
                    + header.format().audio());
        } else {
            wav = header.format();
            begin(header.dataBytes());
        }
    }

    private int availableUntilTheEnd() throws IOException {
        if (perhapsEmpty) {
            perhapsEmpty = false;
            if (WavChunk.isTrailerNext(in)) {
                left = 0;
                return 0;
            }
        }
        if (!in.require(wav.bytesPerFrame())) {
            end(in.buffered() > 0);
            return 0;
        }
        int riff = WavChunk.findRiff(in);
        int bytes = wholeFrames(riff);
        if (bytes > 0) {
            return bytes;
        }
        if (!in.require(riff + WavChunk.RIFF_HEADER_BYTES)) {
            return wholeFrames(in.buffered());
        }
        if (WavChunk.findRiff(in) == riff) {
            in.skip(riff);
            continueWithNextWav();
        }
        return 0;
    }

    private int wholeFrames(int bytes) {
        return bytes - bytes % wav.bytesPerFrame();
    }

    private void end(boolean early) {
        ended = true;
        truncated = early;
    }
}
