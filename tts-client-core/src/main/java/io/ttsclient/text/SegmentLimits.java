// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import java.util.Objects;

/**
 * How long the segments of a text may be. Immutable. Lengths are Unicode code points of {@link Segment#text()}, unless they say
 * bytes. Two limits are hard, {@link #maxCodePoints()} and {@link #maxBytes()}; the others choose among the places where the
 * text may be cut well.
 */
public final class SegmentLimits {
    /** No bound on code points or bytes. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int LONGEST_UTF8 = 4;
    private static final SegmentLimits SENTENCES = builder().build();

    private final int maxCodePoints;
    private final int maxBytes;
    private final int minCodePoints;
    private final int packUpTo;
    private final int firstTarget;
    private final int firstMinimum;

    private SegmentLimits(Builder builder) {
        maxCodePoints = builder.maxCodePoints;
        maxBytes = builder.maxBytes;
        minCodePoints = builder.minCodePoints;
        packUpTo = builder.packUpTo;
        firstTarget = builder.firstTarget;
        firstMinimum = builder.firstMinimum;
    }

    /** Every sentence a segment, however long or short. */
    public static SegmentLimits sentences() {
        return SENTENCES;
    }

    /** Starts from {@link #sentences()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder holding these limits. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.maxCodePoints = maxCodePoints;
        builder.maxBytes = maxBytes;
        builder.minCodePoints = minCodePoints;
        builder.packUpTo = packUpTo;
        builder.firstTarget = firstTarget;
        builder.firstMinimum = firstMinimum;
        return builder;
    }

    /** The most code points of a segment, at least 1, or {@link #UNLIMITED}. */
    public int maxCodePoints() {
        return maxCodePoints;
    }

    /** The most UTF-8 bytes of a segment, at least 4, or {@link #UNLIMITED}. */
    public int maxBytes() {
        return maxBytes;
    }

    /** A shorter sentence is joined with the next one of its paragraph; 0 joins none. */
    public int minCodePoints() {
        return minCodePoints;
    }

    /** Sentences are joined while the segment stays within this length; 0 keeps each by itself. */
    public int packUpTo() {
        return packUpTo;
    }

    /** A first sentence longer than this is cut at a clause; 0 leaves it whole. */
    public int firstTarget() {
        return firstTarget;
    }

    /** The least that a cut of the first sentence leaves before it. */
    public int firstMinimum() {
        return firstMinimum;
    }

    boolean allow(Position start, Position end) {
        return end.codePoints() - start.codePoints() <= maxCodePoints && end.bytes() - start.bytes() <= maxBytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SegmentLimits that
                && maxCodePoints == that.maxCodePoints
                && maxBytes == that.maxBytes
                && minCodePoints == that.minCodePoints
                && packUpTo == that.packUpTo
                && firstTarget == that.firstTarget
                && firstMinimum == that.firstMinimum;
    }

    @Override
    public int hashCode() {
        return Objects.hash(maxCodePoints, maxBytes, minCodePoints, packUpTo, firstTarget, firstMinimum);
    }

    @Override
    public String toString() {
        return "SegmentLimits[max " + maxCodePoints + " code points, " + maxBytes + " bytes; min " + minCodePoints
                + "; pack up to " + packUpTo + "; first " + firstMinimum + " to " + firstTarget + "]";
    }

    /** Builds {@link SegmentLimits}; not thread-safe. */
    public static final class Builder {
        private int maxCodePoints = UNLIMITED;
        private int maxBytes = UNLIMITED;
        private int minCodePoints;
        private int packUpTo;
        private int firstTarget;
        private int firstMinimum;

        private Builder() {}

        /** No segment is longer, at least 1; {@link SegmentLimits#UNLIMITED} by default. */
        public Builder maxCodePoints(int codePoints) {
            maxCodePoints = atLeast("maxCodePoints", codePoints, 1);
            return this;
        }

        /** No segment has more UTF-8 bytes, at least 4; {@link SegmentLimits#UNLIMITED} by default. */
        public Builder maxBytes(int bytes) {
            maxBytes = atLeast("maxBytes", bytes, LONGEST_UTF8);
            return this;
        }

        /**
         * A shorter sentence waits for the next one of its paragraph; 0 by default, and what has nothing to pronounce is joined
         * all the same. The end of the text, a blank line and the hard limits may leave a shorter segment.
         */
        public Builder minCodePoints(int codePoints) {
            minCodePoints = atLeast("minCodePoints", codePoints, 0);
            return this;
        }

        /**
         * Joins whole sentences, across blank lines too, as long as the segment is not longer than this; 0, one sentence a
         * segment, by default. A longer sentence stands alone.
         */
        public Builder packUpTo(int codePoints) {
            packUpTo = atLeast("packUpTo", codePoints, 0);
            return this;
        }

        /**
         * Cuts a first sentence longer than {@code target} at its first clause that is not shorter than {@code minimum}, and packs
         * the first segment up to {@code target} only, so that speech starts soon. 0 and 0, no cut, by default.
         *
         * <p>The cut is certain as soon as more than {@code target} code points are there; with both numbers near each other a
         * growing text is cut at the clause at once.
         */
        public Builder firstSegment(int minimum, int target) {
            firstMinimum = atLeast("firstMinimum", minimum, 0);
            firstTarget = atLeast("firstTarget", target, 0);
            return this;
        }

        /**
         * The limits.
         *
         * @throws IllegalArgumentException if the smaller ones are not smaller
         */
        public SegmentLimits build() {
            atMost("minCodePoints", minCodePoints, "maxCodePoints", maxCodePoints);
            atMost("packUpTo", packUpTo, "maxCodePoints", maxCodePoints);
            atMost("firstTarget", firstTarget, "maxCodePoints", maxCodePoints);
            atMost("firstMinimum", firstMinimum, "firstTarget", firstTarget);
            if (packUpTo > 0) {
                atMost("minCodePoints", minCodePoints, "packUpTo", packUpTo);
            }
            return new SegmentLimits(this);
        }

        private static int atLeast(String field, int value, int least) {
            if (value < least) {
                throw new IllegalArgumentException(
                        field + ": " + value + ", allowed " + least + " to " + Integer.MAX_VALUE);
            }
            return value;
        }

        private static void atMost(String field, int value, String boundName, int bound) {
            if (value > bound) {
                throw new IllegalArgumentException(
                        field + ": " + value + ", allowed 0 to " + boundName + " (" + bound + ")");
            }
        }
    }
}
