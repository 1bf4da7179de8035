// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.transport;

import java.time.Duration;

/**
 * How long the transport itself waits. The other times that bound a request are held by layers, each in one place:
 * {@code AttemptTimeouts} has first audio and stall, the request's own timeout is the total.
 *
 * @param connect from the first look at the name of the host to a connection that is ready, with TLS, through a proxy, and for
 *     a WebSocket with its upgrade; more than zero
 * @param close how long an orderly end of a WebSocket may take before it becomes an abrupt one; zero or more
 */
public record Timeouts(Duration connect, Duration close) {
    private static final Timeouts DEFAULTS = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(1));

    public Timeouts {
        requirePositive("connect", connect);
        if (close.isNegative()) {
            throw new IllegalArgumentException("close: " + close + ", allowed zero or more");
        }
    }

    /** 5 s to connect, 1 s to close. */
    public static Timeouts defaults() {
        return DEFAULTS;
    }

    /** The same with another {@link #connect()}. */
    public Timeouts withConnect(Duration value) {
        return new Timeouts(value, close);
    }

    /** The same with another {@link #close()}. */
    public Timeouts withClose(Duration value) {
        return new Timeouts(connect, value);
    }

    static void requirePositive(String field, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(field + ": " + value + ", allowed more than zero");
        }
    }
}
