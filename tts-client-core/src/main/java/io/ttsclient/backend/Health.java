// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import java.util.Objects;

/**
 * Whether a backend would speak now.
 *
 * @param status the answer
 * @param detail why, for a person who reads it; never a credential
 */
public record Health(Status status, String detail) {
    /** Whether a backend would speak. */
    public enum Status {
        UP,
        DOWN,
        /** It cannot be asked, or did not say. */
        UNKNOWN
    }

    public Health {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(detail, "detail");
    }

    public static Health up(String detail) {
        return new Health(Status.UP, detail);
    }

    public static Health down(String detail) {
        return new Health(Status.DOWN, detail);
    }

    public static Health unknown(String detail) {
        return new Health(Status.UNKNOWN, detail);
    }
}
