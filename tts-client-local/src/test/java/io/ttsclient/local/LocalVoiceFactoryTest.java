// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.TtsBackend;
import io.ttsclient.backend.TtsBackendFactory;
import io.ttsclient.error.Category;
import io.ttsclient.error.Faults;
import io.ttsclient.testkit.LeakCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakCheck.class)
class LocalVoiceFactoryTest {
    @TempDir
    Path folder;

    private final TtsBackendFactory factory = TtsBackendFactory.named("local");

    @Test
    void named_local_isFoundAsAService() {
        assertThat(factory).isInstanceOf(LocalVoiceFactory.class);
    }

    @Test
    void create_everySetting_isTaken() {
        String model = new ToyVoice().speakers(3).in(folder).toString();
        Map<String, String> settings = Map.of(
                "model", model,
                "speaker", "high",
                "threads", "1",
                "maxConcurrentRuns", "2",
                "sentencePauseMillis", "0",
                "paragraphPauseMillis", "123",
                "noiseScale", "0.1",
                "noiseWidth", "0",
                "nativeCache", folder.toString());
        try (TtsBackend backend = factory.create(settings)) {
            assertThat(backend.capabilities().sentencePause()).isZero();
            assertThat(backend.capabilities().paragraphPause()).isEqualTo(Duration.ofMillis(123));
            assertThat(ToyVoice.idsIn(Listening.samples(Listening.to(backend, "a"))))
                    .startsWith(201);
        }
    }

    @Test
    void create_nothingSet_isTheBuiltInVoice() {
        try (TtsBackend backend = factory.create(Map.of())) {
            assertThat(backend.voices()).extracting(voice -> voice.id()).containsExactly("builtin");
        }
    }

    @Test
    void create_englishForAnotherVoice_isTaken() {
        String model = new ToyVoice()
                .replace("\"text\"", "\"espeak\"")
                .replace("\"en-us\"", "\"xx\"")
                .in(folder)
                .toString();
        factory.create(Map.of("model", model, "phonemizer", "english")).close();
    }

    @Test
    void create_unknownSetting_isRefusedWithTheNearest() {
        assertThat(Thrown.by(Category.INVALID_REQUEST, () -> factory.create(Map.of("modell", "x"))))
                .hasMessageStartingWith("modell: unknown, did you mean model?");
        assertThat(Thrown.by(Category.INVALID_REQUEST, () -> factory.create(Map.of("apiKey", "x"))))
                .hasMessageStartingWith("apiKey: unknown, known are model, speaker, phonemizer, threads, ");
    }

    @Test
    void create_manyWrongSettings_areAllNamed() {
        assertThat(Thrown.by(
                        Category.INVALID_REQUEST,
                        () -> factory.create(Map.of("threads", "0", "noiseScale", "3", "phonemizer", "klingon"))))
                .hasMessageStartingWith("3 faults: phonemizer: 'klingon', allowed english or espeak; threads: '0'");
    }

    @Test
    void check_whatOnlyLoadingShows_isNoFault() {
        var faults = new Faults();

        factory.check(Map.of("model", folder.resolve("missing.onnx").toString()), faults);

        faults.throwIfAny();
    }

    @ParameterizedTest
    @CsvSource({
        "threads, 0, 'threads: ''0'', allowed whole numbers from 1 to 256'",
        "threads, 257, 'threads: ''257'', allowed whole numbers from 1 to 256'",
        "threads, many, 'threads: ''many'', allowed whole numbers'",
        "maxConcurrentRuns, -1, 'maxConcurrentRuns: ''-1'', allowed whole numbers from 1 to 256'",
        "sentencePauseMillis, -1, 'sentencePauseMillis: ''-1'', allowed whole numbers from 0 to 10000'",
        "paragraphPauseMillis, 10001, 'paragraphPauseMillis: ''10001'', allowed whole numbers from 0 to 10000'",
        "sentencePauseMillis, 99999999999999999999, allowed whole numbers",
        "noiseScale, 2.1, 'noiseScale: ''2.1'', allowed numbers from 0.0 to 2.0'",
        "noiseWidth, NaN, 'noiseWidth: ''NaN'', allowed numbers from 0.0 to 2.0'",
        "phonemizer, klingon, 'phonemizer: ''klingon'', allowed english or espeak'",
    })
    void create_valueOutOfRange_isRefusedAndNamed(String name, String value, String message) {
        assertThat(Thrown.by(Category.INVALID_REQUEST, () -> factory.create(Map.of(name, value))))
                .hasMessageStartingWith(name + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void create_noPath_isRefused() {
        assertThat(Thrown.by(Category.INVALID_REQUEST, () -> factory.create(Map.of("model", "a\0b"))))
                .hasMessageContaining("model");
    }
}
