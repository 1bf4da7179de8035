// SPDX-FileCopyrightText: The tts-client authors
// SPDX-License-Identifier: Apache-2.0

package io.ttsclient.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ttsclient.fuzz.Pieces;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

class AnswerReaderFuzz {
    /** What was heard, and whether the answer could be read to its end. */
    private record Outcome(String audio, @Nullable String failure, boolean complete, Optional<String> reason) {}

    @FuzzTest
    void read_anyBytes_areHeardTheSameHoweverTheyCome(byte[] bytes) {
        Outcome whole = read(new ByteArrayInputStream(bytes));

        assertSame(read(Pieces.stream(bytes, 1)), whole);
        assertSame(read(Pieces.stream(bytes, 40)), whole);
    }

    /** Jackson lets a missing value pass where its bytes are cut in front of it: only what it refuses in pieces is refused always. */
    private static void assertSame(Outcome inPieces, Outcome whole) {
        if (whole.failure() == null) {
            assertThat(inPieces).isEqualTo(whole);
        }
    }

    @FuzzTest
    void read_anyBytesAsEvents_areHeardTheSameHoweverTheyCome(byte[] bytes) {
        Outcome whole = read(new EventsInputStream(new ByteArrayInputStream(bytes)));

        assertSame(read(new EventsInputStream(Pieces.stream(bytes, 1))), whole);
    }

    /** The last byte says how the string is written. */
    @FuzzTest
    void read_anyAudio_isHeardHoweverItIsWritten(byte[] audio) {
        int how = audio.length == 0 ? 0 : audio[audio.length - 1];
        var data = new StringBuilder();
        for (char c : Base64.getEncoder().encodeToString(audio).toCharArray()) {
            data.append((how >> (data.length() & 7) & 1) == 0 ? String.valueOf(c) : "\\u%04x\\n ".formatted((int) c));
        }
        String json = "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\"" + data
                + "\"}}]},\"finishReason\":\"STOP\"}]}";

        Outcome outcome = read(Pieces.stream(json.getBytes(StandardCharsets.US_ASCII), 1 + (how & 0x3F)));

        assertThat(outcome)
                .isEqualTo(new Outcome(Base64.getEncoder().encodeToString(audio), null, true, Optional.of("STOP")));
    }

    private static Outcome read(InputStream in) {
        var audio = new ByteArrayOutputStream();
        var answer = new Answer();
        AnswerReader reader = null;
        String failure = null;
        try {
            reader = new AnswerReader(in, answer);
            for (ByteBuffer piece = reader.read(); piece != null; piece = reader.read()) {
                assertThat(piece.hasRemaining()).isTrue();
                byte[] copy = new byte[piece.remaining()];
                piece.get(copy);
                audio.writeBytes(copy);
            }
        } catch (IOException e) {
            failure = e.getMessage();
        }
        boolean complete = failure == null && reader != null && reader.isComplete();
        // What is whole when it fails depends on how it came.
        String heard = failure == null ? Base64.getEncoder().encodeToString(audio.toByteArray()) : "";
        return new Outcome(heard, failure, complete, complete ? answer.finishReason() : Optional.empty());
    }
}
