// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.examples.speak;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.Encoding;
import io.ttsclient.audio.WavReader;
import io.ttsclient.speech.SpeechOptions;
import io.ttsclient.testkit.FakeBackend;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the audio goes, and with which options it is spoken. */
class SpeakCommandTest extends SpeakFixture {
    @Test
    void speak_toWav_writesAWavAtTheVoicesRate() throws IOException {
        int status = speak.run("Hello,", "world", "-o", file("hello.wav"));

        assertThat(status).isZero();
        assertThat(speak.out()).isEmpty();
        assertThat(speak.err()).isEmpty();
        assertThat(folder.toFile().list()).containsExactly("hello.wav");
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
        var samples = new ByteArrayOutputStream();
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
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void speak_overAnOldFile_replacesIt() throws IOException {
        Files.writeString(folder.resolve("a.raw"), "old");

        assertThat(speak.run("Hello", "-o", file("a.raw"))).isZero();

        assertThat(folder.resolve("a.raw")).hasBinaryContent(FakeBackend.audioOf("Hello", MADE));
    }

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
    void speak_encodingAndRate_makeThatWav(String name, @Nullable String rate, Encoding encoding, int hz)
            throws IOException {
        String[] rateOption = rate == null ? new String[0] : new String[] {"--sample-rate", rate};
        var args = new ArrayList<>(List.of("Hello", "-o", file("a.wav"), "--encoding", name));
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
}
