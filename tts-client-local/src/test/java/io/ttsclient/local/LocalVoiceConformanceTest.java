// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.error.Category;
import io.ttsclient.testkit.FailureCase;
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
        return Optional.of(toy(new ToyVoice().endless()));
    }

    @Override
    protected List<FailureCase> failureCases() {
        return List.of(
                new FailureCase("a graph that fails", Category.PROTOCOL, () -> toy(new ToyVoice().failing())),
                new FailureCase("a graph that is silent", Category.NO_AUDIO, () -> toy(new ToyVoice().silent())),
                new FailureCase(
                        "a symbol that the voice has not",
                        Category.UNSUPPORTED,
                        () -> toy(new ToyVoice(), text -> List.of(new PhonemeRun("\u0416", 0, text.length())))));
    }

    private TtsBackend toy(ToyVoice voice) {
        return toy(voice, text -> List.of(new PhonemeRun("abc.", 0, text.length())));
    }

    private TtsBackend toy(ToyVoice voice, Phonemizer phonemizer) {
        return LocalVoice.builder()
                .model(voice.replace("\"text\"", "\"espeak\"").in(folder))
                .phonemizer(phonemizer)
                .build();
    }

    @Override
    protected List<String> expectedVoices() {
        return List.of("builtin");
    }
}
