// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.WavReader;
import io.ttsclient.local.LocalVoice;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import io.ttsclient.testkit.ServerRequest;
import io.ttsclient.testkit.deepgram.DeepgramEmulator;
import io.ttsclient.testkit.gemini.GeminiEmulator;
import io.ttsclient.testkit.gemini.GeminiRequest;
import io.ttsclient.testkit.vits.PiperEmulator;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The providers as their modules make them, against servers in this process. */
@ExtendWith(LeakCheck.class)
class SpeakProvidersTest {
    private static final AudioFormat MADE = AudioFormat.linear16(24_000);

    @TempDir
    private Path folder;

    private final LoopbackServer server = LoopbackServer.start();
    private final SpeakCall speak = new SpeakCall(FakeBackend.create());

    @AfterEach
    void closeServer() {
        server.close();
    }

    private int run(Map<String, String> environment, String... args) {
        speak.backends = Backends.available(environment::get);
        return speak.run(args);
    }

    private int speakWithVits(String... more) {
        var args = new ArrayList<>(List.of("Hello", "--provider", "vits", "--dialect", "openai-speech"));
        args.addAll(List.of("--base-url", server.url(""), "--json", "-o", file()));
        args.addAll(Arrays.asList(more));
        return run(Map.of(), args.toArray(String[]::new));
    }

    private String file() {
        return folder.resolve("a.wav").toString();
    }

    private static ServerAnswer hello() {
        return ServerAnswer.of(200).body(FakeBackend.wavOf(FakeBackend.audioOf("Hello", MADE), MADE));
    }

