// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.Registration;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.layer.AdmissionTicket.Decision;
import io.ttsclient.speech.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who may begin, and who waits for it, in the order of a single number: when a request came, plus a handicap for its priority.
 * So within a priority the first is first, a higher priority goes before, and who has waited for its handicap goes before all
 * that come later. Only the first may begin: a small request does not slip past a big one.
 *
 * <p>Thread-safe. Nobody waits under the lock, and nobody is told anything under it.
 */
final class AdmissionQueue {
    private static final int HANDICAPS_PER_WAIT = 4;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final AdmissionPolicy policy;
    private final TimeSource time;
    private final long handicap;
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeSet<AdmissionTicket> waiting =
            new TreeSet<>(AdmissionTicket.ORDER); // guarded by lock, as all below
    private final RateWindow requests;
    private final RateWindow requestsOfDay;
    private final RateWindow characters;
    private int running;
    private long tickets;
    private boolean closed;
    private Registration timer = () -> {};

    AdmissionQueue(AdmissionPolicy policy, TimeSource time) {
        this.policy = policy;
        this.time = time;
        handicap = policy.maxWait().toNanos() / HANDICAPS_PER_WAIT;
        requests = new RateWindow(MINUTE, policy.requestsPerMinute());
        requestsOfDay = new RateWindow(DAY, policy.requestsPerDay());
        characters = new RateWindow(MINUTE, policy.charactersPerMinute());
    }

    /**
     * What a request gets: at once or, if it may wait, later.
     *
     * @param ticket null where nobody needs to wait for the decision
     * @param decision null while it waits
     * @param retryAfter for a refused one, when there would be room; null where nobody can tell
     */
    record Entry(
            @Nullable AdmissionTicket ticket,
            @Nullable Decision decision,
            @Nullable Duration retryAfter) {
        private static final Entry GRANTED = new Entry(null, Decision.GRANTED, null);
        private static final Entry CLOSED = new Entry(null, Decision.CLOSED, null);
    }

    /** Lets a request in, which would wait for at most {@code longest}. Who is granted {@linkplain #leave leaves}. */
    Entry enter(Priority priority, int chars, Duration longest) {
        AdmissionTicket displaced = null;
        Entry entry;
        List<AdmissionTicket> granted = List.of();
        lock.lock();
        try {
            long now = time.nanoTime();
            if (closed) {
                return Entry.CLOSED;
            }
            if (waiting.isEmpty() && fits(chars, now)) {
                take(chars, now);
                return Entry.GRANTED;
            }
            long notBefore = nanosUntilRate(chars, now);
            if (longest.isZero() || notBefore > longest.toNanos()) {
                return refused(notBefore);
            }
            if (waiting.size() >= policy.maxQueued()) {
                displaced = lastBelow(priority);
                if (displaced == null) {
                    return refused(notBefore);
                }
                waiting.remove(displaced);
            }
            var ticket = new AdmissionTicket(priority, chars, now + handicapOf(priority), tickets++);
            waiting.add(ticket);
            entry = new Entry(ticket, null, null);
            granted = grant(now);
        } finally {
            lock.unlock();
        }
        tell(granted);
        if (displaced != null) {
            displaced.decision().complete(Decision.DISPLACED);
        }
        return entry;
    }

    private long handicapOf(Priority priority) {
        return switch (priority) {
            case LIVE -> 0;
            case PREFETCH -> handicap;
            case BATCH -> 2 * handicap;
        };
    }

    private static Entry refused(long notBefore) {
        return new Entry(null, Decision.REFUSED, notBefore == 0 ? null : Duration.ofNanos(notBefore));
    }

    private @Nullable AdmissionTicket lastBelow(Priority priority) {
        for (AdmissionTicket ticket : waiting.descendingSet()) {
            if (ticket.priority().compareTo(priority) > 0) {
                return ticket;
            }
        }
        return null;
    }

    /** One that still waits waits no longer, for that reason; one that was granted meanwhile stays so. */
    void giveUp(AdmissionTicket ticket, Decision reason) {
        List<AdmissionTicket> granted;
        lock.lock();
        try {
            if (!waiting.remove(ticket)) {
                return;
            }
            granted = grant(time.nanoTime());
        } finally {
            lock.unlock();
        }
        ticket.decision().complete(reason);
        tell(granted);
    }

    /** One that was granted has sent more text than it came with. */
    void count(int chars) {
        lock.lock();
        try {
            characters.take(chars, time.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    /** One that was granted has ended. Called once for each. */
    void leave() {
        List<AdmissionTicket> granted;
        lock.lock();
        try {
            running--;
            granted = grant(time.nanoTime());
        } finally {
            lock.unlock();
        }
        tell(granted);
    }

    /** Nobody waits any longer, and nobody is let in. */
    void close() {
        List<AdmissionTicket> left;
        lock.lock();
        try {
            closed = true;
            left = new ArrayList<>(waiting);
            waiting.clear();
            timer.remove();
        } finally {
            lock.unlock();
        }
        left.forEach(ticket -> ticket.decision().complete(Decision.CLOSED));
    }

    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    private void timeHasCome() {
        List<AdmissionTicket> granted;
        lock.lock();
        try {
            granted = grant(time.nanoTime());
        } finally {
            lock.unlock();
        }
        tell(granted);
    }

    private static void tell(List<AdmissionTicket> granted) {
        granted.forEach(ticket -> ticket.decision().complete(Decision.GRANTED));
    }

    /** Takes the first ones out of the queue, as long as they fit, and sets the timer for the next if only the rate stops it. */
    private List<AdmissionTicket> grant(long now) {
        if (waiting.isEmpty()) {
            timer.remove();
            return List.of();
        }
        var granted = new ArrayList<AdmissionTicket>();
        while (!waiting.isEmpty() && fits(waiting.first().characters(), now)) {
            AdmissionTicket first = waiting.pollFirst();
            take(first.characters(), now);
            granted.add(first);
        }
        timer.remove();
        if (!closed && !waiting.isEmpty() && running < policy.maxConcurrent()) {
            long wait = nanosUntilRate(waiting.first().characters(), now);
            timer = time.schedule(Duration.ofNanos(wait), this::timeHasCome);
        }
        return granted;
    }

    private boolean fits(int chars, long now) {
        return running < policy.maxConcurrent() && nanosUntilRate(chars, now) == 0;
    }

    private long nanosUntilRate(int chars, long now) {
        long perRequest = Math.max(requests.nanosUntil(1, now), requestsOfDay.nanosUntil(1, now));
        return Math.max(perRequest, characters.nanosUntil(chars, now));
    }

    private void take(int chars, long now) {
        running++;
        requests.take(1, now);
        requestsOfDay.take(1, now);
        characters.take(chars, now);
    }

    @Override
    public String toString() {
        return "AdmissionQueue[" + running() + " running, " + waiting() + " waiting, for "
                + TimeUnit.NANOSECONDS.toMillis(handicap) * HANDICAPS_PER_WAIT + " ms at most]";
    }
}
