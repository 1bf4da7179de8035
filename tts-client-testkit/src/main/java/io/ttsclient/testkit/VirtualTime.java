// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A clock that moves only when a test says so; hours pass in microseconds.
 *
 * <p>A test lets its subject run on another thread, waits until that thread {@linkplain #awaitSleeping sleeps} or has
 * {@linkplain #awaitScheduled scheduled} something, and {@linkplain #advance advances} the clock. Where only backoffs matter,
 * an {@linkplain #autoAdvancing() auto-advancing} clock needs no second thread.
 *
 * {@snippet class="io.ttsclient.testkit.ExampleTest" region="time"}
 *
 * <p>Thread-safe. Its readings of {@link #nanoTime()} begin just below the overflow of {@code long}, so that code which
 * compares two readings, instead of subtracting them, fails in its tests.
 */
public final class VirtualTime implements TimeSource {
    /** What {@link #now()} says before the clock has moved. */
    public static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private static final long NANO_ORIGIN = Long.MAX_VALUE - 1_000_000_000L;

    private final boolean autoAdvancing;
    private final Monitor monitor = new Monitor();
    private long elapsed; // nanoseconds; guarded by monitor, as all below
    private long tasksSoFar;
    private boolean closed;
    private final List<Sleeper> sleepers = new ArrayList<>();
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::number));

    /** A clock that stands still at {@link #START}. */
    public VirtualTime() {
        this(false);
    }

    private VirtualTime(boolean autoAdvancing) {
        this.autoAdvancing = autoAdvancing;
    }

    /**
     * A clock that every {@link #sleep} advances by itself, without waiting. Scheduled tasks run as the clock passes them, on the
     * thread that sleeps; a thread that waits for such a task without sleeping still needs someone to {@link #advance}.
     */
    public static VirtualTime autoAdvancing() {
        return new VirtualTime(true);
    }

    @Override
    public long nanoTime() {
        return NANO_ORIGIN + elapsedNanos();
    }

    @Override
    public Instant now() {
        return START.plusNanos(elapsedNanos());
    }

    /** How far the clock has moved since it was made. */
    public Duration elapsed() {
        return Duration.ofNanos(elapsedNanos());
    }

    private long elapsedNanos() {
        return monitor.locked(() -> elapsed);
    }

    /** Waits until the clock was advanced that far; not at all for a duration of zero or less. */
    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (duration.isNegative() || duration.isZero()) {
            return;
        }
        if (autoAdvancing) {
            advance(duration);
            return;
        }
        Sleeper sleeper = monitor.locked(() -> {
            var added = new Sleeper(in(duration));
            sleepers.add(added);
            return added;
        });
        try {
            monitor.awaitUnbounded(() -> !sleepers.contains(sleeper));
        } finally {
            monitor.locked(() -> sleepers.remove(sleeper));
        }
    }

    /**
     * Runs {@code task} on the thread that advances the clock to its time, or on the calling thread at once if {@code delay} is
     * zero or less.
     *
     * @throws RejectedExecutionException if the clock is closed
     */
    @Override
    public Registration schedule(Duration delay, Runnable task) {
        boolean isDue = delay.isNegative() || delay.isZero();
        Task scheduled = monitor.locked(() -> {
            if (closed) {
                throw new RejectedExecutionException("the clock is closed");
            }
            var added = new Task(in(delay), tasksSoFar++, task);
            if (!isDue) {
                tasks.add(added);
            }
            return added;
        });
        if (isDue) {
            task.run();
        }
        return () -> monitor.locked(() -> tasks.remove(scheduled));
    }

    /**
     * Moves the clock, and on the way runs each task that comes due, on this thread, in the order of their times and while the
     * clock shows their time. Threads whose sleep is over wake up. What a task throws comes out of here, and the clock stands at
     * that task's time.
     *
     * <p>One thread advances at a time; a task may advance the clock itself.
     *
     * @param duration zero or more
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration: " + duration + ", allowed zero or more");
        }
        long target = monitor.locked(() -> in(duration));
        for (Task due = moveTowards(target); due != null; due = moveTowards(target)) {
            due.action().run();
        }
    }

    /** The moment {@code duration} from now; never, for what is too far away to be counted. */
    private long in(Duration duration) {
        long nanos = TimeUnit.NANOSECONDS.convert(duration);
        return nanos > Long.MAX_VALUE - elapsed ? Long.MAX_VALUE : elapsed + nanos;
    }

    /** Moves to the first task until then and takes it out; null, and at the target, if there is none. */
    private @Nullable Task moveTowards(long target) {
        return monitor.locked(() -> {
            Task first = tasks.peek();
            Task due = first != null && first.due() <= target ? tasks.poll() : null;
            elapsed = Math.max(elapsed, due == null ? target : due.due());
            sleepers.removeIf(sleeper -> sleeper.wakeAt <= elapsed);
            return due;
        });
    }

    /** How many threads sleep. */
    public int sleeping() {
        return monitor.locked(sleepers::size);
    }

    /** How many tasks are scheduled that have neither begun nor been taken back. */
    public int scheduled() {
        return monitor.locked(tasks::size);
    }

    /** How far the clock has to move until a thread wakes up or a task runs; empty if neither will. */
    public Optional<Duration> untilNext() {
        return monitor.locked(() -> Stream.concat(
                        sleepers.stream().map(sleeper -> sleeper.wakeAt),
                        tasks.stream().map(Task::due))
                .min(Long::compare)
                .map(at -> Duration.ofNanos(at - elapsed)));
    }

    /**
     * Waits until at least {@code threads} threads sleep.
     *
     * @throws AssertionError after 10 seconds of real time
     */
    public void awaitSleeping(int threads) {
        monitor.await(
                () -> sleepers.size() >= threads,
                () -> "expected " + threads + " sleeping threads, there are " + sleepers.size());
    }

    /**
     * Waits until at least {@code count} tasks are scheduled.
     *
     * @throws AssertionError after 10 seconds of real time
     */
    public void awaitScheduled(int count) {
        monitor.await(
                () -> tasks.size() >= count, () -> "expected " + count + " scheduled tasks, there are " + tasks.size());
    }

    /** Whether {@link #close()} was called; who was given a clock does not close it. */
    public boolean isClosed() {
        return monitor.locked(() -> closed);
    }

    /** Drops what is scheduled and takes no more; the clock can still be read and advanced. */
    @Override
    public void close() {
        monitor.locked(() -> {
            closed = true;
            tasks.clear();
            return true;
        });
    }

    @Override
    public String toString() {
        return "VirtualTime[elapsed=" + elapsed() + ", sleeping=" + sleeping() + ", scheduled=" + scheduled() + "]";
    }

    /** Compared by identity. */
    private static final class Sleeper {
        private final long wakeAt;

        Sleeper(long wakeAt) {
            this.wakeAt = wakeAt;
        }
    }

    private record Task(long due, long number, Runnable action) {}
}
