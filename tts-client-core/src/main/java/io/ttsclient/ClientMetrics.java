// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.layer.KnownModels;
import io.ttsclient.speech.AttemptReport;
import io.ttsclient.speech.SpeechListener;
import io.ttsclient.speech.SpeechReport;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Counts and times what happens, in the meters that docs/operations.md lists. A meter is looked up in the registry once for each
 * combination of tags, of which there are few: backends and models are those of the configuration.
 */
final class ClientMetrics implements SpeechListener {
    static final String PREFIX = "tts.client.";
    private static final String NONE = "none";
    private static final double NANOS_PER_SECOND = 1e9;

    private final MeterRegistry registry;
    private final KnownModels models;
    private final ConcurrentMap<Key, Meter> meters = new ConcurrentHashMap<>();
    private final ClientGauges gauges;
    private final Set<String> backends;
    private final AtomicBoolean showsBackends = new AtomicBoolean(true);

    /** A meter's name and the values of its tags; {@code ""} for a tag that it has not. */
    private record Key(String name, String backend, String model, String outcome, String category) {
        Tags tags() {
            Tags tags = Tags.empty();
            tags = backend.isEmpty() ? tags : tags.and("backend", backend);
            tags = model.isEmpty() ? tags : tags.and("model", model);
            tags = outcome.isEmpty() ? tags : tags.and("outcome", outcome);
            return category.isEmpty() ? tags : tags.and("category", category);
        }
    }

    ClientMetrics(MeterRegistry registry, Set<String> backends, KnownModels models) {
        this.registry = registry;
        this.models = models;
        this.backends = Set.copyOf(backends);
        gauges = ClientGauges.of(registry);
        this.backends.forEach(backend -> gauges.register(registry, backend));
    }

    /** Another client has taken over, or none: how these breakers and queues are does not matter any more. */
    void retire() {
        if (showsBackends.getAndSet(false)) {
            backends.forEach(gauges::unregister);
        }
    }

    @Override
    public void started(Started event) {
        gauges.active().incrementAndGet();
    }

    @Override
    public void attemptFailed(AttemptFailed event) {
        boolean ours = event.origin() == Origin.CLIENT
                && (event.category() == Category.RATE_LIMIT || event.category() == Category.CIRCUIT_OPEN);
        if (ours) {
            counter(new Key("rejections", event.backend(), "", "", lower(event.category())), "")
                    .increment();
        }
    }

    @Override
    public void attemptEnded(AttemptEnded event) {
        AttemptReport attempt = event.report();
        String model = models.tag(attempt.model());
        Outcome outcome = attempt.outcome().orElse(Outcome.CANCELLED);
        Optional<Category> failure = outcome == Outcome.FAILED ? attempt.failure() : Optional.empty();
        counter(new Key("attempts", attempt.backend(), model, lower(outcome), category(failure)), "")
                .increment();
        counter(new Key("characters", attempt.backend(), model, lower(outcome), ""), "characters")
                .increment(attempt.charactersSent());
    }

    @Override
    public void retryScheduled(RetryScheduled event) {
        counter(new Key("retries", event.backend(), "", "", lower(event.cause())), "")
                .increment();
    }

    @Override
    public void fellBack(FellBack event) {
        counter(new Key("fallbacks", event.to(), "", "", lower(event.cause())), "")
                .increment();
    }

    @Override
    public void cacheAnswered(CacheAnswered event) {
        counter(new Key("cache", event.backend(), "", lower(event.result()), ""), "")
                .increment();
    }

    @Override
    public void breakerChanged(BreakerChanged event) {
        int value = switch (event.to()) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
        if (showsBackends.get()) {
            gauges.breaker(event.backend(), value);
        }
    }

    @Override
    public void queueChanged(QueueChanged event) {
        if (showsBackends.get()) {
            gauges.queue(event.backend(), event.waiting());
        }
    }

    @Override
    public void ended(Ended event) {
        gauges.active().decrementAndGet();
        SpeechReport report = event.report();
        String backend = report.backend().orElse(NONE);
        String model = models.tag(report.model());
        report.total()
                .ifPresent(total -> timer(
                                new Key("requests", backend, model, lower(event.outcome()), category(event.failure())))
                        .record(total));
        if (!event.whole()) {
            report.timeToFirstAudio()
                    .ifPresent(wait -> timer(new Key("first.audio", backend, model, "", ""))
                            .record(wait));
        }
        report.realTimeFactor()
                .ifPresent(factor -> summary(new Key("real.time.factor", backend, model, "", ""))
                        .record(factor));
        counter(new Key("audio", backend, model, "", ""), "seconds").increment(seconds(report.audioDuration()));
        counter(new Key("audio.delivered", backend, model, "", ""), "bytes").increment((double) report.audioBytes());
        report.attempts().forEach(this::wasted);
    }

    private void wasted(AttemptReport attempt) {
        Duration wasted = attempt.audioDuration().minus(attempt.audioDelivered());
        counter(new Key("audio.wasted", attempt.backend(), "", "", ""), "seconds")
                .increment(seconds(wasted));
    }

    private Counter counter(Key key, String unit) {
        return meter(
                Counter.class,
                key,
                name -> Counter.builder(name)
                        .tags(key.tags())
                        .baseUnit(unit.isEmpty() ? null : unit)
                        .register(registry));
    }

    private Timer timer(Key key) {
        return meter(
                Timer.class,
                key,
                name -> Timer.builder(name)
                        .tags(key.tags())
                        .publishPercentileHistogram()
                        .minimumExpectedValue(Duration.ofMillis(1))
                        .maximumExpectedValue(Duration.ofMinutes(1))
                        .register(registry));
    }

    private DistributionSummary summary(Key key) {
        return meter(
                DistributionSummary.class,
                key,
                name -> DistributionSummary.builder(name).tags(key.tags()).register(registry));
    }

    private <M extends Meter> M meter(Class<M> type, Key key, Function<String, M> register) {
        Meter meter = meters.get(key);
        if (meter == null) {
            meter = meters.computeIfAbsent(key, missing -> register.apply(PREFIX + missing.name()));
        }
        return type.cast(meter);
    }

    private static String category(Optional<Category> failure) {
        return failure.map(ClientMetrics::lower).orElse(NONE);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }
}
