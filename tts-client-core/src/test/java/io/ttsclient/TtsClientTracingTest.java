// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TraceContext;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.doubles.Requests;
import io.ttsclient.error.Category;
import io.ttsclient.error.TimeoutPhase;
import io.ttsclient.error.TtsException;
import io.ttsclient.layer.RetryPolicy;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.AudioStream;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.SpeechRequest;
import io.ttsclient.speech.SpeechSession;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.text.SegmentLimits;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Spans as OpenTelemetry gets them, through Micrometer Tracing. */
@ExtendWith(LeakCheck.class)
class TtsClientTracingTest {
    private static final String REQUEST = "tts.client.request";
    private static final String ATTEMPT = "tts.client.attempt";

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build();
    private final ObservationRegistry registry = registry();
    private final FakeBackend red = FakeBackend.builder("red")
            .segmentLimits(SegmentLimits.builder().maxCodePoints(20).build())
            .build();
    private final FakeBackend green = FakeBackend.builder("green").build();
    private final Noticing noticing = new Noticing(red);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TtsClient client = TtsClient.builder()
            .backend(noticing)
            .fallback(green, SpeechOptions.builder().model("small").build())
            .retry(RetryPolicy.defaults().withMaxAttempts(2))
            .random(() -> 0)
            .meterRegistry(meters, "big")
            .observationRegistry(registry)
            .build();

    /** Notices where the last attempt stands. */
    private static final class Noticing extends DelegatingBackend {
        private final AtomicReference<TraceContext> trace = new AtomicReference<>();

        Noticing(TtsBackend delegate) {
            super(delegate);
        }

        @Override
        public AudioSource stream(Synthesis synthesis) {
            trace.set(synthesis.trace());
            return super.stream(synthesis);
        }
    }

    private ObservationRegistry registry() {
        Tracer otel = provider.get("test");
        var tracer = new OtelTracer(otel, new OtelCurrentTraceContext(), event -> {});
        var propagator = new OtelPropagator(ContextPropagators.create(W3CTraceContextPropagator.getInstance()), otel);
        ObservationRegistry made = ObservationRegistry.create();
        made.observationConfig()
                .observationHandler(new ObservationHandler.FirstMatchingCompositeObservationHandler(
                        new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
                        new DefaultTracingObservationHandler(tracer)));
        return made;
    }

    @AfterEach
    void close() {
        client.close();
        provider.close();
    }

