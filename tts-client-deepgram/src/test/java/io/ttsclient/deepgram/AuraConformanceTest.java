// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.deepgram;

class AuraConformanceTest extends DeepgramConformance {
    @Override
    DeepgramBuilder configured(DeepgramBuilder builder) {
        return builder;
    }
}
