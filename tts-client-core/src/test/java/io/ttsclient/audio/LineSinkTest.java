// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import javax.sound.sampled.LineUnavailableException;
import org.junit.jupiter.api.Test;

class LineSinkTest {
    private static final AudioFormat LINEAR16 = AudioFormat.linear16(24_000);

    private final RecordingLine line = new RecordingLine();
    private final AudioSink sink = LineSink.to(line);

    @Test
    void write_first_opensTheLineInTheFormatAndStartsIt() throws IOException {
        ByteBuffer chunk = Pcm.of(1, 2);
        sink.write(chunk, LINEAR16);
        sink.write(Pcm.of(3), LINEAR16);
        assertThat(chunk.hasRemaining()).isFalse();
        assertThat(line.calls).containsExactly("open", "start");
        javax.sound.sampled.AudioFormat opened = line.getFormat();
        assertThat(opened.getSampleRate()).isEqualTo(24_000f);
        assertThat(opened.getSampleSizeInBits()).isEqualTo(16);
        assertThat(opened.getChannels()).isEqualTo(1);
        assertThat(opened.isBigEndian()).isFalse();
        assertThat(opened.getEncoding()).isEqualTo(javax.sound.sampled.AudioFormat.Encoding.PCM_SIGNED);
        assertThat(taken()).containsExactly(1, 2, 3);
    }

    @Test
    void write_openLine_isUsedAsItIs() throws Exception {
        line.open(new javax.sound.sampled.AudioFormat(24_000, 16, 1, true, false));
        sink.write(Pcm.of(1), LINEAR16);
        assertThat(line.calls).containsExactly("open", "start");
        assertThat(taken()).containsExactly(1);
    }

    @Test
    void write_lineOpenForSomethingElse_fails() throws Exception {
        line.open(new javax.sound.sampled.AudioFormat(16_000, 16, 1, true, false));
        assertThatThrownBy(() -> sink.write(Pcm.of(1), LINEAR16))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the line is open for PCM_SIGNED 16000")
                .hasMessageEndingWith("and cannot play linear16 24000 Hz");
        assertThat(line.taken.size()).isZero();
    }

    @Test
    void write_g711_isDecoded() throws IOException {
        sink.write(Pcm.bytes(0xFF, 0x80), AudioFormat.mulaw(8_000));
        assertThat(line.getFormat().getSampleSizeInBits()).isEqualTo(16);
        assertThat(taken()).containsExactly(0, 32_124);
    }

    @Test
    void write_compressed_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sink.write(Pcm.bytes(1), new AudioFormat(Encoding.OPUS, Container.OGG, 48_000, 1)));
        assertThat(line.calls).isEmpty();
    }

    @Test
    void write_lineThatCannotBeOpened_failsAndMayBeTriedAgain() throws IOException {
        line.unavailable = new LineUnavailableException("busy");
        assertThatThrownBy(() -> sink.write(Pcm.of(1), LINEAR16))
                .isInstanceOf(IOException.class)
                .hasMessage("the line cannot be opened for linear16 24000 Hz")
                .hasCauseInstanceOf(LineUnavailableException.class);
        line.unavailable = null;
        sink.write(Pcm.of(1), LINEAR16);
        assertThat(taken()).containsExactly(1);
    }

    @Test
    void write_formatTheLineDoesNotKnow_fails() {
        assertThatThrownBy(() -> sink.write(Pcm.of(1), AudioFormat.linear16(96_000)))
                .isInstanceOf(IOException.class)
                .hasMessage("the line cannot be opened for linear16 96000 Hz");
    }

    @Test
    void write_anotherFormatThanBefore_fails() throws IOException {
        sink.write(Pcm.of(1), LINEAR16);
        assertThatThrownBy(() -> sink.write(Pcm.of(1), AudioFormat.linear16(16_000)))
                .isInstanceOf(IOException.class)
                .hasMessage("the line plays linear16 24000 Hz and cannot go on with linear16 16000 Hz");
    }

    @Test
    void write_lineThatTakesPieces_getsEverything() throws IOException {
        line.takes.addAll(List.of(2, 0, 4));
        sink.write(Pcm.of(1, 2, 3, 4), LINEAR16);
        assertThat(taken()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void write_largeChunk_goesInPieces() throws IOException {
        ByteBuffer noise = Pcm.noise(1, 20_000);
        sink.write(noise.asReadOnlyBuffer(), LINEAR16);
        assertThat(line.taken.toByteArray()).isEqualTo(Pcm.array(noise));
    }

    @Test
    void write_lineThatWasStopped_fails() {
        line.takes.addAll(List.of(2, 0, 0));
        assertThatThrownBy(() -> sink.write(Pcm.of(1, 2), LINEAR16))
                .isInstanceOf(IOException.class)
                .hasMessage("the line was stopped or closed");
    }

    @Test
    void played_countsFromTheFirstWrite() throws IOException {
        line.position = 24_000;
        assertThat(sink.played()).contains(Duration.ZERO);
        sink.write(Pcm.of(1), LINEAR16);
        assertThat(sink.played()).contains(Duration.ZERO);
        line.position = 36_000;
        assertThat(sink.played()).contains(Duration.ofMillis(500));
        // Some lines count from 0 again once they are closed.
        line.position = 0;
        assertThat(sink.played()).contains(Duration.ZERO);
    }

    @Test
    void drain_waitsForTheLineOnceItPlays() throws IOException {
        sink.drain();
        assertThat(line.calls).isEmpty();
        sink.write(Pcm.of(1), LINEAR16);
        sink.drain();
        assertThat(line.calls).containsExactly("open", "start", "drain");
        assertThat(line.isOpen()).isTrue();
    }

    private int[] taken() {
        return Pcm.samples(ByteBuffer.wrap(line.taken.toByteArray()));
    }
}
