// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.testkit.vits.CoquiEmulator;
import java.util.Optional;

class CoquiConformanceTest extends EmulatorConformance {
    CoquiConformanceTest() {
        super(Dialect.COQUI, new CoquiEmulator(CoquiEmulator.Version.COQUI));
    }

    @Override
    protected Optional<String> unknownVoice() {
        return Optional.empty(); // it answers with a page and 500, as to anything
    }
}
