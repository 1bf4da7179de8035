// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.AdmissionQueue.Entry;
import io.ttsclient.layer.AdmissionTicket.Decision;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a backend within its limits: who is too many waits, for a while, in the order of priorities, or is refused at once. A
 * request holds its place until its audio has ended, has failed or was closed. Of a text that is being written, what comes later is
 * counted as it comes, and holds up who comes after it.
 */
public final class AdmissionLayer extends DelegatingBackend {
    private final AdmissionPolicy policy;
    private final AdmissionQueue queue;
    private final SpeechListener listener;

    /** {@code listener} hears how many wait; it does not throw. */
    public AdmissionLayer(TtsBackend delegate, AdmissionPolicy policy, TimeSource time, SpeechListener listener) {
        super(delegate);
        this.policy = policy;
        this.listener = listener;
        queue = new AdmissionQueue(policy, time);
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        var counted = new AtomicInteger(synthesis.text().length());
        admit(synthesis, counted.get());
        Runnable count = () -> count(synthesis.text(), counted);
        Registration onGrowth = synthesis.text().isGrowing() ? synthesis.text().onGrowth(count) : () -> {};
        Runnable leave = () -> {
            onGrowth.remove();
            count.run();
            queue.leave();
        };
        try {
            return new AdmittedSource(super.stream(synthesis), leave);
        } catch (RuntimeException | Error e) {
            leave.run();
            throw e;
        }
    }

    private void count(TextSource text, AtomicInteger counted) {
        int now = text.length();
        int before = counted.getAndAccumulate(now, Math::max);
        if (now > before) {
            queue.count(now - before);
        }
    }

    private void admit(Synthesis synthesis, int characters) {
        Duration longest = synthesis
                .deadline()
                .remaining()
                .filter(left -> left.compareTo(policy.maxWait()) < 0)
                .orElse(policy.maxWait());
        Entry entry = queue.enter(synthesis.options().priority(), characters, longest);
        AdmissionTicket ticket = entry.ticket();
        Decision decision = ticket == null ? entry.decision() : queue(synthesis, ticket, longest);
        if (decision != Decision.GRANTED) {
            throw refusal(synthesis, decision, entry.retryAfter());
        }
    }

    private @Nullable Decision queue(Synthesis synthesis, AdmissionTicket ticket, Duration longest) {
        queueChanged();
        try {
            return await(synthesis, ticket, longest);
        } finally {
            queueChanged();
        }
    }

    private void queueChanged() {
        listener.queueChanged(new SpeechListener.QueueChanged(capabilities().backend(), queue.waiting()));
    }

    private @Nullable Decision await(Synthesis synthesis, AdmissionTicket ticket, Duration longest) {
        TimeSource time = synthesis.time();
        long start = time.nanoTime();
        try {
            Registration timer = time.schedule(longest, () -> queue.giveUp(ticket, Decision.EXPIRED));
            Registration onCancel = synthesis.onCancel(() -> queue.giveUp(ticket, Decision.CANCELLED));
            try {
                Decision decision = Pause.await(synthesis, ticket.decision());
                synthesis.attempt().queued(time.since(start));
                return decision;
            } finally {
                onCancel.remove();
                timer.remove();
            }
        } catch (RuntimeException | Error e) { // interrupted, or the clock is closed: it must not be granted to nobody
            queue.giveUp(ticket, Decision.CANCELLED);
            if (ticket.decision().join() == Decision.GRANTED) {
                queue.leave();
            }
            throw e;
        }
    }

    private TtsException refusal(Synthesis synthesis, @Nullable Decision decision, @Nullable Duration retryAfter) {
        if (decision == Decision.CANCELLED) {
            return synthesis.cancelled();
        }
        if (decision == Decision.CLOSED) {
            return synthesis
                    .failure(Category.CLOSED, "the backend is closed")
                    .origin(Origin.CLIENT)
                    .build();
        }
        if (decision == Decision.EXPIRED && synthesis.deadline().isExpired()) {
            return synthesis.describe(synthesis.deadline().failure()).build();
        }
        String why = decision == Decision.EXPIRED
                ? "no place became free within " + policy.maxWait()
                : decision == Decision.DISPLACED
                        ? "the queue is full, and a request of a higher priority came"
                        : "no place is free, and none would be in time";
        return synthesis
                .failure(Category.RATE_LIMIT, why + "; the limits are those of this client's " + policy)
                .origin(Origin.CLIENT)
                .retryAfter(retryAfter)
                .build();
    }

    /** Ends who waits; the rest is the delegate's. */
    @Override
    public void close() {
        queue.close();
        super.close();
    }

    private static final class AdmittedSource extends DelegatingSource {
        private final Runnable leave;

        AdmittedSource(AudioSource delegate, Runnable leave) {
            super(delegate);
            this.leave = leave;
        }

        @Override
        protected void onEnd() {
            leave.run();
        }
    }
}
