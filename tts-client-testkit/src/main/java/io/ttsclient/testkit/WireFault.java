// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.time.Duration;

/**
 * What a {@link FaultProxy} does to a connection. Positions count the bytes of one direction of one connection, so they fall
 * into TLS records where TLS is spoken.
 */
public final class WireFault {
    /** Which way bytes go. */
    public enum Direction {
        /** What the client sends. */
        TO_SERVER,
        /** What the server sends. */
        TO_CLIENT
    }

    enum Kind {
        LATENCY,
        BANDWIDTH,
        SLOW_ACCEPT,
        CUT,
        RESET,
        SILENCE,
        CORRUPTION
    }

    private final Kind kind;
    private final Direction direction; // said for both where it counts for both
    private final long position; // bytes
    private final Duration duration;

    private WireFault(Kind kind, Direction direction, long position, Duration duration) {
        if (position < 0 || duration.isNegative()) {
            throw new IllegalArgumentException("position, rate or duration: allowed zero or more");
        }
        this.kind = kind;
        this.direction = direction;
        this.position = position;
        this.duration = duration;
    }

    /** Forwards what it reads only so much later, both ways; what arrives meanwhile waits for its turn. */
    public static WireFault latency(Duration delay) {
        return new WireFault(Kind.LATENCY, Direction.TO_CLIENT, 0, delay);
    }

    /** Forwards at most so much, both ways, each on its own; at least 50 bytes a second. */
    public static WireFault bandwidth(int bytesPerSecond) {
        if (bytesPerSecond < FaultPlan.SLICES_PER_SECOND) {
            throw new IllegalArgumentException(
                    "bytesPerSecond: " + bytesPerSecond + ", allowed at least " + FaultPlan.SLICES_PER_SECOND);
        }
        return new WireFault(Kind.BANDWIDTH, Direction.TO_CLIENT, bytesPerSecond, Duration.ZERO);
    }

    /** Lets the client wait for the server so long; the system tells the client that it is connected all the same. */
    public static WireFault slowAccept(Duration delay) {
        return new WireFault(Kind.SLOW_ACCEPT, Direction.TO_SERVER, 0, delay);
    }

    /** Closes both sides as soon as {@code bytes} bytes have gone that way; 0 closes at once. */
    public static WireFault cutAfter(Direction direction, long bytes) {
        return new WireFault(Kind.CUT, direction, bytes, Duration.ZERO);
    }

    /** Resets both sides as soon as {@code bytes} bytes have gone that way; 0 resets at once. */
    public static WireFault resetAfter(Direction direction, long bytes) {
        return new WireFault(Kind.RESET, direction, bytes, Duration.ZERO);
    }

    /**
     * After {@code bytes} bytes takes all that comes that way and forwards none of it: a half-open connection, as one to a machine
     * that has vanished. The end of the server is hidden from the client too; a client that leaves ends the connection.
     */
    public static WireFault silenceAfter(Direction direction, long bytes) {
        return new WireFault(Kind.SILENCE, direction, bytes, Duration.ZERO);
    }

    /** Inverts all bits of the byte at {@code position}, from 0. */
    public static WireFault corruptAt(Direction direction, long position) {
        return new WireFault(Kind.CORRUPTION, direction, position, Duration.ZERO);
    }

    Kind kind() {
        return kind;
    }

    Direction direction() {
        return direction;
    }

    long position() {
        return position;
    }

    Duration duration() {
        return duration;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case LATENCY, SLOW_ACCEPT -> kind + " of " + duration;
            case BANDWIDTH -> kind + " of " + position + " bytes per second";
            case CUT, RESET, SILENCE, CORRUPTION -> kind + " at " + position + " " + direction;
        };
    }
}
