// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.testkit.vits.MeloTtsEmulator;
import java.util.List;

class MeloTtsConformanceTest extends EmulatorConformance {
    MeloTtsConformanceTest() {
        super(Dialect.MELO_TTS, new MeloTtsEmulator());
    }

    @Override
    protected List<String> expectedVoices() {
        return List.of("EN-US", "EN_INDIA");
    }
}
