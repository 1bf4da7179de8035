// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.testkit;

import io.ttsclient.backend.TtsBackend;
import java.util.Optional;

/** A backend that takes a text while it is written. */
class GrowingFakeConformanceTest extends TtsBackendConformance {
    @Override
    protected TtsBackend backend() {
        return FakeBackend.builder("growing").growingText().build();
    }

    @Override
    protected Optional<String> unknownVoice() {
        return Optional.empty();
    }
}
