// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.testkit.vits.VitsSimpleApiEmulator;
import java.util.List;

class VitsSimpleApiConformanceTest extends EmulatorConformance {
    VitsSimpleApiConformanceTest() {
        super(Dialect.VITS_SIMPLE_API, new VitsSimpleApiEmulator());
    }

    @Override
    protected List<String> expectedVoices() {
        return List.of("0", "1", "2");
    }
}
