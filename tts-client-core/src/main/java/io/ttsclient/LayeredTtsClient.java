// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.backend.Cancellation;
import io.ttsclient.backend.Deadline;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.speech.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** The client over a stack of layers: turns calls into syntheses, and keeps hold of those that run. */
final class LayeredTtsClient implements TtsClient {
    private final TtsBackend layers;
    private final SpeechOptions defaults;
    private final ClientResources resources;
    /** Every request has a scope below this one. It is cancelled when, and only when, the client is closed. */
    private final Cancellation running = new Cancellation();

    private final AtomicBoolean closed = new AtomicBoolean();

    LayeredTtsClient(TtsBackend layers, SpeechOptions defaults, ClientResources resources) {
        this.layers = layers;
        this.defaults = defaults;
        this.resources = resources;
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
        return async(synthesis(request, false), this::stream, AudioStream::close);
    }

    @Override
    public CompletableFuture<Speech> synthesizeAsync(SpeechRequest request) {
        return async(synthesis(request, true), this::synthesize, speech -> {});
    }

    private Synthesis synthesis(SpeechRequest request, boolean whole) {
        SpeechOptions options = request.options().withDefaults(defaults);
        Deadline deadline = options.timeout()
                .map(timeout -> Deadline.after(timeout, resources.time()))
                .orElse(Deadline.none());
        return Synthesis.builder(
                        TextSource.of(request.text()),
                        request.requestId().orElseGet(LayeredTtsClient::newRequestId),
                        resources.time())
                .options(options)
                .deadline(deadline)
                .cancellation(running.child())
                .whole(whole)
                .build();
    }

    private static String newRequestId() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    }

    private AudioStream stream(Synthesis synthesis) {
        return AudioStream.of(
                open(synthesis), resources.executor(), () -> synthesis.journal().report());
    }

    private Speech synthesize(Synthesis synthesis) {
        try (AudioSource source = open(synthesis)) {
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

    private AudioSource open(Synthesis synthesis) {
        try {
            if (running.isCancelled()) {
                throw closed().requestId(synthesis.requestId()).build();
            }
            return new RunningSource(layers.stream(synthesis), synthesis);
        } catch (TtsException e) {
            synthesis.cancellation().detach();
            throw explain(synthesis, e);
        } catch (RuntimeException | Error e) {
            synthesis.cancellation().detach();
            if (running.isCancelled()) { // by now: the timer, for one, takes nothing more
                throw closed().requestId(synthesis.requestId()).cause(e).build();
            }
            throw e;
        }
    }

    private void requireOpen() {
        if (running.isCancelled()) {
            throw closed().build();
        }
    }

    private static TtsException.Builder closed() {
        return TtsException.builder(Category.CLOSED, "the client is closed").origin(Origin.CLIENT);
    }

    /** What ended because the client was closed says so. */
    private TtsException explain(Synthesis synthesis, TtsException failure) {
        return running.isCancelled() && failure.category() == Category.CANCELLED
                ? closed().requestId(synthesis.requestId())
                        .attempts(failure.attempts())
                        .audioDelivered(failure.audioDelivered())
                        .cause(failure)
                        .build()
                : failure;
    }

    private <T> CompletableFuture<T> async(Synthesis synthesis, Function<Synthesis, T> call, Consumer<T> discard) {
        var future = new CompletableFuture<T>();
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
            future.completeExceptionally(
                    closed().requestId(synthesis.requestId()).cause(e).build());
        }
        return future;
    }

    private static <T> void complete(
            CompletableFuture<T> future, Synthesis synthesis, Function<Synthesis, T> call, Consumer<T> discard) {
        if (future.isDone()) {
            synthesis.cancellation().detach();
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
        requireOpen();
        return layers.voices();
    }

    @Override
    public Health health() {
        return running.isCancelled() ? Health.down("the client is closed") : layers.health();
    }

    @Override
    public TtsCapabilities capabilities() {
        return layers.capabilities();
    }

    @Override
    public void prewarm() {
        requireOpen();
        layers.prewarm();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            running.cancel();
            try (resources) {
                layers.close();
            }
        }
    }

    @Override
    public String toString() {
        return "TtsClient(" + layers + ")";
    }

    /** Leaves the running requests when it ends. */
    private final class RunningSource extends DelegatingSource {
        private final Synthesis synthesis;

        RunningSource(AudioSource delegate, Synthesis synthesis) {
            super(delegate);
            this.synthesis = synthesis;
            // Whatever cancels the request, its deadline apart, ends the audio that was handed out.
            synthesis.onCancel(delegate::close);
        }

        @Override
        protected void onEnd() {
            synthesis.cancellation().detach();
        }

        @Override
        protected TtsException onFailure(TtsException failure) {
            return explain(synthesis, failure);
        }

        @Override
        public void close() {
            synthesis.cancellation().cancel();
            super.close();
        }
    }
}
