// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

/**
 * How a text is spoken piece by piece.
 *
 * @param window how many pieces are under way at once, the one being delivered included; 1 to 8
 */
public record SegmentingPolicy(int window) {
    private static final SegmentingPolicy DEFAULT = new SegmentingPolicy(2);

    public SegmentingPolicy {
        if (window < 1 || window > 8) {
            throw new IllegalArgumentException("window: " + window + ", allowed 1 to 8");
        }
    }

    /** While a piece is delivered, the next one is made. */
    public static SegmentingPolicy defaults() {
        return DEFAULT;
    }
}
