// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SegmentLimitsTest {
    @Test
    void sentences_limitNothing() {
        SegmentLimits limits = SegmentLimits.sentences();
        assertThat(limits.maxCodePoints()).isEqualTo(SegmentLimits.UNLIMITED);
        assertThat(limits.maxBytes()).isEqualTo(SegmentLimits.UNLIMITED);
        assertThat(limits.minCodePoints()).isZero();
        assertThat(limits.packUpTo()).isZero();
        assertThat(limits.firstTarget()).isZero();
        assertThat(limits.firstMinimum()).isZero();
    }

    @Test
    void toBuilder_keepsEveryLimit() {
        SegmentLimits limits = SegmentLimits.builder()
                .maxCodePoints(900)
                .maxBytes(2_000)
                .minCodePoints(10)
                .packUpTo(800)
                .firstSegment(20, 60)
                .build();
        SegmentLimits copy = limits.toBuilder().build();
        assertThat(copy).isEqualTo(limits).hasSameHashCodeAs(limits);
        assertThat(copy.toBuilder().minCodePoints(11).build()).isNotEqualTo(limits);
        assertThat(limits)
                .hasToString("SegmentLimits[max 900 code points, 2000 bytes; min 10; pack up to 800; first 20 to 60]");
    }

    @Test
    void builder_valueOutOfRange_isRefusedWithFieldValueAndRange() {
        SegmentLimits.Builder builder = SegmentLimits.builder();
        assertRefused("maxCodePoints: 0, allowed 1 to 2147483647", () -> builder.maxCodePoints(0));
        assertRefused("maxBytes: 3, allowed 4 to 2147483647", () -> builder.maxBytes(3));
        assertRefused("minCodePoints: -1, allowed 0 to 2147483647", () -> builder.minCodePoints(-1));
        assertRefused("packUpTo: -1, allowed 0 to 2147483647", () -> builder.packUpTo(-1));
        assertRefused("firstMinimum: -5, allowed 0 to 2147483647", () -> builder.firstSegment(-5, 1));
        assertRefused("firstTarget: -1, allowed 0 to 2147483647", () -> builder.firstSegment(0, -1));
    }

    @Test
    void build_smallLimitAboveLargeOne_isRefused() {
        assertRefused(
                "minCodePoints: 11, allowed 0 to maxCodePoints (10)",
                () -> bounded().minCodePoints(11).build());
        assertRefused(
                "packUpTo: 11, allowed 0 to maxCodePoints (10)",
                () -> bounded().packUpTo(11).build());
        assertRefused(
                "firstTarget: 11, allowed 0 to maxCodePoints (10)",
                () -> bounded().firstSegment(1, 11).build());
        assertRefused(
                "firstMinimum: 6, allowed 0 to firstTarget (5)",
                () -> bounded().firstSegment(6, 5).build());
        assertRefused(
                "minCodePoints: 9, allowed 0 to packUpTo (8)",
                () -> bounded().minCodePoints(9).packUpTo(8).build());
    }

    private static SegmentLimits.Builder bounded() {
        return SegmentLimits.builder().maxCodePoints(10);
    }

    private static void assertRefused(String message, Runnable call) {
        assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(message);
    }
}
