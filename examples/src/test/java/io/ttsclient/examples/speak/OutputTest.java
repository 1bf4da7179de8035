// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.backend.DelegatingBackend;
import io.ttsclient.backend.DelegatingSource;
import io.ttsclient.backend.Synthesis;
import io.ttsclient.speech.AudioSource;
import io.ttsclient.testkit.FakeBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A file that takes no more after the first audio; what is wrong with one before is in {@link SpeakCommandTest}. */
class OutputTest {
    private final FakeBackend backend = FakeBackend.create();
    private final SpeakCall speak = new SpeakCall(backend);

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it deletes no file that is open")
    void take_folderGoneInTheMiddle_exitsTwoAndSaysSo(@TempDir Path folder) throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        String output = gone.resolve("a.wav").toString();
        speak.backends = choice -> new DelegatingBackend(backend) {
            @Override
            public AudioSource stream(Synthesis synthesis) {
                return new DelegatingSource(super.stream(synthesis)) {
                    @Override
                    protected void onEnd() { // the file still has its temporary name
                        delete(gone);
                    }
                };
            }
        };

        assertThat(speak.run("Hello", "-o", output)).isEqualTo(2);

        assertThat(speak.err()).isEqualTo("speak: --output " + output + ": no such file" + System.lineSeparator());
        assertThat(folder).isEmptyDirectory();
        backend.awaitReleased();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
