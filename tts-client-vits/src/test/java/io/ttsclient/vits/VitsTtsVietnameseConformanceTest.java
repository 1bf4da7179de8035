// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.testkit.vits.VitsTtsVietnameseEmulator;

class VitsTtsVietnameseConformanceTest extends EmulatorConformance {
    VitsTtsVietnameseConformanceTest() {
        super(
                Dialect.VITS_TTS_VIETNAMESE,
                new VitsTtsVietnameseEmulator(VitsTtsVietnameseEmulator.Generation.LITESTAR));
    }
}
