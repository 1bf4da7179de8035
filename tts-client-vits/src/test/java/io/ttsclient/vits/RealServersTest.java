// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.vits;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.Health;
import io.ttsclient.error.Category;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.speech.Voice;
import io.ttsclient.testkit.LeakCheck;
import io.ttsclient.testkit.TestSynthesis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dialects against the web frameworks that the real servers are built on, whose framing and errors are their own. They speak with
 * what {@code ./speak "Hello, world."} writes.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(LeakCheck.class)
class RealServersTest {
    private static final int HEADER_BYTES = 44;
    private static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();
    private static final Path SPEECH =
            Path.of("src/test/resources/hello-world.wav").toAbsolutePath();

    private static VitsServer at(PythonServer server, Dialect dialect) {
        return VitsServer.builder().baseUrl(server.url()).dialect(dialect).build();
    }

    private static byte[] audio() throws IOException {
        byte[] wav = Files.readAllBytes(SPEECH);
        return Arrays.copyOfRange(wav, HEADER_BYTES, wav.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--newer", "--oldest"})
    void tornado_bothGenerations_speak(String generation) throws Exception {
        try (PythonServer server = PythonServer.start(
                        SCRIPTS.resolve("tornado_server.py"), List.of("tornado"), SPEECH.toString(), generation);
                VitsServer backend = at(server, Dialect.VITS_TTS_VIETNAMESE)) {
            assertThat(Emulated.speak(backend, TestSynthesis.of("Xin ch\u00e0o")))
                    .isEqualTo(audio());
            assertThat(Emulated.speak(backend, TestSynthesis.of("Xin ch\u00e0o")))
                    .isEqualTo(audio());
            try (AudioSource left = backend.stream(TestSynthesis.of("Xin ch\u00e0o"))) {
                assertThat(left.read()).isNotNull();
            }
            assertThat(backend.health().status()).isEqualTo(Health.Status.UNKNOWN); // this one has no page either
        }
    }

    @Test
    void flask_piper_speaksAndFailsInPages() throws Exception {
        try (PythonServer server =
                        PythonServer.start(SCRIPTS.resolve("flask_server.py"), List.of("flask"), SPEECH.toString());
                VitsServer backend = at(server, Dialect.PIPER)) {
            assertThat(Emulated.speak(backend, TestSynthesis.of("Hello"))).isEqualTo(audio());
            assertThat(backend.voices()).extracting(Voice::id).containsExactly("en_US-amy-medium");
            assertThat(backend.health().status()).isEqualTo(Health.Status.UP);
            assertThat(VitsServer.probe(server.url()))
                    .extracting(Suggestion::dialect)
                    .containsExactly(Dialect.PIPER);
        }
        Dialect wrongField = Dialect.builder("own")
                .route(Route.postJson("synthesize").with("input", Value.TEXT))
                .maybeBadInput(500)
                .build();
        try (PythonServer server =
                        PythonServer.start(SCRIPTS.resolve("flask_server.py"), List.of("flask"), SPEECH.toString());
                VitsServer backend = at(server, wrongField)) {
            assertThat(Thrown.by(Category.UNAVAILABLE, () -> backend.stream(TestSynthesis.of("Hello"))))
                    .hasMessageContaining("answered 500: Internal Server Error");
        }
    }

    @Test
    void fastApi_melo_speaksAndFailsInJson() throws Exception {
        try (PythonServer server = PythonServer.start(
                        SCRIPTS.resolve("fastapi_server.py"),
                        List.of("fastapi", "uvicorn", "pydantic"),
                        SPEECH.toString());
                VitsServer backend = at(server, Dialect.MELO_TTS)) {
            assertThat(Emulated.speak(backend, TestSynthesis.of("Hello"))).isEqualTo(audio());
            assertThat(backend.voices()).extracting(Voice::id).contains("EN_INDIA");
            assertThat(backend.health().status()).isEqualTo(Health.Status.UP);
            assertThat(Thrown.by(
                            Category.INVALID_REQUEST,
                            () -> backend.stream(TestSynthesis.of("Hello", SpeechOptions.voice("EN-IN")))))
                    .hasMessageContaining("Speaker 'EN-IN' not found");
            Thrown.by(Category.TRUNCATED, () -> Emulated.speak(backend, TestSynthesis.of("Break")));
        }
        Dialect wrongSpeed = Dialect.builder("own")
                .route(Route.postJson("synthesize").with("text", Value.TEXT).with("speed", Value.always(9)))
                .build();
        try (PythonServer server = PythonServer.start(
                        SCRIPTS.resolve("fastapi_server.py"),
                        List.of("fastapi", "uvicorn", "pydantic"),
                        SPEECH.toString());
                VitsServer backend = at(server, wrongSpeed)) {
            assertThat(Thrown.by(Category.INVALID_REQUEST, () -> backend.stream(TestSynthesis.of("Hello"))))
                    .hasMessageContaining("less than or equal to 2");
        }
    }
}
