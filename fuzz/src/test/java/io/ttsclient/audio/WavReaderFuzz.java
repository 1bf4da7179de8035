// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.fuzz.Pieces;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

class WavReaderFuzz {
    /** What became of a WAV; {@code failure} is the message where it was refused. */
    private record Outcome(
            @Nullable AudioFormat format,
            ByteBuffer audio,
            long frames,
            boolean truncated,
            @Nullable String failure) {}

    @FuzzTest
    void read_anyBytes_areTheSameAudioHoweverTheyCome(byte[] bytes) {
        Outcome whole = read(new ByteArrayInputStream(bytes));

        // 8-bit samples become 16-bit ones, nothing else grows.
        assertThat(whole.audio().remaining()).isLessThanOrEqualTo(2 * bytes.length);
        assertThat(read(Pieces.stream(bytes, 1))).isEqualTo(whole);
        assertThat(read(Pieces.stream(bytes, 40))).isEqualTo(whole);
    }

    private static Outcome read(InputStream in) {
        var audio = new ByteArrayOutputStream();
        WavReader reader = null;
        try {
            reader = WavReader.open(in);
            for (ByteBuffer piece = reader.read(); piece != null; piece = reader.read()) {
                assertThat(piece.isReadOnly()).isTrue();
                assertThat(piece.remaining()).isPositive();
                assertThat(piece.remaining() % reader.format().bytesPerFrame()).isZero();
                byte[] copy = new byte[piece.remaining()];
                piece.get(copy);
                audio.writeBytes(copy);
            }
            assertThat(reader.read()).isNull();
            assertThat(reader.frames() * reader.format().bytesPerFrame()).isEqualTo(audio.size());
            return new Outcome(
                    reader.format(), ByteBuffer.wrap(audio.toByteArray()), reader.frames(), reader.truncated(), null);
        } catch (IOException e) {
            AudioFormat format = reader == null ? null : reader.format();
            return new Outcome(format, ByteBuffer.wrap(audio.toByteArray()), 0, false, String.valueOf(e.getMessage()));
        }
    }
}
