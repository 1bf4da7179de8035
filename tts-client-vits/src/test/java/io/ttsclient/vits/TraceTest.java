// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import io.ttsclient.TtsClient;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.vits.PiperEmulator;
import io.ttsclient.testkit.vits.PiperEmulator.Version;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class TraceTest {
    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    /** Writes headers, as a tracer does. */
    private static final class Writing implements ObservationHandler<SenderContext<Object>> {
        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof SenderContext;
        }

        @Override
        public void onStart(SenderContext<Object> context) {
            Object carrier = Objects.requireNonNull(context.getCarrier());
            context.getSetter().set(carrier, "traceparent", TRACEPARENT);
            context.getSetter().set(carrier, "baggage", "user=anna");
        }
    }

    private static ObservationRegistry registry() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new Writing());
        return registry;
    }

    private static Emulated emulated(UnaryOperator<VitsServerBuilder> settings) {
        return new Emulated(Dialect.PIPER, new PiperEmulator(Version.V1_5), settings);
    }

    @Test
    void stream_propagateTrace_sendsTheTraceparentOfTheAttemptAndNothingElse() {
        try (Emulated emulated = emulated(VitsServerBuilder::propagateTrace);
                TtsClient client = TtsClient.builder()
                        .backend(emulated.backend)
                        .observationRegistry(registry())
                        .build()) {
            client.synthesize("Hello.");

            assertThat(emulated.lastRequest().header("traceparent")).contains(TRACEPARENT);
            assertThat(emulated.lastRequest().header("baggage")).isEmpty();
        }
    }

    @Test
    void stream_untold_sendsNoTraceparent() {
        try (Emulated emulated = emulated(builder -> builder);
                TtsClient client = TtsClient.builder()
                        .backend(emulated.backend)
                        .observationRegistry(registry())
                        .build()) {
            client.synthesize("Hello.");

            assertThat(emulated.lastRequest().header("traceparent")).isEmpty();
        }
    }

    @Test
    void stream_propagateTraceWithoutATrace_sendsNone() {
        try (Emulated emulated = emulated(VitsServerBuilder::propagateTrace)) {
            emulated.speak("Hello.");

            assertThat(emulated.lastRequest().header("traceparent")).isEmpty();
        }
    }
}