    private int rateOfFile() throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(file()))) {
            return WavReader.open(in).format().sampleRate();
        }
    }

    @Test
    void fallback_healthyServer_itSpeaks() throws IOException {
        server.enqueue(hello());

        assertThat(speakWithVits("--fallback", "local", "--max-attempts", "2")).isZero();

        JsonNode json = speak.json();
        assertThat(json.get("provider").textValue()).isEqualTo("vits");
        assertThat(json.get("attempts").intValue()).isEqualTo(1);
        assertThat(json.get("audioMillis").intValue()).isEqualTo(50);
        assertThat(rateOfFile()).isEqualTo(24_000);
    }

    @Test
    void fallback_serverThatFails_isAskedTwiceThenTheLocalVoiceSpeaks() throws IOException {
        server.enqueue(ServerAnswer.of(500), ServerAnswer.of(500));
        String line = "--fallback local --max-attempts 2 --voice nova --model kokoro";

        assertThat(speakWithVits(line.split(" "))).isZero();

        assertThat(server.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.text()).contains("\"nova\"", "\"kokoro\""));
        JsonNode json = speak.json();
        assertThat(json.get("provider").textValue()).isEqualTo("local");
        assertThat(json.get("voice").textValue()).isEqualTo("builtin"); // it has neither a nova nor a kokoro
        assertThat(json.get("attempts").intValue()).isEqualTo(3);
        assertThat(speak.err()).contains("warning: fell back from vits: UNAVAILABLE");
        assertThat(rateOfFile()).isEqualTo(22_050);
    }

    @Test
    void fallback_serverGone_theLocalVoiceSpeaks() {
        server.close();

        assertThat(speakWithVits("--fallback", "local", "--max-attempts", "2")).isZero();

        assertThat(speak.json().get("provider").textValue()).isEqualTo("local");
    }

    @Test
    void maxAttempts_noFallback_exitsFourAfterThatMany() throws IOException {
        server.enqueue(ServerAnswer.of(503), ServerAnswer.of(503), ServerAnswer.of(503), hello());

        assertThat(speakWithVits("--max-attempts", "3")).isEqualTo(4);

        assertThat(server.requests()).hasSize(3);
        assertThat(speak.json().get("category").textValue()).isEqualTo("UNAVAILABLE");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void vits_everyOption_reachesTheServer() throws IOException {
        server.enqueue(hello());
        var args = new ArrayList<>(List.of("Hello", "-p", "vits", "--dialect", "openai-speech"));
        args.addAll(
                List.of("--base-url", server.url("/tts"), "--voice", "nova", "--model", "kokoro", "--speed", "1.5"));
        args.addAll(List.of("-o", file()));

        assertThat(run(Map.of("VITS_API_KEY", "sk-1"), args.toArray(String[]::new)))
                .isZero();

        ServerRequest request = server.requests().get(0);
        assertThat(request.target()).isEqualTo("/tts/v1/audio/speech");
        assertThat(request.header("Authorization")).contains("Bearer sk-1");
        assertThat(request.text()).contains("\"kokoro\"", "\"nova\"", "\"speed\":1.5");
    }

    @Test
    void vits_styleWithAFallback_isForTheProviderOnly() {
        server.enqueue(ServerAnswer.of(404));

        assertThat(speakWithVits("--style", "cheerful", "--fallback", "local")).isZero();

        assertThat(speak.err()).contains("style ignored: openai-speech").doesNotContain("local voice takes no");
    }

    @Test
    void gemini_styleAndVoice_reachIt() {
        try (GeminiEmulator emulator = GeminiEmulator.start()) {
            String line = "Hello --provider gemini --style cheerful --voice Puck --json --base-url " + emulator.url();
            var args = new ArrayList<>(List.of(line.split(" ")));
            args.addAll(List.of("-o", file()));

            assertThat(run(Map.of("GEMINI_API_KEY", GeminiEmulator.KEY), args.toArray(String[]::new)))
                    .isZero();

            GeminiRequest request = emulator.requests().get(0);
            assertThat(request.style()).contains("cheerful");
            assertThat(request.voices()).containsExactly("Puck");
        }
        assertThat(speak.json().get("provider").textValue()).isEqualTo("gemini");
        assertThat(speak.json().get("voice").textValue()).isEqualTo("Puck");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/gemini.md"})
    void gemini_lineInADocument_speaksAsItSays(String document) throws IOException {
        Matcher shown = Pattern.compile("`GEMINI_API_KEY=\\.\\.\\. \\./speak \"(\\w+)\" ([^`]+) -o hello\\.wav`")
                .matcher(Files.readString(Path.of("..", document)));
        assertThat(shown.find()).isTrue();
        try (GeminiEmulator emulator = GeminiEmulator.start()) {
            var args = new ArrayList<>(List.of(shown.group(1)));
            args.addAll(List.of(shown.group(2).split(" ")));
            args.addAll(List.of("-o", file(), "--base-url", emulator.url()));

            assertThat(run(Map.of("GEMINI_API_KEY", GeminiEmulator.KEY), args.toArray(String[]::new)))
                    .isZero();

            GeminiRequest request = emulator.requests().get(0);
            assertThat(request.transcript()).isEqualTo(shown.group(1));
            assertThat(request.style()).contains("cheerful");
        }
        assertThat(Path.of(file())).isNotEmptyFile();
    }

    @Test
    void gemini_wrongKey_exitsThree() {
        try (GeminiEmulator emulator = GeminiEmulator.start()) {
            String[] args = ("Hello -p gemini --json -o " + file() + " --base-url " + emulator.url()).split(" ");

            assertThat(run(Map.of("GEMINI_API_KEY", "wrong"), args)).isEqualTo(3);
        }
        assertThat(speak.json().get("category").textValue()).isEqualTo("AUTHENTICATION");
    }

    private int speakWithDeepgram(DeepgramEmulator emulator, String text, String... more) {
        var args = new ArrayList<>(List.of(text, "-p", "deepgram", "--json", "--base-url"));
        args.addAll(List.of(emulator.baseUrl().replaceFirst("http", "ws"), "-o", file()));
        args.addAll(Arrays.asList(more));
        return run(Map.of("DEEPGRAM_API_KEY", DeepgramEmulator.KEY), args.toArray(String[]::new));
    }

    @Test
    void deepgram_wholeText_isSpokenByTheVoiceThatWasAskedFor() {
        try (DeepgramEmulator emulator = DeepgramEmulator.start()) {
            assertThat(speakWithDeepgram(emulator, "Hello.", "--voice", "flux-haley-en"))
                    .isZero();

            assertThat(emulator.requests().get(0).target()).startsWith("/v2/speak?model=flux-haley-en");
            assertThat(emulator.violations()).isEmpty();
        }
        assertThat(speak.json().get("provider").textValue()).isEqualTo("deepgram");
        assertThat(speak.json().get("voice").textValue()).isEqualTo("flux-haley-en");
        assertThat(file()).satisfies(made -> assertThat(Path.of(made)).isNotEmptyFile());
    }

    @Test
    @Timeout(60)
    void deepgram_standardInput_isSpokenWhileItArrives() throws Exception {
        var writer = new PipedOutputStream();
        try (DeepgramEmulator emulator = DeepgramEmulator.start()) {
            speak.in = new PipedInputStream(writer);
            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(
                    () -> speakWithDeepgram(emulator, "-", "--voice", "aura-2-thalia-en"));
            writer.write("This is the first sentence. And".getBytes(StandardCharsets.UTF_8));
            writer.flush();
            while (emulator.received().stream().noneMatch(told -> told.contains("{\"type\":\"Flush\"}"))) {
                assertThat(exit).as("the program, which waits for more").isNotDone();
                Thread.onSpinWait();
            }
            writer.write(" this the last.".getBytes(StandardCharsets.UTF_8));
            writer.close();

            assertThat(exit.get()).isZero();
            assertThat(spoken(emulator)).isEqualTo("This is the first sentence. And this the last.");
            assertThat(emulator.violations()).isEmpty();
        }
        assertThat(speak.json().get("provider").textValue()).isEqualTo("deepgram");
    }

    /** All that was sent to be spoken, in however many messages. */
    private static String spoken(DeepgramEmulator emulator) throws IOException {
        var text = new StringBuilder();
        for (String told : emulator.received().get(0)) {
            text.append(new ObjectMapper().readTree(told).path("text").asText());
        }
        return text.toString();
    }

    @Test
    void deepgram_wrongKey_exitsThree() {
        try (DeepgramEmulator emulator = DeepgramEmulator.start()) {
            String[] args = ("Hello -p deepgram --json -o " + file() + " --base-url " + emulator.baseUrl()).split(" ");

            assertThat(run(Map.of("DEEPGRAM_API_KEY", "wrong"), args)).isEqualTo(3);
        }
        assertThat(speak.json().get("category").textValue()).isEqualTo("AUTHENTICATION");
    }

    @Test
    void health_ofAVitsServer_isAskedOfIt() {
        server.enqueue(ServerAnswer.of(200), ServerAnswer.of(503));
        String[] args = {"--health", "-p", "vits", "--dialect", "openai-speech", "--base-url", server.url("")};

        assertThat(run(Map.of(), args)).isZero();
        assertThat(run(Map.of(), args)).isEqualTo(4);

        assertThat(speak.outText()).contains("UP /health answered 200", "BUSY /health answered 503");
    }

    @Test
    void vits_lineInTheDocument_speaksAsItSays() throws IOException {
        Matcher shown = Pattern.compile("`\\./speak \"(\\w+)\" ([^`]+) -o hello\\.wav`")
                .matcher(Files.readString(Path.of("../docs/vits-servers.md")));
        assertThat(shown.find()).isTrue();
        try (LoopbackServer piper = LoopbackServer.start(new PiperEmulator(PiperEmulator.Version.V1_5))) {
            var args = new ArrayList<>(List.of(shown.group(1)));
            args.addAll(List.of(
                    shown.group(2).replaceFirst("http://\\S+", piper.url("")).split(" ")));
            args.addAll(List.of("-o", file()));

            assertThat(run(Map.of(), args.toArray(String[]::new))).isZero();
        }
        assertThat(Path.of(file())).isNotEmptyFile();
    }

    @Test
    void listVoices_ofAVitsServer_areThoseThatItLists() {
        try (LoopbackServer piper = LoopbackServer.start(new PiperEmulator(PiperEmulator.Version.V1_5))) {
            String[] args = {"--list-voices", "-p", "vits", "--dialect", "piper", "--base-url", piper.url("")};

            assertThat(run(Map.of(), args)).isZero();
        }

        assertThat(speak.outText().lines()).first().isEqualTo("en_US-amy-medium\ten_US-amy-medium\ten-US\t");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -p vits --dialect openai-speech                       | needs --base-url
            -p vits --base-url http://localhost:1                 | needs --dialect
            -p vits --base-url localhost --dialect openai-speech  | baseUrl: no http or https address
            -p vits --base-url http://localhost:1 --dialect x     | dialect: 'x', allowed vits-tts-vietnamese
            -p gemini                                             | needs its key in the variable GEMINI_API_KEY
            -p deepgram                                           | needs its key in the variable DEEPGRAM_API_KEY
            --fallback vits                                       | needs --base-url
            --fallback klingon                                    | provider klingon: unknown, allowed local, deepgram
            -p klingon                                            | provider klingon: unknown, allowed local, deepgram
            """)
    void provider_thatLacksSomething_exitsTwoAndSaysWhat(String line, String message) {
        assertThat(run(Map.of(), ("Hello --json -o " + file() + " " + line).split(" ")))
                .isEqualTo(2);

        assertThat(speak.err()).contains(message);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            missing.onnx    | missing.onnx: no readable file
            folder.onnx     | folder.onnx: no readable file
            alone.onnx      | alone.onnx.json
            corrupt.onnx    | corrupt.onnx does not load
            """)
    void model_thatIsNoVoice_exitsTwoAndSaysWhy(String model, String message, @TempDir Path models) throws IOException {
        Files.createDirectory(models.resolve("folder.onnx"));
        Files.writeString(models.resolve("alone.onnx"), "no graph");
        Files.writeString(models.resolve("corrupt.onnx"), "no graph");
        try (InputStream config = LocalVoice.class.getResourceAsStream("builtin.onnx.json")) {
            Files.copy(Objects.requireNonNull(config), models.resolve("corrupt.onnx.json"));
        }

        String line = "Hello --json -o " + file() + " --model " + models.resolve(model);
        assertThat(run(Map.of(), line.split(" "))).isEqualTo(2);

        assertThat(speak.err()).contains(message).doesNotContain("bug");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-p deepgram", "-p gemini", "--fallback local,vits"})
    void provider_withoutItsModule_exitsTwoAndSaysSo(String line) {
        Thread thread = Thread.currentThread();
        ClassLoader withModules = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            assertThat(run(Map.of(), ("Hello --json -o " + file() + " " + line).split(" ")))
                    .isEqualTo(2);
        } finally {
            thread.setContextClassLoader(withModules);
        }

        assertThat(speak.err()).contains(": not available in this version");
        assertThat(speak.json().get("category").textValue()).isEqualTo("UNSUPPORTED");
        assertThat(folder).isEmptyDirectory();
    }
}
