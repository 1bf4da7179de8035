// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.audio.Gain;
import io.ttsclient.backend.Health;
import io.ttsclient.backend.TtsBackend;
import io.ttsclient.layer.PassiveHealth;
import io.ttsclient.speech.SpeechOptions;
import org.jspecify.annotations.Nullable;

/** One backend of a client: how it speaks, and how it is. {@code gain} is null where it is as loud as it is. */
record Speaker(
        TtsBackend backend, SpeechOptions options, @Nullable Gain gain, PassiveHealth passiveHealth) {
    Speaker(TtsBackend backend, SpeechOptions options, @Nullable Gain gain) {
        this(backend, options, gain, new PassiveHealth(backend.capabilities().backend()));
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
