// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.TimeSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether a backend turns everybody away, for its key or its quota. One refusal may come of what was asked for, such as a voice that
 * the key does not pay for; several in a row, without anything spoken between them, do not. That holds for a while, and then until a
 * request shows otherwise. Thread-safe.
 */
final class Refusals {
    /** How many in a row are about everybody. */
    static final int ENOUGH = 3;
    /** How long a key that is mended goes unnoticed at most. */
    static final Duration ASIDE = Duration.ofSeconds(30);

    private final AtomicInteger inRow = new AtomicInteger();
    private volatile long latestAt;
    private volatile Category latest = Category.AUTHENTICATION;

    /** Whether it has turned everybody away lately, so that others are asked first. */
    boolean meetEverybody(TimeSource time) {
        return inRow.get() >= ENOUGH && time.since(latestAt).compareTo(ASIDE) < 0;
    }

    /** Why it has. */
    Category latest() {
        return latest;
    }

    void spoke() {
        if (inRow.get() > 0) {
            inRow.set(0);
        }
    }

    /** What we refuse ourselves costs nobody any time, and is no news of the backend. */
    void failed(TtsException failure, TimeSource time) {
        Category category = failure.category();
        if (failure.origin() == Origin.PROVIDER
                && (category == Category.AUTHENTICATION || category == Category.QUOTA)) {
            latest = category;
            latestAt = time.nanoTime();
            inRow.incrementAndGet();
        }
    }
}
