// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.text.SegmentLimits;
import java.time.Duration;
import java.util.Objects;

/**
 * How a text is spoken piece by piece.
 *
 * @param window how many pieces are under way at once, the one being delivered included; 1 to 8
 * @param ahead how much audio that the reader has not read may be on its way before the next piece is begun, so that who leaves
 *     wastes little; judged by the length of the text, and never so strictly that the audio runs dry; above zero, up to 10 minutes.
 *     {@code synthesize}, which wants all of it, does not heed it
 * @param patience how long the writer of a growing text may pause while nothing sounds, before the words so far are spoken without
 *     waiting for the end of their clause; above zero, up to 10 minutes
 * @param growing the pieces that a growing text is cut into for a backend that does not say: the first one at a clause, joined
 *     up to {@link SegmentLimits#packUpTo()} where the text is ahead of the speech
 */
public record SegmentingPolicy(int window, Duration ahead, Duration patience, SegmentLimits growing) {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final SegmentingPolicy DEFAULT = new SegmentingPolicy(
            2,
            Duration.ofSeconds(10),
            Duration.ofMillis(300),
            SegmentLimits.builder()
                    .maxCodePoints(500)
                    .minCodePoints(20)
                    .packUpTo(200)
                    .firstSegment(12, 60)
                    .build());

    public SegmentingPolicy {
        if (window < 1 || window > 8) {
            throw new IllegalArgumentException("window: " + window + ", allowed 1 to 8");
        }
        requireWithin("ahead", ahead);
        requireWithin("patience", patience);
        Objects.requireNonNull(growing, "growing");
    }

    private static void requireWithin(String field, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(field + ": " + value + ", allowed above zero, up to 10 min");
        }
    }

    /**
     * While a piece is delivered, the next one is made, as long as not more than 10 s are on their way; a writer may pause for
     * 300 ms; the first piece of a growing text ends at a clause of at least 12 code points, later ones have up to 200.
     */
    public static SegmentingPolicy defaults() {
        return DEFAULT;
    }

    public SegmentingPolicy withWindow(int value) {
        return new SegmentingPolicy(value, ahead, patience, growing);
    }

    public SegmentingPolicy withAhead(Duration value) {
        return new SegmentingPolicy(window, value, patience, growing);
    }

    public SegmentingPolicy withPatience(Duration value) {
        return new SegmentingPolicy(window, ahead, value, growing);
    }

    public SegmentingPolicy withGrowing(SegmentLimits value) {
        return new SegmentingPolicy(window, ahead, patience, value);
    }
}
