// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Health.Status;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.Voice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one backend after the other until one speaks. Who is ill is for the circuit breaker inside each to know, which refuses in no
 * time. What breakers do not count is remembered here: a backend that turns everybody away, for its key or its quota, is asked after all
 * others for a while.
 *
 * <p>A request's voice and model belong to the first backend; a fallback speaks with the options given beside it, or its own
 * voice for the request's language. A backend that by its capabilities cannot serve a request is passed over without being asked.
 *
 * <p>When all have failed, the failure has the category of the first one asked that said something itself: that is the one that the
 * application prefers, as a rule, and an open breaker or a limit of our own says less than a provider does. Each failure is suppressed in it,
 * in order. After {@code stream} has returned there is no way back: audio that breaks off then is the stream's failure.
 */
public final class FallbackLayer implements TtsBackend {
    private static final Logger LOG = LoggerFactory.getLogger(FallbackLayer.class);

    private final List<Target> targets;
    private final List<Candidate> candidates;
    private final FallbackPolicy policy;

    /**
     * One of the backends.
     *
     * @param backend with all its layers; its name differs from the others' as a rule
     * @param options how it speaks instead of how the request says; the first one, where the request says nothing
     */
    public record Target(TtsBackend backend, SpeechOptions options) {
        public Target {
            Objects.requireNonNull(backend, "backend");
            Objects.requireNonNull(options, "options");
        }

        String name() {
            return backend.capabilities().backend();
        }
    }

    /** A target and what is remembered of it; {@code first} is the one that requests are made for. */
    private record Candidate(Target target, boolean first, Refusals refusals) {
        Reason refusal() {
            return new Reason(target.name(), refusals.latest());
        }
    }

    /** Why somebody else is asked. */
    private record Reason(String backend, Category category) {
        static Reason of(TtsException failure) {
            return new Reason(failure.backend().orElse(""), failure.category());
        }
    }

