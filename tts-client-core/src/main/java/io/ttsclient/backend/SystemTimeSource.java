// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The real clock and one daemon timer thread.
 *
 * <p>A task that becomes the next one wakes the thread, which the caller pays for: every request would, since its timeouts find
 * the queue empty again. So while requests come, a task that does nothing is always the next one, and timeouts, which are longer than a
 * tick, wait behind it.
 */
final class SystemTimeSource implements TimeSource {
    private static final Duration TICK = Duration.ofSeconds(1);
    /** After so many ticks without a task the thread rests. */
    private static final int IDLE_TICKS = 60;

    // The pool starts its thread with the first task, so an unused one costs nothing but the object.
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        // It outlives the request that starts it, so it inherits nothing of that one's thread.
        var thread = new Thread(null, task, "tts-client-timer", 0, false);
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicBoolean ticking = new AtomicBoolean();
    private volatile boolean used; // since the last tick
    private int idleTicks; // timer thread

    SystemTimeSource() {
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(TimeUnit.NANOSECONDS.convert(duration));
    }

    @Override
    public Registration schedule(Duration delay, Runnable task) {
        if (!used) {
            used = true;
        }
        if (!ticking.get() && ticking.compareAndSet(false, true)) {
            in(TICK, this::tick);
        }
        return in(delay, task);
    }

    private Registration in(Duration delay, Runnable task) {
        Future<?> future = timer.schedule(task, TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    private void tick() {
        idleTicks = used ? 0 : idleTicks + 1;
        used = false;
        if (idleTicks == IDLE_TICKS) {
            idleTicks = 0;
            ticking.set(false);
            return;
        }
        try {
            in(TICK, this::tick);
        } catch (RejectedExecutionException e) {
            ticking.set(false); // closed in the meantime
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
