// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.layer.AdmissionQueue.Entry;
import io.ttsclient.layer.AdmissionTicket.Decision;
import io.ttsclient.speech.Priority;
import io.ttsclient.testkit.SeededRandom;
import io.ttsclient.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AdmissionQueueTest {
    private static final Duration MAX_WAIT = Duration.ofSeconds(40); // so that 10 s of waiting raise the priority

    private static final List<Priority> PRIORITIES = List.of(Priority.values());

    @RegisterExtension
    final SeededRandom random = new SeededRandom();

    private final VirtualTime time = new VirtualTime();
    private final List<String> granted = new ArrayList<>();

    private AdmissionQueue queue(int concurrent) {
        return new AdmissionQueue(
                AdmissionPolicy.unlimited().withMaxConcurrent(concurrent).withQueue(100, MAX_WAIT), time);
    }

    private Entry enter(AdmissionQueue queue, Priority priority, String name) {
        Entry entry = queue.enter(priority, 1, MAX_WAIT);
        AdmissionTicket ticket = entry.ticket();
        if (ticket != null) {
            var unused = ticket.decision().thenAccept(decision -> {
                if (decision == Decision.GRANTED) {
                    granted.add(name);
                }
            });
        }
        return entry;
    }

    private static AdmissionTicket waiting(Entry entry) {
        return Objects.requireNonNull(entry.ticket(), "it does not wait");
    }

    private void leaveAll(AdmissionQueue queue) {
        while (queue.running() > 0) {
            queue.leave();
        }
    }

    @Test
    void enter_samePriority_isFirstComeFirstServed() {
        AdmissionQueue queue = queue(1);
        enter(queue, Priority.LIVE, "running");
        for (String name : List.of("a", "b", "c")) {
            enter(queue, Priority.LIVE, name);
        }

        leaveAll(queue);

        assertThat(granted).containsExactly("a", "b", "c");
    }

    @Test
    void enter_priorities_goInTheirOrder() {
        AdmissionQueue queue = queue(1);
        enter(queue, Priority.LIVE, "running");
        enter(queue, Priority.BATCH, "batch");
        enter(queue, Priority.PREFETCH, "prefetch");
        enter(queue, Priority.LIVE, "live");

        leaveAll(queue);

        assertThat(granted).containsExactly("live", "prefetch", "batch");
    }

    @Test
    void enter_waitedForAQuarter_goesBeforeLaterOnesOfTheNextPriority() {
        AdmissionQueue queue = queue(1);
        enter(queue, Priority.LIVE, "running");
        enter(queue, Priority.BATCH, "batch");
        time.advance(Duration.ofSeconds(10).plusNanos(1));
        enter(queue, Priority.PREFETCH, "later prefetch");
        enter(queue, Priority.LIVE, "later live");
        time.advance(Duration.ofSeconds(10));
        enter(queue, Priority.LIVE, "latest live");

        leaveAll(queue);

        assertThat(granted).containsExactly("later live", "batch", "later prefetch", "latest live");
    }

    @Test
    void enter_steadyStreamOfLiveOnes_doesNotStarveABatchOne() {
        AdmissionQueue queue = queue(1);
        enter(queue, Priority.LIVE, "running");
        enter(queue, Priority.BATCH, "batch");
        int rounds = 0;
        while (!granted.contains("batch")) {
            enter(queue, Priority.LIVE, "live " + rounds);
            time.advance(Duration.ofSeconds(1));
            queue.leave();
            assertThat(++rounds).isLessThan(40);
        }

        assertThat(rounds).isGreaterThan(10);
    }

    @Test
    void enter_smallOneBehindABigOne_doesNotSlipPast() {
        var queue = new AdmissionQueue(
                AdmissionPolicy.unlimited().withCharactersPerMinute(100).withQueue(10, Duration.ofMinutes(2)), time);
        assertThat(queue.enter(Priority.LIVE, 60, Duration.ofMinutes(2)).decision())
                .isEqualTo(Decision.GRANTED);
        AdmissionTicket big = waiting(queue.enter(Priority.LIVE, 80, Duration.ofMinutes(2)));
        AdmissionTicket small = waiting(queue.enter(Priority.LIVE, 10, Duration.ofMinutes(2)));

        assertThat(big.decision()).isNotDone();
        assertThat(small.decision()).isNotDone();
        time.advance(Duration.ofMinutes(1));

        assertThat(big.decision()).isCompletedWithValue(Decision.GRANTED);
        assertThat(small.decision()).isCompletedWithValue(Decision.GRANTED);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void giveUp_bigOneAtTheHead_letsTheSmallOneBehindItIn() {
        var queue = new AdmissionQueue(
                AdmissionPolicy.unlimited().withCharactersPerMinute(100).withQueue(10, Duration.ofMinutes(2)), time);
        queue.enter(Priority.LIVE, 60, Duration.ofMinutes(2));
        AdmissionTicket big = waiting(queue.enter(Priority.LIVE, 80, Duration.ofMinutes(2)));
        AdmissionTicket small = waiting(queue.enter(Priority.LIVE, 10, Duration.ofMinutes(2)));

        queue.giveUp(big, Decision.CANCELLED);
        queue.giveUp(big, Decision.EXPIRED);

        assertThat(big.decision()).isCompletedWithValue(Decision.CANCELLED);
        assertThat(small.decision()).isCompletedWithValue(Decision.GRANTED);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void enter_liveOneFitsWhereTheBatchOneAtTheHeadDoesNot_isGrantedAtOnce() {
        var queue = new AdmissionQueue(
                AdmissionPolicy.unlimited().withCharactersPerMinute(100).withQueue(10, Duration.ofMinutes(2)), time);
        queue.enter(Priority.LIVE, 60, Duration.ofMinutes(2));
        AdmissionTicket batch = waiting(queue.enter(Priority.BATCH, 80, Duration.ofMinutes(2)));

        AdmissionTicket live = waiting(queue.enter(Priority.LIVE, 10, Duration.ofMinutes(2)));

        assertThat(live.decision()).isCompletedWithValue(Decision.GRANTED);
        assertThat(batch.decision()).isNotDone();
        queue.close();
        assertThat(batch.decision()).isCompletedWithValue(Decision.CLOSED);
        assertThat(queue.enter(Priority.LIVE, 1, MAX_WAIT).decision()).isEqualTo(Decision.CLOSED);
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void giveUp_granted_staysGranted() {
        AdmissionQueue queue = queue(1);
        enter(queue, Priority.LIVE, "running");
        AdmissionTicket next = waiting(enter(queue, Priority.LIVE, "next"));
        queue.leave();

        queue.giveUp(next, Decision.CANCELLED);

        assertThat(next.decision()).isCompletedWithValue(Decision.GRANTED);
        assertThat(queue).hasToString("AdmissionQueue[1 running, 0 waiting, for 40000 ms at most]");
    }

    private static void add(Map<Priority, List<AdmissionTicket>> lists, Priority priority, AdmissionTicket ticket) {
        lists.computeIfAbsent(priority, any -> new ArrayList<>()).add(ticket);
    }

    /** A plain model beside it: whatever happens, limits hold, nobody is forgotten, and no two of one priority change places. */
    @RepeatedTest(10)
    void queue_randomLoad_keepsItsPromises() {
        int concurrent = 1 + random.nextInt(4);
        int perMinute = 5 + random.nextInt(40);
        var queue = new AdmissionQueue(
                AdmissionPolicy.unlimited()
                        .withMaxConcurrent(concurrent)
                        .withRequestsPerMinute(perMinute)
                        .withQueue(5 + random.nextInt(20), MAX_WAIT),
                time);
        List<AdmissionTicket> open = new ArrayList<>();
        Map<Priority, List<AdmissionTicket>> grantedByPriority = new EnumMap<>(Priority.class);
        Map<Priority, List<AdmissionTicket>> enteredByPriority = new EnumMap<>(Priority.class);
        List<Long> starts = new ArrayList<>();
        int running = 0;
        for (int step = 0; step < 2_000; step++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    Priority priority = PRIORITIES.get(random.nextInt(3));
                    Entry entry = queue.enter(priority, 1, MAX_WAIT);
                    if (entry.decision() == Decision.GRANTED) {
                        starts.add(time.elapsed().toNanos());
                    }
                    AdmissionTicket ticket = entry.ticket();
                    if (ticket != null) {
                        open.add(ticket);
                        add(enteredByPriority, priority, ticket);
                        var unused = ticket.decision().thenAccept(decision -> {
                            if (decision == Decision.GRANTED) {
                                starts.add(time.elapsed().toNanos());
                                add(grantedByPriority, priority, ticket);
                            }
                        });
                    }
                }
                case 2 -> {
                    if (queue.running() > 0) {
                        queue.leave();
                    } else if (!open.isEmpty()) {
                        queue.giveUp(open.get(random.nextInt(open.size())), Decision.CANCELLED);
                    }
                }
                default -> time.advance(Duration.ofMillis(random.nextInt(2_000)));
            }
            running = queue.running();
            assertThat(running).isBetween(0, concurrent);
        }
        while (queue.waiting() > 0) {
            leaveAll(queue);
            time.advance(Duration.ofSeconds(1));
        }
        leaveAll(queue);

        assertThat(open).allMatch(ticket -> ticket.decision().isDone());
        assertThat(time.scheduled()).isZero();
        for (Priority priority : PRIORITIES) {
            List<AdmissionTicket> grantedHere = grantedByPriority.getOrDefault(priority, List.of());
            assertThat(grantedHere)
                    .containsExactlyElementsOf(enteredByPriority.getOrDefault(priority, List.of()).stream()
                            .filter(grantedHere::contains)
                            .toList());
        }
        for (int i = perMinute; i < starts.size(); i++) {
            assertThat(starts.get(i) - starts.get(i - perMinute))
                    .as("start %d", i)
                    .isGreaterThanOrEqualTo(Duration.ofMinutes(1).toNanos());
        }
    }
}
