// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.TtsBackendConformance;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeakCheck.class)
class LocalVoiceConformanceTest extends TtsBackendConformance {
    @TempDir
    Path folder;

    @Override
    protected TtsBackend backend() {
        return LocalVoice.builtIn();
    }

    @Override
    protected Optional<TtsBackend> hangingBackend() {
        Path model = new ToyVoice().endless().replace("\"text\"", "\"espeak\"").in(folder);
        return Optional.of(LocalVoice.builder()
                .model(model)
                .phonemizer(text -> List.of(new PhonemeRun("abc.", 0, text.length())))
                .build());
    }

    @Override
    protected List<String> expectedVoices() {
        return List.of("builtin");
    }
}
