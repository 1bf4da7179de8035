// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.text.SegmentLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a server can do, as far as its dialect says. */
final class Capabilities {
    // In code points. Sentences go together, since each piece is a request that waits for all of its audio.
    private static final int PACKED = 300;
    private static final int FIRST_SEGMENT_MINIMUM = 20;
    private static final int FIRST_SEGMENT_TARGET = 120;
    /** A byte of UTF-8 takes up to three in an address. */
    private static final int LONGEST_ESCAPE = 3;

    /** A model may have to be loaded first. */
    private static final Duration FIRST_AUDIO = Duration.ofSeconds(60);
    /** The next sentence is made while the current one has been sent already. */
    private static final Duration STALL = Duration.ofSeconds(30);

    private Capabilities() {}

    static TtsCapabilities of(VitsServerBuilder builder, List<AudioFormat> formats) {
        Dialect dialect = builder.dialect();
        TtsCapabilities.Builder capabilities = TtsCapabilities.builder(VitsServer.NAME, formats.get(0))
                .languages(dialect.languages().toArray(String[]::new))
                .segmentLimits(segmentLimits(dialect))
                .concurrentStreams(
                        builder.streamsPerServer() * builder.baseUrls().size())
                .identity(identity(builder))
                .patience(FIRST_AUDIO, STALL);
        formats.stream().skip(1).forEach(capabilities::format);
        return capabilities.build();
    }

    /**
     * The model that a server was started with is known by its address only. Nor can a dialect of one's own be told from another one of
     * its name.
     */
    private static String[] identity(VitsServerBuilder builder) {
        Dialect dialect = builder.dialect();
        if (!Dialect.builtIn().contains(dialect)) {
            return new String[0];
        }
        var identity = new ArrayList<>(List.of(
                dialect.name(), builder.delivery().name(), builder.sampleRate().toString()));
        builder.baseUrls().stream().sorted().forEach(identity::add); // which are equal servers
        return identity.toArray(String[]::new);
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
