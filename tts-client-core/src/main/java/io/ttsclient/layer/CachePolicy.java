// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client keeps of the audio that it heard, so that it is not made again.
 *
 * @param maxBytes the most audio in memory, in bytes, at least 1; what was not asked for lately goes first
 * @param maxRecordingBytes the longest audio that is kept, in bytes, 1 to {@code maxBytes}; also the most that is held of audio
 *     while it is being made. Where several hear longer audio, whoever asked first sets the pace, and a stream that falls this far
 *     behind fails as {@code TRUNCATED}
 * @param timeToLive how long audio may be used after it was made; above zero
 * @param store where audio is kept besides, such as a directory; null for none. Whoever made it closes it, after the client
 */
public record CachePolicy(
        long maxBytes,
        long maxRecordingBytes,
        Duration timeToLive,
        @Nullable AudioStore store) {
    private static final long USUAL_MAX_RECORDING = 4L * 1024 * 1024;
    private static final Duration USUAL_TIME_TO_LIVE = Duration.ofDays(1);

    public CachePolicy {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes: " + maxBytes + ", allowed at least 1");
        }
        if (maxRecordingBytes < 1 || maxRecordingBytes > maxBytes) {
            throw new IllegalArgumentException(
                    "maxRecordingBytes: " + maxRecordingBytes + ", allowed 1 to maxBytes (" + maxBytes + ")");
        }
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            throw new IllegalArgumentException("timeToLive: " + timeToLive + ", allowed above zero");
        }
    }

    /** Up to {@code maxBytes} bytes in memory, for a day; audio of up to 4 MiB, which is 87 s of 24 kHz LINEAR16, is kept. */
    public static CachePolicy inMemory(long maxBytes) {
        return new CachePolicy(maxBytes, Math.min(maxBytes, USUAL_MAX_RECORDING), USUAL_TIME_TO_LIVE, null);
    }

    /** The same, keeping audio of up to {@code value} bytes. */
    public CachePolicy withMaxRecordingBytes(long value) {
        return new CachePolicy(maxBytes, value, timeToLive, store);
    }

    /** The same, using audio for that long after it was made. */
    public CachePolicy withTimeToLive(Duration value) {
        return new CachePolicy(maxBytes, maxRecordingBytes, value, store);
    }

    /** The same, keeping audio in {@code value} besides, which is asked for what is not in memory. */
    public CachePolicy withStore(AudioStore value) {
        return new CachePolicy(maxBytes, maxRecordingBytes, timeToLive, value);
    }
}
