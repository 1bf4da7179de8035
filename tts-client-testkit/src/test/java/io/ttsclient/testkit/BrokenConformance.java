// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.Voice;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/** The base of conformance classes that are meant to fail: small numbers, so that failing is quick. */
abstract class BrokenConformance extends TtsBackendConformance {
    static final Voice ALTO = new Voice("alto", "Alto", List.of("en-US"), "");
    /** Enough for a fake on a busy machine, and short for a backend that never answers. */
    static final Duration LITTLE_PATIENCE = Duration.ofSeconds(1);

    static FakeBackend fake() {
        return fake(Behaviour.speak());
    }

    static FakeBackend fake(Behaviour behaviour) {
        return FakeBackend.builder("broken").voices(ALTO).behaviour(behaviour).build();
    }

    /** A fake whose {@code stream} is something else; the fake itself is passed on. */
    static TtsBackend streaming(BiFunction<FakeBackend, Synthesis, AudioSource> stream) {
        FakeBackend fake = fake();
        return new DelegatingBackend(fake) {
            @Override
            public AudioSource stream(Synthesis synthesis) {
                return stream.apply(fake, synthesis);
            }
        };
    }

    @Override
    protected int concurrentStreams() {
        return 20;
    }

    @Override
    protected String longText() {
        return String.join(" ", texts());
    }
}
