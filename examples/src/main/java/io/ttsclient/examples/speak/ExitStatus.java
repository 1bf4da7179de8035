// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;

/** What the program tells the shell. */
enum ExitStatus {
    OK(0),
    /** The program itself is wrong. */
    BUG(1),
    /** The call is wrong: bad usage, files that cannot be read or written, nothing to say. */
    USAGE(2),
    /** The provider says no, and would say it again. */
    REFUSED(3),
    /** No speech for now. */
    UNAVAILABLE(4),
    /** The caller left: Ctrl-C, or the reader of standard output went away. */
    INTERRUPTED(130);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static ExitStatus of(TtsException failure) {
        return switch (failure.category()) {
            case CONNECTION,
                    UNAVAILABLE,
                    OVERLOADED,
                    TIMEOUT,
                    NO_AUDIO,
                    TRUNCATED,
                    RATE_LIMIT,
                    CIRCUIT_OPEN,
                    PROTOCOL,
                    CLOSED -> UNAVAILABLE;
            case AUTHENTICATION, QUOTA, NOT_FOUND, CONTENT_REJECTED -> REFUSED;
            case INVALID_REQUEST -> failure.origin() == Origin.CLIENT ? USAGE : REFUSED;
            case UNSUPPORTED -> USAGE;
            case CANCELLED -> INTERRUPTED;
        };
    }
}
