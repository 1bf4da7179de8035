// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

/** What the circuit breaker of a backend lets through. */
public enum BreakerState {
    /** Everything. */
    CLOSED,
    /** Nothing: the backend has failed too often lately. */
    OPEN,
    /** A few requests, whose results decide what it becomes. */
    HALF_OPEN
}
