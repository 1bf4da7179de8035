// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Health;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.TestSynthesis;
import io.ttsclient.testkit.vits.CoquiEmulator;
import io.ttsclient.testkit.vits.MeloTtsEmulator;
import io.ttsclient.testkit.vits.OpenAiFlavour;
import io.ttsclient.testkit.vits.OpenAiSpeechEmulator;
import io.ttsclient.testkit.vits.PiperEmulator;
import io.ttsclient.testkit.vits.VitsSimpleApiEmulator;
import io.ttsclient.testkit.vits.VitsTtsVietnameseEmulator;
import io.ttsclient.testkit.vits.VitsTtsVietnameseEmulator.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/vits-servers.md} claims, row by row. */
@ExtendWith(LeakCheck.class)
class VitsServersDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/vits-servers.md");
    private static final String KEY = "sk-document-0123456789";

    /** A row of the table. */
    record Row(
            String server,
            String version,
            Dialect dialect,
            String speechBy,
            int sampleRate,
            boolean voices,
            String healthBy,
            boolean probe) {
        static Row parse(String line) {
            List<String> cells = Arrays.stream(line.split("\\|"))
                    .skip(1)
                    .map(cell -> cell.replace("`", "").strip())
                    .toList();
            return new Row(
                    cells.get(0),
                    cells.get(1),
                    Dialect.named(cells.get(2)),
                    cells.get(3),
                    Integer.parseInt(cells.get(4)),
                    yes(cells.get(5)),
                    cells.get(6),
                    yes(cells.get(7)));
        }

        private static boolean yes(String cell) {
            assertThat(cell).isIn("yes", "no");
            return cell.equals("yes");
        }

        LoopbackServer.Handler emulator() {
            String flavour = server.replaceAll("[, ].*", "");
            return switch (flavour) {
                case "vits-tts-vietnamese" ->
                    new VitsTtsVietnameseEmulator(
                            switch (version) {
                                case "f6a9647" -> Generation.TORNADO;
                                case "9b6fcf8" -> Generation.INTERIM;
                                default -> Generation.LITESTAR;
                            });
                case "MeloTTS" -> new MeloTtsEmulator();
                case "Piper" ->
                    new PiperEmulator(
                            switch (version) {
                                case "archived" -> PiperEmulator.Version.LEGACY;
                                case "1.3, 1.4" -> PiperEmulator.Version.V1_3;
                                default -> PiperEmulator.Version.V1_5;
                            });
                case "vits-simple-api" -> new VitsSimpleApiEmulator();
                case "Coqui" ->
                    dialect == Dialect.OPENAI_SPEECH
                            ? new OpenAiSpeechEmulator(OpenAiFlavour.IDIAP)
                            : new CoquiEmulator(
                                    server.contains("Idiap")
                                            ? CoquiEmulator.Version.IDIAP
                                            : CoquiEmulator.Version.COQUI);
                case "OpenAI" -> new OpenAiSpeechEmulator(OpenAiFlavour.OPENAI, KEY);
                default -> new OpenAiSpeechEmulator(flavour(flavour));
            };
        }

        /** Only speaches has no model of OpenAI's name. */
        SpeechOptions options() {
            return server.equals("speaches")
                    ? SpeechOptions.builder()
                            .model("speaches-ai/piper-en_US-amy-medium")
                            .build()
                    : SpeechOptions.none();
        }

        private static OpenAiFlavour flavour(String server) {
            return switch (server) {
                case "Kokoro-FastAPI" -> OpenAiFlavour.KOKORO;
                case "speaches" -> OpenAiFlavour.SPEACHES;
                case "LocalAI" -> OpenAiFlavour.LOCALAI;
                case "openedai-speech" -> OpenAiFlavour.OPENEDAI;
                case "chatterbox-tts-api" -> OpenAiFlavour.CHATTERBOX;
                case "openai-edge-tts" -> OpenAiFlavour.EDGE_TTS;
                default -> throw new AssertionError("no emulator of " + server);
            };
        }
    }

    static Stream<Row> rows() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| server"))
                .map(Row::parse);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void row_whatItClaims_isSo(Row row) {
        try (Emulated emulated = new Emulated(row.dialect(), row.emulator(), builder -> builder.apiKey(KEY))) {
            try (AudioSource source = emulated.backend.stream(TestSynthesis.of("Hello", row.options()))) {
                assertThat(source.format().sampleRate()).isEqualTo(row.sampleRate());
            }
            assertThat(emulated.speak("Hello", row.options())).isEqualTo(Emulated.audioOf("Hello", row.sampleRate()));
            assertThat(emulated.asked())
                    .anyMatch(asked -> asked.replaceAll("\\?.*", "").equals(row.speechBy()));
            assertThat(!emulated.backend.voices().isEmpty()).as("voices").isEqualTo(row.voices());
            Health health = emulated.backend.health();
            if (row.healthBy().equals("no")) {
                assertThat(health.status()).isEqualTo(Health.Status.UNKNOWN);
            } else {
                assertThat(health.status()).isEqualTo(Health.Status.UP);
                assertThat(health.detail()).startsWith(row.healthBy() + " answered");
            }
            assertThat(VitsServer.probe(emulated.server.url("")))
                    .as("what probe suggests")
                    .extracting(Suggestion::dialect)
                    .isEqualTo(row.probe() ? List.of(row.dialect()) : List.of());
        }
    }

    @Test
    void table_everyEmulator_hasARow() throws IOException {
        int versions = Generation.values().length
                + PiperEmulator.Version.values().length
                + CoquiEmulator.Version.values().length
                + OpenAiFlavour.values().length
                + List.of("MeloTTS", "vits-simple-api").size();
        assertThat(rows().distinct()).hasSize(versions);
        assertThat(rows().map(Row::dialect)).containsAll(Dialect.builtIn());
    }

    @Test
    void ownDialect_inTheDocument_isTheOneThatATestRuns() throws IOException {
        String test = Files.readString(Path.of("src/test/java/io/ttsclient/vits/OwnDialectTest.java"));
        String run = between(test, "// @start region=\"dialect\"\n", "\n        // @end");
        String shown = between(Files.readString(DOCUMENT), "```java\n", "\n```");

        assertThat(shown).isEqualTo(run.stripIndent());
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
