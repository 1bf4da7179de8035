// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.time.Duration;

/**
 * The five times that bound a request. The transport enforces {@code connect} itself. The others are enforced by layers, through
 * {@link io.ttsclient.backend.Synthesis#onCancel}: the transport sets no read or write timeout of its own, so that each bound
 * holds in one place only and names what took too long.
 *
 * @param connect from the first look at the name of the host to a connection that is ready, with TLS, through a proxy, and for
 *     a WebSocket with its upgrade; more than zero
 * @param firstAudio from the start of an attempt to its first audio; more than zero
 * @param stall between two pieces of audio, of an HTTP body or a WebSocket; more than zero
 * @param total from the call to the last piece of audio, for requests that say nothing themselves; zero where there is no bound
 * @param close how long an orderly end may take before it becomes an abrupt one; zero or more
 */
public record Timeouts(Duration connect, Duration firstAudio, Duration stall, Duration total, Duration close) {
    private static final Timeouts DEFAULTS = new Timeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ZERO,
            Duration.ofSeconds(1));

    public Timeouts {
        requirePositive("connect", connect);
        requirePositive("firstAudio", firstAudio);
        requirePositive("stall", stall);
        requireNotNegative("total", total);
        requireNotNegative("close", close);
    }

    /** 5 s to connect, 15 s to first audio, 10 s stall, no bound in total, 1 s to close. */
    public static Timeouts defaults() {
        return DEFAULTS;
    }

    /** The same with another {@link #connect()}. */
    public Timeouts withConnect(Duration value) {
        return new Timeouts(value, firstAudio, stall, total, close);
    }

    /** The same with another {@link #firstAudio()}. */
    public Timeouts withFirstAudio(Duration value) {
        return new Timeouts(connect, value, stall, total, close);
    }

    /** The same with another {@link #stall()}. */
    public Timeouts withStall(Duration value) {
        return new Timeouts(connect, firstAudio, value, total, close);
    }

    /** The same with another {@link #total()}. */
    public Timeouts withTotal(Duration value) {
        return new Timeouts(connect, firstAudio, stall, value, close);
    }

    /** The same with another {@link #close()}. */
    public Timeouts withClose(Duration value) {
        return new Timeouts(connect, firstAudio, stall, total, value);
    }

    static void requirePositive(String field, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(field + ": " + value + ", allowed more than zero");
        }
    }

    private static void requireNotNegative(String field, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(field + ": " + value + ", allowed zero or more");
        }
    }
}
