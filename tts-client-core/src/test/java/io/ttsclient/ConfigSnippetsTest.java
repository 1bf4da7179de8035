// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ttsclient.testkit.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Inside the module no factory is found as a service, so what the examples reach is the search for one. */
@ExtendWith(LeakCheck.class)
class ConfigSnippetsTest {
    private static final String NOWHERE = "backends.0.backend: 'nowhere', found []";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("tts.json"), "{\"backends\": [{\"backend\": \"nowhere\"}]}");
    }

    @Test
    void config_file_isRead() {
        assertThatThrownBy(() -> ConfigSnippets.config(file, folder.resolve("hello.wav")))
                .hasMessageStartingWith(NOWHERE);
    }

    @Test
    void reloadable_file_isRead() {
        assertThatThrownBy(() -> ConfigSnippets.reloadable(file, new SimpleMeterRegistry()))
                .hasMessageStartingWith(NOWHERE);
    }

    @Test
    void reload_wrongFile_stays() {
        var made = FakeFactory.none();
        TtsClientConfig config = TtsClientConfig.of(
                ConfigText.json("{\"backends\": [{\"backend\": \"red\", \"settings\": {\"apiKey\": \"k\"}}]}"),
                Map.of(),
                name -> FakeFactory.named(name, made));
        var isOpen = new AtomicBoolean();
        try (ReloadableTtsClient tts = ReloadableTtsClient.open(
                () -> isOpen.getAndSet(true) ? TtsClientConfig.fromJson(file, Map.of()) : config)) {
            ConfigSnippets.reload(tts);

            assertThat(tts.synthesize("Hello").report().backend()).hasValue("red");
        }
    }

    @Test
    void document_programs_areThoseThatRun() throws IOException {
        List<String> run =
                blocks("src/test/java/io/ttsclient/ConfigSnippets.java", "// @start region=\\w+\n(.*?)// @end");

        assertThat(blocks("../docs/configuration.md", "```java\n(.*?)```")).isEqualTo(run);
    }

    private static List<String> blocks(String document, String pattern) throws IOException {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(Files.readString(Path.of(document)))
                .results()
                .map(match -> match.group(1).stripIndent().strip())
                .toList();
    }
}
