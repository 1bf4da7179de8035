// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.layer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioChunk;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechListener.Outcome;
import io.ttsclient.speech.SpeechReport;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span of each stream, from the call to the end of the audio, below the span that its {@link Synthesis} stands in. What is
 * below stands in it, on whatever thread it runs; on the calling thread it is the current one until the first audio is there.
 */
final class TracingLayer extends DelegatingBackend {
    private final Kind kind;
    private final ObservationRegistry registry;
    private final KnownModels models;
    private final String name;

    /** What a stream is, and what its span is called; no meter is called so. */
    enum Kind {
        REQUEST("tts.client.request"),
        ATTEMPT("tts.client.attempt");

        private final String span;

        Kind(String span) {
            this.span = span;
        }
    }

    TracingLayer(TtsBackend delegate, Kind kind, ObservationRegistry registry, KnownModels models) {
        super(delegate);
        this.kind = kind;
        this.registry = registry;
        this.models = models;
        name = delegate.capabilities().backend();
    }

    @Override
    public AudioSource stream(Synthesis synthesis) {
        Span span = start(synthesis);
        var ending = new Ending(span.observation(), synthesis);
        try {
            return new TracedSource(inScope(span, synthesis), ending);
        } catch (RuntimeException | Error e) {
            ending.failed(e);
            throw e;
        }
    }

    private Span start(Synthesis synthesis) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Observation observation = Observation.createNotStarted(kind.span, () -> context(headers), registry)
                .highCardinalityKeyValue("requestId", synthesis.requestId());
        if (synthesis.trace() instanceof Span parent) {
            observation.parentObservation(parent.observation());
        }
        observation.start();
        return new Span(observation, Optional.ofNullable(headers.get("traceparent")));
    }

    /** One of an attempt writes {@code headers} for the server, when it is started. */
    private Observation.Context context(Map<String, String> headers) {
        if (kind == Kind.REQUEST) {
            return new Observation.Context();
        }
        var context = new SenderContext<Map<String, String>>(
                (carrier, header, value) -> headers.put(header, value),
                io.micrometer.observation.transport.Kind.CLIENT);
        context.setCarrier(headers);
        context.setRemoteServiceName(name);
        return context;
    }

    private AudioSource inScope(Span span, Synthesis synthesis) {
        Observation.Scope scope = span.observation().openScope();
        try {
            return super.stream(synthesis.withTrace(span));
        } finally {
            scope.close();
        }
    }

    /** Ends a span, once, with what there is to say of the stream. */
    private final class Ending {
        private final Observation observation;
        private final Synthesis synthesis;
        private final AtomicBoolean over = new AtomicBoolean();

        Ending(Observation observation, Synthesis synthesis) {
            this.observation = observation;
            this.synthesis = synthesis;
        }

        void complete() {
            end(Outcome.COMPLETE, null, null);
        }

        void cancelled() {
            end(Outcome.CANCELLED, null, null);
        }

        void failed(Throwable failure) {
            if (!(failure instanceof TtsException known)) {
                end(Outcome.FAILED, null, withoutMessage(failure));
            } else if (known.category() == Category.CANCELLED) {
                cancelled();
            } else {
                end(Outcome.FAILED, known.category(), withoutMessagesOfOthers(known));
            }
        }

        private void end(Outcome outcome, @Nullable Category category, @Nullable Throwable error) {
            if (!over.compareAndSet(false, true)) {
                return;
            }
            if (error != null) {
                observation.error(error);
            }
            String backend = name;
            Optional<String> model = synthesis.options().model();
            if (kind == Kind.REQUEST) {
                SpeechReport report = synthesis.journal().report();
                backend = report.backend().orElse("none");
                model = report.model();
            }
            observation
                    .lowCardinalityKeyValue("backend", backend)
                    .lowCardinalityKeyValue("model", models.tag(model))
                    .lowCardinalityKeyValue("outcome", lower(outcome))
                    .lowCardinalityKeyValue("category", category == null ? "none" : lower(category))
                    .stop();
        }
    }

    /** Of its cause it keeps only what that is. */
    private static TtsException withoutMessagesOfOthers(TtsException failure) {
        Throwable cause = failure.getCause();
        TtsException alone = failure.alone();
        return cause == null
                ? alone
                : alone.toBuilder().cause(withoutMessage(cause)).build();
    }

    /** What others throw may quote anything. */
    private static Throwable withoutMessage(Throwable failure) {
        var bare = new IllegalStateException(failure.getClass().getName());
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static final class TracedSource extends DelegatingSource {
        private final Ending ending;

        TracedSource(AudioSource delegate, Ending ending) {
            super(delegate);
            this.ending = ending;
        }

        @Override
        public @Nullable AudioChunk read() {
            AudioChunk chunk;
            try {
                chunk = super.read();
            } catch (RuntimeException | Error e) {
                ending.failed(e);
                throw e;
            }
            if (chunk == null) {
                ending.complete();
            }
            return chunk;
        }

        @Override
        public void close() {
            super.close();
            ending.cancelled(); // unless it has ended before
        }
    }
}
