// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.testkit.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not there, broken, or of something else. */
@ExtendWith(LeakCheck.class)
class LocalVoiceLoadTest {
    @TempDir
    Path folder;

    private TtsException failureOf(Category category, Path model) {
        return Thrown.by(category, () -> LocalVoice.load(model).close());
    }

    @Test
    void load_noFile_isNotFoundAndNamesIt() {
        Path model = folder.resolve("missing.onnx");
        assertThat(failureOf(Category.NOT_FOUND, model)).hasMessageContaining(model.toString());
    }

    @Test
    void load_runtimeConfig_reachesTheRuntime() {
        Path model = new ToyVoice().in(folder);
        LocalVoice.builder()
                .model(model)
                .runtimeConfig("mlas.disable_kleidiai", "1")
                .build()
                .close();

        LocalVoiceBuilder asOther = LocalVoice.builder().model(model).runtimeConfig("session.load_model_format", "ORT");

        Thrown.by(Category.UNSUPPORTED, () -> asOther.build().close());
    }

    @Test
    void load_folder_isNotFound() {
        failureOf(Category.NOT_FOUND, folder);
        failureOf(Category.NOT_FOUND, folder.getRoot());
    }

    @Test
    void load_noConfigBesideIt_isUnsupportedAndNamesIt() throws IOException {
        Path model = new ToyVoice().in(folder);
        Files.delete(folder.resolve("toy.onnx.json"));
        assertThat(failureOf(Category.UNSUPPORTED, model)).hasMessageContaining("toy.onnx.json");
    }

    @Test
    void load_configIsAFolder_isUnsupported() throws IOException {
        Path model = new ToyVoice().in(folder);
        Files.delete(folder.resolve("toy.onnx.json"));
        Files.createDirectory(folder.resolve("toy.onnx.json"));
        failureOf(Category.UNSUPPORTED, model);
    }

    @Test
    void load_brokenConfig_isUnsupportedAndNamesTheFile() throws IOException {
        Path model = new ToyVoice().in(folder);
        Files.writeString(folder.resolve("toy.onnx.json"), "{\"audio\"");
        assertThat(failureOf(Category.UNSUPPORTED, model)).hasMessageContaining("toy.onnx.json is not JSON");
    }

    @Test
    void load_fileWithAnotherEnding_isCalledAsTheWholeFile() throws IOException {
        Path model = new ToyVoice().in(folder);
        Files.move(model, folder.resolve("voice.bin"));
        Files.move(folder.resolve("toy.onnx.json"), folder.resolve("voice.bin.json"));
        try (LocalVoice voice = LocalVoice.load(folder.resolve("voice.bin"))) {
            assertThat(voice.voices().get(0).id()).isEqualTo("voice.bin");
        }
    }

    @Test
    void load_emptyModel_isUnsupported() throws IOException {
        Path model = new ToyVoice().in(folder);
        Files.write(model, new byte[0]);
        assertThat(failureOf(Category.UNSUPPORTED, model))
                .hasMessageContaining("toy.onnx does not load in ONNX Runtime");
    }

    @Test
    void load_randomBytes_isUnsupported() throws IOException {
        Path model = new ToyVoice().in(folder);
        byte[] noise = new byte[10_000];
        new Random(7).nextBytes(noise);
        Files.write(model, noise);
        failureOf(Category.UNSUPPORTED, model);
    }

    @Test
    void load_modelCutAnywhere_isUnsupported() throws IOException {
        Path model = new ToyVoice().in(folder);
        byte[] whole = Files.readAllBytes(model);
        for (int length = 1; length < whole.length; length += whole.length / 40) {
            Files.write(model, Arrays.copyOf(whole, length));
            failureOf(Category.UNSUPPORTED, model);
        }
    }

    @Test
    void load_modelWithFlippedBits_neitherCrashesNorThrowsSomethingElse() throws IOException {
        Path model = new ToyVoice().in(folder);
        byte[] whole = Files.readAllBytes(model);
        var random = new Random(11);
        for (int i = 0; i < 60; i++) {
            byte[] flipped = whole.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(model, flipped);
            try (LocalVoice voice = LocalVoice.load(model)) {
                Listening.to(voice, "ab");
            } catch (TtsException e) {
                assertThat(e.category()).isIn(Category.UNSUPPORTED, Category.PROTOCOL, Category.NO_AUDIO);
            }
        }
    }

