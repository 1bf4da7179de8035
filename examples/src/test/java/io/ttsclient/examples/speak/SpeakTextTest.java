// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.error.Category;
import io.ttsclient.examples.RecordingLine;
import io.ttsclient.testkit.Behaviour;
import io.ttsclient.testkit.FakeBackend;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the text comes from, and what of it is spoken. */
class SpeakTextTest extends SpeakFixture {
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
        assertThat(folder).isEmptyDirectory();
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

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n", "...", "!?", "😀"})
    void speak_nothingToPronounce_exitsTwoWithoutAFile(String text) throws IOException {
        assertThat(speak.run(text, "-o", file("a.wav"), "--json")).isEqualTo(2);

        assertThat(speak.json().get("category").textValue()).isEqualTo("INVALID_REQUEST");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "...", "!?"})
    void speak_nothingToPronounceOnStandardInput_exitsTwoWithoutAFile(String text) throws IOException {
        assertThat(speak.in(text).run("-", "-o", file("a.wav"))).isEqualTo(2);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void speak_nothingToPronounceInAFile_exitsTwoWithoutAFile() throws IOException {
        Path text = Files.writeString(folder.resolve("in.txt"), "...");

        assertThat(speak.run("--text-file", text.toString(), "-o", file("a.wav")))
                .isEqualTo(2);

        assertThat(folder.toFile().list()).containsExactly("in.txt");
    }
}
