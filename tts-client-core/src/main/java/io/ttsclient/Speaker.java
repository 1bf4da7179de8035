// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.audio.Gain;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.layer.AdmissionPolicy;
import io.ttsclient.layer.AttemptTimeouts;
import io.ttsclient.layer.PassiveHealth;
import io.ttsclient.speech.SpeechOptions;
import org.jspecify.annotations.Nullable;

/** One backend of a client: how it speaks, how it is, and its own limits; null where it is as loud and limited as all are. */
record Speaker(
        TtsBackend backend,
        SpeechOptions options,
        @Nullable Gain gain,
        @Nullable AdmissionPolicy admission,
        @Nullable AttemptTimeouts timeouts,
        PassiveHealth passiveHealth) {
    Speaker(
            TtsBackend backend,
            SpeechOptions options,
            @Nullable Gain gain,
            @Nullable AdmissionPolicy admission,
            @Nullable AttemptTimeouts timeouts) {
        this(
                backend,
                options,
                gain,
                admission,
                timeouts,
                new PassiveHealth(backend.capabilities().backend()));
    }

    Speaker(TtsBackend backend, SpeechOptions options, @Nullable Gain gain) {
        this(backend, options, gain, null, null);
    }

    String name() {
        return backend.capabilities().backend();
    }

    /** What it says itself now, with what is known besides. */
    Health probe() {
        Health known = passiveHealth.health();
        try {
            Health said = backend.health();
            return known.toBuilder(said.status(), said.detail()).build();
        } catch (RuntimeException e) {
            return known.toBuilder(
                            Health.Status.UNKNOWN,
                            "asking failed with " + e.getClass().getSimpleName())
                    .build();
        }
    }
}
