// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import io.ttsclient.audio.Gain;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.layer.AdmissionPolicy;
import io.ttsclient.layer.AttemptTimeouts;
import io.ttsclient.speech.SpeechOptions;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One backend of a configuration: who makes it out of which settings, and how it speaks. Null is what a client does by itself. */
record BackendConfig(
        TtsBackendFactory factory,
        Map<String, String> settings,
        SpeechOptions options,
        @Nullable Gain gain,
        @Nullable AdmissionPolicy admission,
        @Nullable AttemptTimeouts timeouts) {
    /** Makes the backend, which belongs to the caller. */
    Speaker open() {
        return new Speaker(factory.create(settings), options, gain, admission, timeouts);
    }

    /** Of the settings the names only, since some are keys. */
    @Override
    public String toString() {
        return factory.name() + new TreeSet<>(settings.keySet());
    }
}
