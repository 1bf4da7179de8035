// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

class FluxConformanceTest extends DeepgramConformance {
    @Override
    DeepgramBuilder configured(DeepgramBuilder builder) {
        return builder.model("flux-haley-en").maxFluxSockets(40);
    }
}
