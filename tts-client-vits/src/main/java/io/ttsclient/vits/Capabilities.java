// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.text.SegmentLimits;
import java.time.Duration;
import java.util.List;

/** What a server can do, as far as its dialect says. */
final class Capabilities {
    // In code points. Sentences go together, since each piece is a request that waits for all of its audio.
    private static final int PACKED = 300;
    private static final int FIRST_SEGMENT_MINIMUM = 20;
    private static final int FIRST_SEGMENT_TARGET = 120;
    /** A byte of UTF-8 takes up to three in an address. */
    private static final int LONGEST_ESCAPE = 3;

    private static final int CONCURRENT_STREAMS = 2;
    /** A model may have to be loaded first. */
    private static final Duration FIRST_AUDIO = Duration.ofSeconds(60);
    /** The next sentence is made while the current one has been sent already. */
    private static final Duration STALL = Duration.ofSeconds(30);

    private Capabilities() {}

    static TtsCapabilities of(Dialect dialect, List<AudioFormat> formats, int servers) {
        TtsCapabilities.Builder capabilities = TtsCapabilities.builder(VitsServer.NAME, formats.get(0))
                .languages(dialect.languages().toArray(String[]::new))
                .segmentLimits(segmentLimits(dialect))
                .concurrentStreams(CONCURRENT_STREAMS * servers)
                .patience(FIRST_AUDIO, STALL);
        formats.stream().skip(1).forEach(capabilities::format);
        return capabilities.build();
    }

    /** Of a long first sentence only its beginning, so that speech starts soon. */
    private static SegmentLimits segmentLimits(Dialect dialect) {
        int max = dialect.maxCodePoints();
        SegmentLimits.Builder limits = SegmentLimits.builder()
                .maxCodePoints(max)
                .packUpTo(Math.min(PACKED, max))
                .firstSegment(Math.min(FIRST_SEGMENT_MINIMUM, max), Math.min(FIRST_SEGMENT_TARGET, max));
        if (dialect.maxEncodedBytes() < SegmentLimits.UNLIMITED) {
            limits.maxBytes(dialect.maxEncodedBytes() / LONGEST_ESCAPE);
        }
        return limits.build();
    }
}
