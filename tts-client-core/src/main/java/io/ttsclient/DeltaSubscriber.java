// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Takes text from a publisher, no faster than it is written. Closing it cancels the subscription. */
final class DeltaSubscriber implements Flow.Subscriber<CharSequence>, AutoCloseable {
    /** How many are asked for at once, so that a publisher need not be woken for each token. */
    private static final int BATCH = 16;

    private final Runnable onNews;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<CharSequence> queue = new ArrayDeque<>(); // guarded by lock, as all below
    private Flow.@Nullable Subscription subscription;
    private @Nullable Throwable failure;
    private int taken;
    private boolean completed;
    private boolean closed;

    /** {@code onNews} is told, without a lock, that {@link #hasNews} may have become true. */
    DeltaSubscriber(Runnable onNews) {
        this.onNews = onNews;
    }

    @Override
    public void onSubscribe(Flow.Subscription value) {
        boolean isWanted;
        lock.lock();
        try {
            isWanted = subscription == null && !closed;
            if (isWanted) {
                subscription = value;
            }
        } finally {
            lock.unlock();
        }
        if (isWanted) {
            value.request(BATCH);
        } else {
            value.cancel();
        }
    }

    @Override
    public void onNext(CharSequence item) {
        tell(() -> queue.add(item));
    }

    @Override
    public void onError(Throwable throwable) {
        tell(() -> failure = throwable);
    }

    @Override
    public void onComplete() {
        tell(() -> completed = true);
    }

    private void tell(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
        onNews.run();
    }

    /** Whether {@link #next} does not have to wait. */
    boolean hasNews() {
        lock.lock();
        try {
            return completed || failure != null || !queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The next one; null if there are no more. What the publisher failed with comes behind what it gave before. */
    @Nullable
    CharSequence next() {
        Flow.Subscription toAsk = null;
        CharSequence next;
        lock.lock();
        try {
            next = queue.poll();
            if (next == null && failure != null) {
                throw unchecked(failure);
            }
            if (next != null && ++taken % BATCH == 0) {
                toAsk = subscription;
            }
        } finally {
            lock.unlock();
        }
        if (toAsk != null) {
            toAsk.request(BATCH);
        }
        return next;
    }

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new CompletionException(failure);
    }

    @Override
    public void close() {
        Flow.Subscription toCancel;
        lock.lock();
        try {
            closed = true;
            toCancel = completed || failure != null ? null : subscription;
        } finally {
            lock.unlock();
        }
        if (toCancel != null) {
            toCancel.cancel();
        }
    }
}