    /** Asks {@code targets}, at least one, in this order, and closes them. */
    public FallbackLayer(List<Target> targets, FallbackPolicy policy) {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("targets: none, allowed at least 1");
        }
        this.targets = List.copyOf(targets);
        candidates = IntStream.range(0, targets.size())
                .mapToObj(i -> new Candidate(targets.get(i), i == 0, new Refusals()))
                .toList();
        this.policy = policy;
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        var failures = new ArrayList<TtsException>(0);
        List<Candidate> order = inOrder(synthesis.time());
        Reason reason = order.get(0).first() ? null : candidates.get(0).refusal(); // why the next one is asked
        for (Candidate candidate : order) {
            Target target = candidate.target();
            SpeechOptions options = synthesis.options();
            SpeechOptions own =
                    candidate.first() ? options.withDefaults(target.options()) : optionsFor(target, options);
            Synthesis asked = own == options ? synthesis : synthesis.withOptions(own);
            TtsException failure = unservable(target, asked);
            if (failure == null) {
                fellBack(synthesis, reason, target);
                try {
                    AudioSource source = target.backend().stream(asked);
                    candidate.refusals().spoke();
                    return source;
                } catch (TtsException e) {
                    failure = named(e, target);
                    candidate.refusals().failed(failure, synthesis.time());
                    reason = Reason.of(failure);
                }
                if (!FailureRules.otherBackendMayDoBetter(failure, policy)) {
                    throw FailureRules.withSuppressed(failure, failures);
                }
            } else if (targets.size() > 1) {
                synthesis.journal().warning("passed over " + target.name() + ": " + failure.category());
                reason = reason == null ? Reason.of(failure) : reason;
            }
            failures.add(failure);
            requireWanted(synthesis, failures);
        }
        throw allFailed(synthesis, failures);
    }

    /** As they were given, but those that turn everybody away last. */
    private List<Candidate> inOrder(TimeSource time) {
        var last = new ArrayList<Candidate>(0);
        for (Candidate candidate : candidates) {
            if (candidate.refusals().meetEverybody(time)) {
                last.add(candidate);
            }
        }
        if (last.isEmpty()) {
            return candidates;
        }
        var order = new ArrayList<>(candidates);
        order.removeAll(last);
        order.addAll(last);
        return order;
    }

    private static SpeechOptions optionsFor(Target target, SpeechOptions requested) {
        SpeechOptions.Builder options = target.options().withDefaults(requested.withoutVoice()).toBuilder();
        requested.format().ifPresent(options::format); // what is done with the audio does not depend on who speaks
        return options.build();
    }

    private static @Nullable TtsException unservable(Target target, Synthesis synthesis) {
        TtsCapabilities capabilities = target.backend().capabilities();
        Optional<AudioFormat> format = synthesis.options().format();
        if (format.isPresent() && !ConvertingLayer.canDeliver(capabilities, format.get())) {
            return unsupported(
                    synthesis,
                    target,
                    "format: " + format.get() + ", " + target.name() + " makes " + capabilities.formats());
        }
        Optional<String> language = synthesis.options().language();
        if (language.isPresent() && !capabilities.speaks(Locale.forLanguageTag(language.get()))) {
            return unsupported(
                    synthesis,
                    target,
                    "language: " + language.get() + ", " + target.name() + " speaks " + capabilities.languages());
        }
        return null;
    }

    private static TtsException unsupported(Synthesis synthesis, Target target, String message) {
        return synthesis
                .failure(Category.UNSUPPORTED, message)
                .origin(Origin.CLIENT)
                .backend(target.name())
                .build();
    }

    private static void fellBack(Synthesis synthesis, @Nullable Reason reason, Target to) {
        if (reason == null) {
            return;
        }
        LOG.atDebug()
                .addKeyValue("requestId", synthesis.requestId())
                .log("Falls back from {} to {}: {}", reason.backend(), to.name(), reason.category());
        synthesis.journal().fellBack(reason.backend(), to.name(), reason.category());
    }

    private static TtsException named(TtsException failure, Target target) {
        return failure.backend().isPresent()
                ? failure
                : failure.toBuilder().backend(target.name()).build();
    }

    /** Nobody is asked for a caller who has left or whose time is over. */
    private static void requireWanted(Synthesis synthesis, List<TtsException> failures) {
        try {
            synthesis.requireWanted();
        } catch (TtsException e) {
            throw FailureRules.withSuppressed(e, failures);
        }
    }

    private static TtsException allFailed(Synthesis synthesis, List<TtsException> failures) {
        if (failures.size() == 1) {
            return failures.get(0);
        }
        TtsException telling = mostTelling(failures);
        String each = failures.stream()
                .map(failure -> failure.backend().orElse("") + " " + failure.category())
                .collect(Collectors.joining(", "));
        TtsException.Builder all = synthesis
                .failure(telling.category(), "none of " + failures.size() + " backends could speak: " + each)
                .origin(telling.origin())
                .backend(telling.backend().orElse(""))
                .providerRequestId(telling.providerRequestId().orElse(null))
                .retryAfter(soonest(failures));
        telling.timeoutPhase().ifPresent(all::timeoutPhase);
        return FailureRules.withSuppressed(
                telling.retryable() ? all.build() : all.notRetryable().build(), failures);
    }

    private static TtsException mostTelling(List<TtsException> failures) {
        return failures.stream()
                .filter(failure -> failure.origin() != Origin.CLIENT)
                .findFirst()
                .or(() -> failures.stream()
                        .filter(failure -> !FailureRules.isOwnRefusal(failure))
                        .findFirst())
                .orElse(failures.get(0));
    }

    /** When the first of those that say so may be asked again. */
    private static @Nullable Duration soonest(List<TtsException> failures) {
        return failures.stream()
                .flatMap(failure -> failure.retryAfter().stream())
                .min(Duration::compareTo)
                .orElse(null);
    }

    /** Those of the first backend: the formats and limits that a request is made for. */
    @Override
    public TtsCapabilities capabilities() {
        return targets.get(0).backend().capabilities();
    }

    /** Those of the first backend: the only one whose voices a request can name. */
    @Override
    public List<Voice> voices() {
        return targets.get(0).backend().voices();
    }

    /** Asks each: that of the first if it would speak, degraded if only another one would. */
    @Override
    public Health health() {
        return overall(targets.stream().map(target -> target.backend().health()).toList());
    }

    /** What several backends, the preferred one first, are together. */
    public static Health overall(List<Health> healths) {
        Health first = healths.get(0);
        if (isSpeaking(first)) {
            return first;
        }
        return healths.stream()
                .filter(FallbackLayer::isSpeaking)
                .findFirst()
                .map(other -> first.toBuilder(
                                Status.DEGRADED,
                                other.backend().orElse("a fallback") + " speaks instead: " + first.detail())
                        .build())
                .orElse(first);
    }

    private static boolean isSpeaking(Health health) {
        return health.status() == Status.UP || health.status() == Status.DEGRADED;
    }

    /** Prepares each, and then fails if any could not be prepared. */
    @Override
    public void prewarm() {
        each(TtsBackend::prewarm);
    }

    /** Closes each, and then fails if any could not be closed. */
    @Override
    public void close() {
        each(TtsBackend::close);
    }

    private void each(Consumer<TtsBackend> action) {
        Throwable failure = null;
        for (Target target : targets) {
            try {
                action.accept(target.backend());
            } catch (RuntimeException | Error e) {
                if (failure == null) {
                    failure = e;
                } else if (!e.equals(failure)) { // nothing suppresses itself
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    @Override
    public String toString() {
        return "FallbackLayer" + targets.stream().map(Target::backend).toList();
    }
}
