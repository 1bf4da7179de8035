// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.audio.WavReader;
import io.ttsclient.audio.WavWriter;
import io.ttsclient.doubles.ScriptedSource;
import io.ttsclient.error.Category;
import io.ttsclient.error.TtsException;
import io.ttsclient.testkit.LeakCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class AudioFilesTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(8_000);

    @TempDir
    private Path directory;

    private final ScriptedSource source = new ScriptedSource(FORMAT);

    private static AudioStream stream(ScriptedSource source) {
        return AudioStream.of(source, Runnable::run, SpeechReport.builder("r")::build);
    }

    private void assertNothingElseIn(Path... files) throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            assertThat(found).containsExactlyInAnyOrder(files);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello.wav", "HELLO.WAV", "hello.there.Wav", ".wav"})
    void writeTo_wavName_writesAWavWithTrueSizes(String name) throws IOException {
        source.gives(1, 2).gives(3, 4, 5, 6);
        Path file = directory.resolve(name);

        stream(source).writeTo(file);

        ByteBuffer wav = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(wav.limit()).isEqualTo(44 + 6);
        assertThat(wav.getInt(4)).as("RIFF size").isEqualTo(wav.limit() - 8);
        assertThat(wav.getInt(40)).as("data size").isEqualTo(6);
        try (InputStream in = Files.newInputStream(file)) {
            WavReader reader = WavReader.open(in);
            assertThat(reader.format()).isEqualTo(FORMAT);
            assertThat(reader.read()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6}));
        }
        assertThat(source.isClosed()).isTrue();
        assertNothingElseIn(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello.raw", "hello", "hello.wav.pcm", "wav"})
    void writeTo_anyOtherName_writesTheBytesAsTheyAre(String name) throws IOException {
        source.gives(1, 2).gives(3, 4, 5, 6);
        Path file = directory.resolve(name);

        stream(source).writeTo(file);

        assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3, 4, 5, 6);
        assertNothingElseIn(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello.wav", "hello.raw"})
    void writeTo_existingFile_isReplaced(String name) throws IOException {
        Path file =
                Files.writeString(directory.resolve(name), "something older and much longer than the audio".repeat(9));
        source.gives(1, 2);

        stream(source).writeTo(file);

        assertThat(Files.size(file)).isLessThan(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello.wav", "hello.raw"})
    void writeTo_audioBreaksOff_leavesNothingAndKeepsTheOlderFile(String name) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "older");
        source.gives(1, 2).fails(Category.TRUNCATED);

        assertThatThrownBy(() -> stream(source).writeTo(file))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.TRUNCATED));

        assertThat(file).hasContent("older");
        assertNothingElseIn(file);
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void writeTo_noSuchDirectory_failsBeforeAnyAudioIsReadAndCancels() {
        source.gives(1, 2);

        assertThatThrownBy(() -> stream(source).writeTo(directory.resolve("missing/hello.wav")))
                .isInstanceOf(NoSuchFileException.class);

        assertThat(source.reads()).isZero();
        assertThat(source.isClosed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder.wav", "folder"})
    void writeTo_directory_isRefused(String name) throws IOException {
        Path folder = Files.createDirectory(directory.resolve(name));
        source.gives(1, 2);

        assertThatThrownBy(() -> stream(source).writeTo(folder))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is a directory");
        assertThat(source.isClosed()).isTrue();
    }

    @Test
    void writeTo_compressedAudioUnderAWavName_isRefusedBeforeAnyAudioIsRead() throws IOException {
        var mp3 = new ScriptedSource(new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1)).gives(1, 2);

        assertThatThrownBy(() -> stream(mp3).writeTo(directory.resolve("hello.wav")))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.INVALID_REQUEST))
                .hasMessageContaining("file: a WAV of mp3 24000 Hz, allowed linear16, mulaw and alaw");

        assertThat(mp3.reads()).isZero();
        assertThat(mp3.isClosed()).isTrue();
        assertNothingElseIn();
    }

    @Test
    void writeTo_compressedAudioUnderItsOwnName_isWritten() throws IOException {
        var mp3 = new ScriptedSource(new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1)).gives(1, 2, 3);
        Path file = directory.resolve("hello.mp3");

        stream(mp3).writeTo(file);

        assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
    }

    private static ScriptedSource wavStream() {
        return new ScriptedSource(new AudioFormat(Encoding.LINEAR16, Container.WAV, 8_000, 1));
    }

    private static AudioChunk header(int announcedBytes) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        header.put(WavWriter.header(FORMAT, 0)).putInt(40, announcedBytes);
        return new AudioChunk(header.flip());
    }

    @Test
    void writeTo_streamThatIsAWavOfUnknownLength_getsTrueSizes() throws IOException {
        ScriptedSource wav = wavStream().gives(header(-1)).gives(1, 2, 3, 4);
        Path file = directory.resolve("hello.wav");

        stream(wav).writeTo(file);

        ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(written.limit()).isEqualTo(44 + 4);
        assertThat(written.getInt(40)).isEqualTo(4);
        assertThat(wav.isClosed()).isTrue();
    }

    @Test
    void writeTo_streamThatIsAWavAndBreaksOff_throwsThatFailureAndLeavesNothing() throws IOException {
        ScriptedSource wav = wavStream().gives(header(-1)).gives(1, 2).fails(Category.TRUNCATED);

        assertThatThrownBy(() -> stream(wav).writeTo(directory.resolve("hello.wav")))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.TRUNCATED));

        assertNothingElseIn();
    }

    @Test
    void writeTo_streamThatIsAWavShorterThanItSays_isTruncated() throws IOException {
        ScriptedSource wav = wavStream().gives(header(1_000)).gives(1, 2);

        assertThatThrownBy(() -> stream(wav).writeTo(directory.resolve("hello.wav")))
                .isInstanceOfSatisfying(
                        TtsException.class, e -> assertThat(e.category()).isEqualTo(Category.TRUNCATED));

        assertNothingElseIn();
    }

    @Test
    void writeTo_streamThatOnlyClaimsToBeAWav_failsAndLeavesNothing() throws IOException {
        ScriptedSource wav = wavStream().gives(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);

        assertThatThrownBy(() -> stream(wav).writeTo(directory.resolve("hello.wav")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a WAV");

        assertNothingElseIn();
    }
}
