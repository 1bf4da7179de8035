// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

/**
 * Takes the silence off both ends of one stream of samples while it arrives. Silence inside stays as it is: it is
 * held back until there is sound again, and at the end of the stream what is held back is simply not there.
 *
 * <p>At most 5 s are held back. Of a longer silence the older part is handed out, so nothing inside is lost and memory stays
 * bounded, and of a longer silence at the end 5 s are taken off. A stream without any sound becomes empty. Not thread-safe.
 */
public final class SilenceTrimmer {
    private static final Duration MAX_HELD = Duration.ofSeconds(5);
    private static final double MIN_DBFS = -96;

    private final AudioFormat format;
    private final int loudest;
    private final int margin;
    private final int maxHeld;

    /** Before the first sound the last of the silence, afterwards silence that may be the end; from 0 to {@link #heldBytes}. */
    private byte[] held = new byte[0];

    private int heldBytes;
    private boolean started;
    private long leadingBytes;
    /** Bytes of silence that belong to the last sound and have not come yet. While there are any, nothing is held. */
    private long marginLeft;

    /**
     * For one stream.
     *
     * @param format raw {@link Encoding#LINEAR16}, {@link Encoding#MULAW} or {@link Encoding#ALAW}
     * @param thresholdDbfs silence is what no sample exceeds, in dB below full scale: from -96 up to but not 0. -50 suits most voices
     * @param margin silence to keep before the first and behind the last sound, 0 to 5 s
     * @throws IllegalArgumentException if an argument is none of these
     */
    public SilenceTrimmer(AudioFormat format, double thresholdDbfs, Duration margin) {
        format.requireRawSamples("format");
        if (!(thresholdDbfs >= MIN_DBFS && thresholdDbfs < 0)) {
            throw new IllegalArgumentException(
                    "thresholdDbfs: " + thresholdDbfs + ", allowed " + MIN_DBFS + " to less than 0");
        }
        if (margin.isNegative() || margin.compareTo(MAX_HELD) > 0) {
            throw new IllegalArgumentException("margin: " + margin + ", allowed 0 to " + MAX_HELD);
        }
        this.format = format;
        this.loudest = (int) (32_768 * Math.pow(10, thresholdDbfs / 20));
        this.margin = (int) format.bytesIn(margin);
        this.maxHeld = (int) format.bytesIn(MAX_HELD);
    }

    /** Whether the ends of {@code format} can be seen: of raw LINEAR16, MULAW and ALAW they can. */
    public static boolean canTrim(AudioFormat format) {
        return format.isRawSamples();
    }

    /** How much was taken off before the first sound; once {@link #trim} has given something, this is final. */
    public Duration leading() {
        return format.durationOf(leadingBytes);
    }

    /**
     * What is certain to stay: of this chunk, and of what was held back before it.
     *
     * @param audio whole frames; consumed
     * @return read-only whole frames, perhaps none; a slice of {@code audio} where nothing was held back
     * @throws IllegalArgumentException if a frame is cut
     */
    public ByteBuffer trim(ByteBuffer audio) {
        format.requireWholeFrames(audio);
        ByteBuffer chunk = Slices.take(audio).order(ByteOrder.LITTLE_ENDIAN);
        // All offsets count from the first byte held.
        int total = heldBytes + chunk.limit();
        int sound = firstSound(chunk);
        if (sound == chunk.limit()) {
            int from = started ? 0 : Math.max(0, total - margin);
            int to = started ? (int) Math.min(total, Math.max(marginLeft, total - maxHeld)) : from;
            marginLeft = Math.max(0, marginLeft - to);
            return split(chunk, from, to);
        }
        int from = started ? 0 : Math.max(0, heldBytes + sound - margin);
        long keep = (long) heldBytes + endOfSound(chunk) + margin;
        started = true;
        marginLeft = Math.max(0, keep - total);
        return split(chunk, from, (int) Math.min(total, Math.max(keep, total - maxHeld)));
    }

    /** Hands out what lies from {@code from} to {@code to}, forgets what lies before, and holds what lies behind. */
    private ByteBuffer split(ByteBuffer chunk, int from, int to) {
        leadingBytes += from;
        int inChunk = Math.max(0, to - heldBytes);
        ByteBuffer out;
        if (from >= heldBytes) {
            out = chunk.slice(from - heldBytes, to - from).asReadOnlyBuffer();
        } else {
            out = ByteBuffer.allocate(to - from)
                    .put(held, from, Math.min(to, heldBytes) - from)
                    .put(chunk.slice(0, inChunk))
                    .flip()
                    .asReadOnlyBuffer();
        }
        int stay = Math.max(0, heldBytes - to);
        int add = chunk.limit() - inChunk;
        byte[] next = held.length < stay + add ? new byte[capacity(stay + add)] : held;
        System.arraycopy(held, heldBytes - stay, next, 0, stay);
        chunk.get(inChunk, next, stay, add);
        held = next;
        heldBytes = stay + add;
        return out;
    }

    /** Twice what is needed, so that a long silence is not copied for each chunk of it. */
    private int capacity(int needed) {
        return Math.max(needed, Math.min(2 * needed, maxHeld));
    }

    /** The offset of the first frame that is not silent; the limit if all are. */
    private int firstSound(ByteBuffer chunk) {
        int at = 0;
        while (at < chunk.limit() && isSilent(chunk, at)) {
            at += format.encoding().bytesPerSample();
        }
        return at - at % format.bytesPerFrame();
    }

    /** The offset behind the last frame that is not silent; there is one. */
    private int endOfSound(ByteBuffer chunk) {
        int at = chunk.limit() - format.encoding().bytesPerSample();
        while (isSilent(chunk, at)) {
            at -= format.encoding().bytesPerSample();
        }
        return at - at % format.bytesPerFrame() + format.bytesPerFrame();
    }

    private boolean isSilent(ByteBuffer chunk, int at) {
        int sample = switch (format.encoding()) {
            case MULAW -> G711.MULAW.decode(chunk.get(at));
            case ALAW -> G711.ALAW.decode(chunk.get(at));
            default -> chunk.getShort(at);
        };
        return Math.abs(sample) <= loudest;
    }
}