    @Test
    void load_severalSpeakersInTheConfigOnly_isUnsupportedAndSaysBoth() {
        Path model = new ToyVoice()
                .replace("\"num_speakers\": %d", "\"num_speakers\": 1%d")
                .in(folder);
        assertThat(failureOf(Category.UNSUPPORTED, model))
                .hasMessageContaining("num_speakers 11")
                .hasMessageContaining("no input for the speaker");
    }

    @Test
    void load_severalSpeakersInTheGraphOnly_isUnsupportedAndSaysBoth() {
        Path model = new ToyVoice().speakers(2).speakersInConfig(1).in(folder);
        assertThat(failureOf(Category.UNSUPPORTED, model))
                .hasMessageContaining("num_speakers 1")
                .hasMessageContaining("an input for the speaker");
    }

    @Test
    void load_otherInputs_isUnsupportedAndNamesWhatWasFoundAndExpected() throws IOException {
        Path model = new ToyVoice().in(folder);
        var graph = new GraphWriter();
        String tokens = graph.input("tokens", GraphWriter.INT64, 1, -1);
        String style = graph.input("style", GraphWriter.FLOAT, 1, 256);
        graph.nodeNamed("audio", "Identity", Map.of(), style);
        graph.nodeNamed("same", "Identity", Map.of(), tokens);
        graph.output("audio", GraphWriter.FLOAT, 1, 256).output("same", GraphWriter.INT64, 1, -1);
        Files.write(model, graph.model());
        assertThat(failureOf(Category.UNSUPPORTED, model))
                .hasMessageContaining("tokens INT64[1, -1]; style FLOAT[1, 256]")
                .hasMessageContaining("audio FLOAT[1, 256]; same INT64[1, -1]")
                .hasMessageContaining("input_lengths");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void load_oneInputOrOutputOfAnotherTypeOrShape_isUnsupported(int wrong) throws IOException {
        Path model = new ToyVoice().in(folder);
        var graph = new GraphWriter();
        String ids = wrong == 0
                ? graph.input("input", GraphWriter.FLOAT, 1, -1)
                : graph.input("input", GraphWriter.INT64, 1, -1);
        graph.input("input_lengths", GraphWriter.INT64, wrong == 1 ? new long[] {1, 1} : new long[] {1});
        String scales = graph.input("scales", GraphWriter.FLOAT, wrong == 2 ? 4 : 3);
        if (wrong == 3) {
            graph.input("sid", GraphWriter.FLOAT, 1);
        }
        graph.nodeNamed("output", "Identity", Map.of(), wrong == 4 ? ids : scales);
        graph.output(
                "output",
                wrong == 4 ? GraphWriter.INT64 : GraphWriter.FLOAT,
                wrong == 4 ? new long[] {1, -1} : new long[] {-1});
        Files.write(model, graph.model());
        assertThat(failureOf(Category.UNSUPPORTED, model)).hasMessageContaining("Piper's contract");
    }

    @Test
    void build_fails_doesNotCloseTheGivenPhonemizer() throws IOException {
        Path model = new ToyVoice().in(folder);
        Files.write(model, new byte[0]);
        var closed = new AtomicInteger();
        var given = new Phonemizer() {
            @Override
            public List<PhonemeRun> phonemize(String text) {
                return List.of();
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        Thrown.by(
                Category.UNSUPPORTED,
                () -> LocalVoice.builder().model(model).phonemizer(given).build());
        assertThat(closed).hasValue(0);
    }

    @Test
    void build_voiceOfAnotherLanguage_asksEspeakAndStartsNothingYet() {
        Path model = new ToyVoice()
                .replace("\"text\"", "\"espeak\"")
                .replace("en-us", "de")
                .in(folder);
        try (LocalVoice voice = LocalVoice.load(model)) {
            assertThat(voice.voices()).hasSize(1);
        }
    }

    @Test
    void build_espeakVoiceThatIsNoName_isUnsupported() {
        Path model = new ToyVoice()
                .replace("\"text\"", "\"espeak\"")
                .replace("en-us", "--stdin")
                .in(folder);
        assertThat(failureOf(Category.UNSUPPORTED, model)).hasMessageContaining("espeak.voice");
    }

    @Test
    void build_phonemesWithoutEspeakVoice_needsAPhonemizer() {
        Path model = new ToyVoice()
                .replace("\"text\"", "\"espeak\"")
                .replace("\"voice\": \"en-us\"", "")
                .in(folder);
        assertThat(failureOf(Category.UNSUPPORTED, model)).hasMessageContaining("espeak.voice");
    }
}
