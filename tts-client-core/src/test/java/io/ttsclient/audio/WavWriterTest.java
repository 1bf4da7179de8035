// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ttsclient.testkit.LeakCheck;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakCheck.class)
class WavWriterTest {
    private static final AudioFormat LINEAR16 = AudioFormat.linear16(24_000);

    @TempDir
    Path directory;

    @Test
    void commit_writesTrueSizes() throws IOException {
        Path path = directory.resolve("hello.wav");
        try (WavWriter wav = WavWriter.create(path, LINEAR16)) {
            wav.write(Pcm.of(1, 2));
            wav.write(Pcm.of());
            wav.write(Pcm.of(-3));
            assertThat(path).doesNotExist();
            wav.commit();
        }
        byte[] expected = WavBytes.pcm16(24_000, 6).samples(1, 2, -3).array();
        assertThat(path).hasBinaryContent(expected);
        assertThat(files()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "LINEAR16, RAW, 24000, 1",
        "LINEAR16, WAV, 48000, 2",
        "MULAW, RAW, 8000, 1",
        "MULAW, WAV, 8000, 2",
        "ALAW, RAW, 8000, 1",
        "ALAW, RAW, 16000, 2"
    })
    void commit_everyFormat_isReadByTheJdkAndByUs(Encoding encoding, Container container, int rate, int channels)
            throws IOException, UnsupportedAudioFileException {
        AudioFormat format = new AudioFormat(encoding, container, rate, channels);
        ByteBuffer noise = Pcm.noise(1, 3 * format.bytesPerFrame());
        Path path = directory.resolve("noise.wav");
        try (WavWriter wav = WavWriter.create(path, format)) {
            wav.write(noise.duplicate());
            wav.commit();
        }
        try (AudioInputStream jdk = AudioSystem.getAudioInputStream(path.toFile())) {
            assertThat(jdk.getFormat().getSampleRate()).isEqualTo(rate);
            assertThat(jdk.getFormat().getChannels()).isEqualTo(channels);
            assertThat(jdk.getFormat().getEncoding())
                    .hasToString(
                            encoding == Encoding.LINEAR16 ? "PCM_SIGNED" : encoding == Encoding.ALAW ? "ALAW" : "ULAW");
            assertThat(jdk.getFrameLength()).isEqualTo(noise.remaining() / format.bytesPerFrame());
            assertThat(jdk.readAllBytes()).isEqualTo(Pcm.array(noise));
        }
        WavReader reader = WavReader.open(new ByteArrayInputStream(Files.readAllBytes(path)));
        assertThat(reader.format()).isEqualTo(new AudioFormat(encoding, Container.RAW, rate, channels));
        assertThat(WavReaderTest.all(reader)).isEqualTo(noise);
        assertThat(reader.truncated()).isFalse();
    }

    @Test
    void commit_oddNumberOfBytes_isPadded() throws IOException {
        Path path = directory.resolve("odd.wav");
        try (WavWriter wav = WavWriter.create(path, AudioFormat.mulaw(8_000))) {
            wav.write(Pcm.bytes(1, 2, 3));
            wav.commit();
        }
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(file.limit()).isEqualTo(58 + 3 + 1);
        assertThat(file.getInt(4)).isEqualTo(file.limit() - 8);
        assertThat(file.getInt(54)).isEqualTo(3);
        assertThat(file.get(61)).isZero();
    }

    @Test
    void commit_noAudio_isAnEmptyWav() throws IOException {
        Path path = directory.resolve("empty.wav");
        try (WavWriter wav = WavWriter.create(path, LINEAR16)) {
            wav.commit();
        }
        assertThat(path).hasBinaryContent(WavBytes.pcm16(24_000, 0).array());
    }

    @Test
    void close_withoutCommit_leavesNothing() throws IOException {
        try (WavWriter wav = WavWriter.create(directory.resolve("half.wav"), LINEAR16)) {
            wav.write(Pcm.of(1, 2, 3));
        }
        assertThat(files()).isZero();
    }

    @Test
    void commit_afterClose_failsAndLeavesNothing() throws IOException {
        WavWriter wav = WavWriter.create(directory.resolve("closed.wav"), LINEAR16);
        wav.close();
        assertThatThrownBy(wav::commit).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> wav.write(Pcm.of(1))).isInstanceOf(IOException.class);
        assertThat(files()).isZero();
    }

    @Test
    void write_cutFrame_isRefused() throws IOException {
        AudioFormat stereo = new AudioFormat(Encoding.LINEAR16, Container.RAW, 8_000, 2);
        try (WavWriter wav = WavWriter.create(directory.resolve("cut.wav"), stereo)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> wav.write(Pcm.of(1, 2, 3)))
                    .withMessage("audio: 6 bytes, allowed multiples of 4 (linear16 8000 Hz stereo)");
        }
    }

    @Test
    void create_compressedFormat_isRefusedBeforeAnyFile() throws IOException {
        AudioFormat mp3 = new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WavWriter.create(directory.resolve("x.wav"), mp3))
                .withMessage("format: MP3 in a WAV, allowed LINEAR16, MULAW and ALAW");
        assertThat(files()).isZero();
    }

    @Test
    void header_linear16_isPlain() throws IOException {
        ByteBuffer header = WavWriter.header(LINEAR16, 6);
        assertThat(header.isReadOnly()).isTrue();
        assertThat(Pcm.array(header)).isEqualTo(WavBytes.pcm16(24_000, 6).array());
    }

    @ParameterizedTest
    @CsvSource({"MULAW, 7", "ALAW, 6"})
    void header_g711_hasAnExtensionSizeAndAFactChunk(Encoding encoding, int tag) throws IOException {
        WavBytes expected = new WavBytes().riff("RIFF", 50 + 6);
        expected.ascii("fmt ")
                .int32(18)
                .int16(tag)
                .int16(2)
                .int32(8_000)
                .int32(16_000)
                .int16(2)
                .int16(8);
        expected.int16(0).ascii("fact").int32(4).int32(3).data(6);
        AudioFormat stereo = new AudioFormat(encoding, Container.RAW, 8_000, 2);
        assertThat(Pcm.array(WavWriter.header(stereo, 6))).isEqualTo(expected.array());
    }

    @Test
    void header_largestSize_stillFits() throws IOException {
        long largest = 0xFFFF_FFFFL - 36 - 1;
        ByteBuffer header = WavWriter.header(LINEAR16, largest).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(header.getInt(4) & 0xFFFF_FFFFL).isEqualTo(0xFFFF_FFFEL);
        assertThat(header.getInt(40) & 0xFFFF_FFFFL).isEqualTo(largest);
    }

    @Test
    void header_beyondFourGigabytes_isAClearError() {
        for (long bytes : new long[] {0xFFFF_FFFFL - 35, 1L << 32, Long.MAX_VALUE - 1}) {
            assertThatThrownBy(() -> WavWriter.header(LINEAR16, bytes))
                    .isInstanceOf(IOException.class)
                    .hasMessage("a WAV cannot hold " + bytes + " bytes of audio: its sizes end at 4 GiB");
        }
    }

    @ParameterizedTest
    @CsvSource({"-2", "3"})
    void header_impossibleSize_isRefused(long bytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WavWriter.header(LINEAR16, bytes))
                .withMessage("dataBytes: " + bytes + ", allowed multiples of 2 from 0");
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }
}
