// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.faults;

import io.ttsclient.TtsClientBuilder;
import io.ttsclient.error.Category;
import io.ttsclient.layer.BreakerPolicy;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What a client does about faults. */
enum Policy {
    NONE("no policy", 1, Fallback.NONE),
    RETRY("retry", 3, Fallback.NONE),
    RETRY_ONCE("retry, and the fault passes", 3, Fallback.NONE),
    DEADLINE("retry within a deadline", 3, Fallback.NONE),
    BREAKER("circuit breaker, the next call", 1, Fallback.NONE),
    FALLBACK("fallback", 1, Fallback.WELL),
    FALLBACK_DOWN("fallback that is down", 1, Fallback.DOWN),
    RETRY_AND_FALLBACK("retry and fallback", 3, Fallback.WELL);

    /** Longer than a silence between chunks is borne, shorter than one before the first audio. */
    static final Duration DEADLINE_AFTER = Duration.ofSeconds(90);

    /** A stream that breaks off has begun well, so half is all that can have failed of one. */
    private static final BreakerPolicy OPENS_AT_ONCE = new BreakerPolicy(50, 1, 1, Duration.ofHours(1), 1);

    private final String title;
    private final int attempts;
    private final Fallback fallback;

    private enum Fallback {
        NONE,
        WELL,
        DOWN
    }

    Policy(String title, int attempts, Fallback fallback) {
        this.title = title;
        this.attempts = attempts;
        this.fallback = fallback;
    }

    static List<String> titles() {
        return Arrays.stream(values()).map(policy -> policy.title).toList();
    }

    /** Sets {@code builder} up, with {@code second} for the backend to fall back to. */
    void apply(TtsClientBuilder builder, RetryPolicy waits, FakeBackend second) {
        builder.retry(waits.withMaxAttempts(attempts));
        if (this == BREAKER) {
            builder.circuitBreaker(OPENS_AT_ONCE);
        }
        if (fallback == Fallback.DOWN) {
            second.always(Behaviour.fail(Category.UNAVAILABLE));
        }
        if (fallback != Fallback.NONE) {
            builder.fallback(second);
        }
    }

    /** {@code request} as it is made. */
    SpeechRequest of(SpeechRequest request) {
        return this == DEADLINE ? request.toBuilder().timeout(DEADLINE_AFTER).build() : request;
    }

    /** Whether every call meets the fault, and not the first one only. */
    boolean faultLasts() {
        return this != RETRY_ONCE;
    }

    /** Whether a call comes before the one that counts. */
    boolean needsCallBefore() {
        return this == BREAKER;
    }
}