    private List<SpanData> spans(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private SpanData request() {
        assertThat(spans(REQUEST)).hasSize(1);
        return spans(REQUEST).get(0);
    }

    private static Map<String, String> keys(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().getKey(),
                        entry -> entry.getValue().toString()));
    }

    @Test
    void request_complete_isASpanWithItsAttemptBelow() {
        client.synthesize(
                SpeechRequest.builder("Hello").requestId("r-1").model("big").build());

        SpanData request = request();
        SpanData attempt = spans(ATTEMPT).get(0);
        assertThat(exporter.getFinishedSpanItems()).hasSize(2);
        assertThat(request.getParentSpanContext().isValid()).isFalse();
        assertThat(attempt.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(attempt.getTraceId()).isEqualTo(request.getTraceId());
        assertThat(attempt.getKind()).isEqualTo(SpanKind.CLIENT);
        Map<String, String> expected =
                Map.of("backend", "red", "model", "big", "outcome", "complete", "category", "none", "requestId", "r-1");
        assertThat(keys(request)).isEqualTo(expected);
        assertThat(keys(attempt)).containsAllEntriesOf(expected);
    }

    @Test
    void request_retriedAndFallenBack_hasEachAttemptBelow() {
        red.always(Behaviour.fail(Category.UNAVAILABLE));

        client.stream("Hello").toBytes();

        assertThat(keys(request())).containsEntry("backend", "green").containsEntry("outcome", "complete");
        assertThat(request().getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
        assertThat(spans(ATTEMPT))
                .allSatisfy(attempt -> assertThat(attempt.getParentSpanId())
                        .isEqualTo(request().getSpanId()))
                .extracting(attempt -> attempt.getAttributes().get(AttributeKey.stringKey("backend")) + " "
                        + attempt.getAttributes().get(AttributeKey.stringKey("category")) + " "
                        + attempt.getAttributes().get(AttributeKey.stringKey("model")) + " "
                        + attempt.getStatus().getStatusCode())
                .containsExactly("red unavailable none ERROR", "red unavailable none ERROR", "green none small UNSET");
    }

    @Test
    void request_piecesMadeAhead_haveTheirAttemptsBelow() {
        client.stream("One two three four. Five six seven eight. Nine ten eleven.")
                .toBytes();

        assertThat(spans(ATTEMPT))
                .hasSizeGreaterThan(2)
                .allSatisfy(attempt -> assertThat(attempt.getParentSpanId())
                        .isEqualTo(request().getSpanId()));
    }

    @Test
    void request_modelOfTheUsersOwn_isOther() {
        client.synthesize(SpeechRequest.builder("Hello").model("secret-project").build());

        assertThat(keys(request())).containsEntry("model", "other");
        assertThat(exporter.getFinishedSpanItems().toString()).doesNotContain("secret-project");
    }

    @Test
    void request_ofAnotherThread_isBelowWhatItsCallerDoes() {
        Observation caller = Observation.start("caller", registry);
        try (Observation.Scope scope = caller.openScope()) {
            assertThat(scope.getCurrentObservation()).isEqualTo(caller);
            Requests.get(client.streamAsync(SpeechRequest.of("Hello"))).toBytes();
        }
        caller.stop();

        assertThat(request().getParentSpanId()).isEqualTo(spans("caller").get(0).getSpanId());
    }

    @Test
    void request_closedEarly_isCancelledAndNoError() {
        red.always(Behaviour.speak().chunks(640));
        try (AudioStream stream = client.stream("Hello there")) {
            stream.read();
        }

        assertThat(exporter.getFinishedSpanItems())
                .hasSize(2)
                .allSatisfy(span -> assertThat(keys(span))
                        .containsEntry("outcome", "cancelled")
                        .containsEntry("category", "none"))
                .allSatisfy(span -> assertThat(span.getEvents()).isEmpty());
    }

    @Test
    void turn_ofASession_isARequest() {
        try (SpeechSession session = client.open(SpeechOptions.none())) {
            session.write("Hello there.");
            session.finish();
            session.audio().toBytes();
        }

        assertThat(keys(request())).containsEntry("outcome", "complete");
        assertThat(spans(ATTEMPT)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void request_anyFailure_saysWhichAndNeverTheText(Category category) {
        TtsException.Builder failure = TtsException.builder(category, "scripted");
        if (category == Category.TIMEOUT) {
            failure.timeoutPhase(TimeoutPhase.FIRST_AUDIO);
        }
        red.always(Behaviour.fail(failure.build()));
        green.always(Behaviour.fail(failure.build()));

        Throwable thrown = catchThrowable(() -> client.stream("Xylophone").toBytes());

        assertThat(thrown).isInstanceOf(TtsException.class);
        boolean left = category == Category.CANCELLED;
        assertThat(keys(request()))
                .containsEntry("outcome", left ? "cancelled" : "failed")
                .containsEntry("category", left ? "none" : category.name().toLowerCase(Locale.ROOT));
        assertThat(request().getStatus().getStatusCode() == StatusCode.ERROR).isNotEqualTo(left);
        assertThat(exporter.getFinishedSpanItems().toString()).doesNotContainIgnoringCase("xylophone");
    }

    @Test
    void request_bugOfABackendThatQuotesTheText_isAFailureWithoutIt() {
        red.always(Behaviour.fail(new NumberFormatException("For input string: Xylophone")));

        assertThatThrownBy(() -> client.stream("Xylophone")).isInstanceOf(NumberFormatException.class);

        assertThat(keys(request())).containsEntry("outcome", "failed").containsEntry("category", "none");
        assertThat(exporter.getFinishedSpanItems().toString())
                .contains("java.lang.NumberFormatException")
                .doesNotContain("Xylophone");
    }

    @Test
    void request_causesThatQuoteTheText_areFailuresWithoutIt() {
        TtsException failure = TtsException.builder(Category.UNAVAILABLE, "scripted")
                .cause(new IOException("no route for Xylophone"))
                .build();
        failure.addSuppressed(new IllegalStateException("Xylophone again"));
        red.always(Behaviour.fail(failure));
        green.always(Behaviour.fail(failure));

        assertThatThrownBy(() -> client.stream("Xylophone")).isInstanceOf(TtsException.class);

        assertThat(request().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(exporter.getFinishedSpanItems().toString())
                .contains("scripted", "java.io.IOException")
                .doesNotContain("Xylophone");
    }

    @Test
    void request_breaksOff_isAFailureOfBoth() {
        red.always(Behaviour.speak().failAt(640, Category.UNAVAILABLE));

        assertThatThrownBy(() -> client.stream("Hello there").toBytes()).isInstanceOf(TtsException.class);

        assertThat(exporter.getFinishedSpanItems())
                .hasSize(2)
                .allSatisfy(span -> assertThat(keys(span))
                        .containsEntry("outcome", "failed")
                        .containsEntry("category", "unavailable"));
    }

    @Test
    void attempt_ofATracedRequest_knowsItsTraceparent() {
        client.synthesize("Hello");

        SpanData attempt = spans(ATTEMPT).get(0);
        assertThat(noticing.trace.get().traceparent().orElseThrow())
                .startsWith("00-" + attempt.getTraceId() + "-" + attempt.getSpanId() + "-");
    }

    @Test
    void client_withoutRegistry_tracesNothing() {
        var backend = new Noticing(FakeBackend.create());
        try (TtsClient untraced = TtsClient.of(backend)) {
            untraced.synthesize("Hello");
        }

        assertThat(backend.trace.get()).isSameAs(TraceContext.none());
        assertThat(exporter.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void spans_countedByMistake_meetNoMeter() {
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        red.enqueue(Behaviour.fail(Category.UNAVAILABLE));

        client.stream("Hello").toBytes();

        assertThat(meters.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .contains(REQUEST, ATTEMPT, "tts.client.requests", "tts.client.attempts");
        assertThat(meters.find(REQUEST).timers())
                .singleElement()
                .satisfies(
                        timer -> assertThat(timer.getId().getTag("requestId")).isNull());
        assertThat(meters.find("tts.client.requests").timers()).hasSize(1);
    }
}
