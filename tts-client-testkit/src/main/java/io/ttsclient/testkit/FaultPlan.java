// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults of one direction of a connection. */
record FaultPlan(
        Duration latency, int bytesPerSecond, @Nullable WireFault end, List<Long> corrupted) {
    /** A band of bytes is narrowed by waiting so often. */
    static final int SLICES_PER_SECOND = 50;

    static FaultPlan of(List<WireFault> faults, WireFault.Direction direction) {
        var own =
                faults.stream().filter(fault -> fault.direction() == direction).toList();
        return new FaultPlan(
                longest(faults, WireFault.Kind.LATENCY),
                (int) all(faults, WireFault.Kind.BANDWIDTH).stream()
                        .mapToLong(WireFault::position)
                        .min()
                        .orElse(Integer.MAX_VALUE),
                own.stream()
                        .filter(fault -> isEnd(fault.kind()))
                        .min(Comparator.comparingLong(WireFault::position))
                        .orElse(null),
                all(own, WireFault.Kind.CORRUPTION).stream()
                        .map(WireFault::position)
                        .toList());
    }

    private static boolean isEnd(WireFault.Kind kind) {
        return kind == WireFault.Kind.CUT || kind == WireFault.Kind.RESET || kind == WireFault.Kind.SILENCE;
    }

    private static List<WireFault> all(List<WireFault> faults, WireFault.Kind kind) {
        return faults.stream().filter(fault -> fault.kind() == kind).toList();
    }

    /** The longest duration of the faults of one kind; zero if there are none. */
    static Duration longest(List<WireFault> faults, WireFault.Kind kind) {
        return all(faults, kind).stream()
                .map(WireFault::duration)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Up to where bytes are forwarded. */
    long limit() {
        return end == null ? Long.MAX_VALUE : end.position();
    }

    /** How many bytes are forwarded at once. */
    int sliceBytes() {
        return Math.max(1, bytesPerSecond / SLICES_PER_SECOND);
    }

    /** How long to wait before so many bytes are forwarded. */
    Duration waitBefore(int bytes) {
        return bytesPerSecond == Integer.MAX_VALUE
                ? Duration.ZERO
                : Duration.ofNanos(1_000_000_000L * bytes / bytesPerSecond);
    }
}
