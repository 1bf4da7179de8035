// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Encoding;
import io.ttsclient.audio.WavReader;
import io.ttsclient.backend.Health;
import io.ttsclient.error.Category;
import io.ttsclient.examples.RecordingLine;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.Voice;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeakCommandTest {
    private static final AudioFormat MADE = AudioFormat.linear16(16_000);

    @TempDir
    private Path folder;

    private final FakeBackend backend = FakeBackend.create();
    private final SpeakCall speak = new SpeakCall(backend);

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    // What it writes

    @Test
    void speak_toWav_writesAWavAtTheVoicesRate() throws IOException {
        int status = speak.run("Hello,", "world", "-o", file("hello.wav"));

        assertThat(status).isZero();
        assertThat(speak.out()).isEmpty();
        assertThat(speak.err()).isEmpty();
        assertThat(files()).containsExactly(folder.resolve("hello.wav"));
        try (InputStream in = Files.newInputStream(folder.resolve("hello.wav"))) {
            WavReader wav = WavReader.open(in);
            assertThat(wav.format()).isEqualTo(MADE);
            assertThat(samples(wav)).isEqualTo(FakeBackend.audioOf("Hello, world", MADE));
            assertThat(wav.truncated()).isFalse();
        }
        backend.awaitReleased();
        assertThat(backend.isClosed()).isTrue();
    }

    private static byte[] samples(WavReader wav) throws IOException {
        var samples = new java.io.ByteArrayOutputStream();
        for (ByteBuffer audio = wav.read(); audio != null; audio = wav.read()) {
            byte[] piece = new byte[audio.remaining()];
            audio.get(piece);
            samples.writeBytes(piece);
        }
        return samples.toByteArray();
    }

    @Test
    void speak_toRaw_writesSamplesOnly() throws IOException {
        assertThat(speak.run("Hello", "-o", file("hello.RAW"))).isZero();

        assertThat(folder.resolve("hello.RAW")).hasBinaryContent(FakeBackend.audioOf("Hello", MADE));
    }

    @Test
    void speak_toStandardOutput_writesSamplesOnly() throws IOException {
        assertThat(speak.run("Hello", "--output=-")).isZero();

        assertThat(speak.out()).isEqualTo(FakeBackend.audioOf("Hello", MADE));
        assertThat(speak.err()).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void speak_overAnOldFile_replacesIt() throws IOException {
        Files.writeString(folder.resolve("a.raw"), "old");

        assertThat(speak.run("Hello", "-o", file("a.raw"))).isZero();

        assertThat(folder.resolve("a.raw")).hasBinaryContent(FakeBackend.audioOf("Hello", MADE));
    }

    @Test
    void speak_fromStandardInput_speaksIt() {
        assertThat(speak.in("Hello from a pipe").run("-", "-o", "-")).isZero();

        assertThat(speak.out()).isEqualTo(FakeBackend.audioOf("Hello from a pipe", MADE));
    }

    @Test
    void speak_fromStandardInput_isHeardBeforeItsEnd() throws Exception {
        var line = new RecordingLine(false);
        speak.loudspeaker = new FakeLoudspeaker(line);
        var in = new PipedInputStream();
        speak.in = in;
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> speak.run("-"));
        try (var writer = new PipedOutputStream(in)) {
            writer.write("This is said at once. ".getBytes(StandardCharsets.UTF_8));
            writer.flush();
            line.writing.await();
            writer.write("And this later.".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(status.join()).isZero();
        assertThat(line.played.toByteArray())
                .isEqualTo(FakeBackend.audioOf("This is said at once. And this later.", MADE));
    }

    @Test
    void speak_markdownOnStandardInput_isSpokenWithoutItsSigns() {
        assertThat(speak.in("This is **very** good news.").run("-", "-o", "-")).isZero();

        assertThat(speak.out()).isEqualTo(FakeBackend.audioOf("This is very good news.", MADE));
    }

    @Test
    void speak_markdownAsText_isSpokenAsItIs() {
        assertThat(speak.run("2*3*4", "-o", "-")).isZero();

        assertThat(speak.out()).isEqualTo(FakeBackend.audioOf("2*3*4", MADE));
    }

    @Test
    void speak_standardInputThatBreaksOff_exitsTwoWithoutAFile() throws IOException {
        byte[] latin1 = "This is fine. caf\u00E9 ".getBytes(StandardCharsets.ISO_8859_1);
        speak.in = new ByteArrayInputStream(latin1);

        assertThat(speak.run("-", "-o", file("a.wav"))).isEqualTo(2);

        assertThat(speak.err()).isEqualToIgnoringNewLines("speak: standard input: is not UTF-8 text");
        assertThat(files()).isEmpty();
        backend.awaitReleased();
    }

    @Test
    void speak_standardInputAndNobodySpeaks_exitsFour() {
        backend.always(Behaviour.fail(Category.UNAVAILABLE));

        assertThat(speak.in("Hello.").run("-", "-o", "-", "--max-attempts", "1"))
                .isEqualTo(4);
    }

    @Test
    void speak_fromFile_speaksIt() throws IOException {
        Path text = Files.writeString(folder.resolve("in.txt"), "Hello from a file");

        assertThat(speak.run("--text-file", text.toString(), "-o", "-")).isZero();

        assertThat(speak.out()).isEqualTo(FakeBackend.audioOf("Hello from a file", MADE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"@everyone", "100%", "${sys:user.home}", "a=b", "\"quoted\""})
    void speak_textWithSpecialCharacters_isSpokenAsItIs(String text) {
        assertThat(speak.run("-o", "-", text)).isZero();

        assertThat(speak.out()).isEqualTo(FakeBackend.audioOf(text, MADE));
    }

    @Test
    void speak_textWithADashAfterTwoDashes_isSpoken() {
        assertThat(speak.run("-o", "-", "--", "-5", "degrees")).isZero();

        assertThat(speak.out()).isEqualTo(FakeBackend.audioOf("-5 degrees", MADE));
    }

    // How it is spoken

    @Test
    void speak_withoutOptions_asksForTheVoicesOwnFormatWithinFiveMinutes() {
        speak.run("Hello", "-o", "-");

        SpeechOptions asked = asked();
        assertThat(asked.format()).isEmpty();
        assertThat(asked.timeout()).contains(Duration.ofMinutes(5));
        assertThat(asked.voice()).isEmpty();
        assertThat(asked.speed()).isEmpty();
    }

    @Test
    void speak_withOptions_passesThemOn() {
        int status = speak.run(
                "Hello", "-o", "-", "--voice", "amy", "--language", "en-us", "--speed", "1.5", "--timeout", "1m30s");

        assertThat(status).isZero();
        SpeechOptions asked = asked();
        assertThat(asked.voice()).contains("amy");
        assertThat(asked.language()).contains("en-US");
        assertThat(asked.speed()).hasValue(1.5);
        assertThat(asked.timeout()).contains(Duration.ofSeconds(90));
        assertThat(asked.model()).isEmpty();
    }

    private SpeechOptions asked() {
        return backend.calls().get(0).options();
    }

    @Test
    void speak_model_goesToTheBackendsMaker() {
        var opened = new StringBuilder();
        speak.backends = choice -> {
            opened.append(choice.provider()).append(' ').append(choice.model());
            return backend;
        };

        assertThat(speak.run("Hello", "-o", "-", "-p", "local", "--model", "amy.onnx"))
                .isZero();

        assertThat(opened).hasToString("local amy.onnx");
    }

    @ParameterizedTest
    @CsvSource({
        "mulaw, , MULAW, 8000",
        "ALAW, , ALAW, 8000",
        "mulaw, 16000, MULAW, 16000",
        "linear16, 8000, LINEAR16, 8000"
    })
    void speak_encodingAndRate_makeThatWav(
            String name, @org.jspecify.annotations.Nullable String rate, Encoding encoding, int hz) throws IOException {
        String[] rateOption = rate == null ? new String[0] : new String[] {"--sample-rate", rate};
        var args = new java.util.ArrayList<>(List.of("Hello", "-o", file("a.wav"), "--encoding", name));
        args.addAll(List.of(rateOption));

        assertThat(speak.run(args.toArray(String[]::new))).isZero();

        try (InputStream in = Files.newInputStream(folder.resolve("a.wav"))) {
            WavReader wav = WavReader.open(in);
            assertThat(wav.format().encoding()).isEqualTo(encoding);
            assertThat(wav.format().sampleRate()).isEqualTo(hz);
            assertThat(samples(wav)).hasSize(spokenSamples(hz) * wav.format().bytesPerFrame());
        }
    }

    private static int spokenSamples(int hz) {
        int made = FakeBackend.audioOf("Hello", MADE).length / MADE.bytesPerFrame();
        return (made * hz + MADE.sampleRate() - 1) / MADE.sampleRate();
    }

    @Test
    void speak_encodingLinear16Alone_keepsTheVoicesRate() {
        assertThat(speak.run("Hello", "-o", "-", "--encoding", "linear16")).isZero();

        assertThat(speak.out()).isEqualTo(FakeBackend.audioOf("Hello", MADE));
    }

    // Bad usage

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Hello -o a.mp3                          | .wav
            Hello -o wav                            | .wav
            Hello --speed 9                         | speed: 9.0, allowed 0.25 to 4.0
            Hello --speed fast                      | --speed
            Hello --speed NaN                       | speed: NaN
            Hello --sample-rate 3999                | --sample-rate: sampleRate: 3999 Hz, allowed 4000 to 192000
            Hello --sample-rate -8000               | --sample-rate
            Hello --encoding mp3                    | [linear16, mulaw, alaw]
            Hello --timeout 0s                      | allowed 1ms to 24h
            Hello --timeout soon                    | 1m30s
            Hello --language !!                     | language
            Hello --nonsense                        | --nonsense
            Hello -o                                | --output
            Hello -o a.raw -o b.raw                 | --output
            Hello --style cheerful                  | the local voice takes no style
            Hello --base-url http://localhost       | the local voice has no server
            Hello --dialect piper                   | only the provider vits has dialects
            Hello --max-attempts 0                  | maxAttempts: 0, allowed 1 to 10
            Hello --max-attempts few                | --max-attempts
            Hello --list-voices                     | --list-voices
            --list-voices --health                  | --list-voices
            --health -o a.wav                       | --health
            --health --text-file a.txt              | --health
            -o a.wav                                | text: none given
            Hello --text-file a.txt                 | one of them
            --text-file missing.txt                 | missing.txt: no such file
            """)
    void speak_badUsage_exitsTwoAndSaysWhy(String line, String message) {
        int status = speak.run(line.split(" "));

        assertThat(status).isEqualTo(2);
        assertThat(speak.err()).startsWith("speak: ").contains(message).doesNotContain("Exception");
        assertThat(speak.out()).isEmpty();
        assertThat(backend.calls()).isEmpty();
    }

    @Test
    void speak_unknownOptionLikeText_tellsOfTheTwoDashes() {
        assertThat(speak.run("-5 degrees")).isEqualTo(2);

        assertThat(speak.err()).contains("put -- before");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n", "...", "!?", "😀"})
    void speak_nothingToPronounce_exitsTwoWithoutAFile(String text) throws IOException {
        assertThat(speak.run(text, "-o", file("a.wav"), "--json")).isEqualTo(2);

        assertThat(speak.json().get("category").textValue()).isEqualTo("INVALID_REQUEST");
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "...", "!?"})
    void speak_nothingToPronounceOnStandardInput_exitsTwoWithoutAFile(String text) throws IOException {
        assertThat(speak.in(text).run("-", "-o", file("a.wav"))).isEqualTo(2);

        assertThat(files()).isEmpty();
    }

    @Test
    void speak_nothingToPronounceInAFile_exitsTwoWithoutAFile() throws IOException {
        Path text = Files.writeString(folder.resolve("in.txt"), "...");

        assertThat(speak.run("--text-file", text.toString(), "-o", file("a.wav")))
                .isEqualTo(2);

        assertThat(files()).containsExactly(text);
    }

    // Outputs that do not take it

    @Test
    void speak_missingFolder_exitsTwoBeforeItSpeaks() {
        assertThat(speak.run("Hello", "-o", file("no/such/a.wav"))).isEqualTo(2);

        assertThat(speak.err()).contains("no such directory");
        assertThat(backend.calls()).isEmpty();
    }

    @Test
    void speak_folderAsFile_exitsTwoBeforeItSpeaks() throws IOException {
        Files.createDirectory(folder.resolve("folder.wav"));

        assertThat(speak.run("Hello", "-o", file("folder.wav"))).isEqualTo(2);

        assertThat(speak.err()).contains("is a directory");
        assertThat(backend.calls()).isEmpty();
    }

    @Test
    void speak_nameThatNoFileCanHave_exitsTwo() {
        assertThat(speak.run("Hello", "-o", "a\0.wav")).isEqualTo(2);
    }

    @Test
    void speak_standardOutputFull_exitsTwoAndSaysSo() {
        speak.out = failing("No space left on device");

        assertThat(speak.run("Hello", "-o", "-")).isEqualTo(2);

        assertThat(speak.err()).isEqualTo("speak: standard output: No space left on device" + System.lineSeparator());
        backend.awaitReleased();
    }

    @Test
    void speak_readerOfStandardOutputGone_endsQuietly() {
        speak.out = failing("Broken pipe");

        assertThat(speak.run("Hello", "-o", "-")).isEqualTo(130);

        assertThat(speak.err()).isEmpty();
        backend.awaitReleased();
    }

    @Test
    void speak_readerOfStandardOutputGone_stillEndsWithJson() {
        speak.out = failing("Broken pipe");

        assertThat(speak.run("Hello", "-o", "-", "--json")).isEqualTo(130);

        assertThat(speak.json().get("category").textValue()).isEqualTo("CANCELLED");
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
    }

    // Backends that fail

    @ParameterizedTest
    @EnumSource(Category.class)
    void speak_failureBeforeAudio_exitsAsDocumentedWithoutAFile(Category category) throws IOException {
        backend.always(Behaviour.fail(category));

        int status = speak.run("Hello", "-o", file("a.wav"), "--json");

        assertThat(status).isIn(2, 3, 4, 130);
        assertThat(speak.json().get("category").textValue()).isEqualTo(category.name());
        assertThat(files()).isEmpty();
    }

    @Test
    void speak_failureInTheMiddle_keepsTheOldFileAndReportsWhatCame() throws IOException {
        Files.writeString(folder.resolve("a.wav"), "old");
        backend.always(Behaviour.speak().chunks(64).failAt(128, Category.UNAVAILABLE));

        int status = speak.run("Hello, world", "-o", file("a.wav"), "--json");

        assertThat(status).isEqualTo(4);
        assertThat(files()).containsExactly(folder.resolve("a.wav"));
        assertThat(folder.resolve("a.wav")).hasContent("old");
        assertThat(speak.json().get("provider").textValue()).isEqualTo("fake");
        assertThat(speak.json().get("audioMillis").intValue()).isEqualTo(4);
        assertThat(speak.json().get("attempts").intValue()).isEqualTo(1);
    }

    @Test
    void speak_tooSlow_exitsFourAndTellsOfTheTimeout() throws IOException {
        backend.always(Behaviour.hang());

        assertThat(speak.run("Hello", "-o", file("a.wav"), "--timeout", "20ms", "--json"))
                .isEqualTo(4);

        assertThat(speak.json().get("category").textValue()).isEqualTo("TIMEOUT");
        assertThat(speak.err()).contains("--timeout allows more");
        assertThat(files()).isEmpty();
    }

    @Test
    void speak_bug_exitsOneWithTheStackTrace() {
        speak.backends = choice -> {
            throw new IllegalStateException("cannot be");
        };

        assertThat(speak.run("Hello", "-o", "-", "--json")).isEqualTo(1);

        assertThat(speak.err()).contains("bug").contains("at io.ttsclient.examples.speak");
        assertThat(speak.json().get("category").textValue()).isEqualTo("INTERNAL");
    }

    // What it tells

    @Test
    void json_success_hasAllKeysButTheCategory() {
        speak.run("Hello", "-o", "-", "--json", "--voice", "amy");

        assertThat(speak.err().lines()).hasSize(1);
        assertThat(speak.json().fieldNames())
                .toIterable()
                .containsExactly(
                        "requestId",
                        "provider",
                        "voice",
                        "timeToFirstAudioMillis",
                        "audioMillis",
                        "attempts",
                        "message");
        assertThat(speak.json().get("requestId").textValue()).isNotBlank();
        assertThat(speak.json().get("provider").textValue()).isEqualTo("fake");
        assertThat(speak.json().get("voice").textValue()).isEqualTo("amy");
        assertThat(speak.json().get("timeToFirstAudioMillis").isIntegralNumber())
                .isTrue();
        assertThat(speak.json().get("audioMillis").longValue())
                .isEqualTo(MADE.durationOf(FakeBackend.audioOf("Hello", MADE).length)
                        .toMillis());
        assertThat(speak.json().get("attempts").intValue()).isEqualTo(1);
    }

    @Test
    void json_failure_hasAllKeys() {
        backend.always(Behaviour.fail(Category.QUOTA));

        speak.run("Hello", "-o", "-", "--json");

        assertThat(speak.json().fieldNames())
                .toIterable()
                .containsExactly(
                        "requestId",
                        "provider",
                        "voice",
                        "timeToFirstAudioMillis",
                        "audioMillis",
                        "attempts",
                        "category",
                        "message");
        assertThat(speak.json().get("requestId").textValue()).isNotBlank();
        assertThat(speak.json().get("attempts").intValue()).isEqualTo(1);
        assertThat(speak.json().get("voice").isNull()).isTrue();
        assertThat(speak.json().get("timeToFirstAudioMillis").isNull()).isTrue();
    }

    @Test
    void json_badUsage_isThereToo() {
        assertThat(speak.run("--json", "--nonsense")).isEqualTo(2);

        assertThat(speak.json().get("category").textValue()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void json_text_isInNoMessage() {
        backend.always(Behaviour.fail(Category.CONTENT_REJECTED));

        speak.run("Xylophone", "-o", "-", "--json");

        assertThat(speak.err()).doesNotContain("Xylophone");
    }

    @Test
    void progress_onATerminal_isShownAndClearedAtTheEnd() {
        speak.terminal = true;
        backend.always(Behaviour.speak().chunks(8_000));

        speak.run("a long text ".repeat(50), "-o", file("a.wav"));

        assertThat(speak.err())
                .contains(" s spoken")
                .endsWith("a.wav: "
                        + Progress.seconds(MADE.durationOf(FakeBackend.audioOf("a long text ".repeat(50), MADE).length))
                        + " of linear16 16000 Hz" + System.lineSeparator());
    }

    @Test
    void progress_elsewhere_isNotShown() {
        backend.always(Behaviour.speak().chunks(8_000));

        speak.run("a long text ".repeat(50), "-o", file("a.wav"));

        assertThat(speak.err()).isEmpty();
    }

    // What it answers

    @Test
    void listVoices_severalVoices_printsALineEach() {
        var voices = FakeBackend.builder("fake")
                .voices(
                        new Voice("amy", "Amy", List.of("en-US", "en-GB"), "calm"),
                        new Voice("bo", "Bo", List.of(), ""))
                .build();
        var call = new SpeakCall(voices);

        assertThat(call.run("--list-voices", "--json")).isZero();

        assertThat(call.outText().lines()).containsExactly("amy\tAmy\ten-US,en-GB\tcalm", "bo\tBo\t\t");
        assertThat(call.json().get("message").textValue()).isEqualTo("2 voices");
        assertThat(voices.isClosed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"UP, 0", "DOWN, 4", "UNKNOWN, 4"})
    void health_anyStatus_isPrintedAndDecidesTheExit(Health.Status status, int code) {
        var call = new SpeakCall(FakeBackend.builder("fake")
                .health(Health.builder(status, "so it is").build())
                .build());

        assertThat(call.run("--health", "--json")).isEqualTo(code);

        assertThat(call.outText().strip()).isEqualTo(status + " so it is");
        assertThat(call.json().has("category")).isEqualTo(code != 0);
        assertThat(call.json().get("provider").textValue()).isEqualTo("fake");
    }

    @Test
    void listVoices_readerGone_endsQuietly() {
        var call = new SpeakCall(FakeBackend.builder("fake")
                .voices(new Voice("amy", "Amy", List.of(), ""))
                .build());
        call.out = failing("Broken pipe");

        assertThat(call.run("--list-voices")).isEqualTo(130);

        assertThat(call.err()).isEmpty();
    }

    @Test
    void help_always_namesEveryOptionOfTheManual() {
        assertThat(speak.run("--help")).isZero();

        assertThat(speak.outText())
                .contains("TEXT", "--text-file", "-o, --output", "-p, --provider", "--base-url", "--dialect", "--voice")
                .contains("--model", "--language", "--speed", "--style", "--encoding", "--sample-rate", "--fallback")
                .contains("--max-attempts", "--timeout", "--list-voices", "--health", "--json", "130");
    }

    @Test
    void readme_command_hasOnlyOptionsThatThereAre() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        String command = readme.substring(readme.indexOf("## The command"));
        String block = command.substring(command.indexOf("```"), command.lastIndexOf("```"));
        speak.run("--help");

        assertThat(Pattern.compile("--[a-z-]+").matcher(block).results())
                .extracting(MatchResult::group)
                .isNotEmpty()
                .allMatch(speak.outText()::contains);
    }

    @Test
    void version_always_isOneLine() {
        assertThat(speak.run("--version")).isZero();

        assertThat(speak.outText().lines()).hasSize(1).first().asString().startsWith("speak ");
    }
}
