// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.TimingMark;
import io.ttsclient.speech.Voice;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.TestSynthesis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DelegatingTest {
    private static final class PlainLayer extends DelegatingBackend {
        PlainLayer(TtsBackend delegate) {
            super(delegate);
        }
    }

    private static final class EndCounter extends DelegatingSource {
        private final List<String> events = new ArrayList<>();

        EndCounter(AudioSource delegate) {
            super(delegate);
        }

        @Override
        protected void onEnd() {
            synchronized (events) {
                events.add("end");
            }
        }

        @Override
        protected TtsException onFailure(TtsException failure) {
            events.add("failure");
            return failure.toBuilder().requestId("added").build();
        }
    }

    private final ScriptedSource inside = new ScriptedSource(AudioFormat.linear16(8_000));
    private final EndCounter source = new EndCounter(inside);

    @Test
    void backend_everyMethod_reachesTheOneInside() {
        var voice = new Voice("anna", "Anna", List.of("en"), "");
        FakeBackend fake = FakeBackend.builder("fake")
                .voices(voice)
                .health(Health.unknown("asleep"))
                .build();
        var layer = new PlainLayer(fake);

        try (AudioSource spoken = layer.stream(TestSynthesis.of("Hello"))) {
            assertThat(spoken.read()).isNotNull();
        }
        assertThat(layer.capabilities()).isSameAs(fake.capabilities());
        assertThat(layer.voices()).containsExactly(voice);
        assertThat(layer.health()).isEqualTo(Health.unknown("asleep"));
        layer.prewarm();
        assertThat(fake.prewarms()).isEqualTo(1);
        layer.close();
        assertThat(fake.closes()).isEqualTo(1);
        assertThat(layer.delegate()).isSameAs(fake);
        assertThat(layer).hasToString("PlainLayer(FakeBackend[fake])");
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void create_aroundNull_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> new PlainLayer(null)).withMessage("delegate");
        assertThatNullPointerException().isThrownBy(() -> new EndCounter(null)).withMessage("delegate");
    }

    @Test
    void backend_minimal_hasHonestDefaults() {
        TtsBackend minimal = new TtsBackend() {
            @Override
            public AudioSource stream(Synthesis synthesis) {
                throw new UnsupportedOperationException();
            }

            @Override
            public TtsCapabilities capabilities() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {}
        };

        assertThat(minimal.voices()).isEmpty();
        assertThat(minimal.health().status()).isEqualTo(Health.Status.UNKNOWN);
        minimal.prewarm();
    }

    @Test
    void source_everyMethod_reachesTheOneInside() {
        var mark = new TimingMark(TimingMark.Kind.WORD, 0, 1, Duration.ZERO, Duration.ZERO);
        inside.timings(mark).gives(1, 2);

        assertThat(source.format()).isEqualTo(AudioFormat.linear16(8_000));
        assertThat(source.timings()).containsExactly(mark);
        assertThat(source.read()).isEqualTo(ScriptedSource.chunk(1, 2));
        assertThat(source.delegate()).isSameAs(inside);
        assertThat(source.events).isEmpty();
    }

    @Test
    void onEnd_readToTheEndThenClosed_isCalledOnce() {
        assertThat(source.read()).isNull();
        source.close();
        source.close();

        assertThat(source.events).containsExactly("end");
        assertThat(inside.closes()).isEqualTo(2);
    }

    @Test
    void onEnd_failure_isCalledOnceAndBeforeOnFailure() {
        inside.fails(Category.TRUNCATED);

        assertThatThrownBy(source::read)
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.requestId()).contains("added"));
        source.close();

        assertThat(source.events).containsExactly("end", "failure");
    }

    @Test
    void onEnd_closedBeforeTheEnd_isCalledOnce() {
        inside.gives(1, 2);

        source.close();
        assertThatThrownBy(source::read).isInstanceOf(TtsException.class);

        assertThat(source.events).containsExactly("end", "failure");
    }

    @Test
    void onEnd_sourceWithABug_isCalledOnce() {
        inside.fails(new IllegalStateException("a bug"));

        assertThatThrownBy(source::read).isInstanceOf(IllegalStateException.class);
        source.close();

        assertThat(source.events).containsExactly("end");
    }

    @Test
    void onEnd_closedByManyThreads_isCalledOnce() {
        List<CompletableFuture<Void>> closers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            closers.add(CompletableFuture.runAsync(source::close));
        }
        closers.forEach(closer -> closer.orTimeout(20, TimeUnit.SECONDS).join());

        assertThat(source.events).containsExactly("end");
    }

    @Test
    void source_nothingOverridden_passesFailuresOnUntouched() {
        TtsException failure = TtsException.builder(Category.TRUNCATED, "cut").build();
        inside.fails(failure);
        var plain = new DelegatingSource(inside) {};

        assertThatThrownBy(plain::read).isSameAs(failure);
    }
}
