// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.examples.RecordingLine;
import io.ttsclient.testkit.FakeBackend;
import io.ttsclient.testkit.LoopbackServer;
import io.ttsclient.testkit.ServerAnswer;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That {@code --timeout} bounds all of it, whatever is waited for. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpeakTimeoutTest {
    @TempDir
    private Path folder;

    private final FakeBackend backend = FakeBackend.create();
    private final SpeakCall speak = new SpeakCall(backend);

    private String file() {
        return folder.resolve("a.wav").toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "This is said at once. And"})
    void timeout_standardInputThatDoesNotEnd_exitsFourWithoutAFile(String text) throws IOException {
        try (var writer = new PipedOutputStream()) {
            speak.in = new PipedInputStream(writer);
            writer.write(text.getBytes(StandardCharsets.UTF_8));
            writer.flush();

            assertThat(speak.run("-", "-o", file(), "--timeout", "50ms", "--json"))
                    .isEqualTo(4);
        }

        assertTimedOut();
        backend.awaitReleased();
    }

    @Test
    void timeout_standardInputToTheLoudspeaker_exitsFour() throws IOException {
        try (var writer = new PipedOutputStream()) {
            speak.in = new PipedInputStream(writer);
            speak.loudspeaker = new FakeLoudspeaker(new RecordingLine(false));

            assertThat(speak.run("-", "--timeout", "50ms", "--json")).isEqualTo(4);
        }

        assertTimedOut();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--health", "--list-voices"})
    void timeout_providerThatDoesNotAnswer_exitsFour(String question) {
        try (LoopbackServer server = LoopbackServer.start()) {
            server.enqueue(ServerAnswer.silence());
            speak.backends = Backends.available(name -> null);
            String line = question + " -p vits --dialect piper --timeout 50ms --json --base-url " + server.url("");

            assertThat(speak.run(line.split(" "))).isEqualTo(4);
        }

        assertThat(speak.outText()).isEmpty();
        assertTimedOut();
    }

    private void assertTimedOut() {
        assertThat(speak.json().get("category").textValue()).isEqualTo("TIMEOUT");
        assertThat(speak.err()).contains("--timeout allows more");
        assertThat(folder).isEmptyDirectory();
    }
}
