// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.speech;

import static org.assertj.core.api.Assertions.assertThat;

import io.ttsclient.audio.AudioFormat;
import io.ttsclient.audio.AudioSink;
import io.ttsclient.audio.Container;
import io.ttsclient.audio.Encoding;
import io.ttsclient.doubles.ScriptedSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeechTest {
    private static final AudioFormat FORMAT = AudioFormat.linear16(8_000);
    private static final TimingMark MARK =
            new TimingMark(TimingMark.Kind.WORD, 0, 5, Duration.ZERO, Duration.ofMillis(10));

    private static Speech speech(AudioFormat format) {
        return Speech.of(
                format,
                List.of(ScriptedSource.chunk(1, 2), ScriptedSource.chunk(3, 4, 5, 6)),
                List.of(MARK),
                SpeechReport.builder("r-1").build());
    }

    @Test
    void accessors_speech_tellWhatItIs() {
        Speech speech = speech(FORMAT);

        assertThat(speech.format()).isEqualTo(FORMAT);
        assertThat(speech.chunks()).containsExactly(ScriptedSource.chunk(1, 2), ScriptedSource.chunk(3, 4, 5, 6));
        assertThat(speech.size()).isEqualTo(6);
        assertThat(speech.duration()).isEqualTo(Duration.ofNanos(375_000));
        assertThat(speech.timings()).containsExactly(MARK);
        assertThat(speech.report().requestId()).isEqualTo("r-1");
        assertThat(speech).hasToString("Speech[linear16 8000 Hz, 6 bytes, PT0.000375S]");
    }

    @Test
    void duration_compressed_isUnknown() {
        assertThat(speech(new AudioFormat(Encoding.MP3, Container.RAW, 24_000, 1))
                        .duration())
                .isZero();
    }

    @Test
    void views_usedAgainAndAgain_startAtTheBeginning(@TempDir Path directory) throws IOException {
        Speech speech = speech(FORMAT);
        byte[] bytes = {1, 2, 3, 4, 5, 6};
        Path file = directory.resolve("speech.raw");

        for (int i = 0; i < 2; i++) {
            assertThat(speech.toBytes()).isEqualTo(bytes);
            assertThat(speech.asInputStream().readAllBytes()).isEqualTo(bytes);
            speech.writeTo(file);
            assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
            var out = new ByteArrayOutputStream();
            assertThat(speech.transferTo(AudioSink.to(out))).isEqualTo(6);
            assertThat(out.toByteArray()).isEqualTo(bytes);
        }
    }

    @Test
    void of_listsChangedAfterwards_staysAsItWas() {
        List<AudioChunk> chunks = new ArrayList<>(List.of(ScriptedSource.chunk(1, 2)));
        Speech speech = Speech.of(
                FORMAT, chunks, new ArrayList<>(), SpeechReport.builder("r").build());

        chunks.clear();

        assertThat(speech.chunks()).hasSize(1);
        assertThat(speech.size()).isEqualTo(2);
    }
}
