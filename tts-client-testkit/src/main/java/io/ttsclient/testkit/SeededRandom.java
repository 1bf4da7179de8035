// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Randomness that a failed test can be repeated with. As a field with
 * {@link org.junit.jupiter.api.extension.RegisterExtension} it adds its seed to whatever a test fails with; run again with
 * {@code -Dttsclient.seed=SEED}. Thread-safe, but the order in which threads draw is theirs.
 */
public final class SeededRandom implements RandomGenerator, TestExecutionExceptionHandler {
    /** The system property that sets the seed of those that were made without one. */
    public static final String SEED_PROPERTY = "ttsclient.seed";

    private final long seed;
    private final Random random;

    /** With the seed of the system property, otherwise with another one each time. */
    public SeededRandom() {
        this(Long.getLong(SEED_PROPERTY, ThreadLocalRandom.current().nextLong()));
    }

    /** With this seed, so with the same numbers each time. */
    public SeededRandom(long seed) {
        this.seed = seed;
        random = new Random(seed);
    }

    /** The seed. */
    public long seed() {
        return seed;
    }

    @Override
    public long nextLong() {
        return random.nextLong();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        failure.addSuppressed(new AssertionError("it failed with -D" + SEED_PROPERTY + "=" + seed));
        throw failure;
    }

    @Override
    public String toString() {
        return "SeededRandom[" + seed + "]";
    }
}
