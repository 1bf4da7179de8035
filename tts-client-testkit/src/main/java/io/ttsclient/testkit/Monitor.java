// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A lock whose changes can be waited for, never longer than a test has patience. */
final class Monitor {
    /** Far above what a loaded machine needs, far below what a person waits for a hung build. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Duration patience;

    Monitor() {
        this(PATIENCE);
    }

    Monitor(Duration patience) {
        this.patience = patience;
    }

    /** Reads or changes what the lock guards, and wakes who waits for a change. */
    <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            T result = action.get();
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** Waits, for as long as it takes, until {@code condition} holds. */
    void awaitUnbounded(BooleanSupplier condition) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!condition.getAsBoolean()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until {@code condition} holds; fails with {@code message} if it does not come to hold. */
    void await(BooleanSupplier condition, Supplier<String> message) {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (!condition.getAsBoolean()) {
                if (nanos <= 0) {
                    throw new AssertionError("after " + patience + " of real time: " + message.get());
                }
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting: " + message.get(), e);
        } finally {
            lock.unlock();
        }
    }
}
