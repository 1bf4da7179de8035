// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TimeSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.AudioCache;
import io.ttsclient.layer.FallbackLayer;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechListener;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.speech.Voice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client over a stack of layers: turns calls into syntheses, and keeps hold of those that run. */
final class LayeredTtsClient implements TtsClient {
    private static final Logger LOG = LoggerFactory.getLogger(LayeredTtsClient.class);

    private final TtsBackend layers;
    private final List<Speaker> speakers;
    private final SpeechOptions defaults;
    private final ClientResources resources;
    private final Requests requests;
    private final @Nullable AudioCache cache;

    LayeredTtsClient(
            TtsBackend layers,
            List<Speaker> speakers,
            SpeechOptions defaults,
            ClientResources resources,
            SpeechListener listener,
            @Nullable AudioCache cache) {
        this.layers = layers;
        this.speakers = List.copyOf(speakers);
        this.defaults = defaults;
        this.resources = resources;
        requests = new Requests(layers, resources.time(), listener, resources.tracing());
        this.cache = cache;
    }

    @Override
    public AudioStream stream(SpeechRequest request) {
        return stream(synthesis(request, false));
    }

    @Override
    public Speech synthesize(SpeechRequest request) {
        return synthesize(synthesis(request, true));
    }

    @Override
    public CompletableFuture<AudioStream> streamAsync(SpeechRequest request) {
        return async(request, false, this::stream, AudioStream::close);
    }

    @Override
    public CompletableFuture<Speech> synthesizeAsync(SpeechRequest request) {
        return async(request, true, this::synthesize, speech -> {});
    }

    @Override
    public SpeechSession open(SpeechOptions options) {
        return LiveSession.open(requests, options.withDefaults(defaults), capabilities(), resources);
    }

    private Synthesis synthesis(SpeechRequest request, boolean whole) {
        return requests.take(
                TextSource.of(request.text()),
                request.options().withDefaults(defaults),
                request.requestId().orElseGet(Requests::newId),
                whole);
    }

    private AudioStream stream(Synthesis synthesis) {
        return AudioStream.of(
                requests.open(synthesis),
                resources.executor(),
                () -> synthesis.journal().report());
    }

    private Speech synthesize(Synthesis synthesis) {
        try (AudioSource source = requests.open(synthesis)) {
            List<AudioChunk> chunks = new ArrayList<>();
            for (AudioChunk chunk = source.read(); chunk != null; chunk = source.read()) {
                chunks.add(chunk);
            }
            return Speech.of(
                    source.format(),
                    chunks,
                    source.timings(),
                    synthesis.journal().report());
        }
    }

    private <T> CompletableFuture<T> async(
            SpeechRequest request, boolean whole, Function<Synthesis, T> call, Consumer<T> discard) {
        var future = new CompletableFuture<T>();
        Synthesis synthesis;
        try {
            synthesis = synthesis(request, whole);
        } catch (TtsException e) {
            future.completeExceptionally(e);
            return future;
        }
        var unused = future.whenComplete((result, failure) -> {
            // Cancelled, timed out or failed by the caller: nobody waits any more. After our own failure nothing is
            // left to cancel.
            if (failure != null) {
                synthesis.cancellation().cancel();
            }
        });
        try {
            resources.executor().execute(() -> complete(future, synthesis, call, discard));
        } catch (RejectedExecutionException e) {
            requests.end(synthesis);
            future.completeExceptionally(
                    Requests.closed().requestId(synthesis.requestId()).cause(e).build());
        }
        return future;
    }

    private <T> void complete(
            CompletableFuture<T> future, Synthesis synthesis, Function<Synthesis, T> call, Consumer<T> discard) {
        if (future.isDone()) {
            requests.end(synthesis);
            return;
        }
        try {
            T result = call.apply(synthesis);
            if (!future.complete(result)) {
                discard.accept(result);
            }
        } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
        }
    }

    @Override
    public List<Voice> voices() {
        return requests.during(layers::voices);
    }

    @Override
    public Health health() {
        return switch (requests.state()) {
            case OPEN -> FallbackLayer.overall(healthOfEach());
            case RETIRING, DRAINING -> Health.down("the client is being closed");
            case CLOSED -> Health.down("the client is closed");
        };
    }

    @Override
    public List<Health> healthOfEach() {
        return speakers.stream()
                .map(speaker -> speaker.passiveHealth().health())
                .toList();
    }

    @Override
    public List<Health> probe() {
        return speakers.stream().map(Speaker::probe).toList();
    }

    @Override
    public TtsCapabilities capabilities() {
        return layers.capabilities();
    }

    @Override
    public void prewarm() {
        requests.during(() -> {
            layers.prewarm();
            return layers;
        });
    }

    @Override
    public void preload(List<SpeechRequest> toCome) {
        if (cache == null) {
            throw new IllegalStateException("cache: not set, so there is nothing to preload into");
        }
        requests.requireOpen();
        Preloading.run(this, toCome);
    }

    @Override
    public void close() {
        if (!requests.close()) {
            return;
        }
        try (resources) {
            layers.close();
        }
    }

    @Override
    public void close(Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace: " + grace + ", allowed zero or more");
        }
        requests.drain(grace);
        close();
    }

    /**
     * Takes no more requests, lets those that run and the sessions that are open end for up to {@code grace}, and then does what
     * {@link #close()} does. Returns at once.
     */
    void retire(Duration grace, Runnable closed) {
        Runnable close = () -> {
            try {
                close();
            } catch (RuntimeException e) { // there is nobody to tell
                LOG.warn("A client that was replaced could not be closed", e);
            } finally {
                closed.run();
            }
        };
        resources.retire();
        requests.retire(grace, () -> {
            try {
                resources
                        .executor()
                        .execute(close); // it may wait, and this thread belongs to a caller or is the timer's
            } catch (RejectedExecutionException e) {
                close.run();
            }
        });
    }

    /** As {@link #close(Duration)} does first. */
    void takeNoMore() {
        requests.drain(Duration.ZERO);
    }

    @Nullable
    AudioCache cache() {
        return cache;
    }

    TimeSource time() {
        return resources.time();
    }

    @Override
    public String toString() {
        return "TtsClient(" + layers + ")";
    }
}
