// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.faults;

import java.util.Arrays;
import java.util.List;

/** What a client does about faults. */
enum Policy {
    NONE("no policy", 1, false, true),
    RETRY("retry", 3, false, true),
    RETRY_ONCE("retry, and the fault passes", 3, false, false),
    FALLBACK("fallback", 1, true, true),
    RETRY_AND_FALLBACK("retry and fallback", 3, true, true);

    private final String title;
    private final int attempts;
    private final boolean fallback;
    private final boolean faultLasts;

    Policy(String title, int attempts, boolean fallback, boolean faultLasts) {
        this.title = title;
        this.attempts = attempts;
        this.fallback = fallback;
        this.faultLasts = faultLasts;
    }

    static List<String> titles() {
        return Arrays.stream(values()).map(policy -> policy.title).toList();
    }

    /** Attempts on one backend. */
    int attempts() {
        return attempts;
    }

    /** Whether there is a second backend, which is well. */
    boolean hasFallback() {
        return fallback;
    }

    /** Whether every call meets the fault, and not the first one only. */
    boolean faultLasts() {
        return faultLasts;
    }
}
