// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.backend.Cancellation;
import io.ttsclient.backend.Deadline;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.Journal;
import io.ttsclient.backend.Registration;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TextSource;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsCapabilities;
import io.ttsclient.error.Category;
import io.ttsclient.error.Origin;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.FallbackLayer;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.Speech;
import io.ttsclient.speech.SpeechListener;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.speech.Voice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/** The client over a stack of layers: turns calls into syntheses, and keeps hold of those that run. */
final class LayeredTtsClient implements TtsClient {
    /**
     * Only ever goes down.
     *
     * <pre>
     * OPEN -> DRAINING   close(Duration): no more requests are taken
     * OPEN, DRAINING -> CLOSED   close(), or the grace is over: what still runs is cancelled
     * </pre>
     */
    private enum State {
        OPEN,
        DRAINING,
        CLOSED
    }

    private final TtsBackend layers;
    private final List<Speaker> speakers;
    private final SpeechOptions defaults;
    private final ClientResources resources;
    private final SpeechListener listener;
    /** Every request has a scope below this one. It is cancelled when, and only when, the client is closed. */
    private final Cancellation running = new Cancellation();

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final AtomicInteger requests = new AtomicInteger();
    /** Completed when the client takes no more requests and none runs. */
    private final CompletableFuture<Void> idle = new CompletableFuture<>();

    LayeredTtsClient(
            TtsBackend layers,
            List<Speaker> speakers,
            SpeechOptions defaults,
            ClientResources resources,
            SpeechListener listener) {
        this.layers = layers;
        this.speakers = List.copyOf(speakers);
        this.defaults = defaults;
        this.resources = resources;
        this.listener = listener;
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

    /** Takes the request, which runs from here until it is {@link #end ended}. */
    private Synthesis synthesis(SpeechRequest request, boolean whole) {
        SpeechOptions options = request.options().withDefaults(defaults);
        String requestId = request.requestId().orElseGet(LayeredTtsClient::newRequestId);
        Deadline deadline = options.timeout()
                .map(timeout -> Deadline.after(timeout, resources.time()))
                .orElse(Deadline.none());
        Synthesis synthesis = Synthesis.builder(TextSource.of(request.text()), requestId, resources.time())
                .options(options)
                .deadline(deadline)
                .cancellation(running.child())
                .journal(new Journal(requestId, resources.time(), listener))
                .whole(whole)
                .build();
        requests.incrementAndGet(); // before the look at the state, so that who closes does not miss it
        if (state.get() != State.OPEN) {
            end(synthesis);
            throw closed().requestId(requestId).build();
        }
        return synthesis;
    }

    private void end(Synthesis synthesis) {
        synthesis.cancellation().detach();
        if (requests.decrementAndGet() == 0 && state.get() != State.OPEN) {
            idle.complete(null);
        }
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
            if (running.isCancelled()) { // since it was taken
                throw closed().requestId(synthesis.requestId()).build();
            }
            return new RunningSource(layers.stream(synthesis), synthesis);
        } catch (TtsException e) {
            end(synthesis);
            throw explain(synthesis, e);
        } catch (RuntimeException | Error e) {
            end(synthesis);
            if (running.isCancelled()) { // by now: the timer, for one, takes nothing more
                throw closed().requestId(synthesis.requestId()).cause(e).build();
            }
            throw e;
        }
    }

    private void requireOpen() {
        if (state.get() != State.OPEN) {
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
            end(synthesis);
            future.completeExceptionally(
                    closed().requestId(synthesis.requestId()).cause(e).build());
        }
        return future;
    }

    private <T> void complete(
            CompletableFuture<T> future, Synthesis synthesis, Function<Synthesis, T> call, Consumer<T> discard) {
        if (future.isDone()) {
            end(synthesis);
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
        return switch (state.get()) {
            case OPEN -> FallbackLayer.overall(healthOfEach());
            case DRAINING -> Health.down("the client is being closed");
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
        requireOpen();
        layers.prewarm();
    }

    @Override
    public void close() {
        if (state.getAndSet(State.CLOSED) == State.CLOSED) {
            return;
        }
        running.cancel();
        idle.complete(null); // whoever waits for it waits for nothing now
        try (resources) {
            layers.close();
        }
    }

    @Override
    public void close(Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace: " + grace + ", allowed zero or more");
        }
        state.compareAndSet(State.OPEN, State.DRAINING);
        if (requests.get() == 0) {
            idle.complete(null);
        }
        if (!grace.isZero() && !idle.isDone()) {
            awaitIdle(grace);
        }
        close();
    }

    private void awaitIdle(Duration grace) {
        var over = new CompletableFuture<Void>();
        Registration timer;
        try {
            timer = resources.time().schedule(grace, () -> over.complete(null));
        } catch (RejectedExecutionException e) {
            return; // closed meanwhile
        }
        try {
            CompletableFuture.anyOf(idle, over).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes these exceptionally", e);
        } finally {
            timer.remove();
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
            end(synthesis);
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
