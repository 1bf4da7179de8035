// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.backend.TtsBackend;
import java.util.Optional;

/** A backend about which nothing can be said: compressed audio, any voice, no timings, an engine that cannot be slowed down. */
class PlainFakeConformanceTest extends TtsBackendConformance {
    @Override
    protected TtsBackend backend() {
        return FakeBackend.builder("plain", new AudioFormat(Encoding.OPUS, Container.OGG, 48_000, 1))
                .build();
    }

    @Override
    protected Optional<String> unknownVoice() {
        return Optional.empty();
    }

    @Override
    protected boolean deterministic() {
        return false;
    }

    @Override
    protected boolean audible() {
        return false;
    }
}
