// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.error.Category;
import io.ttsclient.testkit.Behaviour;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Outputs that do not take the audio, and backends that do not give it. */
class SpeakFailureTest extends SpeakFixture {
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
        speak.out = SpeakCall.failing("No space left on device");

        assertThat(speak.run("Hello", "-o", "-")).isEqualTo(2);

        assertThat(speak.err()).isEqualTo("speak: standard output: No space left on device" + System.lineSeparator());
        backend.awaitReleased();
    }

    @Test
    void speak_readerOfStandardOutputGone_endsQuietly() {
        speak.out = SpeakCall.failing("Broken pipe");

        assertThat(speak.run("Hello", "-o", "-")).isEqualTo(130);

        assertThat(speak.err()).isEmpty();
        backend.awaitReleased();
    }

    @Test
    void speak_readerOfStandardOutputGone_stillEndsWithJson() {
        speak.out = SpeakCall.failing("Broken pipe");

        assertThat(speak.run("Hello", "-o", "-", "--json")).isEqualTo(130);

        assertThat(speak.json().get("category").textValue()).isEqualTo("CANCELLED");
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void speak_failureBeforeAudio_exitsAsDocumentedWithoutAFile(Category category) throws IOException {
        backend.always(Behaviour.fail(category));

        int status = speak.run("Hello", "-o", file("a.wav"), "--json");

        assertThat(status).isIn(2, 3, 4, 130);
        assertThat(speak.json().get("category").textValue()).isEqualTo(category.name());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void speak_failureInTheMiddle_keepsTheOldFileAndReportsWhatCame() throws IOException {
        Files.writeString(folder.resolve("a.wav"), "old");
        backend.always(Behaviour.speak().chunks(64).failAt(128, Category.UNAVAILABLE));

        int status = speak.run("Hello, world", "-o", file("a.wav"), "--json");

        assertThat(status).isEqualTo(4);
        assertThat(folder.toFile().list()).containsExactly("a.wav");
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
        assertThat(folder).isEmptyDirectory();
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
}
