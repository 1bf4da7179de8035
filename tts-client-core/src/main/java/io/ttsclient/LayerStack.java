// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Faults;
import io.ttsclient.layer.AdmissionLayer;
import io.ttsclient.layer.AdmissionPolicy;
import io.ttsclient.layer.AttemptLayer;
import io.ttsclient.layer.AttemptTimeoutLayer;
import io.ttsclient.layer.AttemptTimeouts;
import io.ttsclient.layer.AudioCache;
import io.ttsclient.layer.BreakerPolicy;
import io.ttsclient.layer.BufferingLayer;
import io.ttsclient.layer.CacheLayer;
import io.ttsclient.layer.CircuitBreakerLayer;
import io.ttsclient.layer.ConvertingLayer;
import io.ttsclient.layer.DeadlineLayer;
import io.ttsclient.layer.FallbackLayer;
import io.ttsclient.layer.FallbackLayer.Target;
import io.ttsclient.layer.FallbackPolicy;
import io.ttsclient.layer.GainLayer;
import io.ttsclient.layer.ObservationLayer;
import io.ttsclient.layer.RetryLayer;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.layer.SegmentingLayer;
import io.ttsclient.layer.SegmentingPolicy;
import io.ttsclient.layer.TextPreparationLayer;
import io.ttsclient.layer.TrimmingLayer;
import io.ttsclient.speech.SpeechListener;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the layers of a client are told, as its builder sets it, and the one place that says in which order they stand. Not thread-safe. */
final class LayerStack {
    private static final long MAX_WHOLE_AUDIO = 256L * 1024 * 1024;

    final Map<String, AdmissionPolicy> admissionByName = new LinkedHashMap<>();
    final Map<String, AttemptTimeouts> attemptTimeoutsByName = new LinkedHashMap<>();

    @Nullable
    AdmissionPolicy admission;

    @Nullable
    AttemptTimeouts attemptTimeouts;

    FallbackPolicy fallback = FallbackPolicy.defaults();
    RetryPolicy retry = RetryPolicy.defaults();
    BreakerPolicy circuitBreaker = BreakerPolicy.defaults();
    SegmentingPolicy segmenting = SegmentingPolicy.defaults();
    RandomGenerator random = new Random();
    long maxWholeAudioBytes = MAX_WHOLE_AUDIO;

    /** Adds what is said about backends that there are not. */
    void checkNames(List<Speaker> speakers, Faults faults) {
        List<String> names = speakers.stream().map(Speaker::name).toList();
        requireKnown("admission", admissionByName.keySet(), names, faults);
        requireKnown("attemptTimeouts", attemptTimeoutsByName.keySet(), names, faults);
    }

    /** Adds what is out of its range. */
    void check(Faults faults) {
        if (maxWholeAudioBytes < 1) {
            faults.add("maxWholeAudioBytes", maxWholeAudioBytes + ", allowed at least 1");
        }
    }

    private static void requireKnown(
            String setting, Collection<String> named, Collection<String> names, Faults faults) {
        List<String> unknown = named.stream()
                .filter(name -> !names.contains(name))
                .map(name -> "'" + name + "'")
                .toList();
        if (!unknown.isEmpty()) {
            faults.add(setting, "for " + String.join(", ", unknown) + ", and the backends are " + names);
        }
    }

    /** All layers, over all speakers. Each line wraps what the lines above it have made. */
    TtsBackend over(
            List<Speaker> speakers, ClientResources resources, SpeechListener listener, @Nullable AudioCache cache) {
        List<Target> targets = speakers.stream()
                .map(speaker -> new Target(over(speaker, resources, listener, cache), speaker.options()))
                .toList();
        TtsBackend layers = new FallbackLayer(targets, fallback);
        layers = new DeadlineLayer(layers);
        layers = new TextPreparationLayer(layers);
        layers = new ObservationLayer(layers);
        return resources.tracing().ofRequests(layers);
    }

    private TtsBackend over(
            Speaker speaker, ClientResources resources, SpeechListener listener, @Nullable AudioCache cache) {
        // One attempt.
        TtsBackend layers = new AttemptTimeoutLayer(speaker.backend(), attemptTimeoutsOf(speaker));
        layers = new BufferingLayer(layers, maxWholeAudioBytes);
        layers = new AdmissionLayer(layers, admissionOf(speaker), resources.time(), listener);
        layers = new CircuitBreakerLayer(layers, circuitBreaker, resources.time(), listener, speaker.passiveHealth());
        layers = new AttemptLayer(layers);
        layers = resources.tracing().ofAttempts(layers);
        // One piece of text.
        layers = new RetryLayer(layers, retry, random);
        if (cache != null) {
            layers = new CacheLayer(layers, cache, resources.executor());
        }
        // All of the text.
        layers = new SegmentingLayer(layers, segmenting, resources.executor());
        if (speaker.gain() != null) {
            layers = new GainLayer(layers, speaker.gain());
        }
        layers = new TrimmingLayer(layers);
        layers = new ConvertingLayer(layers);
        return new BufferingLayer(layers, maxWholeAudioBytes);
    }

    private AdmissionPolicy admissionOf(Speaker speaker) {
        AdmissionPolicy own = admissionByName.get(speaker.name());
        AdmissionPolicy set = own != null ? own : speaker.admission() != null ? speaker.admission() : admission;
        if (set != null) {
            return set;
        }
        OptionalInt streams = speaker.backend().capabilities().concurrentStreams();
        AdmissionPolicy unlimited = AdmissionPolicy.unlimited();
        return streams.isEmpty()
                ? unlimited
                : unlimited
                        .withMaxConcurrent(streams.getAsInt())
                        .withQueue(
                                unlimited.maxQueued(),
                                attemptTimeoutsOf(speaker).firstAudio());
    }

    private AttemptTimeouts attemptTimeoutsOf(Speaker speaker) {
        AttemptTimeouts own = attemptTimeoutsByName.get(speaker.name());
        AttemptTimeouts set = own != null ? own : speaker.timeouts() != null ? speaker.timeouts() : attemptTimeouts;
        if (set != null) {
            return set;
        }
        TtsCapabilities capabilities = speaker.backend().capabilities();
        AttemptTimeouts defaults = AttemptTimeouts.defaults();
        return new AttemptTimeouts(
                capabilities.firstAudioPatience().orElse(defaults.firstAudio()),
                capabilities.stallPatience().orElse(defaults.stall()));
    }
}
