// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.testkit.vits.PiperEmulator;
import java.util.Optional;

class PiperConformanceTest extends EmulatorConformance {
    PiperConformanceTest() {
        super(Dialect.PIPER, new PiperEmulator(PiperEmulator.Version.V1_5));
    }

    @Override
    protected Optional<String> unknownVoice() {
        return Optional.empty(); // it speaks with its default voice, and does not say so
    }
}
