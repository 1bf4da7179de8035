// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Gain;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.error.Faults;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.AdmissionPolicy;
import io.ttsclient.layer.AttemptTimeouts;
import io.ttsclient.layer.AudioCache;
import io.ttsclient.layer.BreakerPolicy;
import io.ttsclient.layer.CachePolicy;
import io.ttsclient.layer.ConvertingLayer;
import io.ttsclient.layer.FallbackPolicy;
import io.ttsclient.layer.KnownModels;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.layer.SegmentingPolicy;
import io.ttsclient.layer.Tracing;
import io.ttsclient.speech.SpeechListener;
import io.ttsclient.speech.SpeechOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link TtsClient} together. {@link #build} says all that is wrong at once. Not thread-safe.
 *
 * {@snippet class="io.ttsclient.Snippets" region="builder"}
 */
public final class TtsClientBuilder {
    private final LayerStack layers = new LayerStack();
    private @Nullable Supplier<Speaker> backend;
    private final List<Supplier<Speaker>> fallbacks = new ArrayList<>();
    private final List<SpeechListener> listeners = new ArrayList<>();
    private SpeechOptions defaults = SpeechOptions.none();
    private @Nullable CachePolicy cache;
    private @Nullable CacheConfig cacheConfig;
    private @Nullable TtsClientConfig config;
    private @Nullable MeterRegistry meterRegistry;
    private Set<String> meteredModels = Set.of();
    private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;
    private @Nullable ExecutorService executor;
    private @Nullable TimeSource time;

    TtsClientBuilder() {}

    /**
     * All that {@code value} says. The limits are set here, so that what is set afterwards counts more; the backends are made by
     * {@link #build}, belong to the client, and allow no others beside them.
     */
    public TtsClientBuilder config(TtsClientConfig value) {
        config = value;
        value.applyTo(this);
        return this;
    }

    /** Who speaks. The client takes it over and closes it. */
    public TtsClientBuilder backend(TtsBackend value) {
        backend = () -> new Speaker(value, SpeechOptions.none(), null);
        return this;
    }

    /**
     * Who speaks, louder or softer than it does, so that the change to a fallback is no jump in level. The client closes it.
     *
     * @param decibels -40 to 40; not applied where the backend makes compressed audio
     */
    public TtsClientBuilder backend(TtsBackend value, double decibels) {
        backend = () -> new Speaker(value, SpeechOptions.none(), Gain.ofDecibels(decibels));
        return this;
    }

    /** Who speaks when those before cannot, with its own voice for the request's language. The client closes it. */
    public TtsClientBuilder fallback(TtsBackend value) {
        return fallback(value, SpeechOptions.none());
    }

    /**
     * Who speaks when those before cannot. The client closes it.
     *
     * @param options how it speaks; they count more than the request's, but for the format, and the request's voice and model do
     *     not count at all
     */
    public TtsClientBuilder fallback(TtsBackend value, SpeechOptions options) {
        fallbacks.add(() -> new Speaker(value, options, null));
        return this;
    }

    /**
     * Who speaks when those before cannot, louder or softer than it does, so that the change is no jump in level.
     *
     * @param decibels -40 to 40; not applied where the backend makes compressed audio
     */
    public TtsClientBuilder fallback(TtsBackend value, SpeechOptions options, double decibels) {
        fallbacks.add(() -> new Speaker(value, options, Gain.ofDecibels(decibels)));
        return this;
    }

    /** When a fallback is asked, beyond what the category of a failure says. */
    public TtsClientBuilder fallbackPolicy(FallbackPolicy value) {
        layers.fallback = value;
        return this;
    }

    /** How often the same backend is asked again; {@link RetryPolicy#defaults()} unless set. */
    public TtsClientBuilder retry(RetryPolicy value) {
        layers.retry = value;
        return this;
    }

    /** When a backend that fails is left alone; {@link BreakerPolicy#defaults()} unless set. Each has its own breaker. */
    public TtsClientBuilder circuitBreaker(BreakerPolicy value) {
        layers.circuitBreaker = value;
        return this;
    }

    /**
     * How much each backend is asked at once and in a minute, each by itself. Unless set, without limits but for what a backend says
     * that it does well at once ({@link TtsCapabilities#concurrentStreams()}), for which requests then wait as long as for audio.
     */
    public TtsClientBuilder admission(AdmissionPolicy value) {
        layers.admission = value;
        return this;
    }

    /** The same for the backend of that name only. */
    public TtsClientBuilder admission(String backendName, AdmissionPolicy value) {
        layers.admissionByName.put(backendName, value);
        return this;
    }

    /**
     * How long one attempt may keep its caller waiting. Unless set, what a backend says that it may need, otherwise
     * {@link AttemptTimeouts#defaults()}.
     */
    public TtsClientBuilder attemptTimeouts(AttemptTimeouts value) {
        layers.attemptTimeouts = value;
        return this;
    }

    /** The same for the backend of that name only. */
    public TtsClientBuilder attemptTimeouts(String backendName, AttemptTimeouts value) {
        layers.attemptTimeoutsByName.put(backendName, value);
        return this;
    }

    /** Hears what happens; may be called for several. */
    public TtsClientBuilder listener(SpeechListener value) {
        listeners.add(value);
        return this;
    }

    /**
     * Counts and times what happens, in the meters that docs/operations.md describes. The registry is not closed by the client.
     *
     * @param models which ones a tag names besides those of the defaults, the fallbacks and the backends themselves; any other is
     *     {@code other}, so that there are never more meters than these lead to
     */
    public TtsClientBuilder meterRegistry(MeterRegistry value, String... models) {
        meterRegistry = value;
        meteredModels = Set.copyOf(List.of(models));
        return this;
    }

    /**
     * Makes a span of each request, and of each attempt below it; docs/operations.md says what is in them. They are children of what the
     * caller observes when it asks, and become spans with Micrometer Tracing's handlers, or whatever others make of them. The registry is
     * for spans only: what is to be counted is counted with {@link #meterRegistry}.
     */
    public TtsClientBuilder observationRegistry(ObservationRegistry value) {
        observationRegistry = value;
        return this;
    }

    /** Spreads the waits before retries; must be thread-safe, as {@link Random} is. For tests. */
    public TtsClientBuilder random(RandomGenerator value) {
        layers.random = value;
        return this;
    }

    /** The options of every request that does not set them itself. */
    public TtsClientBuilder defaults(SpeechOptions value) {
        defaults = value;
        return this;
    }

    /** How long texts are spoken piece by piece. */
    public TtsClientBuilder segmenting(SegmentingPolicy value) {
        layers.segmenting = value;
        return this;
    }

    /**
     * Keeps the audio, so that what was spoken before is not made again, and lets equal requests that come at the same time share one
     * call: those of one {@linkplain io.ttsclient.speech.SpeechOptions.Builder#priority priority}, since a higher one does not wait where
     * a lower one does, and streams apart from whole audio, which is tried again where a stream cannot be. Nothing is kept or shared unless set, nor for requests that are not
     * {@linkplain io.ttsclient.speech.SpeechOptions.Builder#cacheable cacheable}.
     */
    public TtsClientBuilder cache(CachePolicy value) {
        cache = value;
        cacheConfig = null;
        return this;
    }

    /** The same, with what the configuration says. */
    void cacheConfig(CacheConfig value) {
        cacheConfig = value;
    }

    /** The most audio that {@link TtsClient#synthesize} keeps in memory, in bytes, at least 1; 256 MiB unless set. */
    public TtsClientBuilder maxWholeAudioBytes(long value) {
        layers.maxWholeAudioBytes = value;
        return this;
    }

    /**
     * Runs the async views, the pieces made ahead and the recordings of a cache. Where it has no thread free, an async request waits
     * for one, a piece is made when its turn comes, and requests that could share a recording make their own calls. It is not shut down by the client. Without one the client has its own: virtual threads where the
     * JDK has them, daemon threads otherwise.
     */
    public TtsClientBuilder executor(ExecutorService value) {
        executor = value;
        return this;
    }

    /** The clock; it is not closed by the client. Without one the client has its own, the real one. */
    public TtsClientBuilder timeSource(TimeSource value) {
        time = value;
        return this;
    }

    /**
     * The client.
     *
     * @throws TtsException with all that is wrong: no backend was given, or limits for one that there is not, or a backend cannot give
     *     the default format, or what was set is out of its range, or a backend or the cache of a configuration cannot be made
     */
    public TtsClient build() {
        return build(null);
    }

    /** The client, with {@code former} for its cache if that keeps the same. */
    LayeredTtsClient build(@Nullable AudioCache former) {
        var faults = new Faults();
        if (backend == null && config == null) {
            faults.add("backend", "not set, a client needs one");
        }
        if (config != null && (backend != null || !fallbacks.isEmpty())) {
            faults.add("backend", "set beside a configuration, allowed one or the other");
        }
        var made = new ArrayList<Speaker>();
        try {
            if (config != null && faults.isEmpty()) {
                config.open(made, faults);
            }
            return build(made.isEmpty() ? given(faults) : made, faults, former);
        } catch (RuntimeException | Error e) {
            made.forEach(speaker -> speaker.backend().close());
            throw e;
        }
    }

    private List<Speaker> given(Faults faults) {
        var speakers = new ArrayList<Speaker>();
        Stream.concat(Stream.ofNullable(backend), fallbacks.stream())
                .forEach(speaker -> faults.check(() -> speakers.add(speaker.get())));
        return speakers;
    }

    private LayeredTtsClient build(List<Speaker> speakers, Faults faults, @Nullable AudioCache former) {
        boolean isComplete = config == null || faults.isEmpty();
        faults.check(() -> requireDeliverable(speakers));
        if (isComplete) { // otherwise limits may be for a backend that is wanted and could not be made
            layers.checkNames(speakers, faults);
        }
        layers.check(faults);
        CachePolicy policy = cachePolicy(faults);
        faults.throwIfAny();
        KnownModels models = knownModels(speakers);
        ClientMetrics metrics =
                meterRegistry == null ? null : new ClientMetrics(meterRegistry, names(speakers), models);
        var resources = new ClientResources(executor, time, new Tracing(observationRegistry, models), metrics);
        SpeechListener listener = GuardedListeners.of(allListeners(metrics));
        AudioCache audioCache = policy == null ? null : audioCache(policy, former, resources);
        return new LayeredTtsClient(
                layers.over(speakers, resources, listener, audioCache),
                speakers,
                defaults,
                resources,
                listener,
                audioCache);
    }

    private @Nullable CachePolicy cachePolicy(Faults faults) {
        CacheConfig configured = cacheConfig;
        if (configured == null) {
            return cache;
        }
        var opened = new ArrayList<CachePolicy>(1);
        faults.check(() -> opened.add(configured.open()));
        return opened.isEmpty() ? null : opened.get(0);
    }

    private static AudioCache audioCache(CachePolicy policy, @Nullable AudioCache former, ClientResources resources) {
        return former != null && former.policy().equals(policy) ? former : new AudioCache(policy, resources.time());
    }

    private static Set<String> names(List<Speaker> speakers) {
        return speakers.stream().map(Speaker::name).collect(Collectors.toUnmodifiableSet());
    }

    private KnownModels knownModels(List<Speaker> speakers) {
        var models = new HashSet<>(meteredModels);
        defaults.model().ifPresent(models::add);
        for (Speaker speaker : speakers) {
            speaker.options().model().ifPresent(models::add);
            models.addAll(speaker.backend().capabilities().models());
        }
        return new KnownModels(models);
    }

    private List<SpeechListener> allListeners(@Nullable ClientMetrics metrics) {
        var all = new ArrayList<>(listeners);
        if (metrics != null) {
            all.add(metrics);
        }
        return all;
    }

    private void requireDeliverable(List<Speaker> speakers) {
        AudioFormat format = defaults.format().orElse(null);
        if (format == null) {
            return;
        }
        List<String> others = speakers.stream()
                .map(speaker -> speaker.backend().capabilities())
                .filter(capabilities -> !ConvertingLayer.canDeliver(capabilities, format))
                .map(capabilities -> capabilities.backend() + " makes " + capabilities.formats())
                .toList();
        if (!others.isEmpty()) {
            throw TtsException.builder(
                            Category.UNSUPPORTED,
                            "format: " + format + ", and " + String.join(", ", others)
                                    + ", from which it cannot be converted")
                    .origin(Origin.CLIENT)
                    .build();
        }
    }
}
