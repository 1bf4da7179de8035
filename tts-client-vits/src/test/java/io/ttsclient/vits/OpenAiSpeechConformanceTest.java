// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import io.ttsclient.testkit.vits.OpenAiFlavour;
import io.ttsclient.testkit.vits.OpenAiSpeechEmulator;
import java.util.List;

class OpenAiSpeechConformanceTest extends EmulatorConformance {
    OpenAiSpeechConformanceTest() {
        super(Dialect.OPENAI_SPEECH, new OpenAiSpeechEmulator(OpenAiFlavour.KOKORO));
    }

    @Override
    protected List<String> expectedVoices() {
        return List.of("af_heart");
    }
}
